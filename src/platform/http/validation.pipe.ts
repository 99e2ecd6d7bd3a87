import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { z } from 'zod';
import { InvariantError } from '../../kernel/index.js';
import { fieldErrors, type FieldError } from './field-errors.js';
import { requestInvalid } from './http.errors.js';

const PARTS: Partial<Record<ArgumentMetadata['type'], FieldError['in']>> = {
  body: 'body',
  query: 'query',
  param: 'path',
};

/**
 * Nest's standard schema pipe, for zod, with errors a person can read: `@Body({ schema })`, `@Query({ schema })`,
 * `@Param('id', { schema })`. Fields that the schema does not know are refused, not dropped in silence: a
 * misspelt field of an order to pay must not be overlooked.
 */
export class ValidationPipe extends StandardSchemaValidationPipe {
  private readonly strict = new WeakMap<z.ZodType, z.ZodType>();

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const part = PARTS[metadata.type];
    if (!metadata.schema || !part) return value;
    if (!(metadata.schema instanceof z.ZodType)) {
      throw new InvariantError('request schemas are zod schemas');
    }
    this.stripProtoKeys(value);
    const schema = this.strictOf(metadata.schema);
    const parsed = await schema.safeParseAsync(value);
    if (parsed.success) return parsed.data as T;
    throw requestInvalid(await fieldErrors(schema, value, part));
  }

  private strictOf(schema: z.ZodType): z.ZodType {
    const known = this.strict.get(schema);
    if (known) return known;
    const open = schema instanceof z.ZodObject && schema.def.catchall === undefined;
    const strict = open ? schema.strict() : schema;
    this.strict.set(schema, strict);
    return strict;
  }
}
