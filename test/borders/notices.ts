import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { hostile, written } from './values.js';

/** Headers of a notice that is genuine, whatever it says. */
export function signed(secret: string, body: Buffer): Record<string, string> {
  const id = `lua-${randomUUID()}`;
  const at = new Date();
  return {
    'content-type': 'application/json',
    'content-length': String(body.length),
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

const anything = fc.oneof(hostile, fc.constant(undefined));
const field = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight: 4 }, { arbitrary: anything, weight: 1 });

const item = fc.record(
  {
    reference: field(fc.constantFrom('CT1', 'CT00000000000000000000000000000000')),
    status: field(fc.constantFrom('ACCC', 'ACSP', 'RJCT', 'RTRN', 'BLCK', 'PDNG')),
    reasonCode: field(fc.constantFrom('AC01', 'AM04')),
    reasonText: field(fc.constantFrom('Tài khoản đã đóng')),
    amount: field(fc.constantFrom('1', '2789000')),
    sequence: field(fc.nat(9)),
    at: field(fc.constantFrom('2026-11-21T02:00:00Z')),
    bankReference: field(fc.constantFrom('FT1')),
  },
  { requiredKeys: ['reference', 'status'] },
);

/** Bodies of notices: items with a field that is wrong, other JSON, and bytes. */
export const noticeBodies: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(item, { maxLength: 4 })
      .map((payments) => Buffer.from(written({ payments }))),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(hostile, { maxLength: 4 })
      .map((payments) => Buffer.from(written({ payments }))),
  },
  { weight: 2, arbitrary: hostile.map((value) => Buffer.from(written(value))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)) },
);
