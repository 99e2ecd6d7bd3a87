import { createReadStream } from 'node:fs';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { FileBroken } from '../../contract.js';
import { decodeUtf8 } from './utf8.js';
import { XmlElement, type XmlPlace } from './xml-element.js';
import { brokenXml, XML_FAULTS } from './xml-faults.js';

export { XmlElement } from './xml-element.js';

/** A file, or its bytes as they come. */
export type XmlSource = string | AsyncIterable<Uint8Array>;

export interface XmlLimits {
  readonly maxBytes: number;
  /** Elements within elements. */
  readonly maxDepth: number;
  /** Characters of one text, one tag with its attributes, or one comment. */
  readonly maxText: number;
  /** Elements that are held together: those of one record, and all that are outside of records. */
  readonly maxElements: number;
  /** Local names of the elements that may be many and are given one by one. */
  readonly records: ReadonlySet<string>;
}

/** What messages of banks keep to by far; `records` is the reader's own. */
export const XML_LIMITS = {
  maxBytes: 1024 * 1024 * 1024,
  maxDepth: 48,
  maxText: 64 * 1024,
  maxElements: 20_000,
} as const;

/** What every message of ISO 20022 begins with, also inside a bank's envelope. */
const ROOT = 'Document';
/** Characters held together, as `maxElements` of elements. */
const HELD_TEXT_MAX = 8 * 1024 * 1024;

/**
 * Reads a message of ISO 20022 as a stream. Gives every record when it ends (a record within a record before it,
 * and not as a part of it), and last the `Document` itself with all that is no record: its `parent` is null.
 * Elements of other namespaces (a bank's envelope, supplementary data) are read past.
 *
 * Only what is declared by the document itself counts: a DOCTYPE, processing instructions, entities beyond the five
 * of XML, encodings other than UTF-8 and whatever is beyond the limits are refused.
 * @throws FileBroken with line and column; what was given before is not to be used then.
 */
export async function* readElements(
  source: XmlSource,
  limits: XmlLimits,
): AsyncGenerator<XmlElement, void, undefined> {
  const reader = new ElementReader(limits);
  for await (const piece of textOf(source, { ...limits, at: () => reader.at })) {
    reader.write(piece);
    yield* reader.taken();
  }
  yield reader.end();
}

/** The `Document` of a message as far as its first elements: what kind of message it is. @throws FileBroken */
export async function peekDocument(source: XmlSource, limits: XmlLimits): Promise<XmlElement> {
  const reader = new ElementReader(limits);
  for await (const piece of textOf(source, { ...limits, at: () => reader.at })) {
    reader.write(piece);
    reader.taken();
    if (reader.kindIsKnown) return reader.document();
  }
  return reader.end();
}

/** Blanks at the end of a file say nothing, however many: they are held until something follows them. */
async function* textOf(
  source: XmlSource,
  limits: Pick<XmlLimits, 'maxBytes' | 'maxText'> & { at(): string },
): AsyncGenerator<string, void, undefined> {
  const bytes = typeof source === 'string' ? createReadStream(source) : source;
  // More than a text may have, also where two of them end a line: enough to be refused when something follows.
  const mostHeld = 2 * (limits.maxText + 1);
  let held = '';
  let isBlank = true;
  for await (const piece of decodeUtf8(bytes, limits)) {
    const end = endOf(piece);
    if (end > 0) {
      yield held + piece.slice(0, end);
      held = '';
      isBlank = false;
    }
    held += piece.slice(end, end + mostHeld - held.length);
  }
  if (isBlank) yield held;
}

