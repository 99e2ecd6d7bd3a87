/** A row of a statement's file by column. */
export type StatementRow = Readonly<Record<string, string>>;

const COLUMNS = [
  'record',
  'statement_id',
  'from',
  'to',
  'entry_id',
  'booked_at',
  'direction',
  'amount',
  'currency',
  'reference',
  'return_code',
  'return_text',
  'bank_reference',
  'reversal',
];

let made = 0;
/** An id that nobody used before. */
export function fresh(word: string): string {
  made += 1;
  return `${word}-${made}`;
}

export function openingRow(differs: StatementRow = {}): StatementRow {
  return {
    record: 'opening',
    statement_id: fresh('SK'),
    from: '2026-11-20',
    to: '2026-11-20',
    amount: '100000000',
    ...differs,
  };
}

export function closingRow(differs: StatementRow = {}): StatementRow {
  return { record: 'closing', amount: '100000000', ...differs };
}

/** A debit of 1.000 under no reference; a spec says only what differs. */
export function entryRow(differs: StatementRow = {}): StatementRow {
  return {
    record: 'entry',
    entry_id: fresh('E'),
    booked_at: '2026-11-20 09:00',
    direction: 'debit',
    amount: '1000',
    ...differs,
  };
}

/** The rows as CSV text. `headings` renames columns, `columns` says which there are and in what order. */
export function csvStatement(
  rows: readonly StatementRow[],
  form: {
    delimiter?: string;
    lineEnd?: string;
    bom?: boolean;
    columns?: readonly string[];
    headings?: Readonly<Record<string, string>>;
  } = {},
): string {
  const { delimiter = ';', lineEnd = '\n', bom = false, columns = COLUMNS, headings = {} } = form;
  const quoted = (text: string) =>
    /["\n\r]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [
    columns.map((column) => quoted(headings[column] ?? column)),
    ...rows.map((row) => columns.map((column) => quoted(row[column] ?? ''))),
  ];
  return `${bom ? '\ufeff' : ''}${lines.map((line) => line.join(delimiter)).join(lineEnd)}${lineEnd}`;
}
