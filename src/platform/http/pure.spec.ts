import fc from 'fast-check';
import { z } from 'zod';
import { assertVersion, etagOf, versionOf } from './entity-tag.js';
import { fieldErrors } from './field-errors.js';
import { jsonSchemaOf } from './json-schema.js';
import { languageOf } from './language.js';
import { isDeeperThan } from './nesting.js';
import { decodeCursor, encodeCursor, pageOf } from './page.js';
import { canonicalJson, requestHash } from './request-hash.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'vi'],
    ['', 'vi'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['vi,en;q=0.8', 'vi'],
    ['en;q=0.3, vi-VN;q=0.7', 'vi'],
    ['fr, en;q=0.5', 'en'],
    ['fr', 'vi'],
    ['en;q=0', 'vi'],
    ['en;q=nonsense', 'vi'],
    ['*', 'vi'],
  ])('for %s is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('is one of the two for any header at all', () => {
    fc.assert(fc.property(fc.string(), (header) => ['vi', 'en'].includes(languageOf(header))));
  });
});

describe('the faults of a request', () => {
  it('are bounded, however many there are', async () => {
    const faults = await fieldErrors(z.array(z.string()), Array(5_000).fill(1), 'body');
    expect(faults).toHaveLength(200);
    expect(faults[199]?.pointer).toBe('/199');
  });

  it('name some of very many unknown fields, so that the answer does not grow with them', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`f${at}`, 1]));
    const [fault] = await fieldErrors(z.strictObject({}), many, 'body');
    expect(fault?.messages.en).toMatch(/"f9", …; please/);
    const [long] = await fieldErrors(z.strictObject({}), { ['x'.repeat(9_000)]: 1 }, 'body');
    expect(long?.messages.vi.length).toBeLessThan(150);
  });

  it.each([
    [z.string(), undefined, 'còn thiếu; xin điền', 'is missing; please give it'],
    [z.int(), 7.5, 'phải là số nguyên', 'must be a whole number'],
    [z.object({}), [], 'phải là đối tượng JSON { … }', 'must be a JSON object { … }'],
    [z.uuid(), 'x', 'phải là một mã (UUID)', 'must be an id (a UUID)'],
    [z.iso.date(), '25/11', 'phải là ngày, dạng 2026-11-25', 'must be a date such as 2026-11-25'],
    [z.enum(['a', 'b']), 'c', 'chỉ nhận: a, b', 'must be one of: a, b'],
    [z.string().min(3), 'x', 'ít nhất 3 ký tự', 'at least 3 characters'],
    [z.array(z.int()).max(2), [1, 2, 3], 'nhiều nhất 2 mục', 'at most 2 items'],
    [
      z.number().positive(),
      0,
      'Quá nhỏ: mong đợi number >0',
      'Too small: expected number to be >0',
    ],
  ])('are told in plain words: %#', async (schema, value, vi, en) => {
    const [fault] = await fieldErrors(schema, value, 'body');
    expect(fault?.messages).toEqual({ vi, en });
  });
});

describe('a schema in the OpenAPI document', () => {
  const line = z.object({ at: z.iso.datetime(), n: z.int().default(1) }).meta({ id: 'Line' });
  const batch = z.object({ id: z.uuid(), lines: z.array(line) }).meta({ id: 'Batch' });

  it('that has a name is a component, everywhere the same', () => {
    const answer = jsonSchemaOf(z.object({ items: z.array(batch) }), { schemaType: 'output' });
    expect(answer?.schema).toEqual({
      type: 'object',
      required: ['items'],
      properties: { items: { type: 'array', items: { $ref: '#/$defs/Batch' } } },
    });
    expect(answer?.components).toEqual({
      Batch: {
        type: 'object',
        required: ['id', 'lines'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          lines: { type: 'array', items: { $ref: '#/$defs/Line' } },
        },
      },
      Line: {
        type: 'object',
        required: ['at', 'n'],
        properties: {
          at: { type: 'string', format: 'date-time' },
          n: { type: 'integer', default: 1 },
        },
      },
    });
    const root = jsonSchemaOf(batch, { schemaType: 'output' });
    expect(root?.schema).toEqual({ $ref: '#/$defs/Batch' });
    expect(root?.components).toEqual(answer?.components);
  });

  it('is another component where it is sent, because defaults may be left out there', () => {
    const sent = jsonSchemaOf(batch, { schemaType: 'input' });
    expect(sent?.schema).toEqual({ $ref: '#/$defs/BatchInput' });
    expect(sent?.components).toMatchObject({
      BatchInput: { properties: { lines: { items: { $ref: '#/$defs/LineInput' } } } },
      LineInput: { required: ['at'] },
    });
  });
});