/** Where the blanks at the end of a text begin. */
function endOf(text: string): number {
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

class ElementReader {
  private readonly parser = new SaxesParser({
    xmlns: true,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  private root: XmlElement | null = null;
  /** The element that is open, once the document has begun and outside of foreign ones. */
  private open: XmlElement | null = null;
  private records: XmlElement[] = [];
  private depth = 0;
  private begins: XmlPlace = { line: 1, column: 1 };
  /** Open elements of other namespaces. */
  private foreign = 0;
  private sinceLastEvent = 0;
  /** What each open record holds, the document first. */
  private readonly holding: { elements: number; text: number }[] = [];

  constructor(private readonly limits: XmlLimits) {
    const { parser } = this;
    // Thrown, not noted: what follows a mistake is not worth reading, and there may be much of it.
    parser.on('error', (error) => this.refuse(XML_FAULTS.malformed(error.message)));
    parser.on('doctype', () => this.refuse(XML_FAULTS.doctype));
    parser.on('processinginstruction', () => this.refuse(XML_FAULTS.instruction));
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-?8|us-ascii|ascii)$/i.test(encoding))
        this.refuse(XML_FAULTS.encoding(encoding));
    });
    parser.on('opentagstart', () => {
      this.sinceLastEvent = 0;
      this.depth += 1;
      this.begins = { line: parser.line, column: parser.column + 1 };
      if (this.depth > limits.maxDepth) this.refuse(XML_FAULTS.depth(limits.maxDepth));
    });
    parser.on('opentag', (tag) => this.begin(tag));
    parser.on('closetag', () => this.close());
    parser.on('text', (text) => this.text(text));
    parser.on('cdata', (text) => this.text(text));
    parser.on('comment', () => {
      this.sinceLastEvent = 0;
    });
  }

  get at(): string {
    return `${this.parser.line}:${this.parser.column + 1}`;
  }

  /** Whether the element below the document has begun. */
  get kindIsKnown(): boolean {
    return (this.root?.children.length ?? 0) > 0;
  }

  document(): XmlElement {
    return this.root ?? this.refuse(XML_FAULTS.noDocument);
  }

  write(piece: string): void {
    this.sinceLastEvent += piece.length;
    this.parse(() => this.parser.write(piece));
    if (this.sinceLastEvent > this.limits.maxText) this.refuseLength();
  }

  taken(): readonly XmlElement[] {
    const { records } = this;
    this.records = [];
    return records;
  }

  end(): XmlElement {
    if (this.parser.position === 0) this.refuse(XML_FAULTS.empty);
    this.parse(() => this.parser.close());
    return this.document();
  }

  private parse(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof FileBroken) throw error;
      this.refuse(XML_FAULTS.malformed(error instanceof Error ? error.message : 'unreadable'));
    }
  }

  private begin(tag: SaxesTagNS): void {
    this.sinceLastEvent = 0;
    if (this.root === null) {
      if (tag.local !== ROOT) return;
      this.open = this.root = this.elementOf(tag, null);
      this.holding.push({ elements: 1, text: 0 });
      return;
    }
    if (!this.open) {
      if (tag.local === ROOT && tag.uri === this.root.namespace)
        this.refuse(XML_FAULTS.twoDocuments);
      return;
    }
    if (this.foreign > 0 || tag.uri !== this.root.namespace) {
      this.foreign += 1;
      return;
    }
    this.open.part();
    const element = this.elementOf(tag, this.open);
    if (this.limits.records.has(element.name)) this.holding.push({ elements: 0, text: 0 });
    else this.open.hold(element);
    this.open = element;
    const held = this.held();
    held.elements += 1;
    if (held.elements > this.limits.maxElements)
      this.refuse(XML_FAULTS.elements(this.limits.maxElements));
    for (const { length } of element.attributes.values()) this.count(length);
  }

  private elementOf(tag: SaxesTagNS, parent: XmlElement | null): XmlElement {
    const attributes = new Map(
      Object.values(tag.attributes).map(({ local, value }) => [local, value]),
    );
    return new XmlElement({ ...tag, attributes, parent, begins: this.begins });
  }

  private close(): void {
    this.sinceLastEvent = 0;
    this.depth -= 1;
    if (!this.open) return;
    if (this.foreign > 0) {
      this.foreign -= 1;
      return;
    }
    const ended = this.open;
    this.open = ended.parent;
    if (!this.limits.records.has(ended.name)) return;
    this.holding.pop();
    this.records.push(ended);
  }

  private text(piece: string): void {
    this.sinceLastEvent = 0;
    if (piece.length > this.limits.maxText) this.refuseLength();
    if (!this.open || this.foreign > 0) return;
    const kept = this.open.write(piece);
    if (this.open.length > this.limits.maxText) this.refuseLength();
    this.count(kept);
  }

  private count(length: number): void {
    const held = this.held();
    held.text += length;
    if (held.text > HELD_TEXT_MAX) this.refuse(XML_FAULTS.text(HELD_TEXT_MAX));
  }

  private held(): { elements: number; text: number } {
    return this.holding.at(-1) ?? this.refuse(XML_FAULTS.noDocument);
  }

  private refuseLength(): never {
    this.refuse(XML_FAULTS.text(this.limits.maxText));
  }

  private refuse(why: FileBroken['why']): never {
    throw brokenXml(why, this.at);
  }
}
