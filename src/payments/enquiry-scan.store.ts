import { execute, one, type Tx } from '../platform/database/index.js';

export interface EnquiryScan {
  /** Until when the bank's messages were looked through. */
  until: Date;
  /** When the payments themselves were. */
  walkedAt: Date;
}

const NEVER: EnquiryScan = { until: new Date(0), walkedAt: new Date(0) };

/** How far a bank's messages were looked through, locked: one looks at a time. */
export async function scanOf(tx: Tx, bankCode: string): Promise<EnquiryScan> {
  await execute(
    tx,
    `insert into enquiry_scan (bank_code, until) values ($1, to_timestamp(0)) on conflict (bank_code) do nothing`,
    [bankCode],
  );
  const scan = await one<EnquiryScan>(
    tx,
    'select until, walked_at as "walkedAt" from enquiry_scan where bank_code = $1 for update',
    [bankCode],
  );
  return scan ?? NEVER;
}

export async function storeScan(tx: Tx, scan: { bankCode: string } & EnquiryScan): Promise<void> {
  await execute(tx, 'update enquiry_scan set until = $2, walked_at = $3 where bank_code = $1', [
    scan.bankCode,
    scan.until,
    scan.walkedAt,
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

/** The same of all that is under way and was taken in by then. */
export function askAfterAllAccepted(
  tx: Tx,
  given: { bankCode: string; upTo: Date; at: Date },
): Promise<number> {
  return execute(
    tx,
    `with open as materialized (
       select r.id from payment_run r
        where r.state <> 'finished'
          and (select sum(t.payments) from payment_tally t
                where t.run_id = r.id and t.bank_code = $1 and t.state = 'accepted') > 0)
     update payment p set next_enquiry_at = $3
       from open
      where p.run_id = open.id and p.bank_code = $1 and p.state = 'accepted' and p.next_enquiry_at is null
        and p.changed_at <= $2`,
    [given.bankCode, given.upTo, given.at],
  );
}
