import { execute, one, type Tx } from '../platform/database/index.js';

/** Until when the bank's messages were looked through, locked: one looks at a time. The beginning of time at first. */
export async function scanOf(tx: Tx, bankCode: string): Promise<Date> {
  await execute(
    tx,
    `insert into enquiry_scan (bank_code, until) values ($1, to_timestamp(0)) on conflict (bank_code) do nothing`,
    [bankCode],
  );
  const scan = await one<{ until: Date }>(
    tx,
    'select until from enquiry_scan where bank_code = $1 for update',
    [bankCode],
  );
  return scan?.until ?? new Date(0);
}

export async function storeScan(tx: Tx, given: { bankCode: string; until: Date }): Promise<void> {
  await execute(tx, 'update enquiry_scan set until = $2 where bank_code = $1', [
    given.bankCode,
    given.until,
  ]);
}

/** Of the messages that were answered in this span, what the bank took in and says no more of is asked about from `at` on. */
export function askAfterAcceptedOf(
  tx: Tx,
  given: { bankCode: string; after: Date; upTo: Date; at: Date },
): Promise<number> {
  return execute(
    tx,
    `update payment p set next_enquiry_at = $4
       from attempt a
      where a.bank_code = $1 and a.kind = 'pay' and a.ended_at > $2 and a.ended_at <= $3
        and p.submission_id = a.submission_id and p.state = 'accepted' and p.next_enquiry_at is null`,
    [given.bankCode, given.after, given.upTo, given.at],
  );
}
