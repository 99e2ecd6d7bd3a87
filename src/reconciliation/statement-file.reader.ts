import { createHash } from 'node:crypto';
import type { StatementEntry } from '../banks/index.js';
import { InvariantError, type Money } from '../kernel/index.js';
import { openSpreadsheet, type SheetRow, type Spreadsheet } from '../platform/spreadsheet/index.js';
import { fileIsNoCsv, fileRefused } from './reconciliation.errors.js';
import { faultOfSpan } from './span.rules.js';
import { problemOf, type FileProblem } from './statement-file.problems.js';
import { FileRow, readHeader, type FileFrame, type FileHeader } from './statement-file.rows.js';
import { digestEntries, frameOf } from './statement.rules.js';

/** Problems that are told; beyond them they are only counted. */
const PROBLEMS_TOLD = 500;
/** Entries that are handed on together. */
const PAGE = 5_000;

/** A statement's file that nothing is wrong with. */
export interface CheckedFile {
  readonly frame: FileFrame;
  readonly entryCount: number;
  /** SHA-256 over its frame and entries, as of a statement that a bank's connection gave. */
  readonly saying: string;
  /** Its entries once more, page by page. */
  pages(): AsyncGenerator<StatementEntry[]>;
}

/** Opens a CSV statement for as long as `work` takes. @throws DomainError naming all that is wrong, by row and column */
export async function withStatementFile<T>(
  path: string,
  given: { today: string; work: (file: CheckedFile) => Promise<T> },
): Promise<T> {
  const spreadsheet = await openSpreadsheet(path);
  try {
    if (spreadsheet.format !== 'csv') throw fileIsNoCsv();
    return await given.work(await checkFile(spreadsheet, given.today));
  } finally {
    await spreadsheet.close();
  }
}

async function checkFile(spreadsheet: Spreadsheet, today: string): Promise<CheckedFile> {
  const { header, frame, problems } = await readFrame(spreadsheet, today);
  const rowsById = new Map<string, number>();
  const hash = createHash('sha256');
  if (frame) hash.update(frameOf(frame));
  // Also where the frame is wrong: who mends a file wants to know all of it at once.
  for await (const row of bodyOf(spreadsheet, header)) {
    if (row.record() !== 'entry') continue;
    const entry = row.entry(frame);
    if (entry) {
      const otherRow = rowsById.get(entry.entryId);
      if (otherRow !== undefined) row.say('entry-id.twice', 'entry_id', otherRow);
      else rowsById.set(entry.entryId, row.number);
      digestEntries(hash, [entry]);
    }
    problems.add(row.problems);
  }
  problems.refuse();
  if (!frame) throw new InvariantError('a statement without a frame that nothing is wrong with');
  return {
    frame,
    entryCount: rowsById.size,
    saying: hash.digest('hex'),
    pages: () => pagesOf(spreadsheet, { header, frame }),
  };
}

async function* pagesOf(
  spreadsheet: Spreadsheet,
  { header, frame }: { header: FileHeader; frame: FileFrame },
): AsyncGenerator<StatementEntry[]> {
  let page: StatementEntry[] = [];
  for await (const row of bodyOf(spreadsheet, header)) {
    if (row.record() !== 'entry') continue;
    const entry = row.entry(frame);
    if (entry) page.push(entry);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The header and the two balances, wherever they stand. Also tells what is wrong with rows that are no record. */
async function readFrame(
  spreadsheet: Spreadsheet,
  today: string,
): Promise<{ header: FileHeader; frame: FileFrame | null; problems: Problems }> {
  const header = await headerOf(spreadsheet);
  const problems = new Problems();
  let opening: { row: FileRow; said: ReturnType<FileRow['frame']>; amount: Money | null } | null =
    null;
  let closing: { row: FileRow; amount: Money | null } | null = null;
  for await (const row of bodyOf(spreadsheet, header)) {
    const record = row.record();
    if (record === 'opening') {
      if (opening) row.say('record.twice', 'record');
      else opening = { row, said: row.frame(), amount: row.balance() };
    }
    if (record === 'closing') {
      if (closing) row.say('record.twice', 'record');
      else closing = { row, amount: row.balance() };
    }
    if (record !== 'entry') problems.add(row.problems);
  }
  if (!opening) problems.add([problemOf('record.opening-missing', NOWHERE)]);
  if (!closing) problems.add([problemOf('record.closing-missing', NOWHERE)]);
  if (opening?.said) {
    const { row, said } = opening;
    const known = { row: row.problems.length, closing: closing?.row.problems.length ?? 0 };
    const fault = faultOfSpan({ ...said, today });
    if (fault) row.say(`span.${fault}`, 'to');
    closing?.row.assertOf(said);
    problems.add(row.problems.slice(known.row));
    problems.add(closing?.row.problems.slice(known.closing) ?? []);
  }
  const frame =
    opening?.said && opening.amount && closing?.amount
      ? { ...opening.said, opening: opening.amount, closing: closing.amount }
      : null;
  return { header, frame, problems };
}

const NOWHERE = { row: null, column: null, field: 'record' } as const;

async function headerOf(spreadsheet: Spreadsheet): Promise<FileHeader> {
  for await (const row of rowsOf(spreadsheet)) {
    const { header, problems } = readHeader(row);
    if (problems.length > 0) throw fileRefused(problems, problems.length);
    return header;
  }
  throw fileRefused([problemOf('record.opening-missing', NOWHERE)], 1);
}

async function* bodyOf(spreadsheet: Spreadsheet, header: FileHeader): AsyncGenerator<FileRow> {
  for await (const row of rowsOf(spreadsheet)) {
    if (row.number > header.row) yield new FileRow(row, header);
  }
}

/** Rows with anything in them. */
async function* rowsOf(spreadsheet: Spreadsheet): AsyncGenerator<SheetRow> {
  const [sheet] = spreadsheet.sheets;
  if (!sheet) return;
  for await (const row of sheet.rows()) if (row.cells.size > 0) yield row;
}

class Problems {
  private readonly told: FileProblem[] = [];
  private count = 0;

  add(problems: readonly FileProblem[]): void {
    this.count += problems.length;
    this.told.push(...problems.slice(0, PROBLEMS_TOLD - this.told.length));
  }

  /** @throws DomainError when there was any. */
  refuse(): void {
    if (this.count === 0) return;
    const order = ({ row }: FileProblem) => row ?? 0;
    throw fileRefused(
      [...this.told].sort((one, other) => order(one) - order(other)),
      this.count,
    );
  }
}
