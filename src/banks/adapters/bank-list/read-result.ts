import { DomainError, type Bilingual } from '../../../kernel/index.js';
import { openSpreadsheet, type Cell } from '../../../platform/spreadsheet/index.js';
import {
  FileBroken,
  type FileReading,
  type ReceivedFile,
  type SentFiles,
  type SentOrder,
} from '../../contract.js';
import { matchRows, speaksOf, type Answered, type ResultRow } from './match.rules.js';
import type { ResultOptions } from './options.js';
import { RESULT_ROWS_MAX, tablesOf, type ResultTable, type TableRow } from './result-table.js';
import { amountOf, BankWords, instantOf, latestOf } from './words.rules.js';

/** Our references as we make them: `CT` of a payment, `CM` of a message, and an id in hex. */
const PAYMENT_REFERENCE = /CT[0-9A-F]{32}/g;
const MESSAGE_REFERENCE = /CM[0-9A-F]{32}/g;
/** Without a named message, payments are looked for in so many messages of so many days. */
const RECENT_DAYS = 45;
const RECENT_MESSAGES_MAX = 40;
const DAY_MS = 86_400_000;
const BANK_REFERENCE_LONGEST = 70;

/**
 * Reads the list that came back.
 * @throws FileBroken for what is no table, has not the bank's headings, answers a message that was never sent, or
 * has no reference of ours while nobody said which list it answers.
 */
export async function readResult(
  file: ReceivedFile,
  sent: SentFiles,
  options: ResultOptions,
): Promise<FileReading> {
  const { rows, titles, passedOver } = await rowsOf(file, options);
  if (rows.length === 0) {
    return { kind: 'nothing', why: 'Danh sách không có dòng nào / The list has no rows' };
  }
  const byAccount = options.matchBy.includes('account');
  const named = await namedMessage(file, titles, sent);
  const isAnonymous = rows.every(({ reference }) => reference === null);
  if (!named && isAnonymous) throw answersWhich();
  if (file.answers !== undefined && named && !speaksOf(rows, named.orders)) throw anothersResult();
  const known = named ? named.orders : await mentionedOrders(rows, file.receivedAt, sent);
  const { items, unread } = matchRows({ rows, known, answered: byAccount ? named : null });
  return {
    kind: 'report',
    report: {
      id: file.fileName,
      madeAt: file.receivedAt,
      ...(named && { answers: named.reference }),
      items,
      unread: [...unread, ...passedOver.map((why) => ({ why }))],
    },
  };
}

async function rowsOf(
  file: ReceivedFile,
  options: ResultOptions,
): Promise<{ rows: ResultRow[]; titles: string[]; passedOver: readonly string[] }> {
  try {
    const spreadsheet = await openSpreadsheet(file.path);
    try {
      const { tables, passedOver } = await tablesOf(spreadsheet, options);
      const rows = await readRows(tables, options);
      return { rows, titles: tables.flatMap(({ titles }) => titles), passedOver };
    } finally {
      await spreadsheet.close();
    }
  } catch (error) {
    // The table reader's refusals are about the file, and say to people what is wrong with it.
    throw error instanceof DomainError ? new FileBroken(error.text) : error;
  }
}

async function readRows(
  tables: readonly ResultTable[],
  options: ResultOptions,
): Promise<ResultRow[]> {
  const words = new BankWords(options);
  const read: ResultRow[] = [];
  for (const table of tables) {
    for await (const row of table.rows()) {
      const result = rowOf(row, words, options);
      if (result) read.push(result);
      if (read.length > RESULT_ROWS_MAX) throw tooLong(row.place('status'));
    }
  }
  return read;
}

/** Null for a line that speaks of no payment: no listed status, account or reference, as totals and signatures are. */
function rowOf(row: TableRow, words: BankWords, options: ResultOptions): ResultRow | null {
  const text = (cell: Cell | undefined): string => plainText(cell).trim();
  const status = text(row.cell('status'));
  const references = referencesIn(text(row.cell('reference')));
  const account = accountIn(row.cell('account'));
  const isEmpty =
    references.length === 0 && !hasDigit(row.cell('account')) && !words.isListed(status);
  const amountCell = row.cell('amount');
  const amount = amountCell ? amountOf(amountCell, options.numbers) : null;
  const formula = FIGURES.find((role) => isComputed(row.cell(role)));
  const faults: [boolean, () => string, Bilingual][] = [
    [formula !== undefined, () => row.place(formula ?? 'status'), FAULTS.formula],
    [references.length > 1, () => row.place('reference'), FAULTS.twoReferences],
    [amountCell !== undefined && amount === null, () => row.place('amount'), FAULTS.amount],
  ];
  if (isEmpty && formula === undefined) return null;
  const fault = faults.find(([isSo]) => isSo);
  const bankReference = text(row.cell('bankReference')).slice(0, BANK_REFERENCE_LONGEST);
  const time = text(row.cell('time'));
  const at = instantOf(time, options.timeFormats);
  return {
    place: fault ? fault[1]() : row.place('status'),
    reference: references[0] ?? null,
    account,
    amount,
    latest: latestOf(time, options.timeFormats),
    word: words.meaningOf({
      status,
      reason: text(row.cell('reason')),
      fact: { ...(bankReference !== '' && { bankReference }), ...(at && { at }) },
    }),
    fault: fault ? fault[2] : null,
  };
}

