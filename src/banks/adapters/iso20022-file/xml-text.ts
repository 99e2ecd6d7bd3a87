import { InvariantError } from '../../../kernel/index.js';

/*
 * Writes XML as text, one record after the other. xmlbuilder2 was tried first: it builds a document tree behind every
 * element, and 50,000 payments took it half a minute as fragments and five as a stream (createCB).
 */

export interface XmlNode {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** A text, or the elements in it; those that are undefined are left out. */
  readonly content: string | readonly (XmlNode | undefined)[];
}

export const element = (
  name: string,
  content: XmlNode['content'],
  attributes?: XmlNode['attributes'],
): XmlNode => ({ name, content, attributes });

export function render({ name, attributes = {}, content }: XmlNode): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner =
    typeof content === 'string'
      ? escaped(content)
      : content.map((child) => (child ? render(child) : '')).join('');
  return `<${name}${given.join('')}>${inner}</${name}>`;
}

/** What no XML 1.0 document may hold, however it is written: control characters, halves of characters. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader would turn them into blanks or drop them.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** @throws InvariantError for what cannot stand in XML. */
function escaped(text: string): string {
  if (NOT_XML.test(text)) throw new InvariantError('a text that cannot stand in XML');
  return text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? '');
}
