import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Money } from '../kernel/index.js';
import { PdfPaper, PdfTable, type TableCell, type TextLook } from '../platform/pdf/index.js';
import { CHANGE_TITLES, changeTexts, figures, rowTexts, sumTexts } from './paper-line.rules.js';
import { type TreasuryPaper } from './treasury-paper.rules.js';
import type { PaperLines } from './treasury-paper.source.js';

/** People who changed that the printed paper names; the others stand in the workbook's second sheet. */
export const CHANGES_PRINTED = 200;

const FIGURES = { align: 'right', figures: 'recurring' } as const;
const ACCOUNT = { align: 'center', figures: 'single' } as const;
/** Points; together the width of the page. */
const LIST_COLUMNS = [
  { width: 28, ...ACCOUNT },
  { width: 131 },
  { width: 84, ...ACCOUNT },
  { width: 76 },
  { width: 68, ...FIGURES },
  ...[43, 43, 40, 38].map((width) => ({ width, ...FIGURES })),
  { width: 68, ...FIGURES },
  ...[38, 38].map((width) => ({ width, ...FIGURES })),
  { width: 91 },
];
const CHANGE_COLUMNS = [
  { width: 28, ...ACCOUNT },
  { width: 160 },
  { width: 84 },
  { width: 68, ...FIGURES },
  { width: 145 },
  { width: 68, ...FIGURES },
  { width: 145 },
  { width: 88 },
];
const SIGNATURE_ROOM = 44;
const TREASURY_ROOM = 52;

/**
 * Writes the paper as a PDF. It is gone through twice, once to count its pages and once to draw them, so that
 * "page x of y" stands on each although none is kept in memory.
 * @throws what the lines throw; the file is worth nothing then.
 */
export async function writeTreasuryPdf(
  target: string,
  paper: TreasuryPaper,
  lines: PaperLines,
): Promise<void> {
  const described = {
    title: `${paper.corner[0]} – ${paper.subject}`,
    author: 'ChiTra',
    at: paper.at,
  };
  const measured = await PdfPaper.blank({ ...described, as: 'measured' });
  await new Composition(measured, paper, 0).of(lines);
  const drawn = await PdfPaper.blank({ ...described, as: 'drawn' });
  const written = pipeline(drawn.bytes, createWriteStream(target));
  const composed = new Composition(drawn, paper, measured.pages).of(lines).then(
    () => drawn.end(),
    (error: unknown) => {
      drawn.bytes.destroy(error instanceof Error ? error : new Error('the paper was not composed'));
    },
  );
  await Promise.all([written, composed]);
}

class Composition {
  private y: number;

  constructor(
    private readonly sheet: PdfPaper,
    private readonly paper: TreasuryPaper,
    private readonly pages: number,
  ) {
    this.y = sheet.top;
  }

  async of(lines: PaperLines): Promise<void> {
    this.foot();
    this.head();
    await this.list(lines);
    await this.room(40);
    this.y += 6 + this.write(this.paper.totalInWords, { y: this.y + 6, style: 'bold', size: 9 });
    await this.changes(lines);
    await this.signatures();
  }

  private foot(): void {
    const { sheet, paper } = this;
    const y = sheet.bottom + 10;
    const look = { y, size: 7, color: '#444444' };
    this.write(paper.foot, { ...look });
    this.write(`Trang ${sheet.pages}/${this.pages}`, { ...look, align: 'right' });
  }

  private head(): void {
    const { sheet, paper } = this;
    const cornerWidth = 170;
    const corner = { x: sheet.right - cornerWidth, width: cornerWidth, size: 8.5 };
    let cornerY = sheet.top;
    for (const [at, text] of paper.corner.entries()) {
      cornerY +=
        sheet.text(text, { ...corner, y: cornerY, style: at === 0 ? 'bold' : 'regular' }) + 1;
    }
    this.y = sheet.top + 14;
    this.y += this.write(paper.title, { y: this.y, size: 13, style: 'bold', align: 'center' }) + 1;
    this.y += this.write(paper.subject, { y: this.y, size: 9.5, align: 'center' }) + 1;
    this.y += this.write(paper.form.attachedTo, {
      y: this.y,
      size: 8.5,
      style: 'italic',
      align: 'center',
    });
    this.y += 5;
    this.accountKinds();
    for (const text of paper.head) this.y += this.write(text, { y: this.y, size: 9 }) + 2;
    this.y += 4;
    const unit = /^(.*?)\s*(\(.*\))$/.exec(paper.form.content);
    this.write(unit?.[2] ?? '', { y: this.y, size: 9, style: 'italic', align: 'right' });
    this.y +=
      this.write(unit?.[1] ?? paper.form.content, { y: this.y, size: 9, style: 'bold' }) + 3;
  }

  private accountKinds(): void {
    const { sheet, paper } = this;
    const width = 110;
    let x = sheet.left + sheet.width / 2 - width * (paper.accountKinds.length / 2) + 8;
    for (const { label, ticked } of paper.accountKinds) {
      sheet.text(label, { x, y: this.y, width: width - 22, size: 9 });
      sheet.tickBox({ x: x + width - 24, y: this.y + 1, size: 8 }, ticked);
      x += width;
    }
    this.y += 15;
  }

