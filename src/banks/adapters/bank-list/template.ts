/** What a column of a list may hold, in braces among fixed text: `{reference} {narrative}`. */
export const PLACEHOLDERS = [
  'row',
  'reference',
  'messageReference',
  'accountNumber',
  'accountName',
  'bankBin',
  'bankName',
  'amount',
  'narrative',
  'fund',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Readonly<Record<Placeholder, string>>;

/** The longest that each can be; a name has no end. */
const LONGEST: Readonly<Record<Placeholder, number>> = {
  row: 6,
  reference: 34,
  messageReference: 34,
  accountNumber: 19,
  accountName: Infinity,
  bankBin: 6,
  bankName: Infinity,
  amount: 20,
  narrative: 25,
  fund: 40,
};

const CUTTABLE: ReadonlySet<string> = new Set(['accountName', 'bankName', 'narrative']);
const BRACES = /\{([^{}]*)\}/g;

export function placeholdersOf(value: string): string[] {
  return [...value.matchAll(BRACES)].map(([, name]) => name ?? '');
}

export function isNumberOnly(value: string): boolean {
  return value === '{amount}' || value === '{row}';
}

/** Whether the text of this value can be held within `maxLength` by cutting only a name or narrative at its end. */
export function surelyFits(value: string, maxLength: number): boolean {
  const last = /\{([^{}]*)\}$/.exec(value)?.[1];
  const kept = last !== undefined && CUTTABLE.has(last) ? value.slice(0, -last.length - 2) : value;
  let longest = kept.replace(BRACES, '').length;
  for (const name of placeholdersOf(kept)) longest += longestOf(name);
  return longest <= maxLength;
}

/** The text of one cell. What was checked at the start (`surelyFits`) makes the cut safe. */
export function filled(value: string, values: Values, maxLength?: number): string {
  const text = value.replace(BRACES, (_, name: string) =>
    isPlaceholder(name) ? values[name] : '',
  );
  return maxLength === undefined ? text : [...text].slice(0, maxLength).join('').trimEnd();
}

function isPlaceholder(name: string): name is Placeholder {
  const known: readonly string[] = PLACEHOLDERS;
  return known.includes(name);
}

function longestOf(name: string): number {
  return isPlaceholder(name) ? LONGEST[name] : Infinity;
}
