import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type PDFDocument from 'pdfkit';

export type FontStyle = 'regular' | 'bold' | 'italic';

/** How a text is set. */
export interface TextLook {
  /** Points. */
  readonly size?: number;
  readonly style?: FontStyle;
  readonly align?: 'left' | 'center' | 'right';
  readonly color?: string;
  /**
   * Figures stay on one line, and are smaller when they would not fit. `single` ones, such as account numbers, do not
   * recur in a list: they are set anew each time, and the memory is not filled with them.
   */
  readonly figures?: 'recurring' | 'single';
}

/** Where a text stands: its upper left corner and the width it may take. */
export interface TextPlace extends TextLook {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PaperSettings {
  readonly title: string;
  readonly author: string;
  /** When it came to be, as the file says of itself; the same time gives the same bytes. */
  readonly at: Date;
  /** A measured paper draws nothing and gives no bytes: it counts the pages of the drawn one. */
  readonly as: 'measured' | 'drawn';
}

const STYLES: Readonly<Record<FontStyle, string>> = {
  regular: 'Roboto-Regular',
  bold: 'Roboto-Medium',
  italic: 'Roboto-Italic',
};
const SIZE = 8;
const SMALLEST = 4;
/** Bytes that may wait to be written before the next page is begun. */
const WAITING_MAX = 1024 * 1024;

// The fonts come with pdfmake; they are found through that package, wherever it is installed.
const resolve = createRequire(import.meta.url).resolve;

/**
 * An A4 page, landscape, for lists: drawn page by page, so that no list is too long for the memory.
 *
 * pdfmake itself was tried first and dropped: it lays out a whole list before it gives a byte (5,000 lines: 7 to
 * 9 s in which the process serves nobody, 330 MB, 20 MB of file; this: 3 s, a page at a time, 6 MB).
 *
 * The file is not compressed: Node's zlib hashes by what the processor can, so the same list would be packed into
 * other bytes on another machine.
 */
export class PdfPaper {
  readonly left = 28;
  readonly right: number;
  readonly top = 26;
  readonly bottom: number;
  /** Of single characters, at size 1, by style and character. */
  private readonly widths = new Map<string, number>();
  private pageCount = 1;

  private constructor(
    private readonly document: PDFDocument,
    private readonly settings: PaperSettings,
  ) {
    for (const [style, name] of Object.entries(STYLES)) {
      this.document.registerFont(style, resolve(`pdfmake/fonts/Roboto/${name}.ttf`));
    }
    this.document.addPage();
    this.right = this.document.page.width - this.left;
    this.bottom = this.document.page.height - 34;
    this.document.lineWidth(0.5);
  }

  /** pdfkit is loaded by those who need it: that takes a fifth of a second. */
  static async blank(settings: PaperSettings): Promise<PdfPaper> {
    const { default: Document } = await import('pdfkit');
    const { title, author, at } = settings;
    const info = { Title: title, Author: author, Creator: 'ChiTra', Producer: 'ChiTra' };
    const document = new Document({
      size: 'A4',
      layout: 'landscape',
      margin: 0,
      autoFirstPage: false,
      compress: false,
      lang: 'vi',
      font: null,
      info: { ...info, CreationDate: at, ModDate: at },
    });
    return new PdfPaper(document, settings);
  }

  get pages(): number {
    return this.pageCount;
  }

  get width(): number {
    return this.right - this.left;
  }

  /** The file's bytes, while they come to be. */
  get bytes(): Readable {
    return this.document;
  }

  /** Begins the next page; in between others work, and what is drawn is written. */
  async newPage(): Promise<void> {
    this.pageCount += 1;
    if (this.draws) this.document.addPage().lineWidth(0.5);
    do await setImmediate();
    while (this.document.readableLength > WAITING_MAX && !this.document.destroyed);
  }

  /** What the text takes when it is broken to the width. */
  heightOf(text: string, width: number, look: TextLook = {}): number {
    this.set(look);
    if (look.figures || this.document.widthOfString(text) <= width) {
      return this.document.currentLineHeight(true);
    }
    return this.document.heightOfString(text, { width });
  }

  /** Writes the text, broken to the width, and gives the height it took. */
  text(text: string, place: TextPlace): number {
    this.draw(text, place);
    return this.heightOf(text, place.width, place);
  }

  /** Writes the text of somebody who knows its height already. */
  draw(text: string, place: TextPlace): void {
    if (!this.draws || text === '') return;
    this.set(place);
    this.document.fillColor(place.color ?? 'black');
    const { x, y, width, align = 'left' } = place;
    if (place.figures) this.writeFigures(text, place);
    else this.document.text(text, x, y, { width, align });
  }

  line(from: { x: number; y: number }, to: { x: number; y: number }): void {
    if (!this.draws) return;
    this.document.strokeColor('black').moveTo(from.x, from.y).lineTo(to.x, to.y).stroke();
  }

  /** A little square to be ticked, with a cross in it or not. */
  tickBox(place: { x: number; y: number; size: number }, ticked: boolean): void {
    const { x, y, size } = place;
    if (this.draws) this.document.strokeColor('black').rect(x, y, size, size).stroke();
    if (!ticked) return;
    this.line({ x, y }, { x: x + size, y: y + size });
    this.line({ x: x + size, y }, { x, y: y + size });
  }

  shade(place: { x: number; y: number; width: number; height: number }, color: string): void {
    if (!this.draws) return;
    this.document.rect(place.x, place.y, place.width, place.height).fill(color);
  }

  end(): void {
    this.document.end();
  }

  private writeFigures(text: string, place: TextPlace): void {
    const { x, y, width, align = 'left', size = SIZE, style = 'regular' } = place;
    const natural = size * this.widthOf(text, style);
    const fitted = Math.max(SMALLEST, Math.min(size, (size * width) / natural));
    this.document.fontSize(fitted);
    const left = width - Math.min(width, (natural * fitted) / size);
    const before = { left: 0, center: left / 2, right: left }[align];
    // Smaller figures stand on the same line as the others.
    const lower = (size - fitted) * 0.9;
    const features = place.figures === 'single' ? [] : undefined;
    this.document.text(text, x + before, y + lower, { lineBreak: false, features });
  }

  /** At size 1, a character beside the other: figures are all of one width and are not kerned. */
  private widthOf(text: string, style: FontStyle): number {
    let width = 0;
    for (const character of text) {
      const key = style + character;
      let own = this.widths.get(key);
      if (own === undefined) {
        own = this.document.font(style).fontSize(1).widthOfString(character);
        this.widths.set(key, own);
      }
      width += own;
    }
    return width;
  }

  private get draws(): boolean {
    return this.settings.as === 'drawn';
  }

  private set({ size = SIZE, style = 'regular' }: TextLook): void {
    this.document.font(style).fontSize(size);
  }
}
