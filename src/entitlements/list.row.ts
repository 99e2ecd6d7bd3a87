import { lastDayOf, firstDayOf, formatDate } from '../kernel/index.js';
import { compareNames } from '../beneficiaries/index.js';
import type { BankDirectory, Funds, Places, Programme, Programmes } from '../organisation/index.js';
import type { Cell, SheetRow } from '../platform/spreadsheet/index.js';
import { LIST_FIELDS, type Field } from './list.columns.js';
import type { ListHeader } from './list.header.js';
import { problem, type Problem, type Rule } from './list.problems.js';
import {
  cleanText,
  readAccountNumber,
  readAmount,
  readAuthorisedUntil,
  readCommuneCode,
  readDateOfBirth,
  readDecisionDate,
  readDecisionNumber,
  readKind,
  readName,
  readPeriod,
  readPersonalNumber,
  type EntitlementKind,
  type Read,
} from './list.values.js';

/** What a row is judged against. */
export interface ListContext {
  readonly places: Places;
  readonly banks: BankDirectory;
  readonly programmes: Programmes;
  readonly funds: Funds;
  readonly declaredProgramme: Programme | null;
  readonly declaredPeriod: string | null;
  /** The office's day (ISO 8601). */
  readonly today: string;
}

/** A row as far as it could be read; a value that was refused is null. */
export interface RowValues {
  readonly fullName: string | null;
  readonly personalNumber: string | null;
  readonly dateOfBirth: string | null;
  readonly communeCode: string | null;
  readonly programme: string | null;
  readonly period: string | null;
  readonly kind: EntitlementKind | null;
  readonly amount: string | null;
  readonly decisionNumber: string | null;
  readonly decisionDate: string | null;
  readonly accountNumber: string | null;
  readonly accountName: string | null;
  readonly bankBin: string | null;
  readonly recipientName: string | null;
  readonly recipientPersonalNumber: string | null;
  readonly authorisedUntil: string | null;
  readonly fund: string | null;
  readonly note: string | null;
}

export interface CheckedRow {
  readonly rowNumber: number;
  readonly values: RowValues;
  /** Cells of unknown columns by their heading. */
  readonly otherCells: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** Judges one row by itself and says everything that is wrong with it, not only the first thing. */
export function checkRow(row: SheetRow, header: ListHeader, context: ListContext): CheckedRow {
  const reader = new RowReader(row, header);
  const person = readPerson(reader, context);
  const owed = readOwed(reader, context);
  const place = readPlace(reader, context, owed.period);
  const account = readAccount(reader, context);
  const recipient = readRecipient(reader, context);
  comparePayee(reader, recipient.recipientName ?? person.fullName, account);
  checkWidth(reader, row, header);
  return {
    rowNumber: row.number,
    values: { ...person, ...owed, ...place, ...account, ...recipient, note: reader.note() },
    otherCells: reader.otherCells(),
    problems: reader.problems,
  };
}

function readPerson(reader: RowReader, context: ListContext) {
  return {
    fullName: reader.need('fullName', readName),
    personalNumber: reader.need('personalNumber', readPersonalNumber),
    dateOfBirth: reader.may('dateOfBirth', (cell) => readDateOfBirth(cell, context.today)),
  };
}

function readOwed(reader: RowReader, context: ListContext) {
  const programme = readProgramme(reader, context);
  const period = readDeclaredPeriod(reader, context);
  const kind = reader.has('kind') ? reader.may('kind', readKind) : 'regular';
  if (programme && period && !context.programmes.periodFits(programme, period)) {
    const mustBeMonth = programme.rhythm === 'monthly' && kind === 'regular';
    reader.say(mustBeMonth ? 'period.not-a-month' : 'period.unusual', 'period');
  }
  return {
    programme: programme?.code ?? null,
    period,
    kind,
    amount: reader.need('amount', readAmount),
    decisionNumber: reader.need('decisionNumber', readDecisionNumber),
    decisionDate: reader.need('decisionDate', (cell) => readDecisionDate(cell, context.today)),
    fund: readFund(reader, context, programme),
  };
}

function readProgramme(reader: RowReader, context: ListContext): Programme | null {
  const { declaredProgramme } = context;
  if (declaredProgramme && !reader.has('programme')) return declaredProgramme;
  const programme = reader.need('programme', (cell): Read<Programme> => {
    const found = context.programmes.find(cleanText(cell.text));
    return found ? { ok: true, value: found } : { ok: false, rule: 'programme.unknown' };
  });
  if (programme && declaredProgramme && programme.code !== declaredProgramme.code) {
    reader.say('programme.differs', 'programme');
  }
  return programme;
}

function readDeclaredPeriod(reader: RowReader, context: ListContext): string | null {
  const { declaredPeriod } = context;
  if (declaredPeriod && !reader.has('period')) return declaredPeriod;
  const period = reader.need('period', readPeriod);
  if (period && declaredPeriod && period !== declaredPeriod) reader.say('period.differs', 'period');
  return period;
}

function readFund(reader: RowReader, context: ListContext, programme: Programme | null) {
  if (!reader.has('fund')) return programme?.defaultFund ?? null;
  return reader.may('fund', (cell): Read<string> => {
    const found = context.funds.find(cleanText(cell.text));
    return found ? { ok: true, value: found.code } : { ok: false, rule: 'fund.unknown' };
  });
}

/** A commune code means something only on a date: the last day of the period, or its first where a change lies between. */
function readPlace(reader: RowReader, context: ListContext, period: string | null) {
  const code = reader.need('communeCode', readCommuneCode);
  const days = period ? [lastDayOf(period), firstDayOf(period)] : [context.today];
  if (code && !days.some((day) => context.places.commune(code, day))) {
    reader.say('commune.unknown', 'communeCode', { date: formatDate(days[0] ?? context.today) });
    return { communeCode: null };
  }
  return { communeCode: code };
}

/** An account is whole or not there: without its number the person waits for an account. */
function readAccount(reader: RowReader, context: ListContext) {
  const accountNumber = reader.may('accountNumber', readAccountNumber);
  const accountName = reader.may('accountName', readName);
  const bankBin = reader.may('bank', (cell): Read<string> => {
    const found = context.banks.find(cleanText(cell.text));
    return found ? { ok: true, value: found.bin } : { ok: false, rule: 'bank.unknown' };
  });
  if (reader.has('accountNumber')) {
    if (!reader.has('accountName')) reader.say('account.name-missing', 'accountName');
    if (!reader.has('bank')) reader.say('account.bank-missing', 'bank');
  } else if (reader.has('accountName') || reader.has('bank')) {
    reader.say('account.number-missing', 'accountNumber');
    return { accountNumber: null, accountName: null, bankBin: null };
  }
  return { accountNumber, accountName, bankBin };
}

const RECIPIENT = ['recipientName', 'recipientPersonalNumber', 'authorisedUntil'] as const;

function readRecipient(reader: RowReader, context: ListContext) {
  if (RECIPIENT.some((field) => reader.has(field))) {
    for (const field of RECIPIENT) {
      if (!reader.has(field)) reader.say('recipient.incomplete', field);
    }
  }
  return {
    recipientName: reader.may('recipientName', readName),
    recipientPersonalNumber: reader.may('recipientPersonalNumber', readPersonalNumber),
    authorisedUntil: reader.may('authorisedUntil', (cell) =>
      readAuthorisedUntil(cell, context.today),
    ),
  };
}

function comparePayee(
  reader: RowReader,
  payee: string | null,
  account: { accountName: string | null; accountNumber: string | null },
): void {
  const { accountNumber, accountName } = account;
  if (payee && accountNumber && accountName && compareNames(payee, accountName) !== 'exact') {
    reader.say('account.name-differs', 'accountName');
  }
}

function checkWidth(reader: RowReader, row: SheetRow, header: ListHeader): void {
  const beyond = [...row.cells.keys()].find((column) => column > header.width);
  if (beyond !== undefined) reader.sayOfRow('row.ragged', beyond);
  else if (reader.isShort) reader.sayOfRow('row.short', row.width);
}

/** Takes cells by field and gathers what is wrong with them. */
class RowReader {
  readonly problems: Problem[] = [];

