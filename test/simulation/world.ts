import type { DataSource } from 'typeorm';
import type { SignOrder } from '../../src/approvals/sign-batch.js';
import { DomainError } from '../../src/kernel/index.js';
import type { Office } from '../builders/officers.js';
import { beginWorld } from './chance.js';
import type { Decider } from './decisions.js';
import { theDesk, type Desk } from './desk.js';
import {
  auditWhole,
  booksBalance,
  entitlementsAgree,
  everyFailureAlarmed,
  noIllegalMove,
  nobodyPaidTwice,
  nothingForgotten,
  nothingSentThatStops,
  Violation,
} from './invariants.js';
import type { Observer, Seen } from './observe.js';
import { allotFunds, theOffice } from './office.js';
import { settlePeople, type Person } from './people.js';
import { Random } from './random.js';
import { SimulatedClock } from './simulated-clock.js';
import { SimulatedQueue } from './simulated-queue.js';
import { SimulatedSource } from './simulated-source.js';
import { writesSoFar } from './statements.js';
import { drawTrouble, type Surroundings, type Trouble } from './surroundings.js';
import { planOf, Task, Tasks } from './tasks.js';

const START = Date.UTC(2026, 11, 1, 2);
const UNKNOWN_ALERT_AFTER_MS = 15 * 60_000;

type Signable = SignOrder['seen'];

/** One seed's world: the office, the people, the banks, the product, and what has been seen of it. */
export class World {
  readonly clock = new SimulatedClock(START);
  readonly tasks = new Tasks(
    () => this.clock.world,
    (task, fault, place) => this.befalls(task, fault, place),
  );
  readonly queue = new SimulatedQueue((queue) => this.activeIn(queue));
  readonly trouble: Trouble;
  readonly desk: Desk;
  readonly story: string[] = [];
  readonly faults = new Map<string, number>();
  /** What signers have before them, by batch: every proposal that was ever made. */
  readonly proposals = new Map<string, Signable[]>();
  office!: Office;
  people: readonly Person[] = [];
  seen!: Seen;
  crashes = 0;
  /** An approval was refused for want of money, and nobody has given more since. */
  fundsShort = false;
  calm = false;
  private readonly counters = new Map<string, number>();
  private readonly events = new Map<string, string>();
  private chain = { seq: '0', hash: '0'.repeat(64) };
  private seenWrites = -1;
  /** Whose evaluation of alerts is the last thing that was committed. */
  private evaluated: Task | null = null;

  constructor(
    readonly seed: number,
    real: DataSource,
    private readonly observer: Observer,
    private readonly decider: Decider,
  ) {
    beginWorld(seed, () => this.tasks.current);
    const random = Random.of(seed, 'world');
    this.trouble = drawTrouble(random);
    const source = new SimulatedSource(real, this.tasks, (task) => {
      if (task?.evaluating) this.evaluated = task;
      else if (task !== this.evaluated) this.evaluated = null;
      if (task) task.evaluating = false;
    });
    const { queue } = this;
    this.desk = theDesk({ source, queue, around: this.surroundings(), random });
  }

  async begin(): Promise<void> {
    const { reader } = this.desk.database;
    const random = Random.of(this.seed, 'people');
    this.office = await theOffice(reader);
    const { people, owed } = await settlePeople(reader, random);
    this.people = people;
    await allotFunds(reader, owed, random);
    await this.check();
  }

  /** Starts a coroutine, or lets a parked one go on, as far as the plan says. */
  async work(given: {
    name: string;
    kind: string;
    queue?: string;
    how: string;
    run: () => Promise<unknown>;
  }): Promise<Task> {
    const task = new Task(this.numbered(given.name), given.kind, given.queue ?? null);
    this.tell(`${task.name} begins`);
    await this.tasks.start(task, planOf(given.how), given.run);
    this.judge(task);
    return task;
  }

  async goOn(task: Task, how: string): Promise<void> {
    this.tell(`${task.name} goes on`);
    await this.tasks.resume(task, planOf(how));
    this.judge(task);
  }

  /** Looks at everything and holds it against the invariants. */
  async check(): Promise<void> {
    const before = this.seen as Seen | undefined;
    if (writesSoFar() !== this.seenWrites || !before) {
      this.seenWrites = writesSoFar();
      this.seen = await this.observer.look(this.chain.seq);
      if (before) this.tellMoves(before);
      this.chain = auditWhole(this.seen, this.chain);
      noIllegalMove(this.seen);
      nothingForgotten(this.seen);
      entitlementsAgree(this.seen);
      booksBalance(this.seen);
      if (before) nothingSentThatStops(before, this.seen);
    }
    if (this.evaluated) {
      const now = this.clock.now();
      everyFailureAlarmed(this.seen, { now, unknownAfterMs: UNKNOWN_ALERT_AFTER_MS });
    }
    this.evaluated = null;
    nobodyPaidTwice(this.seen, this.books());
  }

