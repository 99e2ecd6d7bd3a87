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
    // The names are looked up for the lines of the page only.
    `with picked as materialized (
       select * from (
         select l.line_no, l.beneficiary_id, l.account_id, l.payee_name, l.bank_bin, l.account_number, l.account_name,
                ${stateSql('$2::timestamptz')} as state
           from batch_line l join account_check_view v on v.account_id = l.account_id
          where l.batch_id = $1 and l.line_no > $3) judged
        where $4::text[] is null or state = any($4)
        order by line_no limit $5)
     select p.line_no as "lineNo", p.beneficiary_id as "beneficiaryId", p.account_id as "accountId",
            p.payee_name as "payeeName", p.bank_bin as "bankBin", p.account_number as "accountNumber", p.state,
            p.account_name as "ourName", v.bank_name as "bankName", v.check_id as "checkId",
            v.waiting_since is not null as waiting,
            case p.state when 'cannot-tell' then v.last_source else v.source end as source,
            case p.state when 'cannot-tell' then v.last_bank_code else v.bank_code end as "bankCode",
            case p.state when 'cannot-tell' then v.last_why end as why,
            case p.state when 'cannot-tell' then v.last_at else v.checked_at end as at
       from picked p join account_check_view v on v.account_id = p.account_id
      order by p.line_no`,
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
