import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IDEMPOTENT_ROUTE, type IdempotentOptions } from './idempotent.options.js';

/**
 * A creating POST that may be sent again safely: asks for `Idempotency-Key`, does the work once, and answers
 * every repetition with the stored answer. Stands **above** an upload interceptor, so that it sees the file:
 *
 *     @Post()
 *     @Idempotent()
 *     @UseInterceptors(FileInterceptor('file'))
 */
export function Idempotent(options: IdempotentOptions = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(IDEMPOTENT_ROUTE, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        'One for each act, kept for ever; sending the same again gives the first answer with `Idempotency-Replayed: true`',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    ApiResponse({
      status: 409,
      description: 'the same request is still running, or a state refuses it',
    }),
    ApiResponse({
      status: 422,
      description: 'the key was used for another body, or a rule refuses it',
    }),
  );
}
