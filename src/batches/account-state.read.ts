import { rows, type Tx } from '../platform/database/index.js';
import {
  ACCOUNT_STATES,
  UNANSWERED,
  type AccountCount,
  type AccountState,
} from './account-state.rules.js';

/** A line with what is known of its account. */
export interface LineAccount {
  readonly lineNo: number;
  readonly beneficiaryId: string;
  readonly accountId: string;
  readonly payeeName: string;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly state: AccountState;
  /** The name that is paid to. */
  readonly ourName: string;
  readonly bankName: string | null;
  readonly checkId: string | null;
  readonly source: 'bank' | 'person' | 'none' | null;
  readonly bankCode: string | null;
  readonly why: string | null;
  readonly at: Date | null;
  readonly waiting: boolean;
}

// An answer that stands and is fresh says more than a bank that could not tell afterwards.
const stateSql = (freshSince: string): string => `
  case
    when v.verdict = 'confirmed' then 'confirmed'
    when v.checked_at >= ${freshSince} then v.verdict
    when v.last_verdict = 'cannot-tell' and v.last_at >= ${freshSince} then 'cannot-tell'
    when v.check_id is not null then 'outdated'
    else 'unchecked'
  end`;

interface OfBatch {
  readonly batchId: string;
  readonly freshSince: Date;
}

/** Lines and amount by the state of their accounts, in the order of the states; those without lines are left out. */
export async function countAccounts(tx: Tx, of: OfBatch): Promise<AccountCount[]> {
  return (await accountFigures(tx, of)).counts;
}

/** The same, and how many of the lines' accounts wait for an answer. */
export async function accountFigures(
  tx: Tx,
  of: OfBatch,
): Promise<{ counts: AccountCount[]; waiting: number }> {
  const found = await rows<AccountCount & { waiting: number }>(
    tx,
    `select state, count(*)::int as lines, sum(amount)::text as amount,
            (count(*) filter (where waiting_since is not null))::int as waiting
       from (select l.amount, v.waiting_since, ${stateSql('$2::timestamptz')} as state
               from batch_line l join account_check_view v on v.account_id = l.account_id
              where l.batch_id = $1) judged
      group by state`,
    [of.batchId, of.freshSince],
  );
  const counts = ACCOUNT_STATES.flatMap((state) => {
    const count = found.find((one) => one.state === state);
    return count ? [{ state, lines: count.lines, amount: count.amount }] : [];
  });
  return { counts, waiting: found.reduce((sum, { waiting }) => sum + waiting, 0) };
}

/** Whether there are any lines to list: of tens of thousands, none of a state is known by counting them once. */
export const hasLinesOf = (
  counts: readonly AccountCount[],
  states: readonly AccountState[] | undefined,
): boolean => counts.some(({ state }) => !states || states.includes(state));

/** Lines by the state of their accounts, in the order of their numbers. */
export function listAccounts(
  tx: Tx,
  query: OfBatch & { states?: readonly AccountState[]; afterLineNo: number; limit: number },
): Promise<LineAccount[]> {
  return rows(
    tx,
    `select "lineNo", "beneficiaryId", "accountId", "payeeName", "bankBin", "accountNumber", state, "ourName",
            bank_name as "bankName", check_id as "checkId", waiting_since is not null as waiting,
            case state when 'cannot-tell' then last_source else source end as source,
            case state when 'cannot-tell' then last_bank_code else bank_code end as "bankCode",
            case state when 'cannot-tell' then last_why end as why,
            case state when 'cannot-tell' then last_at else checked_at end as at
       from (select l.line_no as "lineNo", l.beneficiary_id as "beneficiaryId", l.account_id as "accountId",
                    l.payee_name as "payeeName", l.bank_bin as "bankBin", l.account_number as "accountNumber",
                    l.account_name as "ourName", ${stateSql('$2::timestamptz')} as state,
                    v.bank_name, v.check_id, v.waiting_since, v.source, v.bank_code, v.checked_at,
                    v.last_source, v.last_bank_code, v.last_why, v.last_at
               from batch_line l join account_check_view v on v.account_id = l.account_id
              where l.batch_id = $1 and l.line_no > $3) judged
      where $4::text[] is null or state = any($4)
      order by "lineNo" limit $5`,
    [query.batchId, query.freshSince, query.afterLineNo, query.states ?? null, query.limit],
  );
}

/**
 * Accounts of a batch that a bank is to be asked about: those without a fresh answer, and those whose confirmation
 * and last answer are both that old, so that a bank's newer word against them is heard.
 */
export async function accountsToCheck(tx: Tx, of: OfBatch): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct l.account_id as id
       from batch_line l join account_check_view v on v.account_id = l.account_id
      where l.batch_id = $1
        and (${stateSql('$2::timestamptz')} = any($3::text[]) or (v.verdict = 'confirmed' and v.last_at < $2))
      order by l.account_id`,
    [of.batchId, of.freshSince, UNANSWERED],
  );
  return found.map((row) => row.id);
}
