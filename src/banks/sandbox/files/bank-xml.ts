/** An element with a text or with elements in it; undefined and empty ones are left out. */
export type Element = readonly [name: string, inside: string | readonly (Element | undefined)[]];

const MANY = 20;

/** One element as text; many in one stand on lines of their own, so that a person can read them. */
export function xmlOf([name, inside]: Element): string {
  const [tag] = name.split(' ');
  if (typeof inside === 'string') return `<${name}>${escaped(inside)}</${tag}>`;
  const content = inside.filter((each) => each !== undefined).map(xmlOf);
  const between = content.length > MANY ? '\n' : '';
  return `<${name}>${content.join(between)}</${tag}>`;
}

/** A whole document. */
export function documentOf(message: string, root: string, body: readonly Element[]): string {
  const namespace = `urn:iso:std:iso:20022:tech:xsd:${message}`;
  const lines = body.map(xmlOf).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}"><${root}>\n${lines}\n</${root}></Document>\n`;
}

/** An instant on the bank's clocks, with its offset. */
export function bankTime(at: Date): string {
  return `${new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19)}+07:00`;
}

/** The day of an instant at the bank, ISO 8601. */
export const bankDay = (at: Date): string => bankTime(at).slice(0, 10);

const OFFSET_MS = 7 * 3600 * 1000;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
