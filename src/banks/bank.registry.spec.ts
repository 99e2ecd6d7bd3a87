import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../kernel/index.js';
import { SettingsError } from '../platform/config/index.js';
import { BankRegistry } from './bank.registry.js';

const SECRET = `whsec_${Buffer.from('a secret only for testing').toString('base64')}`;
const variables: Record<string, string | undefined> = {
  BANK_SANDBOX_URL: 'http://127.0.0.1:4010',
  BANK_SANDBOX_KEY_ID: 'demo',
  BANK_SANDBOX_SECRET: SECRET,
  BANK_SANDBOX_NOTICE_SECRET: SECRET,
};
const source = (given: { configDir?: string; set?: Record<string, string | undefined> } = {}) => ({
  configDir: given.configDir ?? 'config',
  variable: (name: string) => ({ ...variables, ...given.set })[name],
});
const load = (from = source()) => BankRegistry.load(from, new SystemClock());
const problemOf = (from: ReturnType<typeof source>): string => {
  try {
    load(from);
    return 'none';
  } catch (error) {
    return error instanceof SettingsError ? error.message : 'thrown';
  }
};

describe('the banks of a deployment', () => {
  it('a variable that is unset stops the start by its name', () => {
    const message = problemOf(source({ set: { BANK_SANDBOX_SECRET: undefined } }));
    expect(message).toContain('BANK_SANDBOX_SECRET');
    expect(message).not.toContain(SECRET);
  });

  it('a weak secret and a plain address are refused without showing them', () => {
    const weak = problemOf(source({ set: { BANK_SANDBOX_SECRET: 'password' } }));
    expect(weak).toContain('options.secret');
    expect(weak).not.toContain('password');
    expect(problemOf(source({ set: { BANK_SANDBOX_URL: 'ftp://bank' } }))).toContain(
      'options.baseUrl',
    );
  });

  it('a bank that nobody configured is a refusal that names the code', () => {
    expect(() => load().of('nobody')).toThrow(
      expect.objectContaining({ code: 'banks.unknown-bank' }),
    );
    expect(() => load().of('constructor')).toThrow(
      expect.objectContaining({ code: 'banks.unknown-bank' }),
    );
  });

  it('a payee bank goes to the bank that names it, every other to the one that takes all', () => {
    const banks = load();
    expect(banks.route('970436')).toBe('sandbox-instant');
    expect(banks.route('970407')).toBe('sandbox-instant');
    expect(banks.route('970405')).toBe('sandbox');
    expect(banks.all().map((bank) => bank.code)).toEqual(['sandbox-instant', 'sandbox']);
  });

  it('an adapter declares what it can by having the method', () => {
    const { adapter, settings } = load().of('sandbox');
    expect(settings.mode).toBe('bulk');
    for (const method of [
      'pay',
      'enquire',
      'payMany',
      'verifyAccount',
      'statement',
      'verifyNotice',
    ] as const) {
      expect(typeof adapter[method]).toBe('function');
    }
  });

  describe('a wrong file', () => {
    let configDir: string;
    beforeEach(() => {
      configDir = mkdtempSync(join(tmpdir(), 'banks-'));
      mkdirSync(join(configDir, 'banks'));
    });
    afterEach(() => rmSync(configDir, { recursive: true }));

    const enquiry = {
      intervalsMs: [1],
      acceptedAfterMs: 1,
      maxPerEnquiry: 1,
      notFoundWindowMs: 1000,
    };
    const bank = (code: string, differing: Record<string, unknown> = {}) =>
      writeFileSync(
        join(configDir, 'banks', `${Math.random()}.yaml`),
        JSON.stringify({
          code,
          name: 'A bank',
          adapter: 'rest',
          receives: '*',
          mode: 'bulk',
          maxPerSubmission: 10,
          concurrency: 1,
          rateLimit: { max: 1, perMs: 1 },
          timeoutMs: 1000,
          retry: { baseMs: 1, capMs: 1, jitter: 0 },
          enquiry: { ...enquiry },
          idempotentByReference: true,
          options: {
            baseUrl: 'https://bank.example',
            keyId: 'k',
            secret: SECRET,
            noticeSecret: SECRET,
          },
          ...differing,
        }),
      );

    it('two banks for one payee bank would be two rails for one payment', () => {
      bank('one', { receives: ['970405'] });
      bank('two', { receives: ['970405'] });
      expect(problemOf(source({ configDir }))).toContain('970405 is claimed by');
    });

    it('two banks that take all, and two files of one code, are refused', () => {
      bank('one');
      bank('one');
      const message = problemOf(source({ configDir }));
      expect(message).toContain("'*' is claimed by");
      expect(message).toContain('one is used by two bank files');
    });

    it('a window that ends before a call may, and enquiries that grow denser, are refused', () => {
      bank('one', { enquiry: { ...enquiry, notFoundWindowMs: 999 } });
      expect(problemOf(source({ configDir }))).toContain(
        'enquiry.notFoundWindowMs: is not shorter than timeoutMs',
      );
      rmSync(join(configDir, 'banks'), { recursive: true });
      mkdirSync(join(configDir, 'banks'));
      bank('two', { enquiry: { ...enquiry, intervalsMs: [60_000, 60_000, 300_000, 30_000] } });
      expect(problemOf(source({ configDir }))).toContain(
        'enquiry.intervalsMs.3: is not shorter than the wait before it',
      );
    });

    it('an unknown adapter, an unknown field and plain HTTP name themselves', () => {
      bank('one', { adapter: 'constructor' });
      expect(problemOf(source({ configDir }))).toMatch(/adapter: is one of .*\brest\b/);
      rmSync(join(configDir, 'banks'), { recursive: true });
      mkdirSync(join(configDir, 'banks'));
      bank('two', { retires: 3 });
      expect(problemOf(source({ configDir }))).toContain('retires');
      rmSync(join(configDir, 'banks'), { recursive: true });
      mkdirSync(join(configDir, 'banks'));
      bank('three', {
        options: {
          baseUrl: 'http://bank.example',
          keyId: 'k',
          secret: SECRET,
          noticeSecret: SECRET,
        },
      });
      expect(problemOf(source({ configDir }))).toContain('baseUrl: is https');
    });

    it('no bank at all is a deployment that routes nowhere', () => {
      expect(load(source({ configDir })).route('970405')).toBeNull();
    });
  });
});
