import { SaxesParser } from 'saxes';

/** What is met while a document is read; paths are local names with slashes, from below the root. */
export interface Walker {
  opened?(path: string): void;
  /** `text` of an element without children, trimmed; '' for one with children. */
  closed(path: string, text: string, attributes: Readonly<Record<string, string>>): void;
}

const LONGEST_TEXT = 500;
const DEEPEST = 30;

/** Not a document that may be read: where it stopped, and why. */
export class Unreadable extends Error {}

/**
 * Walks through an XML document of one namespace as its bytes come. No DOCTYPE, no entities but the five, no
 * mixed content, nothing deeper or longer than an order needs.
 * @throws Unreadable
 */
export async function walkXml(
  bytes: AsyncIterable<Uint8Array>,
  given: { namespace: string; walker: Walker },
): Promise<void> {
  const parser = new SaxesParser({ xmlns: true });
  const open: { name: string; text: string; attributes: Record<string, string> }[] = [];
  let ended = false;
  const stop = (why: string): never => {
    throw new Unreadable(`${parser.line}:${parser.column} ${why}`);
  };
  const pathOf = () =>
    open
      .slice(1)
      .map(({ name }) => name)
      .join('/');
  parser.on('error', (error) => stop(error.message));
  parser.on('doctype', () => stop('DOCTYPE is not taken'));
  parser.on('opentag', (tag) => {
    if (tag.uri !== given.namespace) stop(`namespace ${tag.uri.slice(0, 80)} is not taken`);
    if (open.length >= DEEPEST) stop('too deep');
    const attributes = Object.fromEntries(
      Object.values(tag.attributes).map((each) => [each.local, each.value]),
    );
    open.push({ name: tag.local, text: '', attributes });
    given.walker.opened?.(pathOf());
  });
  parser.on('text', (text) => {
    const leaf = open.at(-1);
    if (!leaf) return;
    leaf.text += text;
    if (leaf.text.trim().length > LONGEST_TEXT) stop('a value is too long');
  });
  parser.on('cdata', () => stop('CDATA is not taken'));
  parser.on('closetag', () => {
    const path = pathOf();
    const closing = open.pop();
    ended = open.length === 0;
    if (closing) given.walker.closed(path, closing.text.trim(), closing.attributes);
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) parser.write(decoder.decode(chunk, { stream: true }));
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    if (error instanceof TypeError) throw new Unreadable('not UTF-8');
    throw error;
  }
  if (!ended) throw new Unreadable('the document does not end');
}
