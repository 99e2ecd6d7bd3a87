import { changed, type Books, type Checksum } from './checksum.js';
import { complaintAbout } from './judge.js';
import { newAddress, type Office, type Person } from './office.js';
import type { Operation } from './operations.js';
import type { Plan } from './requests.js';
import { EVENT_STREAM, send, type Answer, type Asked } from './send.js';
import { AsRead, KnownId, Verbatim, written } from './values.js';

/** What was seen of an operation. */
export interface Visit {
  sent: number;
  done: number;
  readonly statuses: Map<number, number>;
}

/** Walks through the service, asks what it should not, and looks at the books after each answer. */
export class Walk {
  readonly visits = new Map<string, Visit>();
  private before: Checksum = {};
  private acts = 0;
  private readonly byAddress = new Map<string, readonly string[]>();

  private constructor(
    private readonly office: Office,
    private readonly books: Books,
    private readonly ids: Readonly<Record<string, readonly string[]>>,
  ) {}

  static async begin(office: Office, books: Books): Promise<Walk> {
    const ours = new Set(office.people.map((person) => person.userId));
    const ids = Object.entries(await books.ids()).map(([name, all]) => [
      name,
      // Whoever disables the testers ends the test.
      all.filter((id) => !ours.has(id)),
    ]);
    const walk = new Walk(office, books, Object.fromEntries(ids));
    walk.before = await books.checksum();
    return walk;
  }

  /** Sends what was planned. Says what is wrong with the answer or with its effect, or null. */
  async try(operation: Operation, plan: Plan): Promise<string | null> {
    const person = this.personFor(operation, plan);
    return this.ask(operation, await this.asking(operation, plan, person), person);
  }

  /** The very request, with what stands in the database now. */
  async asking(operation: Operation, plan: Plan, person: Person | null): Promise<Asked> {
    return this.asked(operation, plan, person, await this.seenAt(operation, plan, person));
  }

  /** Sends the very request. */
  async ask(operation: Operation, asked: Asked, person: Person | null): Promise<string | null> {
    let answer: Answer;
    try {
      answer = await send(this.office.url, asked);
    } catch (error) {
      return `${told(asked)} → no answer: ${String(error)}`;
    }
    this.note(operation, answer);
    const after = await this.books.checksum();
    const effects = changed(this.before, after);
    this.before = after;
    const complaint = complaintAbout(answer) ?? complaintAboutEffects(operation, answer, effects);
    // Signed out by what was asked: the next one should not be refused for that.
    if (person && (answer.status === 401 || operation.path.includes('/sessions/'))) {
      await this.office.signIn(person);
      this.before = await this.books.checksum();
    }
    return complaint
      ? `${told(asked)} → ${answer.status} ${answer.text.slice(0, 300)}: ${complaint}`
      : null;
  }

  personFor(operation: Operation, plan: Pick<Plan, 'who' | 'which'>): Person | null {
    const { permissions } = operation;
    if (permissions === undefined || plan.who === 'nobody') return null;
    const may = (one: Person) => permissions.every((permission) => one.permissions.has(permission));
    const among = this.office.people.filter((one) => may(one) === (plan.who === 'permitted'));
    const all = among.length > 0 ? among : this.office.people;
    return all[plan.which % all.length] ?? null;
  }

  /** Headers of a request as it should be. */
  headersFor(operation: Operation, person: Person | null): Record<string, string> {
    this.acts += 1;
    return {
      ...(person ? { cookie: person.cookie } : {}),
      origin: this.office.url,
      'x-forwarded-for': newAddress(),
      ...(operation.headers.includes('idempotency-key')
        ? { 'idempotency-key': `fire-${this.acts}-${Math.random()}` }
        : {}),
    };
  }

  /** An id that stands at that place of the address, or any. */
  idFor(path: string, { name, at }: KnownId): string {
    if (name === 'bank') return at % 2 === 0 ? 'sandbox' : 'sandbox-instant';
    const listed = this.byAddress.get(path.slice(0, path.indexOf('/{')));
    const table = name.replace(/Ids?$/, '').replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
    const any = Object.values(this.ids).flat();
    const found = (name === 'id' ? listed : this.ids[table]) ?? any;
    const pool = found.length > 0 && at % 8 > 0 ? found : any;
    return pool[at % pool.length] ?? '';
  }