  private async list(lines: PaperLines): Promise<void> {
    const { form } = this.paper;
    let ofPage = Money.zero();
    let total = Money.zero();
    const sums = (label: string, amount: Money): TableCell[] =>
      sumTexts(label, amount).map(({ text, span }, at): TableCell => {
        const labelled = at === 0 ? ({ align: 'center', figures: undefined } as const) : {};
        return { text, span, style: 'bold', ...labelled };
      });
    const table = await PdfTable.begin(
      this.sheet,
      {
        columns: LIST_COLUMNS,
        heading: [
          form.columns.map(({ title }) => heading(title, 'bold')),
          form.columns.map(({ number }) => heading(number, 'italic')),
        ],
        pageEnd: () => sums('Cộng trang', ofPage),
        onNewPage: () => {
          ofPage = Money.zero();
          this.foot();
        },
      },
      this.y,
    );
    for await (const page of lines.rows()) {
      for (const row of page) {
        await table.add(rowTexts(row).map((text) => ({ text })));
        ofPage = ofPage.plus(row.amount);
        total = total.plus(row.amount);
      }
    }
    const pageSum = this.sheet.pages > 1 ? [sums('Cộng trang', ofPage)] : [];
    this.y = table.end([...pageSum, sums(form.total, total)]);
  }

  private async changes(lines: PaperLines): Promise<void> {
    const { paper } = this;
    await this.room(60);
    this.y += 8;
    this.y += this.write(paper.form.changes, { y: this.y, size: 9, style: 'bold' }) + 2;
    for (const text of paper.changes) this.y += this.write(text, { y: this.y, size: 8.5 }) + 2;
    if (!paper.hasChanges) return;
    let told = 0;
    let left = 0;
    let table: PdfTable | null = null;
    for await (const person of lines.changes()) {
      if (told === CHANGES_PRINTED) {
        left += 1;
        continue;
      }
      table ??= await this.changesTable();
      told += 1;
      await table.add(changeTexts(told, person).map((text) => ({ text })));
    }
    if (!table) return;
    this.y = table.end([]) + 2;
    if (left === 0) return;
    const text = `Còn ${figures(Money.of(String(left)))} người thay đổi nữa: danh sách đầy đủ ở trang tính thứ hai của tệp .xlsx cùng tên.`;
    await this.room(14);
    this.y += this.write(text, { y: this.y, style: 'italic' });
  }

  private changesTable(): Promise<PdfTable> {
    return PdfTable.begin(
      this.sheet,
      {
        columns: CHANGE_COLUMNS,
        heading: [CHANGE_TITLES.map((title) => heading(title, 'bold'))],
        onNewPage: () => this.foot(),
      },
      this.y + 2,
    );
  }

  /** Who signed, with room for ink and stamp, and the treasury's own places; kept together on one page. */
  private async signatures(): Promise<void> {
    const { sheet, paper } = this;
    const most = Math.max(...paper.signers.map(({ signed }) => signed.length));
    await this.room(34 + SIGNATURE_ROOM + most * 24 + 34 + TREASURY_ROOM + 40);
    this.y += 8;
    const third = sheet.width / paper.signers.length;
    const place = (at: number) =>
      ({ x: sheet.left + at * third, width: third, align: 'center' }) as const;
    const dated = { ...place(paper.signers.length - 1), style: 'italic', size: 9 } as const;
    this.y += sheet.text(paper.placeAndDate, { ...dated, y: this.y }) + 2;
    let lowest = this.y;
    for (const [at, { title, note, signed }] of paper.signers.entries()) {
      let y = this.y;
      y += sheet.text(title, { ...place(at), y, style: 'bold', size: 9 });
      y += sheet.text(note, { ...place(at), y, style: 'italic', size: 8 }) + SIGNATURE_ROOM;
      for (const { name, how } of signed) {
        y += sheet.text(name, { ...place(at), y, style: 'bold', size: 9 });
        y += sheet.text(how, { ...place(at), y, size: 6.5, color: '#444444' }) + 3;
      }
      lowest = Math.max(lowest, y);
    }
    this.y = lowest + 4;
    this.treasury();
    this.y += this.write(paper.proof, { y: this.y, size: 6.5, color: '#444444' });
  }

  private treasury(): void {
    const { sheet } = this;
    const { heading, places } = this.paper.form.treasury;
    sheet.line({ x: sheet.left, y: this.y }, { x: sheet.right, y: this.y });
    this.y += 5;
    this.y += this.write(heading, { y: this.y, size: 9.5, style: 'bold', align: 'center' });
    const dated = `Ngày …… tháng …… năm …………`;
    this.y += this.write(dated, { y: this.y, size: 9, style: 'italic', align: 'center' }) + 2;
    const width = sheet.width / places.length;
    for (const [at, text] of places.entries()) {
      sheet.text(text, {
        x: sheet.left + at * width,
        y: this.y,
        width,
        size: 9,
        style: 'bold',
        align: 'center',
      });
    }
    this.y += TREASURY_ROOM + 10;
  }

  /** Goes on to the next page when this one has no such height left. */
  private async room(height: number): Promise<void> {
    if (this.y + height <= this.sheet.bottom) return;
    await this.sheet.newPage();
    this.y = this.sheet.top;
    this.foot();
  }

  private write(text: string, look: TextLook & { y: number }): number {
    const { left: x, width } = this.sheet;
    return this.sheet.text(text, { ...look, x, width });
  }
}

function heading(text: string, style: 'bold' | 'italic'): TableCell {
  return { text, style, size: 7, align: 'center', figures: undefined };
}
