import type { z } from 'zod';

/** A kind of event: a past-tense name and the shape of its payload (ids and figures only). */
export interface EventType<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
}

export function defineEvent<T>(name: string, schema: z.ZodType<T>): EventType<T> {
  return { name, schema };
}
