import {
  writeWorkbook,
  type CellLook,
  type OutCell,
  type OutRow,
  type OutSheet,
} from '../platform/spreadsheet/index.js';
import { Money } from '../kernel/index.js';
import { CHANGE_TITLES, changeTexts, rowTexts, sumTexts } from './paper-line.rules.js';
import { type TreasuryPaper } from './treasury-paper.rules.js';
import type { PaperLines } from './treasury-paper.source.js';

const LIST_WIDTHS = [7, 30, 21, 18, 17, 11, 11, 11, 10, 17, 10, 10, 24];
const CHANGE_WIDTHS = [7, 32, 20, 17, 34, 17, 34, 24];
const COLUMNS = LIST_WIDTHS.length;
/** Columns, from 0, that hold amounts. */
const LIST_AMOUNTS = new Set([4, 9]);
const CHANGE_AMOUNTS = new Set([3, 5]);
const CENTRED = new Set([0, 2]);
const SIGNING_ROWS = 4;

/**
 * Writes the paper as a workbook: the list as it is printed, and a second sheet with everybody who changed. Accounts
 * are texts, amounts are numbers, and nothing computes: sums stand there as they were signed.
 * @throws what the lines throw; the file is worth nothing then.
 */
export async function writeTreasuryWorkbook(
  target: string,
  paper: TreasuryPaper,
  lines: PaperLines,
): Promise<void> {
  const sheets = [listSheet(paper, lines)];
  if (paper.hasChanges) sheets.push(changesSheet(paper, lines));
  const title = `${paper.form.form} – ${paper.subject}`;
  await writeWorkbook(target, { title, author: 'ChiTra', at: paper.at, sheets });
}

function listSheet(paper: TreasuryPaper, lines: PaperLines): OutSheet {
  const { form } = paper;
  const titles = form.columns.map(({ title }) => title);
  const numbers = form.columns.map(({ number }) => number);
  return {
    name: paper.form.form,
    widths: LIST_WIDTHS,
    foot: paper.foot,
    repeats: 2,
    head: [
      ...paper.corner.map((text, at) =>
        over([9, ''], [4, text, { bold: at === 0, align: 'center' }]),
      ),
      whole(paper.title, { bold: true, size: 15, align: 'center' }, 24),
      whole(paper.subject, { size: 12, align: 'center' }),
      whole(form.attachedTo, { italic: true, align: 'center' }),
      whole(
        paper.accountKinds
          .map(({ label, ticked }) => `${label} ${ticked ? '☒' : '□'}`)
          .join('      '),
        { align: 'center' },
      ),
      ...paper.head.map((text) => whole(text)),
      whole(form.content, { bold: true }),
      { cells: titles.map((text) => ({ text, ...HEADING })), height: 76 },
      { cells: numbers.map((text) => ({ text, ...HEADING, bold: false, italic: true })) },
    ],
    rows: () => listRows(paper, lines),
  };
}

async function* listRows(paper: TreasuryPaper, lines: PaperLines): AsyncGenerator<OutRow, void> {
  let total = Money.zero(paper.total.currency);
  for await (const page of lines.rows()) {
    for (const row of page) {
      total = total.plus(row.amount);
      yield ruled(rowTexts(row), LIST_AMOUNTS, row.amount.toString());
    }
  }
  const [label, ...sums] = sumTexts(paper.form.total, total);
  yield {
    cells: [
      { ...label, bold: true, border: true, align: 'center' },
      ...sums.map(({ text }) => summed(text, total)),
    ],
  };
  yield whole(paper.totalInWords, { bold: true }, 22);
  yield whole(paper.form.changes, { bold: true }, 22);
  for (const text of paper.changes) yield whole(text);
  if (paper.hasChanges)
    yield whole('Danh sách người thay đổi: trang tính "Thay đổi".', { italic: true });
  yield* signatureRows(paper);
}

