import { createReadStream } from 'node:fs';
import { brokenXml, XML_FAULTS } from './xml-faults.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';
import { refuseUtf16 } from './utf8.js';
import { XML_LIMITS } from './xml-elements.js';

/** A field of a message with its lines; `end` ends a message. */
export interface SwiftField {
  /** `61`, `60F`, …, or `end`. */
  readonly tag: string;
  readonly lines: readonly string[];
  /** Of its first line in the file. */
  readonly line: number;
}

const { maxBytes, maxText } = XML_LIMITS;
const MOST_LINES = 200;
const TAG = /^:(\d{2}[A-Z]?):/;
const TEXT_BLOCK = '{4:';

/** What RJE and the lines of old put around messages and at their end: SOH, ETX, Ctrl-Z. */
const FRAMING = '\u0001\u0003\u001a';
/** A line of RJE between two messages. */
const BETWEEN = /^[\s$]*$/;

/** Whether a file that begins so is of SWIFT fields, with its blocks or bare. */
export const looksLikeSwift = (start: string): boolean =>
  /^(?:\{[1-4]:|:20:|:940:)/.test(start.replace(/^[\p{Cc}\ufeff\s$]*/u, ''));

/**
 * The fields of SWIFT messages, with or without their blocks, one after another. Texts may be of any characters: what
 * is no UTF-8 is shown as such. @throws FileBroken
 */
export async function* swiftFields(path: string): AsyncGenerator<SwiftField> {
  let field: { tag: string; lines: string[]; line: number } | null = null;
  let number = 0;
  for await (const raw of linesOf(path)) {
    number += 1;
    let line = unframed(raw);
    const isEnd = /^-\}|^-[\s$]*$/.test(line);
    if (isEnd || line.startsWith('{')) {
      if (field) yield field;
      if (isEnd) yield { tag: 'end', lines: [], line: number };
      field = null;
      const text = line.lastIndexOf(TEXT_BLOCK);
      if (text < 0) continue;
      line = line.slice(text + TEXT_BLOCK.length);
    }
    const [start, tag] = TAG.exec(line) ?? [];
    if (start !== undefined && tag !== undefined) {
      if (field) yield field;
      field = { tag, lines: [line.slice(start.length)], line: number };
    } else if (field) {
      field.lines.push(line);
      if (field.lines.length > MOST_LINES)
        throw broken(
          STATEMENT_FAULTS.tooMany(`dòng / lines (:${field.tag}:)`, MOST_LINES),
          `line ${number}`,
        );
    } else if (!BETWEEN.test(line)) {
      throw broken(STATEMENT_FAULTS.outside(line.trim()), `line ${number}`);
    }
  }
  if (field) yield field;
}

/** The line without what frames a message; of RJE also the mark before its first block. */
function unframed(line: string): string {
  let [from, to] = [0, line.length];
  while (from < to && FRAMING.includes(line.charAt(from))) from += 1;
  while (to > from && FRAMING.includes(line.charAt(to - 1))) to -= 1;
  return line.slice(from, to).replace(/^\$\s*(?=\{1:)/, '');
}

/** Lines without their ends, whichever they are. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let size = 0;
  let number = 1;
  let rest = '';
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
    if (size === 0) refuseUtf16(chunk);
    size += chunk.byteLength;
    if (size > maxBytes) throw brokenXml(XML_FAULTS.bytes(maxBytes), String(number));
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield checked(line, number);
      number += 1;
    }
    checked(rest, number);
  }
  if (size === 0) throw brokenXml(XML_FAULTS.empty, '1');
  yield checked(rest + decoder.decode(), number);
}

function checked(line: string, number: number): string {
  if (line.length > maxText) throw brokenXml(XML_FAULTS.text(maxText), String(number));
  if (line.includes('\0')) throw broken(STATEMENT_FAULTS.binary, `line ${number}`);
  return line.replace(/\r+$/, '');
}
