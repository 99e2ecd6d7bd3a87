import { execute, type Tx } from '../platform/database/index.js';
import { OFFICE_ZONE } from '../kernel/index.js';
import { RULES, type Rule } from './list.problems.js';

/** How SQL writes the name of a cell: `H17` is `H` + 17, a JSON pointer `/16/amount` is `/` + (17 - 1) + `/amount`. */
export interface CellNaming {
  readonly columnName: string;
  readonly before: string;
  readonly rowOffset: number;
  readonly after: string;
}

interface Comparison {
  readonly importId: string;
  readonly field: string;
  readonly naming: CellNaming;
  /** Only rows of these personal numbers (of a shared account: these accounts); absent: all. */
  readonly only?: readonly string[];
}

const ONLY = '($13::text[] is null or personal_number = any($13))';

/**
 * Rows compared with each other and with what is already owed: what only the database can see. Each is one
 * statement over the whole list, and each names the other place. Of two equal rows the first one stands.
 */
export async function findDuplicatesInFile(tx: Tx, at: Comparison): Promise<void> {
  await compareRows(tx, at, 'duplicate.in-file', {
    with: `select row_number, personal_number as value, min(row_number) over same as other_row
             from import_row
            where import_id = $1 and personal_number is not null and programme is not null
              and period is not null and kind is not null and ${ONLY}
           window same as (partition by personal_number, programme, period, kind)`,
    where: 'row_number > other_row',
  });
  await compareRows(tx, at, 'duplicate.amount-differs', {
    with: `select row_number, personal_number as value,
                  row_number = min(row_number) over same as is_first,
                  (select min(o.row_number) from import_row o
                    where o.import_id = $1 and o.personal_number = r.personal_number
                      and o.programme = r.programme and o.period = r.period and o.kind = r.kind
                      and o.row_number > r.row_number and o.amount <> r.amount) as other_row
             from import_row r
            where import_id = $1 and ${ONLY} and (personal_number, programme, period, kind) in (
              select personal_number, programme, period, kind from import_row
               where import_id = $1 and ${ONLY} group by 1, 2, 3, 4 having count(*) > 1)
           window same as (partition by personal_number, programme, period, kind)`,
    where: 'is_first and other_row is not null',
  });
}

/** One personal number under two names: one of the two is somebody else's number. */
export function findOtherNamesInFile(tx: Tx, at: Comparison): Promise<void> {
  return compareRows(tx, at, 'name.differs-in-file', {
    with: `select row_number, personal_number as value, name_key,
                  first_value(row_number) over same as other_row, first_value(name_key) over same as other_key
             from import_row
            where import_id = $1 and personal_number is not null and name_key is not null and ${ONLY}
           window same as (partition by personal_number order by row_number)`,
    where: 'name_key <> other_key',
  });
}

/** One person with two accounts: nobody may choose where the money goes. */
export function findOtherAccountsInFile(tx: Tx, at: Comparison): Promise<void> {
  return compareRows(tx, at, 'account.differs-in-file', {
    with: `select row_number, account_number as value, (bank_bin, account_number) as account,
                  first_value(row_number) over same as other_row,
                  first_value((bank_bin, account_number)) over same as other_account
             from import_row
            where import_id = $1 and personal_number is not null
              and account_number is not null and bank_bin is not null and ${ONLY}
           window same as (partition by personal_number order by row_number)`,
    where: 'account <> other_account',
  });
}

/** One account of two people: allowed (a guardian), and worth a look (a slipped line). */
export function findSharedAccountsInFile(tx: Tx, at: Comparison): Promise<void> {
  return compareRows(tx, at, 'account.shared-in-file', {
    with: `select row_number, account_number as value, personal_number,
                  first_value(row_number) over same as other_row,
                  first_value(personal_number) over same as other_person
             from import_row
            where import_id = $1 and personal_number is not null
              and account_number is not null and bank_bin is not null
              and ($13::text[] is null or account_number = any($13))
           window same as (partition by bank_bin, account_number order by row_number)`,
    where: 'personal_number <> other_person',
  });
}

