import { createHash } from 'node:crypto';
import type {
  FileMessage,
  KeptFile,
  PaymentOrder,
  SentFiles,
  SentOrder,
} from '../../src/banks/index.js';
import { Money } from '../../src/kernel/index.js';
import type { Iso20022FileOptions } from '../../src/banks/adapters/iso20022-file/options.js';

export const anOrder = (given: Partial<PaymentOrder> = {}): PaymentOrder => ({
  reference: 'CT0190A1B2C3D47E8F90A1B2C3D4E5F601',
  amount: Money.of('2789000'),
  bankBin: '970405',
  accountNumber: '0012345678901',
  accountName: 'Nguyễn Văn Ánh',
  narrative: 'TRO CAP T11 2026',
  fund: 'NSTW_NCC',
  ...given,
});

/** A message of so many payments, each of another amount, in turn of the given funds. */
export function aMessage(
  given: {
    count?: number;
    funds?: readonly string[];
    reference?: string;
    orders?: readonly PaymentOrder[];
  } = {},
): FileMessage {
  const {
    count = 3,
    funds = ['NSTW_NCC'],
    reference = 'CM0190A1B2C3D47E8F90A1B2C3D4E5F6FF',
  } = given;
  const orders =
    given.orders ??
    Array.from({ length: count }, (_, at) =>
      anOrder({
        reference: `CT${String(at + 1).padStart(32, '0')}`,
        amount: Money.of(String(1_000_000 + at)),
        fund: funds[at % funds.length] ?? 'NSTW_NCC',
      }),
    );
  return {
    reference,
    orders,
    total: Money.sum(orders.map(({ amount }) => amount)),
    madeAt: new Date('2026-11-20T17:30:00.123Z'),
  };
}

export const isoOptions = (
  given: Partial<Omit<Extract<Iso20022FileOptions, { door: 'folder' }>, 'door'>> = {},
): Iso20022FileOptions => ({
  door: 'folder',
  debtor: { name: 'Sở Nội vụ tỉnh Lạng Sơn' },
  debtorAgent: { memberId: '970405' },
  debtorAccounts: { NSTW_NCC: '3713000000001', '*': '3713000000002' },
  chargeBearer: 'DEBT',
  batchBooking: false,
  statementAccounts: [],
  debitNoticeMeansSettled: false,
  names: 'ascii',
  nameLength: 70,
  namePrefix: '',
  partSuffix: '.part',
  temporarySuffixes: ['.part', '.tmp'],
  paths: { orders: '/orders', reports: '/reports', archive: '/archive' },
  afterTaking: 'archive',
  settledForMs: 30_000,
  collectEveryMs: 60_000,
  maxFileBytes: 10_000_000,
  reasons: {},
  ...given,
});

export async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** A file of ours as it is kept, whose bytes lie at `path`. */
export function keptFile(given: { path: string; bytes: Buffer; fileName?: string }): KeptFile {
  return {
    id: '0190a1b2-c3d4-7e8f-90a1-b2c3d4e5f6ff',
    fileName: given.fileName ?? 'CM1.xml',
    sha256: createHash('sha256').update(given.bytes).digest('hex'),
    byteSize: given.bytes.length,
    path: given.path,
  };
}

export const sentOrdersOf = (message: Pick<FileMessage, 'orders'>): SentOrder[] =>
  message.orders.map(({ narrative: _, ...order }, at) => ({ ...order, position: at + 1 }));

/** What was sent, where only these messages were. */
export const sentFiles = (...messages: readonly FileMessage[]): SentFiles => ({
  orders: (reference) => {
    const message = messages.find((each) => each.reference === reference);
    return Promise.resolve(message ? sentOrdersOf(message) : null);
  },
  madeAt: (reference) =>
    Promise.resolve(messages.find((each) => each.reference === reference)?.madeAt ?? null),
  recent: () => Promise.resolve(messages.map(({ reference }) => reference)),
});
