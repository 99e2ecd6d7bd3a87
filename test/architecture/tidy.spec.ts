import { sourceFile, sourceFiles } from './source-files.js';
import { TIDY_RULES } from './tidy.rules.js';

/** For each rule: a place it speaks about, texts that break it, and a text that looks alike and does not. */
const SAMPLES: Record<string, { path: string; breaks: string[]; keeps: string }> = {
  'process.env is read in platform/config only': {
    path: 'src/payments/send.ts',
    breaks: [
      'const url = process.env.BANK_URL;',
      "const url = process['env'];",
      'const { env } = process;',
      "import { env } from 'node:process';",
    ],
    keeps: "import { processEnvironment } from '../platform/config/index.js'; // not process.env",
  },
  'there is no forwardRef': {
    path: 'src/payments/payments.module.ts',
    breaks: ["import { forwardRef } from '@nestjs/common';"],
    keeps: '// a forwardRef would hide a circle',
  },
  'there is no any': {
    path: 'src/payments/send.ts',
    breaks: ['let answer: any;', 'const list = [] as Array<any>;'],
    keeps: "const any = ['any'];",
  },
  'no check is switched off': {
    path: 'src/payments/send.ts',
    breaks: [`// ${'@ts'}-ignore`, `/* ${'eslint'}-disable */`, `// ${'@ts'}-expect-error later`],
    keeps: "const words = ['@ts-ignore', 'eslint-disable'];",
  },
  'nothing is left to do': {
    path: 'src/payments/send.ts',
    breaks: [`// ${'TO'}DO: mend`, `/** ${'FIX'}ME */`],
    keeps: '// all is done',
  },
  'money is never a float': {
    path: 'src/payments/send.ts',
    breaks: [
      'const a = parseFloat(text);',
      'const a = amount.toNumber();',
      'const a = Number(row.total_amount);',
      'const a = +row.amount;',
      'const a = Number.parseFloat(text);',
    ],
    keeps: 'const a = Number(row.line_count) + 1; const b = Money.of(row.amount);',
  },
  'time comes from the clock': {
    path: 'src/payments/send.ts',
    breaks: ['const at = new Date();', 'const at = Date.now();'],
    keeps: 'const at = this.clock.now(); const day = new Date(at);',
  },
  'business time in SQL is a parameter': {
    path: 'src/payments/payment.store.ts',
    breaks: ['const sql = `update payment set at = now()`;', "const sql = 'select current_date';"],
    keeps: 'const sql = `update payment set at = $1`; const at = clock.now();',
  },
  'SQL stands in stores and read models': {
    path: 'src/payments/send.ts',
    breaks: ["import { rows, type Tx } from '../platform/database/index.js';"],
    keeps: "import { Database, type Tx } from '../platform/database/index.js';",
  },
  'a transaction begins in a use case': {
    path: 'src/payments/payment.store.ts',
    breaks: ['await this.database.transaction(async (tx) => tx);'],
    keeps: 'const transaction = 1;',
  },
  'nothing runs side by side in a transaction': {
    path: 'src/payments/send.ts',
    breaks: ['await db.transaction(async (tx) => { await Promise.all([a(tx), b(tx)]); });'],
    keeps: 'await db.transaction(async (tx) => { await a(tx); }); await Promise.all([c()]);',
  },
  'no test is switched off': {
    path: 'src/payments/send.spec.ts',
    breaks: [
      `it${'.skip'}('a', run);`,
      `describe${'.only'}('a', run);`,
      `it${'.todo'}('a');`,
      `x${'it'}('a', run);`,
      `it${'.skip'}.each([1])('a', run);`,
    ],
    keeps: "it.each([1])('skip nothing', run); exit('x');",
  },
  'no file has more than 300 lines': {
    path: 'src/payments/send.ts',
    breaks: ['const a = 1;\n'.repeat(301)],
    keeps: 'const a = 1;\n'.repeat(300),
  },
};

const PATHS_OF_BAD_NAMES = ['src/payments/payment-helper.ts', 'src/payments/utils.ts'];

describe('the sources', () => {
  const files = sourceFiles('src', 'test');

  it('were read', () => {
    expect(files.length).toBeGreaterThan(150);
  });

  it.each(TIDY_RULES)('$name', ({ covers, breaches }) => {
    expect(files.filter(({ path }) => covers(path)).flatMap(breaches)).toEqual([]);
  });
});

describe('a rule that reads the sources', () => {
  const cases = TIDY_RULES.flatMap((rule) => {
    const sample = SAMPLES[rule.name];
    return (sample?.breaks ?? []).map((text) => ({ rule, path: sample?.path ?? '', text }));
  });

  it.each(cases)('sees that "$rule.name" is broken by: $text', ({ rule, path, text }) => {
    expect(rule.covers(path)).toBe(true);
    expect(rule.breaches(sourceFile(path, text)).length).toBeGreaterThan(0);
  });

  it.each(TIDY_RULES)('"$name" is content with what only looks alike', ({ name, breaches }) => {
    const sample = SAMPLES[name];
    if (!sample) expect(name).toBe('a file is named for what it is or does');
    else expect(breaches(sourceFile(sample.path, sample.keeps))).toEqual([]);
  });

  it.each(PATHS_OF_BAD_NAMES)('refuses the file name %s', (path) => {
    const rule = TIDY_RULES.find(({ name }) => name === 'a file is named for what it is or does');
    expect(rule?.breaches(sourceFile(path, ''))).toEqual([path]);
    expect(rule?.breaches(sourceFile('src/payments/send-submission.ts', ''))).toEqual([]);
  });
});
