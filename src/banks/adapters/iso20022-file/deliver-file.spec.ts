import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { keptFile } from '../../../../test/builders/file-message.js';
import type { KeptFile } from '../../contract.js';
import { SideFault, type BankDoor, type BankSide, type FoundFile } from './bank-side.js';
import { deliverFile, remoteNameOf } from './deliver-file.js';

const bytes = Buffer.from('orders worth their weight');
const LAID_AT = new Date('2026-11-20T01:00:00Z');

/** What goes wrong at one step of a delivery, counted over all connections. */
interface Fault {
  readonly step: number;
  /** `refused`: not done, and said so. `done`: done, but the answer is lost. `late`: lost, and done some steps later. */
  readonly way: 'refused' | 'done' | 'late';
  readonly cutsTheLine: boolean;
}

/** The bank's folder, seen by a bank that may take files away as soon as they lie there. */
class PretendBank implements BankDoor {
  readonly files = new Map<string, Buffer>();
  /** Everything that ever lay there under a name. */
  readonly seen = new Map<string, Buffer>();
  private readonly late: { at: number; act: () => void }[] = [];
  private steps = 0;

  constructor(
    private readonly given: {
      faults?: readonly Fault[];
      takes?: string;
      lateBy?: number;
      unreadable?: boolean;
    } = {},
  ) {}

  open(): Promise<BankSide> {
    return this.step({ cut: false }, () => this.side());
  }

  put(name: string, content: Buffer): void {
    this.files.set(name, content);
    this.seen.set(name, content);
    if (name === this.given.takes) this.files.delete(name);
  }

  /** All that was asked for and not done yet is done. */
  settle(): void {
    for (const { act } of this.late.splice(0)) act();
  }

  private side(): BankSide {
    const line = { cut: false };
    const step = <T>(act: () => T) => this.step(line, act);
    const found = (name: string): FoundFile | null => {
      const content = this.files.get(name);
      return content
        ? { name: name.slice(1), byteSize: content.length, modifiedAt: LAID_AT }
        : null;
    };
    const { files, given } = this;
    return {
      look: (path) => step(() => found(path)),
      list: () => step(() => [...files.keys()].map(found).filter((file) => file !== null)),
      async *read(path) {
        if (given.unreadable) throw new SideFault('EACCES');
        yield await step(() => files.get(path) ?? Buffer.alloc(0));
      },
      lay: (_, path) => step(() => this.put(path, bytes)),
      rename: (from, to) =>
        step(() => {
          const content = files.get(from);
          if (!content || files.has(to)) throw new SideFault('refused');
          files.delete(from);
          this.put(to, content);
        }),
      remove: (path) => step(() => files.delete(path)),
      close: () => Promise.resolve(),
    };
  }

  private step<T>(line: { cut: boolean }, act: () => T): Promise<T> {
    const at = (this.steps += 1);
    for (const due of this.late.filter((each) => each.at <= at)) {
      this.late.splice(this.late.indexOf(due), 1);
      due.act();
    }
    if (line.cut) return Promise.reject(new SideFault('cut'));
    const fault = this.given.faults?.find(({ step }) => step === at);
    return Promise.resolve().then(() => {
      if (!fault) return act();
      line.cut = fault.cutsTheLine;
      const quietly = () => {
        try {
          act();
        } catch {
          // Nobody is there to hear it.
          return;
        }
      };
      if (fault.way === 'done') quietly();
      if (fault.way === 'late') this.late.push({ at: at + (this.given.lateBy ?? 1), act: quietly });
      throw new SideFault('lost');
    });
  }
}