  constructor(
    private readonly row: SheetRow,
    private readonly header: ListHeader,
  ) {}

  /** Fewer cells than mandatory columns reach: only of formats whose rows say how wide they are. */
  get isShort(): boolean {
    return this.row.declaresWidth === true && this.row.width < this.header.width;
  }

  has(field: Field): boolean {
    return this.cell(field) !== null;
  }

  /** A value the list cannot do without. */
  need<T>(field: Field, read: (cell: Cell) => Read<T>): T | null {
    if (this.has(field)) return this.may(field, read);
    this.say('cell.required', field, { heading: LIST_FIELDS[field].heading });
    return null;
  }

  /** A value that may be absent. */
  may<T>(field: Field, read: (cell: Cell) => Read<T>): T | null {
    const cell = this.cell(field);
    if (!cell) return null;
    const unfit = unfitRule(cell);
    const result = unfit ? ({ ok: false, rule: unfit } as const) : read(cell);
    if (!result.ok) this.say(result.rule, field);
    else if (result.warning) this.say(result.warning, field);
    return result.ok ? result.value : null;
  }

  note(): string | null {
    const cell = this.cell('note');
    if (!cell) return null;
    if (cell.kind !== 'formula') return cleanText(cell.text).slice(0, NOTE_MAX);
    this.say('note.formula', 'note');
    return null;
  }

  say(rule: Rule, field: Field, names: Readonly<Record<string, string>> = {}): void {
    const column = this.header.columns.get(field) ?? null;
    const value = this.cell(field)?.text.trim() ?? null;
    this.problems.push(problem(rule, { column, field, value }, names));
  }

  sayOfRow(rule: Rule, column: number): void {
    this.problems.push(problem(rule, { column, value: this.row.cells.get(column)?.text ?? null }));
  }

  otherCells(): Record<string, string> {
    const cells: Record<string, string> = {};
    for (const { column, heading } of this.header.unknown) {
      const cell = this.row.cells.get(column);
      if (cell && cell.kind !== 'formula') cells[heading] = cleanText(cell.text).slice(0, NOTE_MAX);
    }
    return cells;
  }

  /** Null when the column is absent, empty, or holds only the dashes people put for "none". */
  private cell(field: Field): Cell | null {
    const column = this.header.columns.get(field);
    const cell = column === undefined ? undefined : this.row.cells.get(column);
    return !cell || isBlank(cell.text) ? null : cell;
  }
}

const NOTE_MAX = 500;

/** Nothing, or only the dashes people put for "none". */
export function isBlank(text: string): boolean {
  return /^[-–—.\s\u200b\ufeff]*$/.test(text);
}

function unfitRule(cell: Cell): Rule | null {
  if (cell.kind === 'formula' || cell.text.trimStart().startsWith('=')) return 'cell.formula';
  if (cell.kind === 'error') return 'cell.error';
  return cell.kind === 'boolean' ? 'cell.boolean' : null;
}
