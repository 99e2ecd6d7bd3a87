import { z } from 'zod';

/** Fields that `<Form>` adds: the key of the act, and the page the form stood on. */
const ADDED = {
  _key: z.string().max(255).optional(),
  _from: z.string().max(2_000).optional(),
};

/** Schema of a form's body: `formOf({ reason: z.string().trim().min(1).max(500) })`. */
export function formOf<S extends z.ZodRawShape>(fields: S) {
  return z.strictObject({ ...fields, ...ADDED });
}

/** A group of boxes: none ticked, one, or many. */
export function many<T extends z.ZodType>(item: T, most = 1_000) {
  return z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]),
    z.array(item).max(most),
  );
}

/** A box that is ticked or not. */
export const ticked = z.preprocess((value) => value === 'on' || value === 'true', z.boolean());

/** A field that may stay empty: an empty text is none. */
export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema.optional(),
  );
}
