import fc from 'fast-check';
import { some } from './fuzz.js';
import type { Operation, Shape } from './operations.js';
import { AsRead, hostile, hostileText, KnownId, nearMisses, welcome, written } from './values.js';

/** A request before it meets the database: pure, so that a seed gives it again. */
export interface Plan {
  /** Whether it comes from somebody who may, who may not, or from nobody. */
  readonly who: 'permitted' | 'another' | 'nobody';
  readonly which: number;
  /** For each place in the address, in order: an id, or text that is already encoded. */
  readonly places: readonly (KnownId | string)[];
  readonly query: string;
  readonly headers: Readonly<Record<string, string | AsRead>>;
  readonly body: Body | null;
}

export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly type: string };

/** Every request to an operation that fast-check can think of; about one in six is as it should be. */
export function plansOf(operation: Operation): fc.Arbitrary<Plan> {
  const places = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => placeOf(name ?? ''));
  return fc.record({
    who: often<Plan['who']>(fc.constant('permitted'), fc.constantFrom('another', 'nobody'), 9),
    which: fc.nat(20),
    places: fc.tuple(...places),
    query: queryOf(operation.query),
    headers: headersOf(operation),
    body: bodyOf(operation),
  });
}

/** Requests as they should be. */
export function goodPlansOf(operation: Operation): fc.Arbitrary<Plan> {
  const known = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
    fc.nat(999).map((at) => new KnownId(name ?? '', at)),
  );
  const body = operation.json ? welcome(operation.json) : fc.constant({});
  const ifMatch = new AsRead('etag', '"v1"');
  return fc.record({
    who: fc.constant('permitted' as const),
    which: fc.nat(20),
    places: fc.tuple(...known),
    query: fc.constant(''),
    headers: fc.constant<Plan['headers']>(
      operation.headers.includes('if-match') ? { 'if-match': ifMatch } : {},
    ),
    body: body.map((value) => ({ kind: 'json' as const, value })),
  });
}

const OF_EACH_FIELD = 2;

/** A good request with one field after the other nearly right. */
export function sweepOf(operation: Operation, good: Plan): Plan[] {
  const inQuery = Object.entries(operation.query).flatMap(([name, shape]) =>
    missesOf(operation, name, shape)
      .filter((value) => typeof value !== 'object')
      .map((value) => ({
        ...good,
        query: `${encodeURIComponent(name)}=${encoded(String(value))}`,
      })),
  );
  const shapes = [operation.json, ...(operation.json?.anyOf ?? [])];
  const inBody = shapes.flatMap((shape) =>
    Object.entries(shape?.properties ?? {}).flatMap(([name, field]) =>
      missesOf(operation, name, field).map((value) => ({
        ...good,
        body: replaced(good.body, name, value),
      })),
    ),
  );
  return [...inQuery, ...inBody];
}

function missesOf(operation: Operation, name: string, shape: Shape): readonly unknown[] {
  return some(nearMisses(shape, name), OF_EACH_FIELD, `${operation.name} ${name}`);
}

function replaced(body: Body | null, name: string, value: unknown): Body {
  const whole = body?.kind === 'json' && isFields(body.value) ? body.value : {};
  return { kind: 'json', value: { ...whole, [name]: value } };
}

function isFields(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function often<T>(
  usual: fc.Arbitrary<T>,
  seldom: fc.Arbitrary<T>,
  weight: number,
): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: usual, weight }, { arbitrary: seldom, weight: 1 });
}

const RAW_PLACES = [
  ...[
    '%',
    '%zz',
    '%00',
    'a%00b',
    '%C0%AF',
    '%ff%fe',
    '..',
    '%2e%2e',
    '..%2f..%2fusers',
    '%2F',
    '.',
  ],
  ...[
    '%F0%9F%92%A5',
    "'",
    '%27%20or%201=1',
    '*',
    '(',
    'x'.repeat(5000),
    '%E2%80%AE',
    ';a=b',
    '{id}',
  ],
] as const;

function placeOf(name: string): fc.Arbitrary<KnownId | string> {
  const known = fc.nat(999).map((at) => new KnownId(name, at));
  const wrong = fc.oneof(
    fc.constantFrom<string>(...RAW_PLACES),
    hostileText.map(encoded),
    fc.uuid().map((id) => id.toUpperCase()),
    fc.uuid(),
  );
  return often<KnownId | string>(known, wrong, 4);
}

/** Half a character cannot be encoded; its three bytes, as some clients would send them, can. */
export function encoded(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString()).slice(0, 9000);
}

const CURSORS = fc.oneof(
  fc
    .jsonValue({ maxDepth: 2 })
    .map((key) => Buffer.from(JSON.stringify(key)).toString('base64url')),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  fc
    .constantFrom(...['{"__proto__":1}', '["9999-99-99","x"]', '"\\u0000"', '[1e999]', '"\\ud800"'])
    .map((key) => Buffer.from(key).toString('base64url')),
  hostileText,
);

function queryOf(query: Readonly<Record<string, Shape>>): fc.Arbitrary<string> {
  const pairs = Object.entries(query).map(([name, shape]) => {
    const good = welcome(shape, name).map(plain);
    const bad = name === 'cursor' ? CURSORS : hostileText;
    return fc.tuple(fc.constant(encodeURIComponent(name)), often(good, bad.map(encoded), 1));
  });
  const odd = fc.constantFrom<[string, string]>(
    ...(
      [
        ['limit[]', '1'],
        ['limit[a]', '1'],
        ['__proto__', 'x'],
        ['a'.repeat(4000), 'b'],
        ['', ''],
      ] as const
    ).map(([name, value]): [string, string] => [name, value]),
  );
  const one: fc.Arbitrary<[string, string]> =
    pairs.length > 0 ? often(fc.oneof(...pairs), odd, 8) : odd;
  const usual = pairs.length > 0 ? 4 : 0;
  return fc
    .oneof(
      { arbitrary: fc.array(one, { minLength: 1, maxLength: 5 }), weight: usual },
      { arbitrary: fc.constant([]), weight: 2 },
    )
    .map((parts) => parts.map(([name, value]) => `${name}=${value}`).join('&'));
}

