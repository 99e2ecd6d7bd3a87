import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';

const time = z.iso.datetime();
const amount = z.string().regex(/^\d+$/).describe('whole đồng, decimal digits');
const state = z.enum(['received', 'checked', 'applied', 'refused']);
const bilingual = z.object({ vi: z.string(), en: z.string() });
const cellValue = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);
const listRow = z.record(z.string().max(200), cellValue);
const written = z.union([z.string().max(100_000), z.record(z.string(), z.unknown())]);

const declaration = {
  sender: z
    .string()
    .max(80)
    .optional()
    .describe('the sending office; mapped headings are remembered for it'),
  programme: z.string().max(200).optional().describe('code or name, when it is no column'),
  period: z.string().max(40).optional().describe('mm/yyyy, yyyy or yyyy-Dn, when it is no column'),
  controlRows: z
    .union([z.string().max(20), z.number().int()])
    .optional()
    .describe('rows of the list'),
  controlTotal: z
    .union([z.string().max(40), z.number().int()])
    .optional()
    .describe('total of all rows'),
  controlByCommune: written
    .optional()
    .describe('totals by commune code: `{"06040": "1624000"}`, or that as JSON text'),
  mapping: written
    .optional()
    .describe(
      'own headings and the fields they mean: `{"Tiền tháng này": "amount"}`, or that as JSON text',
    ),
};

const fileName = z.string().max(255).optional().describe('its name, when it is not the file’s own');

/** The fields beside a file, or a JSON body with rows. */
export const importBody = z.union([
  z.array(listRow).describe('rows by field name or heading'),
  z.strictObject({
    ...declaration,
    fileName,
    rows: z.array(listRow).optional().describe('rows by field name or heading'),
  }),
]);

/** How the body is documented for an upload. */
export const uploadForm = {
  type: 'object' as const,
  required: ['file'],
  properties: {
    file: { type: 'string' as const, format: 'binary', description: '.xlsx, .csv or .json' },
    ...Object.fromEntries(
      Object.entries({ ...declaration, fileName }).map(([name, { description }]) => [
        name,
        { type: 'string' as const, description },
      ]),
    ),
  },
};

const summary = {
  id: z.uuid(),
  state,
  sender: z.string(),
  fileName: z.string(),
  format: z.enum(['xlsx', 'csv', 'json']),
  byteSize: z.number().int(),
  sha256: z.string(),
  programme: z.string().nullable().describe('as declared with the list'),
  period: z.string().nullable().describe('as declared with the list'),
  readRows: z.number().int().describe('progress of the check while `received`; then all rows'),
  goodRows: z.number().int(),
  badRows: z.number().int(),
  appliedRows: z.number().int(),
  errorCount: z.number().int(),
  warningCount: z.number().int(),
  totalAmount: amount.describe('of all rows whose amount can be read'),
  goodAmount: amount,
  currency: z.literal('VND'),
  applyMode: z.enum(['all-or-nothing', 'good-rows']).nullable(),
  receivedAt: time,
  checkedAt: time.nullable(),
  appliedAt: time.nullable(),
  refusedAt: time.nullable(),
};

export const importPage = pageSchema(z.object(summary));

export const importSchema = z.object({
  ...summary,
  sheet: z.string().nullable().describe('the sheet that was read'),
  otherSheets: z.array(z.string()),
  headerRow: z.number().int().nullable(),
  columns: z.array(z.object({ field: z.string(), column: z.string() })),
  unknownColumns: z
    .array(z.object({ column: z.string(), heading: z.string() }))
    .describe('kept as notes'),
  skippedRows: z
    .array(z.object({ row: z.number().int(), why: z.string() }))
    .describe('rows that are no lines: totals, signatures; at most 200 are named'),
  skippedCount: z.number().int(),
  controlRows: z.number().int().nullable(),
  controlTotal: amount.nullable(),
  controlByCommune: z.record(z.string(), amount).nullable(),
  totalsByCommune: z.array(z.object({ communeCode: z.string(), rows: z.number().int(), amount })),
  blocks: z.array(bilingual).describe('why nothing may be applied: control totals that differ'),
  refusal: z.object({ code: z.string(), ...bilingual.shape }).nullable(),
  problemsByRule: z.array(
    z.object({ rule: z.string(), severity: z.string(), count: z.number().int() }),
  ),
  version: z.number().int(),
});

export type ImportBody = z.infer<typeof importSchema>;

export const importsQuery = pageQuery({
  state: state.optional(),
  programme: z.string().max(40).optional(),
  period: z.string().max(10).optional(),
  sender: z.string().max(80).optional(),
});

const severity = z.enum(['error', 'warning']);

export const errorsQuery = pageQuery({
  rule: z.string().max(60).optional().describe('`amount.ambiguous`'),
  severity: severity.optional(),
  column: z.string().max(200).optional().describe('letter of the column, or key of a JSON row'),
  field: z.string().max(40).optional(),
  row: z.coerce.number().int().min(0).max(2_000_000).optional(),
});

export const errorSchema = z.object({
  row: z.number().int(),
  column: z.string().nullable(),
  cell: z.string().describe('`H17`, or a JSON pointer'),
  field: z.string().nullable(),
  value: z.string().nullable(),
  rule: z.string(),
  severity,
  message: bilingual.describe('what is wrong'),
  remedy: bilingual.describe('the way out'),
});

export const errorPage = pageSchema(errorSchema);

export const rowsQuery = pageQuery({ state: z.enum(['good', 'bad', 'applied']).optional() });

const optionalText = z.string().nullable();

export const rowSchema = z.object({
  row: z.number().int(),
  state: z.enum(['good', 'bad', 'applied']),
  fullName: optionalText,
  personalNumber: optionalText,
  dateOfBirth: optionalText,
  communeCode: optionalText,
  programme: optionalText,
  period: optionalText,
  kind: optionalText,
  amount: amount.nullable(),
  decisionNumber: optionalText,
  decisionDate: optionalText,
  accountNumber: optionalText.describe('masked'),
  accountName: optionalText,
  bankBin: optionalText,
  recipientName: optionalText,
  recipientPersonalNumber: optionalText,
  authorisedUntil: optionalText,
  fund: optionalText,
  note: optionalText,
  otherCells: z.record(z.string(), z.string()).nullable().describe('cells of unknown columns'),
  entitlementId: z.uuid().nullable(),
});

export const rowPage = pageSchema(rowSchema);

export const applicationBody = z.strictObject({
  mode: z
    .enum(['all-or-nothing', 'good-rows'])
    .describe('apply nothing while a row is bad, or let bad rows wait'),
});

export const refusalBody = z.strictObject({ reason: z.string().trim().min(3).max(500) });
