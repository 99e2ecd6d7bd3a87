import { one, rows, type Tx } from '../platform/database/index.js';
import { nameQuery, readSearch } from './search.rules.js';

export interface BeneficiaryFilter {
  readonly search?: string;
  readonly commune?: string;
  readonly held?: boolean;
  readonly deceased?: boolean;
  readonly hasAccount?: boolean;
}

export interface BeneficiaryRow {
  readonly id: string;
  readonly personalNumber: string;
  readonly fullName: string;
  readonly foldedName: string;
  readonly dateOfBirth: string | null;
  readonly communeCode: string;
  /** ISO 8601 date. */
  readonly deceasedOn: string | null;
  readonly holdReason: string | null;
  readonly heldAt: Date | null;
  readonly version: number;
  readonly accountId: string | null;
  readonly bankBin: string | null;
  readonly accountNumber: string | null;
  readonly verifiedAt: Date | null;
}

export interface AccountOfPayee {
  readonly id: string;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly source: 'import' | 'officer' | 'api';
  readonly validFrom: Date;
  readonly replacedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly verifiedHow: 'bank' | 'officer' | null;
}

export interface RecipientOfPayee {
  readonly id: string;
  readonly fullName: string;
  readonly personalNumber: string;
  readonly authorisedUntil: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface HistoryOfPayee {
  readonly id: string;
  readonly at: Date;
  readonly happened: string;
  readonly actorKind: string;
  readonly actorName: string;
  readonly cause: string;
  readonly detail: Record<string, unknown>;
}

/** Everything about one payee, newest first. */
export interface BeneficiaryFile extends BeneficiaryRow {
  readonly accounts: AccountOfPayee[];
  readonly recipients: RecipientOfPayee[];
  readonly history: HistoryOfPayee[];
}

const HISTORY_MAX = 200;

export const COLUMNS = `
  b.id, b.personal_number as "personalNumber", b.full_name as "fullName", b.folded_name as "foldedName",
  b.date_of_birth as "dateOfBirth", b.commune_code as "communeCode", b.deceased_on::text as "deceasedOn",
  b.hold_reason as "holdReason", b.held_at as "heldAt", b.version,
  a.id as "accountId", a.bank_bin as "bankBin", a.account_number as "accountNumber", a.verified_at as "verifiedAt"`;
/** The account is looked up person by person: never is everybody joined to find a page of those who have none. */
export const FROM = `beneficiary b left join lateral (
  select id, bank_bin, account_number, verified_at from payment_account
   where beneficiary_id = b.id and replaced_at is null limit 1) a on true`;

/** Up to `limit` payees by name, from the one after `afterId`. */
export function listBeneficiaries(
  tx: Tx,
  filter: BeneficiaryFilter,
  page: { afterId: string | null; limit: number },
): Promise<BeneficiaryRow[]> {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = conditionsOf(filter, parameter);
  if (page.afterId !== null) {
    // The name is looked up, so that the cursor, which stands in addresses and logs, holds an id only.
    conditions.push(
      `(b.folded_name, b.id) > (select folded_name, id from beneficiary where id = ${parameter(page.afterId)})`,
    );
  }
  return rows<BeneficiaryRow>(
    tx,
    `select ${COLUMNS} from ${FROM}
      where ${['true', ...conditions].join(' and ')}
      order by b.folded_name, b.id limit ${parameter(page.limit)}`,
    parameters,
  );
}

export function conditionsOf(
  filter: BeneficiaryFilter,
  parameter: (value: unknown) => string,
): string[] {
  const conditions: string[] = [];
  const isSet = (column: string, wanted: boolean): string =>
    `${column} is ${wanted ? 'not ' : ''}null`;
  if (filter.search !== undefined) conditions.push(searchCondition(filter.search, parameter));
  if (filter.commune !== undefined)
    conditions.push(`b.commune_code = ${parameter(filter.commune)}`);
  if (filter.held !== undefined) conditions.push(isSet('b.hold_reason', filter.held));
  if (filter.deceased !== undefined) conditions.push(isSet('b.deceased_on', filter.deceased));
  if (filter.hasAccount !== undefined) conditions.push(isSet('a.id', filter.hasAccount));
  return conditions;
}

/** Each way begins at an index of its own; joined by `or` they would read everybody. */
function searchCondition(text: string, parameter: (value: unknown) => string): string {
  const ways = readSearch(text).map((search) => {
    if (search.by === 'number')
      return `select id from beneficiary where personal_number = ${parameter(search.text)}`;
    if (search.by === 'account')
      return `select beneficiary_id from payment_account
               where account_number = ${parameter(search.text)} and replaced_at is null`;
    return search;
  });
  const numbers = ways.filter((way) => typeof way === 'string');
  if (numbers.length > 0) return `b.id in (${numbers.join(' union all ')})`;
  const words = ways.flatMap((way) => (typeof way === 'string' ? [] : way.words));
  if (words.length === 0) return 'false';
  return `to_tsvector('simple', b.folded_name) @@ to_tsquery('simple', ${parameter(nameQuery(words))})`;
}

export async function readBeneficiary(tx: Tx, id: string): Promise<BeneficiaryFile | null> {
  const row = await one<BeneficiaryRow>(tx, `select ${COLUMNS} from ${FROM} where b.id = $1`, [id]);
  if (!row) return null;
  const accounts = await rows<AccountOfPayee>(
    tx,
    `select id, bank_bin as "bankBin", account_number as "accountNumber", account_name as "accountName",
            source, valid_from as "validFrom", replaced_at as "replacedAt",
            verified_at as "verifiedAt", verified_how as "verifiedHow"
       from payment_account where beneficiary_id = $1
      order by replaced_at is not null, valid_from desc, id desc limit ${HISTORY_MAX}`,
    [id],
  );
  const recipients = await rows<RecipientOfPayee>(
    tx,
    `select id, full_name as "fullName", personal_number as "personalNumber",
            authorised_until::text as "authorisedUntil", created_at as "createdAt", ended_at as "endedAt"
       from authorised_recipient where beneficiary_id = $1
      order by ended_at is not null, created_at desc, id desc limit ${HISTORY_MAX}`,
    [id],
  );
  const history = await rows<HistoryOfPayee>(
    tx,
    `select id, at, happened, actor_kind as "actorKind", actor_name as "actorName", cause, detail
       from beneficiary_history where beneficiary_id = $1 order by at desc, id desc limit ${HISTORY_MAX}`,
    [id],
  );
  return { ...row, accounts, recipients, history };
}
