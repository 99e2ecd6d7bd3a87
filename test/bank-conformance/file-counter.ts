import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Money, newId } from '../../src/kernel/index.js';
import {
  FileBroken,
  type BankCall,
  type Delivery,
  type FileChannel,
  type FileReading,
  type KeptFile,
  type PaymentOrder,
  type SentFiles,
  type SentOrder,
  type StatementEntry,
  type StatementReading,
  type UnreadItem,
} from '../../src/banks/index.js';
import { Facts, messageReference, type Counter, type LearntFact } from './counter.js';

/** How files pass between an office and a bank. */
export interface Carriage {
  /** Brings a written file to the bank. */
  bring(file: KeptFile, message: string, withinMs?: number): Promise<Delivery>;
  /**
   * What lies there now; `answers` where the officer knows what it answers. A bank that is asked for the result of a
   * message is asked for these messages only.
   */
  fetch(messages: ReadonlySet<string>): AsyncIterable<{
    name: string;
    content: Buffer;
    answers?: string;
    taken(): Promise<void>;
  }>;
}

export interface StatementTaken extends Omit<StatementReading, 'entries'> {
  readonly entries: readonly StatementEntry[];
}

const CALL_MS = 60_000;

/**
 * A small office that keeps files by the hash of their content, reads each content once and remembers the last
 * fact of each payment. What is broken is set aside, and what it says is not used.
 */
export class FileCounter implements Counter {
  readonly broken: FileBroken[] = [];
  readonly unread: UnreadItem[] = [];
  readonly statements: StatementTaken[] = [];
  /** By message: how each bringing ended. */
  readonly deliveries = new Map<string, Delivery[]>();
  /** Amounts that a bank named for a payment, where they were not ours. */
  readonly otherAmounts = new Map<string, Money>();
  private readonly facts = new Facts();
  private readonly sent = new Map<string, readonly SentOrder[]>();
  private readonly messages = new Map<string, readonly string[]>();
  private readonly amounts = new Map<string, Money>();
  private readonly seen = new Set<string>();
  private readonly madeAt = new Map<string, Date>();

  constructor(
    private readonly files: FileChannel,
    private readonly carriage: Carriage,
    /** Where files are kept. */
    private readonly folder: string,
  ) {}

  get contradicted(): ReadonlySet<string> {
    return this.facts.contradicted;
  }

  known(reference: string): LearntFact | undefined {
    return this.facts.of(reference);
  }

  async handIn(orders: readonly PaymentOrder[], message = messageReference()): Promise<void> {
    await this.bring(await this.write(orders, message), message);
  }

  /** Writes the file of a message and keeps it. */
  async write(orders: readonly PaymentOrder[], message: string): Promise<KeptFile> {
    const madeAt = this.madeAt.get(message) ?? new Date();
    this.madeAt.set(message, madeAt);
    const total = Money.sum(orders.map(({ amount }) => amount));
    const written = this.files.write({ reference: message, orders, total, madeAt });
    const pieces: Uint8Array[] = [];
    for await (const piece of written.content) pieces.push(piece);
    this.sent.set(
      message,
      orders.map((order, at) => ({ ...order, position: at + 1 })),
    );
    for (const { reference, amount } of orders) {
      this.messages.set(reference, [...(this.messages.get(reference) ?? []), message]);
      if (!this.amounts.has(reference)) this.amounts.set(reference, amount);
    }
    return this.keep(written.fileName, Buffer.concat(pieces));
  }

  async bring(file: KeptFile, message: string, withinMs?: number): Promise<Delivery> {
    const delivery = await this.carriage.bring(file, message, withinMs);
    this.deliveries.set(message, [...(this.deliveries.get(message) ?? []), delivery]);
    return delivery;
  }

  /** Reads everything that lies there, each content once. */
  async learn(payments: readonly PaymentOrder[] = []): Promise<void> {
    const messages = new Set(
      payments.flatMap(({ reference }) => this.messages.get(reference) ?? []),
    );
    for await (const laid of this.carriage.fetch(messages)) {
      const kept = await this.keep(laid.name, laid.content);
      const isNew = !this.seen.has(kept.sha256);
      this.seen.add(kept.sha256);
      await laid.taken();
      if (isNew) await this.read(kept, laid.answers);
    }
  }

  private async read(kept: KeptFile, answers?: string): Promise<void> {
    try {
      const received = { ...kept, receivedAt: new Date(), ...(answers && { answers }) };
      await this.use(await this.files.read(received, this.sentFiles()));
    } catch (error) {
      if (!(error instanceof FileBroken)) throw error;
      this.broken.push(error);
    }
  }

  private async use(reading: FileReading): Promise<void> {
    if (reading.kind === 'report') {
      this.unread.push(...reading.report.unread);
      for (const { reference, fact, amount } of reading.report.items) {
        const ours = this.amountOf(reference);
        // Another amount than ours is a conflict, not a fact about our payment.
        if (amount && ours && !amount.equals(ours)) this.otherAmounts.set(reference, amount);
        else this.facts.add(reference, fact);
      }
    }
    for (const statement of reading.kind === 'statements' ? reading.statements : []) {
      const entries: StatementEntry[] = [];
      for await (const page of statement.entries()) entries.push(...page);
      this.statements.push({ ...statement, entries });
      for (const entry of entries) this.prove(entry);
    }
  }

  /** The statement is the proof: a debit was paid, a credit for it came back. */
  private prove({ reference, direction, amount, returnReason }: StatementEntry): void {
    if (reference === undefined || !this.amountOf(reference)?.equals(amount)) return;
    if (direction === 'debit') this.facts.add(reference, { kind: 'settled' });
    else if (returnReason) this.facts.add(reference, { kind: 'returned', reason: returnReason });
  }

  private amountOf(reference: string): Money | undefined {
    return this.amounts.get(reference);
  }

  private sentFiles(): SentFiles {
    return {
      orders: (message) => Promise.resolve(this.sent.get(message) ?? null),
      madeAt: (message) => Promise.resolve(this.madeAt.get(message) ?? null),
      recent: ({ limit }) => Promise.resolve([...this.sent.keys()].reverse().slice(0, limit)),
    };
  }

  private async keep(fileName: string, content: Buffer): Promise<KeptFile> {
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = join(this.folder, sha256);
    await writeFile(path, content);
    return { id: sha256.slice(0, 12), fileName, sha256, byteSize: content.length, path };
  }
}

/** Delivered and collected by the adapter itself. */
export function byMachine(files: FileChannel): Carriage {
  return {
    bring: async (file, _, withinMs) => {
      if (!files.deliver) throw new Error('the adapter delivers nothing');
      return files.deliver(file, aCall(withinMs));
    },
    fetch: async function* () {
      for await (const laid of files.collect?.(aCall()) ?? []) {
        const pieces: Uint8Array[] = [];
        for await (const piece of laid.content()) pieces.push(piece);
        yield { name: laid.name, content: Buffer.concat(pieces), taken: () => laid.taken() };
      }
    },
  };
}

const aCall = (withinMs = CALL_MS): BankCall => ({
  signal: AbortSignal.timeout(withinMs),
  attemptId: newId(),
});
