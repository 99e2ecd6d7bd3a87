import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { DomainError } from '../../kernel/index.js';
import { spreadsheetErrors } from './spreadsheet.errors.js';
import { reasonOf } from './xlsx-archive.js';

export interface XmlListener {
  /** `name` is without its namespace prefix: some programs write `x:row`. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Parts of real workbooks are some ten deep, and a cell holds 32,767 characters. */
const DEPTH_MAX = 64;
/** Of one text, one tag or one comment: what has to be held together while it is read. */
export const TEXT_MAX = 1024 * 1024;
/** Of a part that is held whole (relations, styles); the longest style lists have some 65,000. */
const ELEMENTS_MAX = 1_000_000;

/**
 * Reads one XML part as a stream and yields after every piece, so that a caller can hand on what has been
 * gathered. A DOCTYPE is refused before any entity could be declared by it; so is what would have to be held in
 * memory beyond any real workbook's need, however small the file around it is.
 */
export async function* readXml(stream: Readable, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let depth = 0;
  let sinceLastEvent = 0;
  // Thrown, not noted: what follows a mistake is not worth reading, and there may be much of it.
  parser.on('doctype', () => {
    throw spreadsheetErrors.doctype();
  });
  parser.on('error', (error) => {
    throw spreadsheetErrors.notAWorkbook(reasonOf(error));
  });
  parser.on('opentag', (tag) => {
    sinceLastEvent = 0;
    depth += 1;
    if (depth > DEPTH_MAX) throw spreadsheetErrors.notAWorkbook('tags within tags');
    listener.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    sinceLastEvent = 0;
    depth -= 1;
    listener.close(localName(tag.name));
  });
  parser.on('text', (text) => listener.text(text));
  parser.on('cdata', (text) => listener.text(text));
  stream.setEncoding('utf8');
  try {
    for await (const piece of stream) {
      sinceLastEvent += (piece as string).length;
      parser.write(piece as string);
      if (sinceLastEvent > TEXT_MAX) throw spreadsheetErrors.tooLargeUnpacked(TEXT_MAX);
      yield;
    }
    parser.close();
    yield;
  } catch (error) {
    throw error instanceof DomainError ? error : spreadsheetErrors.notAWorkbook(reasonOf(error));
  } finally {
    stream.destroy();
  }
}

export async function readWholeXml(stream: Readable, listener: XmlListener): Promise<void> {
  let elements = 0;
  const reading = readXml(stream, {
    ...listener,
    open: (name, attributes) => {
      elements += 1;
      if (elements > ELEMENTS_MAX) throw spreadsheetErrors.tooLargeUnpacked(ELEMENTS_MAX);
      listener.open(name, attributes);
    },
  });
  while (!(await reading.next()).done);
}

/** A text of a cell with one more piece of it; a cell may have any number of pieces. */
export function withPiece(text: string, piece: string): string {
  if (text.length + piece.length > TEXT_MAX) throw spreadsheetErrors.tooLargeUnpacked(TEXT_MAX);
  return text + piece;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** An attribute by its local name: `r:id` and `id` of relationships come under varying prefixes. */
export function attribute(
  attributes: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  if (attributes[name] !== undefined) return attributes[name];
  const key = Object.keys(attributes).find((candidate) => localName(candidate) === name);
  return key === undefined ? undefined : attributes[key];
}

/** Spreadsheets write characters that XML cannot hold as `_x000D_` (ECMA-376-1, 22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
