import { readFile } from 'node:fs/promises';
import {
  FileBroken,
  type Delivery,
  type FileChannel,
  type FileMessage,
  type FileReading,
  type KeptFile,
  type LaidOutFile,
  type ReceivedFile,
  type StatementEntry,
  type WrittenFile,
} from '../../src/banks/index.js';
import { Money } from '../../src/kernel/index.js';

/** One row of a report as the scripted bank writes it. */
export interface Row {
  readonly reference: string;
  readonly says: 'settled' | 'accepted' | 'rejected' | 'returned';
  readonly amount?: string;
  readonly reason?: string;
  readonly sequence?: number;
}

/** A report's bytes. */
export const reportOf = (
  rows: readonly Row[],
  unread: readonly { reference?: string; why: string }[] = [],
  id = 'R1',
): Buffer => Buffer.from(JSON.stringify({ kind: 'report', id, rows, unread }));

/** A statement's bytes; it adds up unless told otherwise. */
export const statementFileOf = (given: {
  id: string;
  day: string;
  account?: string;
  madeAt?: string;
  entries: readonly {
    id: string;
    reference?: string;
    direction: 'debit' | 'credit';
    amount: string;
  }[];
  opening?: string;
  closing?: string;
}): Buffer => Buffer.from(JSON.stringify({ kind: 'statement', ...given }));

interface Said {
  kind: string;
  id: string;
  rows: Row[];
  unread: { reference?: string; why: string }[];
  day: string;
  account?: string;
  madeAt?: string;
  opening?: string;
  closing?: string;
  entries: { id: string; reference?: string; direction: 'debit' | 'credit'; amount: string }[];
}

/** A bank that takes files, whose folder is in the test's hand. */
export class ScriptedFileChannel implements FileChannel {
  carriedBy: 'machine' | 'people' = 'machine';
  collectEveryMs = 1000;
  /** What lies before the bank, by name. */
  readonly lying = new Map<string, string>();
  /** How deliveries end, in this order; after the last one they succeed. `throws`: after the file was laid. */
  readonly deliveries: (Delivery | 'throws' | 'lays-and-dies')[] = [];
  readonly laidOut: { name: string; bytes: Buffer }[] = [];
  readonly takenNames: string[] = [];
  delivered = 0;
  /** Messages that files were written of, as they were given. */
  readonly written: FileMessage[] = [];
  /** Runs in the middle of a delivery. */
  meanwhile: () => Promise<void> = () => Promise.resolve();
  isAway = false;
  /** As a fund without an account would. */
  cannotWrite = false;

  write(message: FileMessage): WrittenFile {
    if (this.cannotWrite) throw new Error('no account for this fund');
    this.written.push(message);
    const { reference, orders, madeAt } = message;
    const lines = orders.map((o) =>
      JSON.stringify([o.reference, o.amount, o.accountNumber, o.fund]),
    );
    const text = [reference, madeAt.toISOString(), ...lines].join('\n');
    async function* content() {
      await Promise.resolve();
      yield Buffer.from(text);
    }
    return { fileName: `${reference}.txt`, mediaType: 'text/plain', content: content() };
  }

  async deliver(file: KeptFile): Promise<Delivery> {
    await this.meanwhile();
    const end = this.deliveries.shift();
    if (end !== undefined && typeof end !== 'string' && end.kind !== 'delivered') return end;
    this.delivered += 1;
    this.lying.set(file.fileName, await readFile(file.path, 'utf8'));
    if (end === 'throws') throw new Error('the connection broke');
    return { kind: 'delivered', remoteName: file.fileName };
  }

  async *collect(): AsyncGenerator<LaidOutFile> {
    if (this.isAway) throw new Error('nobody answers');
    for (const { name, bytes } of [...this.laidOut]) {
      await Promise.resolve();
      yield {
        name,
        byteSize: bytes.length,
        modifiedAt: new Date(0),
        content: async function* () {
          await Promise.resolve();
          yield bytes;
        },
        taken: async () => {
          await Promise.resolve();
          this.takenNames.push(name);
        },
      };
    }
  }

  async read(file: ReceivedFile): Promise<FileReading> {
    const text = await readFile(file.path, 'utf8');
    if (!text.startsWith('{'))
      throw new FileBroken({ vi: 'Không đọc được.', en: 'Unreadable.' }, 'line 1');
    const said = JSON.parse(text) as Said;
    if (said.kind === 'nothing') return { kind: 'nothing', why: 'a receipt' };
    if (said.kind === 'report') {
      return {
        kind: 'report',
        report: {
          id: said.id,
          madeAt: new Date('2026-11-20T05:00:00Z'),
          items: said.rows.map(itemOf),
          unread: said.unread,
        },
      };
    }
    const entries = said.entries.map(entryOf);
    const opening = Money.of(said.opening ?? '100000000');
    const net = entries.reduce(
      (sum, { direction, amount }) =>
        direction === 'debit' ? sum.minus(amount) : sum.plus(amount),
      opening,
    );
    return {
      kind: 'statements',
      statements: [
        {
          statementId: said.id,
          account: said.account,
          ...(said.madeAt !== undefined && { madeAt: new Date(said.madeAt) }),
          from: said.day,
          to: said.day,
          opening,
          closing: said.closing === undefined ? net : Money.of(said.closing),
          entries: async function* () {
            await Promise.resolve();
            if (entries.length > 0) yield entries;
          },
        },
      ],
    };
  }
}

function itemOf({ reference, says, amount, reason, sequence }: Row) {
  const told = { sequence };
  const fact =
    says === 'settled' || says === 'accepted'
      ? { kind: says, ...told }
      : { kind: says, reason: { code: reason ?? 'AC04' }, ...told };
  return { reference, fact, ...(amount === undefined ? {} : { amount: Money.of(amount) }) };
}

function entryOf(entry: Said['entries'][number]): StatementEntry {
  return {
    entryId: entry.id,
    reference: entry.reference,
    direction: entry.direction,
    amount: Money.of(entry.amount),
    bookedAt: new Date('2026-11-20T03:00:00Z'),
  };
}
