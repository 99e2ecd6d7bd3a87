import type { FileReading, NoticeItem, ReportReading, UnreadItem } from '../../contract.js';
import { reasonOf } from './booking.js';
import { camtBookings, planCamt, type CamtFile, type CamtKind } from './camt-bookings.js';
import type { CamtBooking } from './camt-entry.js';
import { accountOf } from './camt-frame.js';
import type { StatementOptions } from './camt-options.js';
import { required, timeIn } from './camt-values.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';

const KIND: CamtKind = { message: 'BkToCstmrDbtCdtNtfctn', group: 'Ntfctn' };

/**
 * Reads a camt.054: what the bank booked on our accounts, payment by payment. A debit says that it left our account,
 * not that it arrived; a credit that gives a payment back returns it. The rest is for people.
 * @throws FileBroken
 */
export async function readCamtNotices(
  path: string,
  options: StatementOptions,
): Promise<FileReading> {
  const file: CamtFile = {
    path,
    kind: KIND,
    reasons: options.reasons,
    accountOf: (notification) => accountOf(notification, options.accounts),
    daysOf: () => undefined,
  };
  const plan = await planCamt(file);
  const message = plan.document.child(KIND.message);
  if (!message) throw broken(STATEMENT_FAULTS.missing(KIND.message), plan.document.where);
  const header = required(message, 'GrpHdr');
  const madeAt = timeIn(required(header, 'CreDtTm'));
  const notifications = message.all(KIND.group);
  for (const notification of notifications)
    if (accountOf(notification, options.accounts) === undefined)
      plan.passedOver.add('others-account', notification.where);
  const items: NoticeItem[] = [];
  const unread: UnreadItem[] = plan.passedOver.told().map((why) => ({ why }));
  for await (const [number, booking] of camtBookings(file, plan)) {
    const said = notifications[number]?.child('CreDtTm');
    const sequence = (said ? timeIn(said) : madeAt).getTime();
    const read = itemOf(booking, { sequence, options });
    if ('fact' in read) items.push(read);
    else unread.push(read);
  }
  const id = required(header, 'MsgId').text;
  const report: ReportReading = { id, madeAt, items, unread };
  return { kind: 'report', report };
}

function itemOf(
  booking: CamtBooking,
  { sequence, options }: { sequence: number; options: StatementOptions },
): NoticeItem | UnreadItem {
  const { reference, amount, direction, reversal, bookedAt, bankReference, where } = booking;
  const unread = (why: string): UnreadItem => ({
    ...(reference !== undefined && { reference }),
    why: `${where}: ${why}`,
  });
  if (reference === undefined) return unread(`a ${direction} without a reference of ours`);
  const told = {
    at: bookedAt,
    sequence,
    ...(bankReference !== undefined && { bankReference }),
  };
  if (direction === 'debit') {
    if (reversal) return unread('the bank takes a credit back: its statement decides');
    const kind = options.debitNoticeMeansSettled ? 'settled' : 'accepted';
    return { reference, amount, fact: { kind, ...told } };
  }
  if (!booking.givesBack && !reversal) return unread('a credit that gives no payment back');
  const reason = booking.returnReason ?? reasonOf({ words: booking.words }, options.reasons);
  return { reference, amount, fact: { kind: 'returned', reason, ...told } };
}
