import type { Question } from './requests.js';
import { deepCursor, type Known } from './requests.js';

export interface Measured {
  readonly name: string;
  /** As whom it was asked. */
  readonly login: string;
  readonly status: number;
  readonly bytes: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Processor time of the web process and the database per request, in ms; null where the system does not tell. */
  readonly cpu: number | null;
}

interface Given {
  readonly askers: readonly Asker[];
  readonly known: Known;
  readonly times: number;
  readonly processorTime: () => Promise<number | null>;
}

export interface Asker {
  readonly login: string;
  get(address: string): Promise<{ status: number; text: string }>;
}

/** So long one question may take; a few times it is asked whatever they take. */
const QUESTION_MS = 6_000;
const FEW = 3;

/** Asks every question `times` times, of lists also for their second page and for one from deep within. */
export async function measured(
  questions: readonly Question[],
  given: Given & { tell: (found: readonly Measured[], done: number) => void },
): Promise<Measured[]> {
  const found: Measured[] = [];
  for (const [at, question] of questions.entries()) {
    const some = await measuredWithPages(question, given);
    given.tell(some, at + 1);
    found.push(...some);
  }
  return found;
}

async function measuredWithPages(question: Question, given: Given): Promise<Measured[]> {
  const [first] = question.addresses;
  if (first === undefined) return [];
  const asker = await allowed(first, given.askers);
  const head = await timed(question.name, question.addresses, { ...given, asker });
  if (!question.isPaged || head.status !== 200) return [head];
  const cursor = (JSON.parse((await asker.get(first)).text) as { nextCursor: string | null })
    .nextCursor;
  if (cursor === null) return [head];
  const [path = ''] = question.name.split('?');
  const joint = first.includes('?') ? '&' : '?';
  const deep = deepCursor(cursor, given.known, path);
  return [
    head,
    await timed(`${question.name} (deep)`, [`${first}${joint}cursor=${deep}`], {
      asker,
      ...given,
    }),
  ];
}

/** The first of them who may ask; whoever was refused is told by 403. */
async function allowed(address: string, askers: readonly Asker[]): Promise<Asker> {
  for (const asker of askers) if ((await asker.get(address)).status !== 403) return asker;
  throw new Error(`nobody may ask ${address}`);
}

async function timed(
  name: string,
  addresses: readonly string[],
  { asker, times, processorTime }: Given & { asker: Asker },
): Promise<Measured> {
  const took: number[] = [];
  let [status, bytes] = [0, 0];
  const before = await processorTime();
  for (let nth = 0; nth < times; nth += 1) {
    const start = performance.now();
    const answer = await asker.get(addresses[nth % addresses.length] ?? '');
    took.push(performance.now() - start);
    status = Math.max(status, answer.status);
    bytes = Math.max(bytes, answer.text.length);
    if (nth + 1 >= FEW && took.reduce((sum, ms) => sum + ms, 0) > QUESTION_MS) break;
  }
  const after = await processorTime();
  const cpu = before === null || after === null ? null : Math.round((after - before) / took.length);
  took.sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.ceil(took.length * share) - 1] ?? 0);
  return { name, login: asker.login, status, bytes, p50: at(0.5), p95: at(0.95), max: at(1), cpu };
}
