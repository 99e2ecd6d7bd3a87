/** What is wrong with a cell of a list, to be shown where it lies. */
export interface CellMark {
  readonly row: number;
  /** From 1; null: the whole row. */
  readonly column: number | null;
  /** `corrected`: somebody has mended it elsewhere. */
  readonly severity: 'error' | 'warning' | 'corrected';
  readonly text: string;
}

/** Keeps a text from being computed when a spreadsheet program opens it (CSV injection). */
export function harmlessText(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** One field of a CSV line (RFC 4180). */
export function csvField(text: string, delimiter: string): string {
  const plain = !text.includes('"') && !text.includes('\n') && !text.includes('\r');
  return plain && !text.includes(delimiter) ? text : `"${text.replaceAll('"', '""')}"`;
}
