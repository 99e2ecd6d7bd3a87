import type { SwaggerDocumentOptions } from '@nestjs/swagger';
import { z } from 'zod';

type Converter = NonNullable<SwaggerDocumentOptions['standardSchemaConverter']>;

/**
 * The JSON Schema of a zod schema; OpenAPI 3.1 takes draft 2020-12 as it is. A schema with `.meta({ id: 'Batch' })`
 * becomes a named component (`BatchInput` where it describes what is sent, for defaults make the two differ).
 */
export const jsonSchemaOf: Converter = (schema, { schemaType }) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $defs, ...body } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: schemaType,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') {
        jsonSchema.type = 'string';
        jsonSchema.format = 'date-time';
      }
      tidy(jsonSchema, schemaType);
    },
  });
  delete body.$schema;
  const named = { ...$defs };
  const id = body.id;
  const root = id === undefined ? body : { $ref: `#/$defs/${id}` };
  if (id !== undefined) named[id] = body;
  for (const definition of Object.values(named)) delete definition.id;
  return schemaType === 'output'
    ? { schema: root, components: named }
    : { schema: suffixed(root), components: suffixed(named, true) };
};

const FORMATS = new Set(['uuid', 'date-time', 'date', 'uri', 'email']);

/** Takes out what only zod wants to say. */
function tidy(jsonSchema: z.core.JSONSchema.BaseSchema, schemaType: 'input' | 'output'): void {
  // A format says it better than the expression that checks it.
  if (FORMATS.has(jsonSchema.format ?? '')) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  // Answers grow with later releases; who reads them must not refuse what is new.
  if (schemaType === 'output' && jsonSchema.additionalProperties === false) {
    delete jsonSchema.additionalProperties;
  }
}

/** Names of input components end in `Input`. */
function suffixed<T extends object>(value: T, isNames = false): T {
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => [
    isNames ? `${key}Input` : key,
    suffixedValue(key, inner),
  ]);
  return (
    Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
  ) as T;
}

function suffixedValue(key: string, value: unknown): unknown {
  if (key === '$ref' && typeof value === 'string') return `${value}Input`;
  return value !== null && typeof value === 'object' ? suffixed(value) : value;
}
