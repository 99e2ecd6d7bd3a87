/** What is used of pdfkit, which brings no types. Lengths are points (1/72 inch), from the page's upper left corner. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  interface TextOptions {
    width?: number;
    align?: 'left' | 'center' | 'right';
    lineBreak?: boolean;
    /** OpenType features; when they are given, the layout of the text is not remembered. */
    features?: string[];
  }

  interface DocumentOptions {
    size: string;
    layout: 'portrait' | 'landscape';
    margin: number;
    autoFirstPage: boolean;
    compress: boolean;
    lang: string;
    /** Null: none of the standard fonts is loaded. */
    font: string | null;
    info: Record<string, string | Date>;
  }

  export default class PDFDocument extends Readable {
    constructor(options: DocumentOptions);
    readonly page: { readonly width: number; readonly height: number };
    addPage(): this;
    registerFont(name: string, path: string): this;
    font(name: string): this;
    fontSize(size: number): this;
    fillColor(color: string): this;
    strokeColor(color: string): this;
    lineWidth(width: number): this;
    widthOfString(text: string, options?: TextOptions): number;
    heightOfString(text: string, options?: TextOptions): number;
    currentLineHeight(includeGap?: boolean): number;
    text(text: string, x: number, y: number, options?: TextOptions): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    rect(x: number, y: number, width: number, height: number): this;
    stroke(): this;
    fill(color?: string): this;
    end(): void;
  }
}
