import { z } from 'zod';
import { loadJson, type YamlSource } from '../platform/config/index.js';
import { provenance } from './provenance.js';

const statusFile = z.object({
  ...provenance,
  codes: z
    .array(
      z.object({
        code: z.string().regex(/^[A-Z]{4}$/),
        name: z.string().min(1),
        meaning: z.string().min(1),
        reading: z.enum([
          'pending',
          'in-process',
          'debited',
          'credited',
          'mixed',
          'failed',
          'cancelled',
        ]),
        final: z.boolean(),
      }),
    )
    .min(1),
});

export type StatusFile = z.infer<typeof statusFile>;
/** How an ISO 20022 transaction status is read; only `credited` says that the payee has the money. */
export type PaymentStatus = StatusFile['codes'][number];

export class PaymentStatuses {
  private readonly byCode: ReadonlyMap<string, PaymentStatus>;

  static load(source: YamlSource): PaymentStatuses {
    return new PaymentStatuses(loadJson(source, 'reference/payment-status-codes.json', statusFile));
  }

  constructor(file: StatusFile) {
    this.byCode = new Map(file.codes.map((status) => [status.code, status]));
  }

  /** Null for a code that is not listed: the payment is then unknown, never failed. */
  find(code: string): PaymentStatus | null {
    return this.byCode.get(code) ?? null;
  }
}
