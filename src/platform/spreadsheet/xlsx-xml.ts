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

/**
 * Reads one XML part as a stream and yields after every piece, so that a caller can hand on what has been
 * gathered. A DOCTYPE is refused before any entity could be declared by it.
 */
export async function* readXml(stream: Readable, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
  };
  parser.on('doctype', () => fail(spreadsheetErrors.doctype()));
  parser.on('error', (error) => fail(spreadsheetErrors.notAWorkbook(reasonOf(error))));
  parser.on('opentag', (tag) => listener.open(localName(tag.name), tag.attributes));
  parser.on('closetag', (tag) => listener.close(localName(tag.name)));
  parser.on('text', (text) => listener.text(text));
  parser.on('cdata', (text) => listener.text(text));
  stream.setEncoding('utf8');
  try {
    for await (const piece of stream) {
      parser.write(piece as string);
      if (failure) throw failure;
      yield;
    }
    parser.close();
    if (failure) throw failure;
    yield;
  } catch (error) {
    throw error instanceof DomainError ? error : spreadsheetErrors.notAWorkbook(reasonOf(error));
  } finally {
    stream.destroy();
  }
}

export async function readWholeXml(stream: Readable, listener: XmlListener): Promise<void> {
  const reading = readXml(stream, listener);
  while (!(await reading.next()).done);
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
