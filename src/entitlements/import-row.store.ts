import { execute, type Tx } from '../platform/database/index.js';
import type { Problem } from './list.problems.js';
import type { RowValues } from './list.row.js';
import type { RawCells } from './raw-cells.js';

export interface StoredRow {
  readonly rowNumber: number;
  readonly entitlementId: string;
  readonly nameKey: string | null;
  readonly values: RowValues;
  readonly otherCells: Readonly<Record<string, string>>;
  /** As they were read; null where nothing is to be mended. */
  readonly cells: RawCells | null;
  readonly problems: readonly StoredProblem[];
}

export interface StoredProblem extends Problem {
  readonly rowNumber: number;
  readonly columnName: string | null;
  readonly cell: string;
}

const COLUMNS: readonly (readonly [name: string, type: string, of: (row: StoredRow) => unknown])[] =
  [
    ['row_number', 'int', (row) => row.rowNumber],
    ['state', 'text', (row) => (row.problems.some(isError) ? 'bad' : 'good')],
    ['entitlement_id', 'uuid', (row) => row.entitlementId],
    ['full_name', 'text', (row) => row.values.fullName],
    ['name_key', 'text', (row) => row.nameKey],
    ['personal_number', 'text', (row) => row.values.personalNumber],
    ['date_of_birth', 'text', (row) => row.values.dateOfBirth],
    ['commune_code', 'text', (row) => row.values.communeCode],
    ['programme', 'text', (row) => row.values.programme],
    ['period', 'text', (row) => row.values.period],
    ['kind', 'text', (row) => row.values.kind],
    ['amount', 'numeric', (row) => row.values.amount],
    ['decision_number', 'text', (row) => row.values.decisionNumber],
    ['decision_date', 'date', (row) => row.values.decisionDate],
    ['account_number', 'text', (row) => row.values.accountNumber],
    ['account_name', 'text', (row) => row.values.accountName],
    ['bank_bin', 'text', (row) => row.values.bankBin],
    ['recipient_name', 'text', (row) => row.values.recipientName],
    ['recipient_personal_number', 'text', (row) => row.values.recipientPersonalNumber],
    ['authorised_until', 'date', (row) => row.values.authorisedUntil],
    ['fund', 'text', (row) => row.values.fund],
    ['note', 'text', (row) => row.values.note],
    ['other_cells', 'jsonb', (row) => storableJson(row.otherCells)],
    ['cells', 'jsonb', (row) => storableJson(row.cells ?? {})],
  ];

const INSERT_ROWS = `
  insert into import_row (import_id, ${COLUMNS.map(([name]) => name).join(', ')})
  select $1, * from unnest(${COLUMNS.map(([, type], at) => `$${at + 2}::${type}[]`).join(', ')})`;

/** Writes a chunk of rows and their problems: two statements, whatever the number of rows. */
export async function insertRows(
  tx: Tx,
  written: { importId: string; rows: readonly StoredRow[] },
): Promise<void> {
  if (written.rows.length === 0) return;
  await execute(tx, INSERT_ROWS, [
    written.importId,
    ...COLUMNS.map(([, , of]) => written.rows.map(of)),
  ]);
  const problems = written.rows.flatMap((row) => row.problems);
  await insertProblems(tx, { importId: written.importId, problems });
}

export async function insertProblems(
  tx: Tx,
  written: { importId: string; problems: readonly StoredProblem[] },
): Promise<void> {
  const { problems } = written;
  if (problems.length === 0) return;
  await execute(
    tx,
    `insert into import_error
       (import_id, row_number, column_name, cell, field, value, rule, severity,
        message_vi, message_en, remedy_vi, remedy_en)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                              $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])`,
    [
      written.importId,
      problems.map((problem) => problem.rowNumber),
      problems.map((problem) => problem.columnName),
      problems.map((problem) => problem.cell),
      problems.map((problem) => problem.field),
      problems.map((problem) => storable(problem.value)),
      problems.map((problem) => problem.rule),
      problems.map((problem) => problem.severity),
      problems.map((problem) => storable(problem.message.vi)),
      problems.map((problem) => storable(problem.message.en)),
      problems.map((problem) => problem.remedy.vi),
      problems.map((problem) => problem.remedy.en),
    ],
  );
}

function storableJson(cells: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(cells).length === 0 ? null : JSON.stringify(cells).replaceAll('\\u0000', '');
}

// PostgreSQL keeps no NUL in a text; a hostile cell may bring one.
function storable(text: string | null): string | null {
  return text?.replaceAll('\0', '') ?? null;
}

function isError(problem: StoredProblem): boolean {
  return problem.severity === 'error';
}