  /** The whole audit chain from its first link. */
  async checkWholeChain(): Promise<void> {
    auditWhole(await this.observer.look('0'), { seq: '0', hash: '0'.repeat(64) });
  }

  books() {
    return [...this.desk.banks.values()].map(({ books }) => books);
  }

  aside(...[key, draw, usual]: Parameters<Decider['aside']>): string {
    return this.calm ? usual : this.decider.aside(key, draw, usual);
  }

  fault(kind: string): void {
    if (this.calm) return;
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }

  tell(line: string): void {
    this.story.push(line);
  }

  numbered(name: string): string {
    const nth = (this.counters.get(name) ?? 0) + 1;
    this.counters.set(name, nth);
    return nth === 1 ? name : `${name} #${nth}`;
  }

  batchName(id: string): string {
    return `b${this.seen.batches.findIndex((batch) => batch.id === id) + 1}`;
  }

  nameOf(reference: string): string {
    const payment = this.seen.payments.find((one) => one.reference === reference);
    return payment ? `${this.batchName(payment.batch)}/${payment.line}` : reference;
  }

  submissionName(id: string): string {
    const run = this.seen.submissions.find((one) => one.id === id)?.run;
    const ofRun = this.seen.submissions.filter((one) => one.run === run);
    const batch = this.seen.batches.find(({ runId }) => runId === run);
    const nth = ofRun.findIndex((one) => one.id === id) + 1;
    return `${batch ? this.batchName(batch.id) : '?'}.s${nth}`;
  }

  eventName(id: string): string {
    const name = this.events.get(id) ?? `e${this.events.size + 1}`;
    this.events.set(id, name);
    return name;
  }

  personName(beneficiaryId: string): string {
    return this.people.find((one) => one.beneficiaryId === beneficiaryId)?.name ?? beneficiaryId;
  }

  private surroundings(): Surroundings {
    const { clock, tasks, trouble } = this;
    return {
      clock,
      tasks,
      trouble,
      aside: (key, draw, usual) => this.aside(key, draw, usual),
      fault: (kind) => this.fault(kind),
      tell: (line) => this.tell(line),
      nameOf: (reference) => this.nameOf(reference),
    };
  }

  private activeIn(queue: string): number {
    return this.tasks.parked.filter((task) => task.queue === queue).length;
  }

  private befalls(task: Task, fault: string, place: string): void {
    const died = fault.startsWith('die');
    if (died) this.crashes += 1;
    const kind = died
      ? 'process death'
      : fault === 'freeze'
        ? 'process frozen'
        : fault.replaceAll('-', ' ');
    this.fault(kind);
    this.tell(`${task.name}: ${fault.replaceAll('-', ' ')} (at ${place})`);
  }

  private judge(task: Task): void {
    if (task.state === 'dead') return;
    if (task.state === 'parked') {
      this.tell(`${task.name} waits (at ${task.parked?.place ?? ''})`);
      return;
    }
    const { error } = task;
    if (!error) return;
    if (error instanceof DomainError) {
      this.tell(`${task.name} is refused: ${error.code}`);
      if (error.code === 'ledger.funds-short') {
        this.fundsShort = true;
        this.fault('approval beyond the funds');
      }
      return;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : 'a thrown thing';
    if (task.disturbed || text.includes('the queue is away')) {
      this.tell(`${task.name} fails: ${text.split('\n')[0] ?? ''}`);
      return;
    }
    throw new Violation('unexpected error', `${task.name}: ${text}`);
  }

  private tellMoves(before: Seen): void {
    const states = new Map(before.payments.map(({ id, state }) => [id, state]));
    for (const { id, reference, state } of this.seen.payments) {
      const was = states.get(id);
      if (was !== state)
        this.tell(`  payment ${this.nameOf(reference)}: ${was ?? 'born'} → ${state}`);
    }
    const batches = new Map(before.batches.map(({ id, state }) => [id, state]));
    for (const { id, state } of this.seen.batches) {
      const was = batches.get(id);
      if (was !== state) this.tell(`  batch ${this.batchName(id)}: ${was ?? 'made'} → ${state}`);
    }
  }
}