  /** What stands in the list above an operation now; others may have come since the walk began. */
  async lookAbove(operation: Operation, all: readonly Operation[]): Promise<void> {
    const address = operation.path.replace(/\/\{.*$/, '');
    const list = all.find((one) => one.method === 'GET' && one.path === address);
    if (list && operation.path !== address) await this.lookAt(list);
  }

  /** Looks into the list that stands above an operation, so that its ids can be named. */
  async lookAt(operation: Operation): Promise<void> {
    if (operation.method !== 'GET' || operation.path.includes('{')) return;
    const person = this.personFor(operation, { who: 'permitted', which: 0 });
    const limit = 'limit' in operation.query ? '?limit=200' : '';
    const headers = this.headersFor(operation, person);
    const answer = await send(this.office.url, {
      method: 'GET',
      target: operation.path + limit,
      headers,
    });
    if (answer.type.startsWith(EVENT_STREAM)) return;
    const { items } = JSON.parse(answer.text) as { items?: { id?: unknown }[] };
    const ids = (items ?? []).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
    const safe = ids.filter((id) => !this.office.people.some(({ userId }) => userId === id));
    if (safe.length > 0) this.byAddress.set(operation.path, safe);
    this.before = await this.books.checksum();
  }

  private targetOf(operation: Operation, plan: Plan): string {
    let at = 0;
    return operation.path.replace(/\{\w+\}/g, () => {
      const place = plan.places[at++] ?? '';
      return place instanceof KnownId ? this.idFor(operation.path, place) : place;
    });
  }

  /** The resource as it can be read there, for those who would act on what they have seen. */
  private async seenAt(operation: Operation, plan: Plan, person: Person | null) {
    if (operation.method === 'GET' || !(plan.places[0] instanceof KnownId)) return {};
    const id = this.idFor(operation.path, plan.places[0]);
    const target = operation.path.replace(/\}.*$/, '}').replace(/\{\w+\}/, id);
    const headers = person ? { cookie: person.cookie } : {};
    const answer = await send(this.office.url, { method: 'GET', target, headers });
    if (answer.status !== 200) return {};
    // Who looks at a person's file is written down.
    this.before = await this.books.checksum();
    return { ...(JSON.parse(answer.text) as object), etag: answer.headers.etag };
  }

  private asked(operation: Operation, plan: Plan, person: Person | null, seen: object): Asked {
    const real = (value: unknown) => this.resolved(value, operation.path, seen);
    const headers: Record<string, string> = this.headersFor(operation, person);
    for (const [name, value] of Object.entries(plan.headers)) {
      const one = real(value);
      if (typeof one === 'string' && one !== '') headers[name] = one;
    }
    const query = plan.query.replace(/known-id:(\w+):(\d+)/g, (_all, name: string, at: string) =>
      this.idFor('', new KnownId(name, Number(at))),
    );
    const target = this.targetOf(operation, plan) + (query ? `?${query}` : '');
    if (plan.body === null) return { method: operation.method, target, headers };
    const { body } = plan;
    headers['content-type'] = body.kind === 'json' ? 'application/json' : body.type;
    const bytes = body.kind === 'json' ? Buffer.from(written(real(body.value))) : body.bytes;
    headers['content-length'] = String(bytes.length);
    return { method: operation.method, target, headers, body: bytes };
  }

  private resolved(value: unknown, path: string, seen: object): unknown {
    if (value instanceof KnownId) return this.idFor(path, value);
    if (value instanceof AsRead)
      return (seen as Record<string, unknown>)[value.name] ?? value.otherwise;
    if (value instanceof Verbatim || value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((one) => this.resolved(one, path, seen));
    const made = {};
    for (const [key, one] of Object.entries(value))
      Object.defineProperty(made, key, {
        value: this.resolved(one, path, seen),
        enumerable: true,
      });
    return made;
  }

  private note(operation: Operation, { status }: Answer): void {
    const visit = this.visits.get(operation.name) ?? { sent: 0, done: 0, statuses: new Map() };
    this.visits.set(operation.name, visit);
    visit.sent += 1;
    if (status < 300) visit.done += 1;
    visit.statuses.set(status, (visit.statuses.get(status) ?? 0) + 1);
  }
}

/** A sign-in that failed is written down, because it failed. */
const TOLD_BY_DESIGN = 'POST /api/v1/sessions';

/** Reading tells the audit trail at most, refusing tells nobody. */
function complaintAboutEffects(
  operation: Operation,
  { status }: Answer,
  effects: readonly string[],
): string | null {
  const mayAct = status < 300 && operation.method !== 'GET';
  const mayTell = status < 300 || operation.name === TOLD_BY_DESIGN;
  const forbidden = effects.filter((table) => !mayTell || !table.startsWith('audit_'));
  return forbidden.length > 0 && !mayAct ? `left an effect on ${forbidden.join(', ')}` : null;
}

/** The request as it can be read in a report, without who sent it. */
function told({ method, target, headers, body }: Asked): string {
  const { cookie: _cookie, origin: _origin, ...rest } = headers;
  const bytes = body ? ` ${JSON.stringify(body.toString('latin1').slice(0, 400))}` : '';
  return `${method} ${target.slice(0, 300)} ${JSON.stringify(rest).slice(0, 500)}${bytes}`;
}