const FIGURES = ['status', 'reference', 'account', 'amount', 'reason'] as const;

const FAULTS = {
  formula: {
    vi: 'ô là công thức nên không lấy; hãy dán giá trị rồi nộp lại',
    en: 'the cell is a formula and is not taken; paste its value and bring the file again',
  },
  twoReferences: {
    vi: 'ô có hai mã tham chiếu của ta',
    en: 'the cell holds two references of ours',
  },
  amount: {
    vi: 'số tiền không đọc được chắc chắn',
    en: 'the amount cannot be read with certainty',
  },
} as const;

/** A formula that is nothing but a text in quotes keeps zeros in front, and computes nothing. */
function plainText(cell: Cell | undefined): string {
  if (!cell) return '';
  return /^\s*="([^"]*)"\s*$/.exec(cell.text)?.[1] ?? cell.text;
}

function isComputed(cell: Cell | undefined): boolean {
  if (cell?.kind !== 'formula') return cell?.kind === 'error';
  return plainText(cell) === cell.text;
}

/** Our references in a text, also where the bank broke it by blanks or wrote it small. */
function referencesIn(text: string): string[] {
  const upper = text.normalize('NFKC').toUpperCase();
  const whole = upper.match(PAYMENT_REFERENCE);
  return [...new Set(whole ?? upper.replace(/\s+/g, '').match(PAYMENT_REFERENCE) ?? [])];
}

const hasDigit = (cell: Cell | undefined): boolean => /\d/.test(plainText(cell));

/** Digits that a spreadsheet program keeps of a number; it makes zeros of the others. */
const EXACT_DIGITS = 15;
/** An account that is not shown whole: by stars, dots or a run of X, or as `7.00E+09`. */
const SHORTENED = /[*•…]|\.{2}|X{3}|\dE\+?\d/i;

/** The account as it stands there; null where it is none, or not the whole of one. */
function accountIn(cell: Cell | undefined): string | null {
  const text = plainText(cell);
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.'’-]+/g, '');
  const isRounded = cell?.kind === 'number' && bare.length > EXACT_DIGITS;
  if (isRounded || SHORTENED.test(text)) return null;
  return /^(?=.*\d)[0-9A-Z]{4,24}$/.test(bare) ? bare : null;
}

interface NamedMessage extends Answered {
  readonly reference: string;
}

/**
 * The message that the list surely answers: as a person said, or as its own reference stands in the file's name or
 * above the table. Two are none.
 */
async function namedMessage(
  file: ReceivedFile,
  titles: readonly string[],
  sent: SentFiles,
): Promise<NamedMessage | null> {
  if (file.answers !== undefined) {
    const orders = await sent.orders(file.answers);
    if (!orders) throw neverSent();
    return { reference: file.answers, orders, madeAt: await sent.madeAt(file.answers) };
  }
  const texts = [file.fileName, ...titles].join('\n').toUpperCase();
  const [reference, ...more] = new Set(texts.match(MESSAGE_REFERENCE) ?? []);
  if (reference === undefined || more.length > 0) return null;
  const orders = await sent.orders(reference);
  return orders && { reference, orders, madeAt: await sent.madeAt(reference) };
}

/** Orders of the recent messages of which the list names at least one payment. */
async function mentionedOrders(
  rows: readonly ResultRow[],
  receivedAt: Date,
  sent: SentFiles,
): Promise<SentOrder[]> {
  const sought = new Set(rows.flatMap(({ reference }) => reference ?? []));
  if (sought.size === 0) return [];
  const since = new Date(receivedAt.getTime() - RECENT_DAYS * DAY_MS);
  const mentioned: SentOrder[] = [];
  for (const message of await sent.recent({ since, limit: RECENT_MESSAGES_MAX })) {
    const orders = (await sent.orders(message)) ?? [];
    if (!orders.some(({ reference }) => sought.has(reference))) continue;
    for (const order of orders) {
      mentioned.push(order);
      sought.delete(order.reference);
    }
    if (sought.size === 0) break;
  }
  return mentioned;
}

function tooLong(place: string): FileBroken {
  return new FileBroken(
    {
      vi: `Danh sách dài hơn ${RESULT_ROWS_MAX} dòng nên không nhận; hãy chia nhỏ rồi nộp lại.`,
      en: `The list is longer than ${RESULT_ROWS_MAX} rows and is not taken; please split it and bring the parts.`,
    },
    place,
  );
}

function answersWhich(): FileBroken {
  return new FileBroken({
    vi: 'Danh sách không có mã tham chiếu nào của ta; hãy nộp lại tệp này và chọn danh sách mà nó trả lời.',
    en: 'The list has no reference of ours at all; bring this file again and say which list it answers.',
  });
}

function anothersResult(): FileBroken {
  return new FileBroken({
    vi: 'Không dòng nào nói về khoản của danh sách được chọn; có phải kết quả của danh sách khác? Hãy nộp lại và chọn đúng danh sách.',
    en: 'No row speaks of a payment of the list that was named; is it the result of another? Bring it again and name the right one.',
  });
}

function neverSent(): FileBroken {
  return new FileBroken({
    vi: 'Danh sách được chọn chưa từng gửi ngân hàng này; hãy chọn đúng danh sách mà tệp trả lời.',
    en: 'The list that was named was never sent to this bank; please name the one that this file answers.',
  });
}
