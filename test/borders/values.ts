import fc from 'fast-check';
import type { Shape } from './operations.js';

/** An id that stands in the database, chosen when the request is sent: ids are new in every run, seeds are not. */
export class KnownId {
  constructor(
    readonly name: string,
    readonly at: number,
  ) {}
}

/** What the resource at this address says of itself under that name, as a person would copy it from the screen. */
export class AsRead {
  constructor(
    readonly name: string,
    readonly otherwise: unknown,
  ) {}
}

/** JSON that `JSON.stringify` would not write. */
export class Verbatim {
  constructor(readonly text: string) {}
}

const text = (longest: number) => fc.string({ unit: 'binary', maxLength: longest });

/** Words that mean something to whoever takes them for more than a word. */
const WORDS = [
  ...["'; drop table payment; --", "' or '1'='1", '%', '_%', '\\', '$1', '${jndi:ldap://x}'],
  ...['=cmd|" /C calc"!A0', '+1+1', '@SUM(A1)', '-2+3', '<script>alert(1)</script>', '{{7*7}}'],
  ...['../../etc/passwd', '..\\..\\x', 'C:\\', 'file:///etc/passwd', 'null', 'undefined', 'true'],
  ...['\u202eabc', '\u200b\u200d\ufeff', 'a\u0000b', '\u0007\u001b[2J', '\r\nSet-Cookie: x=y'],
  ...['\ud800', '\udc00\ud800', '\uffff', 'e\u0301'.repeat(50), '👨‍👩‍👧‍👦', '__proto__', 'constructor'],
] as const;

const DATES = [
  ...['0000-01-01', '0000-00-00', '9999-12-31', '99999-01-01', '-0001-01-01', '+275760-09-13'],
  ...[
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '1900-02-29',
    '30/02/2026',
    '2026-2-3',
  ],
  ...[
    '2016-12-31T23:59:60Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T25:61:00Z',
    '0000-01-01T00:00:00Z',
  ],
  ...[
    '9999-12-31T23:59:59.999999999Z',
    '2026-11-21T00:00:00+99:99',
    '2026-11',
    '13/2026',
    '2026-D0',
  ],
] as const;

const MONEY = [
  ...[
    1.5,
    -1,
    0,
    -0,
    1e21,
    2 ** 53 + 2,
    Number.MAX_VALUE,
    '1.5',
    '-1',
    '1e9',
    '1E400',
    '0x10',
    ' 1 ',
  ],
  ...[
    '1 000 000',
    '1.000.000',
    '1,000,000',
    '1_000',
    '١٢٣',
    '１２３',
    '',
    '+1',
    '00',
    '9'.repeat(20),
  ],
  ...['9'.repeat(38), '9'.repeat(5000), 'NaN', 'Infinity', '-0', '1.0', '.5', '1.', '1\n'],
] as const;

const IDS = [
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'abc', ''],
  ...['019A9B6E-0123-7456-8901-012345678901', '019a9b6e-0123-7456-8901-01234567890', '{}', '1'],
  ...['019a9b6e012374568901012345678901', '{019a9b6e-0123-7456-8901-012345678901}'],
  ...['019a9b6e-0123-7456-8901-012345678901 ', 'urn:uuid:019a9b6e-0123-7456-8901-012345678901'],
] as const;

