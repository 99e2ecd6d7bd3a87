import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Exchange } from '../../http-exchange.js';

export type Fields = Readonly<Record<string, string>>;

const MAC = 'mac';

/** A form with its seal: HMAC-SHA256 in hex over `name=value` of all fields, sorted by name, joined by `&`. */
export function sealed(fields: Fields, secret: string): string {
  return new URLSearchParams({ ...fields, [MAC]: macOf(fields, secret) }).toString();
}

/** The fields of a genuine answer, or why it is none. A field given twice could be read in two ways. */
export function opened(
  answer: Exchange,
  secret: string,
): { readonly fields: Fields } | { readonly why: string } {
  if (answer.kind !== 'answer') return { why: answer.why };
  if (answer.status !== 200) return { why: `the gateway answered ${answer.status}` };
  const pairs = [...new URLSearchParams(answer.body.toString('utf8'))];
  const all = Object.fromEntries(pairs);
  if (pairs.length !== Object.keys(all).length) return { why: 'the answer says a field twice' };
  const { [MAC]: mac = '', ...fields } = all;
  const expected = Buffer.from(macOf(fields, secret));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { why: 'the answer does not bear the seal of the gateway' };
  }
  return { fields };
}

function macOf(fields: Fields, secret: string): string {
  const text = Object.entries(fields)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}