describe('a file is laid before the bank', () => {
  let folder: string;
  let file: KeptFile;
  let final: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitra-deliver-'));
    const path = join(folder, 'kept');
    await writeFile(path, bytes);
    file = keptFile({ path, bytes });
    final = `/${remoteNameOf(file)}`;
  });
  afterAll(() => rm(folder, { recursive: true }));

  const deliver = (bank: BankDoor, signal = new AbortController().signal) =>
    deliverFile(bank, file, {
      folder: '/',
      partSuffix: '.part',
      call: { signal, attemptId: 'a-1' },
    });
  const partOf = (bank: PretendBank) => [...bank.files.keys()].filter((name) => /part$/.test(name));

  it('not at all when the time is over before it began', async () => {
    const bank = new PretendBank();
    expect(await deliver(bank, AbortSignal.abort())).toMatchObject({ kind: 'not-sent' });
    expect(bank.seen.size).toBe(0);
  });

  it('not over another file of its name, and nobody says that nothing was sent', async () => {
    for (const other of [Buffer.from('half'), Buffer.alloc(bytes.length)]) {
      const bank = new PretendBank();
      bank.put(final, other);
      expect(await deliver(bank)).toMatchObject({ kind: 'unknown' });
      expect(bank.files.get(final)).toBe(other);
    }
  });

  it('once: the same file that lies there already is delivered, also where it cannot be read', async () => {
    for (const unreadable of [false, true]) {
      const bank = new PretendBank({ unreadable });
      bank.put(final, bytes);
      expect(await deliver(bank)).toEqual({ kind: 'delivered', remoteName: remoteNameOf(file) });
      expect([...bank.seen.keys()]).toEqual([final]);
    }
  });

  it('under a name with its hash, and what earlier attempts left is taken away', async () => {
    const bank = new PretendBank();
    bank.put(`${final}.0123456789ab.part`, Buffer.from('ord'));
    bank.put('/another.part', Buffer.from('x'));
    expect(await deliver(bank)).toEqual({ kind: 'delivered', remoteName: remoteNameOf(file) });
    expect([...bank.files.keys()].sort()).toEqual([final, '/another.part'].sort());
    expect(final).toContain(file.sha256.slice(0, 16));
  });

  it('is a doubt when it lies there under no name after its renaming was lost', async () => {
    // 1 open, 2 look, 3 lay, 4 look, 5 rename.
    const faults: Fault[] = [{ step: 5, way: 'done', cutsTheLine: true }];
    expect(await deliver(new PretendBank({ faults, takes: final }))).toMatchObject({
      kind: 'unknown',
    });
    expect(await deliver(new PretendBank({ faults }))).toMatchObject({ kind: 'delivered' });
  });

  it('a renaming that was not done is not-sent only once it can be done no more', async () => {
    const faults: Fault[] = [{ step: 5, way: 'refused', cutsTheLine: true }];
    const bank = new PretendBank({ faults });
    expect(await deliver(bank)).toMatchObject({ kind: 'not-sent' });
    expect(partOf(bank)).toEqual([]);
  });

  it('whatever goes wrong when, "not sent" is true for ever and "delivered" was whole', async () => {
    const fault = fc.record({
      step: fc.integer({ min: 1, max: 12 }),
      way: fc.constantFrom('refused', 'done', 'late'),
      cutsTheLine: fc.boolean(),
    });
    const worlds = fc.record({
      faults: fc.array(fault, { maxLength: 4 }),
      takes: fc.option(fc.constant('final'), { nil: undefined }),
      lateBy: fc.integer({ min: 1, max: 8 }),
      lain: fc.constantFrom('nothing', 'same', 'other'),
    });
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(worlds, async ({ faults, takes, lateBy, lain }) => {
        const bank = new PretendBank({ faults, lateBy, takes: takes && final });
        if (lain !== 'nothing') bank.files.set(final, lain === 'same' ? bytes : Buffer.from('y'));
        const delivery = await deliver(bank);
        const there = lain === 'same' || bank.seen.has(final);
        bank.settle();
        kinds.add(delivery.kind);
        if (delivery.kind === 'not-sent') expect(bank.seen.has(final)).toBe(false);
        if (delivery.kind === 'delivered') expect(there).toBe(true);
        if (bank.seen.has(final)) expect(bank.seen.get(final)).toEqual(bytes);
        if (lain === 'other') expect(bank.files.get(final)).toEqual(Buffer.from('y'));
      }),
      { numRuns: 2000 },
    );
    expect(kinds).toEqual(new Set(['delivered', 'not-sent', 'unknown']));
  });
});
