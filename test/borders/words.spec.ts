import fc from 'fast-check';
import { compareNames, isName } from '../../src/beneficiaries/name.rules.js';
import {
  readAccountNumber,
  readAmount,
  readCommuneCode,
  readDate,
  readKind,
  readPeriod,
  readPersonalNumber,
} from '../../src/entitlements/list.values.js';
import {
  bankText,
  DomainError,
  foldText,
  InvalidValueError,
  Money,
  parsePeriod,
  tidyText,
} from '../../src/kernel/index.js';
import { decodeCursor, encodeCursor } from '../../src/platform/http/index.js';
import { problemOf } from '../../src/platform/http/problem.js';
import { canonicalJson } from '../../src/platform/http/request-hash.js';
import { AppConfig, readSettings, SettingsError } from '../../src/platform/config/index.js';
import type { Cell } from '../../src/platform/spreadsheet/index.js';
import { z } from 'zod';
import { complaintAboutProblem } from './judge.js';
import { FUZZ_SEED, tried } from './fuzz.js';
import { hostile, hostileText } from './values.js';

/** Texts that make an expression look back again and again, if it does. */
const LONG = fc
  .tuple(
    fc.constantFrom(
      '1',
      ' ',
      '.',
      ',',
      '1.',
      '1,',
      '1 ',
      'e',
      'a ',
      'đ',
      '\u0301',
      '-',
      '\u200b',
      'Ệ',
    ),
    fc.integer({ min: 1_000, max: 50_000 }),
    fc.constantFrom('', 'x', '!', '1e', 'đồng', '\u0000'),
  )
  .map(([part, times, end]) => part.repeat(times) + end);
const anyText = fc.oneof({ arbitrary: hostileText, weight: 5 }, { arbitrary: LONG, weight: 1 });
const anyCell: fc.Arbitrary<Cell> = fc.record({
  kind: fc.constantFrom('text', 'number', 'date', 'boolean', 'error', 'formula'),
  text: anyText,
});

/** Far more than a word may take on a busy machine, and far less than an expression that runs away. */
const PATIENCE_MS = 2_000;

function bounded<T>(work: () => T): T {
  const began = performance.now();
  const result = work();
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
  return result;
}

const quiet = <T>(work: () => T): T | null => {
  try {
    return bounded(work);
  } catch (error) {
    if (error instanceof InvalidValueError) return null;
    throw error;
  }
};

describe(`words from outside (FUZZ_SEED=${FUZZ_SEED})`, () => {
  it('are an amount that is written back alike, or none', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('VND', 'USD', 'LAK'), (text, currency) => {
        const money = quiet(() => Money.of(text, currency));
        if (money === null) return;
        expect(Money.of(money.toString(), currency).equals(money)).toBe(true);
        expect(text).toMatch(/^-?\d{1,30}(\.\d{1,2})?$/);
      }),
      tried(400),
    );
  });

  it('are a period that is read back alike, or none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const period = quiet(() => parsePeriod(text));
        if (period !== null) expect(parsePeriod(period)).toBe(period);
      }),
      tried(400),
    );
  });

  it('are folded, tidied and made fit for a bank once and for all', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), (text, length) => {
        for (const make of [foldText, tidyText]) {
          const made = bounded(() => make(text));
          expect(make(made)).toBe(made);
        }
        const forBank = bounded(() => bankText(text, length));
        expect(forBank).toMatch(/^([A-Z0-9]+( [A-Z0-9]+)*)?$/);
        expect(forBank.length).toBeLessThanOrEqual(length);
      }),
      tried(300),
    );
  });

  it('are compared as names alike from both sides, and every name is its own', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(bounded(() => compareNames(one, other))).toBe(compareNames(other, one));
        if (isName(one) && tidyText(one) !== '') expect(compareNames(one, one)).toBe('exact');
      }),
      tried(300),
    );
  });

  it('in a cell are a value of the form it must have, or a problem; nothing is thrown', () => {
    const forms = [
      [readAmount, /^[1-9]\d*$/],
      [readPersonalNumber, /^(\d{9}|\d{12})$/],
      [readAccountNumber, /^[0-9A-Za-z]{6,19}$/],
      [readDate, /^\d{4}-\d{2}-\d{2}$/],
      [readPeriod, /^\d{4}(-\d{2}|-D\d)?$/],
      [readCommuneCode, /^\d{5}$/],
      [readKind, /^(regular|arrears|one_off)$/],
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...forms), anyCell, ([reading, form], cell) => {
        const read = bounded(() => reading(cell));
        if (read.ok) expect(read.value).toMatch(form);
      }),
      tried(1000),
    );
  });

  it('are one cursor for one key, and garbage is refused by name', () => {
    const keys = z.union([z.uuid(), z.strictObject({ at: z.string(), id: z.string() })]);
    fc.assert(
      fc.property(fc.oneof(anyText, hostile.map(encodeCursor)), (cursor) => {
        try {
          const key = bounded(() => decodeCursor(cursor, keys));
          expect(keys.safeParse(key).success).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
          expect(error).toMatchObject({ code: 'request.broken-cursor' });
        }
      }),
      tried(300),
    );
  });

  it('are one fingerprint for one body: it is JSON again, and of the same content', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (one, other) => {
        expect(canonicalJson(JSON.parse(canonicalJson(one)))).toBe(canonicalJson(one));
        const same = JSON.stringify(JSON.parse(canonicalJson(one)));
        expect(canonicalJson(one) === canonicalJson(other)).toBe(
          same === JSON.stringify(JSON.parse(canonicalJson(other))),
        );
      }),
      tried(300),
    );
  });

  it('are settings, or an error that names the setting and no value', () => {
    const names = ['PORT', 'DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'SWEEP_INTERVAL_MS', 'ROLE'];
    fc.assert(
      fc.property(fc.constantFrom(...names), anyText, (name, value) => {
        try {
          new AppConfig(readSettings({ NODE_ENV: 'test', [name]: value }), {}, 'postgres://x');
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsError);
          expect((error as Error).message).toContain(name);
          if (value.length > 8) expect((error as Error).message).not.toContain(value);
        }
      }),
      tried(200),
    );
  });

  it('in an error that nobody foresaw are told to nobody', () => {
    const errors = fc.oneof(
      fc.anything(),
      hostileText.map((text) => new Error(text)),
      fc
        .record({ status: fc.anything(), expose: fc.anything(), message: hostileText })
        .map((fields) => Object.assign(new Error('secret-word'), fields)),
    );
    fc.assert(
      fc.property(errors, fc.constantFrom('vi', 'en'), (error, language) => {
        const problem = problemOf(error, { language, requestId: '019a9b6e' });
        const text = JSON.stringify(problem);
        expect(complaintAboutProblem(problem.status, text)).toBeNull();
        expect(text).not.toContain('secret-word');
      }),
      tried(300),
    );
  });
});