async function compareRows(
  tx: Tx,
  at: Comparison,
  rule: Rule,
  query: { with: string; where: string },
): Promise<void> {
  await execute(
    tx,
    `with compared as (${query.with})
     insert into import_error
       (import_id, row_number, column_name, cell, field, value, rule, severity,
        message_vi, message_en, remedy_vi, remedy_en)
     select $1, row_number, $2, $3 || (row_number + $4::int) || $5, $6, value, $7, $8,
            replace($9, '{otherRow}', other_row::text), replace($10, '{otherRow}', other_row::text), $11, $12
       from compared where ${query.where} order by row_number`,
    [at.importId, ...cellOf(at), ...wordsOf(rule), at.only ?? null],
  );
}

/** The same person, programme, period and kind in an earlier list that was applied and is not ended. */
export async function findApplied(
  tx: Tx,
  at: Comparison & { onlyRows?: readonly number[] },
): Promise<void> {
  await execute(
    tx,
    `insert into import_error
       (import_id, row_number, column_name, cell, field, value, rule, severity,
        message_vi, message_en, remedy_vi, remedy_en)
     select $1, r.row_number, $2, $3 || (r.row_number + $4::int) || $5, $6, r.personal_number, $7, $8,
            replace(replace(replace($9, '{otherRow}', e.row_number::text), '{otherFile}', i.file_name),
                    '{otherDate}', to_char(i.received_at at time zone $13, 'DD/MM/YYYY')),
            replace(replace(replace($10, '{otherRow}', e.row_number::text), '{otherFile}', i.file_name),
                    '{otherDate}', to_char(i.received_at at time zone $13, 'DD/MM/YYYY')),
            $11, $12
       from import_row r
       join payee_view p on p.personal_number = r.personal_number
       join entitlement e on e.beneficiary_id = p.beneficiary_id and e.programme = r.programme
        and e.period = r.period and e.kind = r.kind and e.state <> 'ended'
       join entitlement_import i on i.id = e.import_id
      where r.import_id = $1 and ($14::int[] is null or r.row_number = any($14::int[]))
      order by r.row_number`,
    [at.importId, ...cellOf(at), ...wordsOf('duplicate.applied'), OFFICE_ZONE, at.onlyRows ?? null],
  );
}

/**
 * Says one rule of all rows of those people, at the cell of one field; rows it was said of already are left out.
 * @returns the number of rows it was said of now.
 */
export function tellOfPeople(
  tx: Tx,
  at: Comparison & { rule: Rule; personalNumbers: readonly string[] },
): Promise<number> {
  const value = VALUE_OF[at.field] ?? 'null';
  return execute(
    tx,
    `insert into import_error
       (import_id, row_number, column_name, cell, field, value, rule, severity,
        message_vi, message_en, remedy_vi, remedy_en)
     select $1, r.row_number, $2, $3 || (r.row_number + $4::int) || $5, $6, ${value}, $7, $8, $9, $10, $11, $12
       from import_row r
      where r.import_id = $1 and r.state = 'good' and r.personal_number = any($13)
        and not exists (select 1 from import_error e
                         where e.import_id = $1 and e.row_number = r.row_number and e.rule = $7)
      order by r.row_number`,
    [at.importId, ...cellOf(at), ...wordsOf(at.rule), at.personalNumbers],
  );
}

const VALUE_OF: Readonly<Record<string, string>> = {
  fullName: 'r.full_name',
  accountNumber: 'r.account_number',
};

function cellOf({ naming, field }: Comparison): unknown[] {
  return [naming.columnName, naming.before, naming.rowOffset, naming.after, field];
}

function wordsOf(rule: Rule): unknown[] {
  const { severity, message, remedy } = RULES[rule];
  return [rule, severity, message.vi, message.en, remedy.vi, remedy.en];
}
