import type { Clock } from '../../../kernel/index.js';
import type { BooksStore } from '../books.store.js';
import type { Conduct } from '../conduct.js';
import type { TakeOrders } from '../take-orders.js';
import type { FileRoom } from './file-room.js';
import { filesDue, filesNamedLike, noteLaid, planFiles } from './files.store.js';
import { makeStatement, type StatementWanted } from './make-statement.js';
import { SayChanges } from './say-changes.js';
import { TakeFiles } from './take-files.js';

const FILES_AT_ONCE = 50;

/** The folders of the file banks: orders in, reports and statements out. */
export class FileSide {
  private readonly takeFiles: TakeFiles;
  private readonly sayChanges: SayChanges;
  private statementAt: Date | null = null;

  constructor(
    private readonly parts: { store: BooksStore; takeOrders: TakeOrders; clock: Clock },
    /** By the code of the bank; a bank without a folder takes lists only. */
    private readonly rooms: ReadonlyMap<string, FileRoom>,
    readonly accounts: readonly string[],
  ) {
    this.takeFiles = new TakeFiles(parts, accounts);
    this.sayChanges = new SayChanges(parts.store, parts.clock);
  }

  /** @returns whether there was anything to do. */
  async run(conduct: Conduct): Promise<boolean> {
    let busy = false;
    for (const [bank, room] of this.rooms) {
      busy = (await this.takeFiles.run({ bank, room, conduct })) || busy;
    }
    busy = (await this.sayChanges.run(conduct)) || busy;
    await this.statementsOfTheDay(conduct);
    return (await this.layOut(conduct)) || busy;
  }

  /** Lays a statement out, also when it was laid out before. @returns its name. */
  async statement(wanted: StatementWanted): Promise<string> {
    const { name, content } = await this.make(wanted);
    const [, stem = name, ending = ''] = /^(.*)(\.\w+)$/.exec(name) ?? [];
    const before = await filesNamedLike(this.parts.store, wanted.bank, stem);
    const file = { name: before === 0 ? name : `${stem}.${before + 1}${ending}`, content };
    await this.plan(wanted.bank, file);
    return file.name;
  }

  make(wanted: StatementWanted) {
    return makeStatement({ ...this.parts, accounts: this.accounts }, wanted);
  }

  /** At each interval, unless nothing was booked since the last one. */
  private async statementsOfTheDay(conduct: Conduct): Promise<void> {
    const now = this.parts.clock.now();
    if (conduct.statementEveryMs === 0 || (this.statementAt !== null && now < this.statementAt)) {
      return;
    }
    this.statementAt = new Date(now.getTime() + conduct.statementEveryMs);
    for (const bank of this.rooms.keys()) {
      await this.plan(bank, await this.make({ bank, format: conduct.statementFormat }));
    }
  }

  private async plan(bank: string, file: { name: string; content: string }): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.store.transaction((books) =>
      planFiles(books, { bank, files: [{ ...file, afterMs: 0 }], at }),
    );
  }

  private async layOut(conduct: Conduct): Promise<boolean> {
    const { store, clock } = this.parts;
    const newestFirst = conduct.notices === 'reversed';
    const due = await filesDue(store, { now: clock.now(), limit: FILES_AT_ONCE, newestFirst });
    for (const file of due) {
      await this.rooms.get(file.bank)?.layOut(file.name, file.content);
      await noteLaid(store, { id: file.id, at: clock.now() });
    }
    return due.length > 0;
  }
}