describe('how deep a body is nested', () => {
  it('is found out without going deep itself', () => {
    const nested = (levels: number): unknown =>
      JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`);
    expect([0, 1, 64].map((levels) => isDeeperThan(nested(levels), 64))).toEqual([
      false,
      false,
      false,
    ]);
    expect([65, 500_000].map((levels) => isDeeperThan(nested(levels), 64))).toEqual([true, true]);
    const wide = Array.from({ length: 200_000 }, () => ({ a: [] }));
    expect(isDeeperThan(wide, 64)).toBe(false);
    expect(isDeeperThan({ a: null, b: 'x', c: Buffer.from('abc') }, 1)).toBe(false);
  });
});

describe('a cursor', () => {
  const key = z.strictObject({ at: z.string(), id: z.string() });

  it('comes back as the key it was made of', () => {
    fc.assert(
      fc.property(fc.record({ at: fc.string(), id: fc.string() }), (of) => {
        expect(decodeCursor(encodeCursor(of), key)).toEqual(of);
      }),
    );
  });

  it('that was not made here is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text, key)).toThrow('request.broken-cursor');
      }),
    );
  });

  it('is absent on the last page and on none', () => {
    const shape = { item: (n: number) => n, key: (n: number) => n };
    expect(pageOf([], 2, shape)).toEqual({ items: [], nextCursor: null });
    expect(pageOf([1, 2], 2, shape)).toEqual({ items: [1, 2], nextCursor: null });
    expect(pageOf([1, 2, 3], 2, shape)).toEqual({ items: [1, 2], nextCursor: encodeCursor(2) });
  });
});

describe('the hash of a request', () => {
  const hash = (more: object) =>
    requestHash({ method: 'POST', url: '/a', body: {}, files: [], secretFields: [], ...more });

  it('does not depend on the order of keys, and does on everything else', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const turned = Object.fromEntries(Object.entries(body).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(body));
        expect(JSON.parse(canonicalJson(body))).toEqual(JSON.parse(JSON.stringify(body)));
      }),
    );
  });

  it('differs by method, address, body and file', async () => {
    const file = { fieldname: 'file', buffer: Buffer.from('a') };
    const hashes = await Promise.all([
      hash({}),
      hash({ method: 'PUT' }),
      hash({ url: '/b' }),
      hash({ body: { a: 1 } }),
      hash({ body: { a: '1' } }),
      hash({ files: [file] }),
      hash({ files: [{ ...file, buffer: Buffer.from('b') }] }),
      hash({ files: [{ ...file, fieldname: 'other' }] }),
    ]);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('holds no password that could be guessed at', async () => {
    const secretFields = ['password'];
    expect(await hash({ body: { a: 1, password: 'x' }, secretFields })).toBe(
      await hash({ body: { a: 1, password: 'y' }, secretFields }),
    );
  });
});

describe('two people who edit one thing', () => {
  it('must say which version they have read', () => {
    expect(versionOf(etagOf(7))).toBe(7);
    for (const missing of [undefined, '', '*']) {
      expect(() => versionOf(missing)).toThrow('request.if-match-missing');
    }
    for (const foreign of ['7', 'W/"v7"', '"v"', '"9"']) {
      expect(() => versionOf(foreign)).toThrow('request.changed-meanwhile');
    }
  });

  it('do not overwrite each other', () => {
    expect(() => assertVersion(8, 7)).toThrow('request.changed-meanwhile');
    expect(() => assertVersion(7, 7)).not.toThrow();
  });
});
