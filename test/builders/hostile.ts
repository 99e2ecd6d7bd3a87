import { z } from 'zod';

/** The part of a JSON schema that decides what passes the border. */
export interface FieldSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maxLength?: number;
  readonly items?: FieldSchema;
  readonly properties?: Record<string, FieldSchema>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
}

const fieldSchema: z.ZodType<FieldSchema> = z.looseObject({});

const operation = z.looseObject({
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), schema: fieldSchema.optional() }))
    .default([]),
  requestBody: z
    .looseObject({
      content: z.record(z.string(), z.looseObject({ schema: fieldSchema.optional() })),
    })
    .optional(),
});

export const openApi = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, FieldSchema>;
  readonly body: FieldSchema | null;
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Every operation of an OpenAPI document. */
export function operationsOf(document: unknown): Operation[] {
  return Object.entries(openApi.parse(document).paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.has(method))
      .map(([method, described]) => {
        const { parameters, requestBody } = operation.parse(described);
        const inQuery = parameters.filter((parameter) => parameter.in === 'query');
        return {
          method: method.toUpperCase(),
          path,
          query: Object.fromEntries(inQuery.map(({ name, schema = {} }) => [name, schema])),
          body: requestBody?.content['application/json']?.schema ?? null,
        };
      }),
  );
}

/** Texts that match the patterns in use: ids, codes, dates, digests, amounts. */
const CANDIDATES = [
  ...['1', '123456', '05977', 'a'.repeat(64), '2026-11', '2026-11-21', 'AC01', 'sandbox', 'A'],
  ...['020000000001', 'CT1', 'a-b', 'whsec_a'],
];

/** A value that the schema lets in, as far as it can be told from it. */
export function welcome(schema: FieldSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const inner = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (inner) return welcome(inner);
  const type = Array.isArray(schema.type) ? String(schema.type[0]) : schema.type;
  if (type === 'object') return welcomeObject(schema);
  if (type === 'array') return schema.items ? [welcome(schema.items)] : [];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (schema.format === 'uuid') return '019a9b6e-0123-7456-8901-012345678901';
  if (schema.format === 'date') return '2026-11-21';
  if (schema.format === 'date-time') return '2026-11-21T02:00:00Z';
  const { pattern } = schema;
  if (pattern) return CANDIDATES.find((text) => new RegExp(pattern, 'u').test(text)) ?? 'abc';
  return 'abcdef';
}

function welcomeObject({ properties = {} }: FieldSchema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, welcome(field)]),
  );
}

/** What nobody should send, and somebody does. */
export const HOSTILE: readonly unknown[] = [
  ...['\u0000', 'abc\u0000def', '\ud800', '9999-99-99', '99999999999999999999999999'],
  ...['x'.repeat(5000), null, -1, 1e308, []],
];

/** Bodies that are welcome but for one field, and some that are nothing at all. */
export function hostileBodies(schema: FieldSchema): unknown[] {
  const good = welcomeObject(schema);
  const spoilt = Object.keys(good).flatMap((name) =>
    HOSTILE.map((value) => ({ ...good, [name]: value })),
  );
  return [good, {}, [], null, 'text', 7, { ...good, unknown: 1 }, ...spoilt];
}
