import { one, rows, type Tx } from '../platform/database/index.js';
import type { StandingVerdict } from './account-check.rules.js';

/** A result as it was written. */
export interface AccountCheck {
  readonly id: string;
  readonly seq: string;
  readonly accountId: string;
  /** The account was replaced since: its results say nothing of the present one. */
  readonly accountReplaced: boolean;
  readonly accountNumber: string;
  readonly bankBin: string;
  readonly verdict: StandingVerdict;
  readonly ourName: string;
  readonly bankName: string | null;
  readonly source: 'bank' | 'person' | 'none';
  readonly bankCode: string | null;
  readonly why: string | null;
  readonly paperReference: string | null;
  readonly note: string | null;
  readonly actorKind: string;
  readonly actorName: string;
  readonly at: Date;
}

/** Where the current account of a payee stands. */
export interface AccountStanding {
  readonly accountId: string;
  /** The result that stands; null when there is none. */
  readonly checkId: string | null;
  readonly waitingSince: Date | null;
}

/** Results of a payee's accounts, the newest first. */
export function listChecks(
  tx: Tx,
  query: { beneficiaryId: string; beforeSeq: string | null; limit: number },
): Promise<AccountCheck[]> {
  return rows(
    tx,
    `select c.id, c.seq, c.account_id as "accountId", a.replaced_at is not null as "accountReplaced",
            a.account_number as "accountNumber", a.bank_bin as "bankBin", c.verdict, c.our_name as "ourName",
            c.bank_name as "bankName", c.source, c.bank_code as "bankCode", c.why,
            c.paper_reference as "paperReference", c.note, c.actor_kind as "actorKind",
            c.actor_name as "actorName", c.at
       from account_check c join payment_account a on a.id = c.account_id
      where a.beneficiary_id = $1 and ($2::bigint is null or c.seq < $2)
      order by c.seq desc limit $3`,
    [query.beneficiaryId, query.beforeSeq, query.limit],
  );
}

export function standingOfPayee(tx: Tx, beneficiaryId: string): Promise<AccountStanding | null> {
  return one(
    tx,
    `select v.account_id as "accountId", v.check_id as "checkId", v.waiting_since as "waitingSince"
       from account_check_view v join payment_account a on a.id = v.account_id
      where a.beneficiary_id = $1 and a.replaced_at is null`,
    [beneficiaryId],
  );
}

export async function payeeExists(tx: Tx, beneficiaryId: string): Promise<boolean> {
  return (await one(tx, `select 1 from beneficiary where id = $1`, [beneficiaryId])) !== null;
}

/** Id of whoever entered an account by hand. */
export async function enteredBy(
  tx: Tx,
  beneficiaryId: string,
  accountId: string,
): Promise<string | null> {
  const found = await one<{ id: string }>(
    tx,
    `select actor_id as id from beneficiary_history
      where beneficiary_id = $1 and happened in ('account_opened', 'account_replaced')
        and detail->>'accountId' = $2
      order by at desc, id desc limit 1`,
    [beneficiaryId, accountId],
  );
  return found?.id ?? null;
}