const LITERALS = [
  ...[
    'NaN',
    'Infinity',
    '-0',
    '1e999',
    '-1e999',
    '9007199254740993',
    '123456789012345678901234567890',
  ],
  ...[
    '0.1e-400',
    '1.0',
    '01',
    '0x1F',
    '.5',
    "'x'",
    'undefined',
    '"\\ud800"',
    '"\\u0000"',
    '"\\x41"',
  ],
  ...['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '[,]'],
  ...['{"a":1,"a":2}', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, '"\t"', '/*x*/1', '{"":""}'],
] as const;

/** What is nearly right for a field, and wrong: by what the schema says that it should be. */
export function nearMisses(shape: Shape, name: string): readonly unknown[] {
  const inner = (shape.anyOf ?? shape.oneOf)?.find((one) => one.type !== 'null');
  if (inner) return nearMisses(inner, name);
  if (shape.format === 'date' || shape.format === 'date-time') return [null, 1, ...DATES];
  if (shape.format === 'uuid') return [null, 1, ...IDS];
  if (shape.enum ?? shape.const) return [null, 1, '', 'toString', '__proto__', 'x'.repeat(999)];
  if (shape.type === 'array')
    return [null, {}, 'x', [null], Array(20_000).fill('x'), { length: 9 }];
  if (shape.type === 'boolean') return [null, 'true', 1];
  const figures = shape.type !== 'string' || /amount|total|count|number|period|month/i.test(name);
  return [
    null,
    [],
    {},
    'ệ'.repeat(5000),
    ...(figures ? MONEY : []),
    ...(figures ? DATES : []),
    ...WORDS,
  ];
}

/** What nobody should send where something else was asked for. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...WORDS),
  fc.constantFrom<unknown>(...DATES),
  fc.constantFrom<unknown>(...MONEY),
  fc.constantFrom<unknown>(...IDS),
  fc.constantFrom(...LITERALS).map((literal) => new Verbatim(literal)),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    [],
    {},
    [[]],
    [null],
    { length: 1e9 },
    { toString: 1 },
  ),
  fc.constantFrom<unknown>(
    'x'.repeat(300),
    'ệ'.repeat(5000),
    Array(5000).fill('a'),
    Array(300).fill({}),
  ),
  text(40),
  fc.jsonValue({ maxDepth: 3 }),
);

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom<string>(...WORDS, ...DATES, ...IDS),
  fc.constantFrom(...MONEY).map(String),
  fc.constantFrom('x'.repeat(300), 'ệ'.repeat(3000)),
  text(40),
);

/** What an office would write, by the name of the field. */
const USUAL: readonly [RegExp, readonly string[]][] = [
  [/programme/i, ['NCC_MONTHLY', 'BTXH_MONTHLY']],
  [/fund/i, ['NSTW_NCC', 'NSDP', 'QUY_DODN']],
  [/period|month/i, ['2026-11', '11/2026', '2026-10', '2026']],
  [/^bank(Code)?$/i, ['sandbox', 'sandbox-instant', '970405']],
  [/commune/i, ['05977']],
  [/amount|total/i, ['1', '2789000', '1000000']],
  [/password/i, ['một mật khẩu khá dài 1']],
];

const PLAIN = ['Lý do đã rõ', 'abc', 'Quyết định 12/QĐ', 'x1y2z3'] as const;

/** A value that the schema lets in, as far as it can be told from it. */
export function welcome(shape: Shape, name = ''): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  const either = shape.anyOf ?? shape.oneOf;
  if (either) return fc.oneof(...either.map((one) => welcome(one, name)));
  const type = typeof shape.type === 'string' ? shape.type : shape.type?.[0];
  if (type === 'object') return welcomeObject(shape);
  if (type === 'array') return welcomeArray(shape, name);
  if (type === 'integer' || type === 'number') return asReadToo(name, numberOf(shape));
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (shape.format === 'uuid') return fc.nat(999).map((at) => new KnownId(name, at));
  return asReadToo(name, textOf(shape, name));
}

function asReadToo(name: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    values,
    values.map((otherwise) => new AsRead(name, otherwise)),
  );
}

function numberOf(shape: Shape): fc.Arbitrary<number> {
  const min = Math.ceil(shape.minimum ?? 0);
  return fc.integer({ min, max: Math.max(min, Math.min(shape.maximum ?? min + 1000, min + 1000)) });
}

function textOf(shape: Shape, name: string): fc.Arbitrary<unknown> {
  const day = () => fc.constantFrom('2026-11-21', '2027-01-31', '2026-10-01');
  if (shape.format === 'date') return day();
  if (shape.format === 'date-time') return day().map((date) => `${date}T02:00:00Z`);
  const usual = USUAL.find(([pattern]) => pattern.test(name))?.[1] ?? [];
  const matches = (one: string) =>
    (!shape.pattern || new RegExp(shape.pattern, 'u').test(one)) &&
    one.length >= (shape.minLength ?? 0) &&
    one.length <= (shape.maxLength ?? Infinity);
  const ready = [...usual, ...PLAIN].filter(matches);
  const drawn = shape.pattern ? matching(shape.pattern) : null;
  if (!drawn) {
    const plain = fc.constantFrom(...(ready.length > 0 ? ready : ['abcdefghijkl']));
    // A free text lets in more than its schema can tell: what comes after it must bear that too.
    const odd = hostileText.map((one) => one.padEnd(shape.minLength ?? 0, 'x')).filter(matches);
    return fc.oneof({ arbitrary: plain, weight: 3 }, { arbitrary: odd, weight: 1 });
  }
  return ready.length > 0 ? fc.oneof(fc.constantFrom(...ready), drawn) : drawn;
}

/** Not every pattern can be drawn from (look-around cannot). */
function matching(pattern: string): fc.Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  } catch {
    return null;
  }
}

function welcomeArray(shape: Shape, name: string): fc.Arbitrary<unknown> {
  const one = welcome(shape.items ?? {}, name.replace(/s$/, ''));
  const minLength = shape.minItems ?? 0;
  return fc.array(one, { minLength, maxLength: Math.max(minLength, 3) });
}

function welcomeObject(shape: Shape): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape.properties ?? {}).map(([name, one]) => [
    name,
    welcome(one, name),
  ]);
  const extra = shape.additionalProperties;
  const known = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...(shape.required ?? [])].filter((name) => shape.properties?.[name]),
  });
  if (fields.length > 0 || typeof extra !== 'object') return known;
  const names = fc.constantFrom('Họ và tên', 'amount', 'Số tiền', '06040', '__proto__', 'toString');
  return fc.dictionary(names, welcome(extra), { maxKeys: 4 });
}

/** Writes JSON with what is verbatim in it as it is. */
export function written(value: unknown): string {
  if (value instanceof Verbatim) return value.text;
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined);
    return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${written(one)}`).join(',')}}`;
  }
  if (Object.is(value, -0)) return '-0';
  return JSON.stringify(value) ?? 'null';
}