const HEADING: CellLook = { bold: true, size: 9, align: 'center', border: true, shade: true };
/** The thirteen columns as three places to sign, or two. */
const THIRDS = [4, 4, 5];
const HALVES = [6, 7];

function* signatureRows(paper: TreasuryPaper): Generator<OutRow, void> {
  const { signers, form } = paper;
  const centred = { align: 'center' } as const;
  const thirds = (texts: readonly string[], look: CellLook): OutRow =>
    over(...texts.map((text, at): Part => [THIRDS[at] ?? 1, text, { ...centred, ...look }]));
  yield whole('');
  yield over([8, ''], [5, paper.placeAndDate, { ...centred, italic: true }]);
  yield thirds(
    signers.map(({ title }) => title),
    { bold: true },
  );
  yield thirds(
    signers.map(({ note }) => note),
    { italic: true },
  );
  for (let row = 0; row < SIGNING_ROWS; row += 1) yield whole('');
  const most = Math.max(...signers.map(({ signed }) => signed.length));
  for (let at = 0; at < most; at += 1) {
    yield thirds(
      signers.map(({ signed }) => signed[at]?.name ?? ''),
      { bold: true },
    );
    yield thirds(
      signers.map(({ signed }) => signed[at]?.how ?? ''),
      { size: 8 },
    );
  }
  yield whole('');
  yield whole(form.treasury.heading, { ...centred, bold: true });
  yield whole('Ngày …… tháng …… năm …………', { ...centred, italic: true });
  const halves = form.treasury.places.map((text, at): Part => {
    return [HALVES[at] ?? 1, text, { ...centred, bold: true }];
  });
  yield over(...halves);
  for (let row = 0; row < SIGNING_ROWS; row += 1) yield whole('');
  yield whole(paper.proof, { size: 8 });
}

function changesSheet(paper: TreasuryPaper, lines: PaperLines): OutSheet {
  const width = CHANGE_WIDTHS.length;
  return {
    name: 'Thay đổi',
    widths: CHANGE_WIDTHS,
    foot: paper.foot,
    repeats: 1,
    head: [
      { cells: [{ text: paper.form.changes, span: width, bold: true, size: 13 }] },
      ...paper.changes.map((text) => ({ cells: [{ text, span: width }] })),
      { cells: CHANGE_TITLES.map((text) => ({ text, ...HEADING })) },
    ],
    async *rows() {
      let no = 0;
      for await (const change of lines.changes()) {
        no += 1;
        const amounts = [change.amountBefore, change.amountNow];
        const texts = changeTexts(no, change);
        yield {
          cells: texts.map((text, at): OutCell => {
            const amount = CHANGE_AMOUNTS.has(at) ? amounts[at === 3 ? 0 : 1] : null;
            if (amount) return { whole: amount.toString(), border: true, align: 'right' };
            return { text, border: true, align: at === 0 ? 'center' : 'left' };
          }),
        };
      }
    },
  };
}

function ruled(texts: readonly string[], amounts: ReadonlySet<number>, amount: string): OutRow {
  return {
    cells: texts.map((text, at): OutCell => {
      if (amounts.has(at)) return { whole: amount, border: true, align: 'right' };
      return { text, border: true, align: CENTRED.has(at) ? 'center' : 'left' };
    }),
  };
}

function summed(text: string, total: Money): OutCell {
  const look = { bold: true, border: true, align: 'right' } as const;
  return text === '' ? { text, ...look } : { whole: total.toString(), ...look };
}

type Part = readonly [span: number, text: string, look?: CellLook];

/** A row of texts over several columns each. */
function over(...parts: readonly Part[]): OutRow {
  return { cells: parts.map(([span, text, look]) => ({ text, span, ...look })) };
}

/** A text over the whole width. */
function whole(text: string, look: CellLook = {}, height?: number): OutRow {
  return { ...over([COLUMNS, text, look]), height };
}
