import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Whatever is asked: one kind of request, with an address for each time that it is asked. */
export interface Question {
  /** As it stands in the table. */
  readonly name: string;
  /** One address or many of the same kind, taken in turn. */
  readonly addresses: readonly string[];
  /** Whether its next page, and one from deep within, are asked for as well. */
  readonly isPaged: boolean;
}

/** Values to ask by: those of an address (`batches.id`) and of filters, the common and the rare. */
export interface Known {
  values(name: string, path: string): readonly string[];
}

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['query', 'path', 'header']),
  required: z.boolean().optional(),
  schema: z.looseObject({ enum: z.array(z.string()).optional() }),
});
const openapi = z.object({
  paths: z.record(
    z.string(),
    z.looseObject({
      get: z.object({ parameters: z.array(parameterSchema).optional() }).optional(),
    }),
  ),
});
type Parameter = z.infer<typeof parameterSchema>;

/** Downloads are streams and proofs read everything: neither is a page. */
const NO_PAGES = /annotated|content|treasury-list|verification|evidence$/;

/** Every GET of the API: as it is, by each value of each filter, and by every two filters together. */
export async function questionsOfApi(known: Known): Promise<Question[]> {
  const { paths } = openapi.parse(JSON.parse(await readFile('src/openapi.json', 'utf8')));
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get && !NO_PAGES.test(path) ? questionsOf(path, get.parameters ?? [], known) : [],
  );
}

function questionsOf(path: string, parameters: readonly Parameter[], known: Known): Question[] {
  const subjects = subjectsOf(path, known);
  const query = parameters.filter((one) => one.in === 'query');
  const isPaged = query.some(({ name }) => name === 'cursor');
  const filters = query
    .filter(({ name }) => name !== 'cursor' && name !== 'limit')
    .map((one) => ({ ...one, values: one.schema.enum ?? known.values(one.name, path) }));
  const needed = filters
    .filter(({ required }) => required)
    .map(({ name, values }) => `${name}=${values[0] ?? ''}`);
  const asked = (terms: readonly string[]): Question => {
    const search = [...needed, ...terms].join('&');
    return {
      name: search ? `${path}?${search}` : path,
      addresses: subjects.map((subject) => (search ? `${subject}?${search}` : subject)),
      isPaged,
    };
  };
  const free = filters.filter(({ required }) => !required);
  const term = (name: string, value: string): string => `${name}=${encodeURIComponent(value)}`;
  const alone = free.flatMap(({ name, values }) =>
    values.map((value) => asked([term(name, value)])),
  );
  const together = free.flatMap((one, at) =>
    free.slice(at + 1).flatMap((other) => {
      const [first, second] = [one.values.at(-1), other.values.at(-1)];
      return first && second ? [asked([term(one.name, first), term(other.name, second)])] : [];
    }),
  );
  return [asked([]), ...alone, ...together];
}

/** The path with ids in place of its parameters, as many as are known. */
function subjectsOf(path: string, known: Known): string[] {
  const parameter = /\{(\w+)\}/.exec(path);
  if (!parameter) return [path];
  const collection = /api\/v1\/([\w-]+)/.exec(path)?.[1] ?? '';
  return known.values(`${collection}.id`, path).map((id) => path.replace(parameter[0], id));
}

/**
 * A cursor from deep within a list, made of one from its beginning: ids and times of a year before or after, and
 * numbers far on. Null when the list is at its end.
 */
export function deepCursor(cursor: string, known: Known, path: string): string {
  const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [deepId = ''] = known.values('deep.id', path);
  const [deepTime = ''] = known.values('deep.time', path);
  const deepened = (part: unknown): unknown => {
    if (typeof part === 'number') return part * 200;
    if (typeof part !== 'string') return part;
    if (/^[0-9a-f]{8}-/.test(part)) return deepId;
    if (/^\d{4}-\d{2}-\d{2}T/.test(part)) return deepTime;
    return /^\d{1,9}$/.test(part) ? String(Number(part) * 200) : part.replace(/^(\d{3})\d/, '$15');
  };
  const deep =
    typeof key === 'object' && key !== null
      ? Object.fromEntries(Object.entries(key).map(([name, part]) => [name, deepened(part)]))
      : deepened(key);
  return Buffer.from(JSON.stringify(deep), 'utf8').toString('base64url');
}
