import {
  NoticeRefused,
  type BankNotice,
  type NoticeItem,
  type RawNotice,
  type UnreadItem,
} from '../../contract.js';
import { jsonOf } from './answers.js';
import { meaningOf, referenceIn } from './interpret.js';
import { checkSignature } from './signature.js';
import { moneyOf, noticeSchema, paymentStatusSchema, referenceSchema } from './wire.js';

/**
 * Checks and reads a bank's notice. The signature comes first: nothing of an unsigned body is looked at.
 * @throws NoticeRefused
 */
export function readNotice(
  notice: RawNotice,
  given: { secrets: readonly string[]; now: Date },
): BankNotice {
  const signed = checkSignature({ ...given, headers: notice.headers, body: notice.body });
  if (signed === 'signature')
    throw new NoticeRefused('signature', 'the signature does not fit the body');
  if (signed === 'replay-window') {
    throw new NoticeRefused('replay-window', 'the notice was signed too long ago or in the future');
  }
  const parsed = noticeSchema.safeParse(jsonOf(notice.body));
  if (!parsed.success)
    throw new NoticeRefused('malformed', 'the notice is not of the documented form');
  const read = parsed.data.payments.map(readItem);
  return {
    id: signed.id,
    sentAt: signed.sentAt,
    items: read.filter((item) => 'fact' in item),
    unread: read.filter((item): item is UnreadItem => !('fact' in item)),
  };
}

/** One bad item must not hold back the others: the bank would send the whole notice again for ever. */
function readItem(item: unknown): NoticeItem | UnreadItem {
  const parsed = paymentStatusSchema.safeParse(item);
  if (!parsed.success) {
    const reference = referenceSchema.safeParse(referenceIn(item));
    return {
      ...(reference.success && { reference: reference.data }),
      why: 'the item is not of the documented form',
    };
  }
  const { reference, amount: digits, currency } = parsed.data;
  const fact = meaningOf(parsed.data);
  if (fact.kind === 'unknown') return { reference, why: fact.why };
  if (digits === undefined) return { reference, fact };
  const amount = moneyOf(digits, currency ?? 'VND');
  return amount
    ? { reference, fact, amount }
    : { reference, why: 'the amount is not one of its currency' };
}