/** Ids in a query are of the moment and stay out of the seed: any text will do there. */
function plain(value: unknown): string {
  if (value instanceof KnownId) return `known-id:${value.name}:${value.at}`;
  if (value instanceof AsRead) return encoded(String(value.otherwise));
  return encoded(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

const HOSTILE_HEADER = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'x'.repeat(256),
    'x'.repeat(4000),
    'Ä'.repeat(10),
    'a b',
    'a\tb',
    '"',
    '*',
    'W/"v1"',
  ),
  fc.constantFrom(
    '"v0"',
    '"v-1"',
    '"v99999999999"',
    '"v1", "v2"',
    'v1',
    '"v1e1"',
    "'; --",
    '=1+1',
    '\u00ff\u00fe',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
);

function headersOf({ headers }: Operation): fc.Arbitrary<Record<string, string | AsRead>> {
  const spoilt = Object.fromEntries(
    headers.map((name) => {
      const good: fc.Arbitrary<string | AsRead> =
        name === 'if-match' ? fc.constant(new AsRead('etag', '"v1"')) : fc.constant('');
      return [name, often<string | AsRead>(good, HOSTILE_HEADER, 6)];
    }),
  );
  const extra = fc.record(
    {
      'accept-language': fc.constantFrom('en', 'vi', 'x'.repeat(3000), ';;;q=,', '*;q=1e9'),
      accept: fc.constantFrom('text/html', 'image/png', '*/*;q=0', 'application/xml'),
      'x-http-method-override': fc.constantFrom('DELETE', 'PUT', 'GET'),
      'x-request-id': fc.constantFrom('x', 'a'.repeat(3000), "';--", 'abcdefgh'),
      'x-forwarded-host': fc.constant('elsewhere.example'),
    },
    { requiredKeys: [] },
  );
  return fc
    .tuple(fc.record(spoilt), often(fc.constant({}), extra, 4))
    .map(([one, other]) => ({ ...one, ...other }));
}

function bodyOf({ json, method }: Operation): fc.Arbitrary<Body | null> {
  if (method === 'GET') return fc.constant(null);
  const good = json ? welcome(json) : fc.constant({});
  const asJson = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Body | null> =>
    values.map((value) => ({ kind: 'json' as const, value }));
  const bytes = fc.uint8Array({ maxLength: 60 }).map((some): Body | null => ({
    kind: 'bytes',
    bytes: Buffer.from(some),
    type: 'application/json',
  }));
  return fc.oneof(
    { arbitrary: asJson(good), weight: 6 },
    {
      arbitrary: asJson(
        fc
          .tuple(good, spoils, spoils)
          .map(([value, one, two]) =>
            two.and ? spoilt(spoilt(value, one), two) : spoilt(value, one),
          ),
      ),
      weight: 10,
    },
    { arbitrary: asJson(hostile), weight: 1 },
    { arbitrary: bytes, weight: 1 },
    { arbitrary: fc.constant(null), weight: 1 },
  );
}

interface Spoil {
  readonly how: 'replace' | 'remove' | 'add' | 'wrap' | 'stringify';
  readonly at: number;
  readonly deeper: boolean;
  readonly name: string;
  readonly value: unknown;
  readonly and: boolean;
}

const spoils: fc.Arbitrary<Spoil> = fc.record({
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'wrap', 'stringify'),
  at: fc.nat(50),
  deeper: fc.boolean(),
  name: fc.constantFrom(
    'unknown',
    '__proto__',
    'constructor',
    'toJSON',
    'id',
    '',
    'x'.repeat(2000),
    'hasOwnProperty',
  ),
  value: hostile,
  and: fc.boolean(),
});

/** A copy with one thing in it that is wrong. */
function spoilt(value: unknown, spoil: Spoil): unknown {
  if (
    value === null ||
    typeof value !== 'object' ||
    value.constructor !== (Array.isArray(value) ? Array : Object)
  ) {
    return spoil.how === 'wrap' ? [value] : spoil.value;
  }
  const entries: [string, unknown][] = Object.entries(value);
  const [key, inner] = entries[spoil.at % Math.max(1, entries.length)] ?? ['', undefined];
  const rest = entries.filter(([name]) => name !== key);
  const again = (fields: [string, unknown][]) =>
    Array.isArray(value) ? fields.map(([, one]) => one) : fromFields(fields);
  if (spoil.how === 'add') return again([...entries, [spoil.name, spoil.value]]);
  if (spoil.how === 'remove') return again(rest);
  if (spoil.how === 'wrap') return again([...rest, [key, [inner]]]);
  if (spoil.how === 'stringify') return again([...rest, [key, written(inner)]]);
  const next =
    spoil.deeper && inner !== null && typeof inner === 'object'
      ? spoilt(inner, spoil)
      : spoil.value;
  return again([...rest, [key, next]]);
}

/** `__proto__` as a field of its own, as JSON.parse would make it. */
function fromFields(fields: [string, unknown][]): object {
  const made = {};
  for (const [name, value] of fields)
    Object.defineProperty(made, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return made;
}
