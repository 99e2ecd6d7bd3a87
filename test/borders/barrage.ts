import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { some } from './fuzz.js';
import type { Operation } from './operations.js';
import type { Asked } from './send.js';

/** A request that differs from a good one in what goes over the line, whatever its fields mean. */
export interface Shot {
  readonly name: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Buffer;
  /** Added to the address. */
  readonly query?: string;
}

const MEBIBYTE = 1024 * 1024;
/** What a body may hold at most is a mebibyte; these stay just below or go far beyond. */
const ZEROS = Buffer.alloc(64 * MEBIBYTE, 0x20);
const bombs = {
  gzip: gzipSync(ZEROS),
  deflate: deflateSync(ZEROS),
  br: brotliCompressSync(ZEROS.subarray(0, 8 * MEBIBYTE)),
};

const text = (value: string) => Buffer.from(value, 'utf8');
const repeated = (part: string, bytes: number) => part.repeat(Math.floor(bytes / part.length));

/** Whole bodies that are wrong for every address: too large, too deep, in another encoding, half an encoding. */
const BODIES: readonly Shot[] = [
  ...[
    '',
    '{',
    '[',
    '"',
    '{"a":',
    '{"a":1,}',
    "{'a':1}",
    'NaN',
    '-',
    '\u0000',
    '\ufeff{}',
    '{}{}',
  ].map((body): Shot => ({ name: `not quite JSON: ${body}`, body: text(body) })),
  ...['null', '1', '"text"', 'true', '[]', '[[]]', '-0', '1e999'].map((body): Shot => ({
    name: `not an object: ${body}`,
    body: text(body),
  })),
  { name: 'lists in lists', body: text(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) },
  { name: 'objects in objects', body: text(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`) },
  {
    name: 'invalid UTF-8',
    body: Buffer.from([...text('{"reason":"ab'), 0xff, 0xfe, ...text('"}')]),
  },
  {
    name: 'overlong UTF-8',
    body: Buffer.from([...text('{"reason":"ab'), 0xc0, 0xaf, ...text('"}')]),
  },
  {
    name: 'half a character in bytes',
    body: Buffer.from([...text('{"reason":"ab'), 0xed, 0xa0, 0x80, ...text('"}')]),
  },
  { name: 'half a character, escaped', body: text('{"reason":"abc\\ud800","note":"abc\\udfff"}') },
  { name: 'NUL, escaped', body: text('{"reason":"abc\\u0000","note":"\\u0000abc"}') },
  { name: 'UTF-16', body: Buffer.from('\ufeff{"reason":"abc"}', 'utf16le') },
  { name: 'own prototype', body: text('{"__proto__":{"isAdmin":true},"reason":"abc"}') },
  {
    name: 'own constructor',
    body: text('{"constructor":{"prototype":{"isAdmin":true}},"reason":"abc"}'),
  },
  { name: 'doubled keys', body: text('{"reason":"abc","reason":["x"],"reason":null}') },
];

/** These cost the most; each address gets some of them, others with every seed. */
const HEAVY: readonly Shot[] = [
  {
    name: 'lists in lists, to the limit',
    body: text(`${'['.repeat(500_000)}${']'.repeat(500_000)}`),
  },
  { name: 'lists in lists that never end', body: text('['.repeat(900_000)) },
  { name: 'half a million numbers', body: text(`[${repeated('0,', MEBIBYTE - 20)}0]`) },
  { name: 'a million numbers', body: text(`[${repeated('0,', 2 * MEBIBYTE)}0]`) },
  { name: 'very many unknown fields', body: text(`{${manyFields(60_000)}}`) },
  { name: 'one long text', body: text(`{"reason":"${'x'.repeat(MEBIBYTE - 100)}"}`) },
  { name: 'one long number', body: text(`{"amount":${'9'.repeat(MEBIBYTE - 100)}}`) },
  { name: 'three mebibytes', body: Buffer.alloc(3 * MEBIBYTE, 0x20) },
];

/** Headers that say something wrong about a body that may be right. */
const HEADERS: readonly Shot[] = [
  ...[
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'image/png',
    'json',
    '/',
    'application/',
  ].map((type): Shot => ({ name: `as ${type}`, headers: { 'content-type': type } })),
  ...['koi8-r', 'utf-16', 'utf-32', 'utf-7', 'x'.repeat(500), '"'].map((charset): Shot => ({
    name: `in ${charset}`,
    headers: { 'content-type': `application/json; charset=${charset}` },
  })),
  ...Object.entries(bombs).map(([encoding, body]): Shot => ({
    name: `a bomb (${encoding})`,
    headers: { 'content-encoding': encoding },
    body,
  })),
  { name: 'a gzip that is none', headers: { 'content-encoding': 'gzip' } },
  {
    name: 'half a gzip',
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync('{"reason":"abc"}').subarray(0, 18),
  },
  {
    name: 'packed twice',
    headers: { 'content-encoding': 'gzip, gzip' },
    body: gzipSync(gzipSync('{}')),
  },
  { name: 'packed in an unknown way', headers: { 'content-encoding': 'zstd' } },
  {
    name: 'as DELETE',
    headers: { 'x-http-method-override': 'DELETE', 'x-method-override': 'PUT' },
  },
  {
    name: 'from elsewhere',
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  },
  {
    name: 'many headers',
    headers: Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`x-flood-${at}`, 'x'])),
  },
  { name: 'a long header', headers: { 'x-flood': 'x'.repeat(20_000) } },
  { name: 'two keys', headers: { 'idempotency-key': ['one-key', 'another-key'] } },
  { name: 'a long key', headers: { 'idempotency-key': 'k'.repeat(256) } },
  { name: 'a key of other letters', headers: { 'idempotency-key': 'khóa'.normalize('NFC') } },
  { name: 'a key of nothing', headers: { 'idempotency-key': ' ' } },
  { name: 'a very long address', query: `?x=${'y'.repeat(12_000)}` },
  {
    name: 'a query where none is asked for',
    query: '?a[]=1&a[b][c]=2&__proto__[x]=1&%00=%ff&a=1&a=2',
  },
];

// Of each kind for one address; others with every seed, and all of them in a long night.
const OF_BODIES = 12;
const OF_HEAVY = 1;
const OF_HEADERS = 13;

function manyFields(count: number): string {
  return Array.from({ length: count }, (_, at) => `"f${at}":${at}`).join(',');
}

/** Some of them, made of a good request to this operation. */
export function barrage(operation: Operation, good: Asked): [string, Asked][] {
  if (operation.method === 'GET') return [];
  return [
    ...some(BODIES, OF_BODIES, operation.name),
    ...some(HEAVY, OF_HEAVY, operation.name),
    ...some(HEADERS, OF_HEADERS, operation.name),
  ].map((shot) => {
    const body = shot.body ?? good.body;
    const headers = {
      'content-type': 'application/json',
      ...good.headers,
      ...(body ? { 'content-length': String(body.length) } : {}),
      ...shot.headers,
    };
    return [shot.name, { ...good, target: good.target + (shot.query ?? ''), headers, body }];
  });
}
