import { z } from 'zod';
import { headingKey } from './headings.js';
import { isNumberOnly, PLACEHOLDERS, placeholdersOf, surelyFits } from './template.js';

const COLUMNS_MOST = 60;
const WORDS_MOST = 50;

const column = z
  .strictObject({
    /** As the bank's own form has it. */
    header: z.string().min(1).max(120),
    /** What stands in the cells: fixed text and `{…}` of `template.ts`. */
    value: z
      .string()
      .max(200)
      .refine(hasKnownPlaceholders, {
        message: `what stands in braces is one of ${PLACEHOLDERS.join(', ')}`,
      }),
    /** `number` for `{amount}` and `{row}` alone; everything else keeps its digits only as text. */
    cell: z.enum(['text', 'number']).default('text'),
    /** The bank's field is so long; a name or a narrative at its end is cut, never a figure. */
    maxLength: z.int().min(1).max(1000).optional(),
    /** In characters; for people who look at the list. */
    width: z.int().min(2).max(100).default(18),
  })
  .refine((c) => c.cell === 'text' || isNumberOnly(c.value), {
    path: ['cell'],
    message: 'only {amount} and {row} alone are numbers',
  })
  .refine((c) => c.maxLength === undefined || surelyFits(c.value, c.maxLength), {
    path: ['maxLength'],
    message: 'would cut a figure or our reference: only a name or narrative at the end may be cut',
  });

const headings = z.array(z.string().min(1).max(120)).min(1).max(20);
const words = z.array(z.string().min(1).max(120)).max(WORDS_MOST);

const result = z
  .strictObject({
    /** The sheet's name, where the bank's workbook has others that look alike. */
    sheet: z.string().min(1).max(31).optional(),
    /** What the bank may call each column; case, diacritics and what stands in brackets do not matter. */
    columns: z.strictObject({
      reference: headings.optional(),
      account: headings.optional(),
      amount: headings.optional(),
      status: headings,
      reason: headings.optional(),
      bankReference: headings.optional(),
      time: headings.optional(),
    }),
    /** The bank's words for what became of a payment. A word that is not here says nothing. */
    words: z.strictObject({
      settled: words.min(1),
      accepted: words.default([]),
      rejected: words.min(1),
    }),
    /** The first that the bank's reason contains gives its ISO 20022 code. */
    reasons: z
      .array(
        z.strictObject({
          contains: z.string().min(2).max(120),
          code: z.string().regex(/^[A-Z]{2}[A-Z0-9]{2}$/, 'a code of ISO 20022, four characters'),
        }),
      )
      .max(200)
      .default([]),
    /** How the bank writes amounts as text. */
    numbers: z
      .strictObject({ group: z.enum(['.', ',', ' ', '']), decimal: z.enum(['.', ',']) })
      .refine((n) => n.group !== n.decimal, 'groups and decimals need two signs')
      .default({ group: '.', decimal: ',' }),
    /** As luxon writes them, at the office's time. */
    timeFormats: z
      .array(z.string().min(4).max(40))
      .max(5)
      .default(['dd/MM/yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm']),
    /** `account` finds rows without our reference by account and amount, in a list of one message only. */
    matchBy: z
      .array(z.enum(['reference', 'account']))
      .min(1)
      .max(2)
      .default(['reference', 'account']),
  })
  .superRefine(({ columns, words: said, matchBy }, context) => {
    const tell = (path: string[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    if (matchBy.includes('reference') && !columns.reference) {
      tell(['columns', 'reference'], 'is needed to match by reference');
    }
    if (matchBy.includes('account') && !(columns.account && columns.amount)) {
      tell(['columns', 'account'], 'account and amount are needed to match by account');
    }
    const doubledHeading = doubled(Object.values(columns).flat());
    if (doubledHeading) tell(['columns'], `"${doubledHeading}" names two columns`);
    const doubledWord = doubled(Object.values(said).flat());
    if (doubledWord) tell(['words'], `"${doubledWord}" stands for two things`);
  });

/** What the YAML file of a bank that is given lists holds under `options`. */
export const bankListOptionsSchema = z
  .strictObject({
    format: z.enum(['xlsx', 'csv']),
    /** Without its ending. `{reference}` is the message's own and makes the name one of its kind. */
    fileName: z
      .string()
      .regex(/^[A-Za-z0-9_.{}-]{1,80}$/)
      .refine((name) => /^[^{}]*\{reference\}[^{}]*$/.test(name), 'holds {reference}, once')
      .default('{reference}'),
    sheet: z
      .string()
      .regex(/^[^*?:\\/[\]]{1,31}$/)
      .default('Sheet1'),
    /** Lines above the header, a text for each cell. */
    titleRows: z
      .array(z.array(z.string().max(200)).max(COLUMNS_MOST))
      .max(20)
      .default([]),
    columns: z.array(column).min(1).max(COLUMNS_MOST),
    /** Names as the bank's letters (A–Z, 0–9), or as they are stored. */
    names: z.enum(['bank', 'stored']).default('bank'),
    /** How this bank's form calls the payee banks, by BIN. */
    bankNames: z.record(z.string().regex(/^\d{6}$/), z.string().min(1).max(120)).default({}),
    csv: z
      .strictObject({ delimiter: z.enum([',', ';', '\t']), byteOrderMark: z.boolean() })
      .default({ delimiter: ',', byteOrderMark: true }),
    result,
  })
  .superRefine(({ columns, result: { matchBy } }, context) => {
    const values = columns.map(({ value }) => value).join(' ');
    for (const needed of ['accountNumber', 'amount']) {
      if (!values.includes(`{${needed}}`)) {
        context.addIssue({ code: 'custom', path: ['columns'], message: `{${needed}} is missing` });
      }
    }
    if (!values.includes('{reference}') && !matchBy.includes('account')) {
      context.addIssue({
        code: 'custom',
        path: ['columns'],
        message: '{reference} is missing, and the result is matched by it alone',
      });
    }
  });

export type BankListOptions = z.infer<typeof bankListOptionsSchema>;
export type ListColumn = BankListOptions['columns'][number];
export type ResultOptions = BankListOptions['result'];
export type ResultRole = keyof ResultOptions['columns'];

function hasKnownPlaceholders(value: string): boolean {
  const known: readonly string[] = PLACEHOLDERS;
  return placeholdersOf(value).every((name) => known.includes(name));
}

function doubled(texts: readonly string[]): string | undefined {
  const keys = texts.map(headingKey);
  return texts.find((_, at) => keys.indexOf(keys[at] ?? '') !== at);
}
