import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
import { bucketsSchema, entriesQuery } from './reconciliation.schemas.js';

const bank = z.string().min(1).max(31).describe('code of a bank of config/banks');
const day = z.iso.date().describe('ISO 8601 date at the office');
const digits = z.string().describe('plain decimal digits');

/** What stands beside the file in the form. */
export const statementForm = z.strictObject({ bank });

/** How the body is documented for an upload. */
export const uploadForm = {
  type: 'object' as const,
  required: ['bank', 'file'],
  properties: {
    bank: { type: 'string' as const, description: 'code of a bank of config/banks' },
    file: { type: 'string' as const, format: 'binary', description: '.csv, UTF-8, at most 20 MiB' },
  },
};

export const FILE_DESCRIPTION = `One statement of a bank as CSV: UTF-8, parted by comma, semicolon or tab. The first row
holds the headings, in any order, in English or Vietnamese; columns of other names are not read.

| column | Vietnamese | |
| --- | --- | --- |
| record | loại dòng | \`opening\` (số dư đầu), \`entry\` (phát sinh), \`closing\` (số dư cuối); one opening, one closing, anywhere |
| statement_id, from, to | số sao kê, từ ngày, đến ngày | on the opening row; elsewhere empty or the same |
| entry_id | mã giao dịch | the bank's own id, unique for ever |
| booked_at | ngày hạch toán | ISO 8601 or \`dd/mm/yyyy[ hh:mm[:ss]]\` at the office |
| direction | nợ/có | \`debit\`/\`credit\`, \`Nợ\`/\`Có\`, \`D\`/\`C\` |
| amount | số tiền | \`1234567\` or \`1.234.567\`; \`1,234\` is refused |
| currency | loại tiền | VND or empty |
| reference | tham chiếu | our reference, where the entry carries one |
| return_code, return_text | mã lý do, lý do | why a payment came back (ISO 20022) |
| bank_reference | tham chiếu ngân hàng | |
| reversal | bút toán đảo | \`true\`/\`có\`/\`x\` when it reverses an earlier booking |

\`\`\`csv
record;statement_id;from;to;entry_id;booked_at;direction;amount;reference;return_code
opening;SK-11;20/11/2026;20/11/2026;;;;100.000.000;;
entry;;;;1001;20/11/2026 09:30;Nợ;2.789.000;CT0197F3A2B4C67D8E9F00112233445566;
entry;;;;1002;20/11/2026 14:00;Có;2.789.000;CT0197F3A2B4C67D8E9F00112233445566;AC04
closing;;;;;;;100.000.000;;
\`\`\`

All errors are told by row and column, and then nothing is stored. The same file again answers 200 and changes nothing.`;

export const receivedSchema = z.object({
  id: z.uuid(),
  reconciliationId: z.uuid().nullable().describe('the run that matches it: read its state'),
  repeated: z.boolean().describe('the very same was there before, and nothing has changed'),
});

export const statementsQuery = pageQuery({ bank: bank.optional() });
export { entriesQuery };

const statement = {
  id: z.uuid(),
  bank,
  statementId: z.string(),
  from: day,
  to: day,
  currency: z.string(),
  opening: digits,
  closing: digits,
  debitTotal: digits,
  creditTotal: digits,
  entryCount: z.number().int(),
  difference: digits.describe('opening + credits − debits − closing: 0 when it adds up'),
  readAt: z.date(),
  reconciliationId: z.uuid().nullable(),
  file: z
    .object({
      name: z.string(),
      sha256: z.string(),
      byteSize: z.number().int(),
      receivedAt: z.iso.datetime(),
      receivedBy: z.string(),
    })
    .nullable()
    .describe('null when the bank itself was asked'),
};

export const statementsSchema = pageSchema(z.object(statement));
export const statementSchema = z.object({ ...statement, buckets: bucketsSchema });
