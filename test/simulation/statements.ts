import pg from 'pg';

/*
 * Every statement with parameters is prepared once on its connection: parsing and planning the same statements again
 * and again is most of what a small world costs. And whether anything was written is noted, so that nobody needs to
 * look when nothing can have changed. Only inside the simulation's own processes.
 */

const names = new Map<string, string>();
let writes = 0;

/** Grows with every statement that may have written something. */
export const writesSoFar = (): number => writes;

type Answer = Promise<{ rowCount: number | null }>;
type Query = (config: unknown, values?: unknown, done?: unknown) => Answer | undefined;

export function prepareStatements(): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function (this: pg.Client, config, values, done) {
    const isOurs = typeof config === 'string' && Array.isArray(values) && values.length > 0;
    if (!isOurs) return query.call(this, config, values, done);
    const answer = query.call(this, { name: nameOf(config), text: config, values }, done);
    if (!READS.test(config)) answer?.then(noteWrites, () => undefined);
    return answer;
  };
}

const READS = /^\s*select\b/i;

function noteWrites({ rowCount }: { rowCount: number | null }): void {
  if ((rowCount ?? 0) > 0) writes += 1;
}

function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
}
