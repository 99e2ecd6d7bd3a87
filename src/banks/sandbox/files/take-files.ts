import { createReadStream } from 'node:fs';
import type { Clock } from '../../../kernel/index.js';
import { logger } from '../../../platform/logging/index.js';
import type { BooksStore } from '../books.store.js';
import type { Conduct } from '../conduct.js';
import type { Mishap } from '../moods.js';
import type { TakeOrders } from '../take-orders.js';
import { hashOf, type ArrivedFile, type FileRoom } from './file-room.js';
import {
  enterMessage,
  enterOrders,
  finishMessage,
  noteArchived,
  planFiles,
  type Arrived,
} from './files.store.js';
import { ledgerOf } from './ledgers.js';
import {
  FileRefused,
  readOrders,
  type Fault,
  type OrderBlock,
  type OrderFile,
} from './read-orders.js';
import { acknowledgement, planReports, refusal, type ToSay } from './report.rules.js';
import type { Said } from './write-status-report.js';

type RefusedBlock = Fault & { readonly blockId: string };

/** What became of a block; `later`: its orders met a mishap, the file is taken up again next time. */
type BlockTaken =
  | { readonly kind: 'said'; readonly said: readonly Said[]; readonly mishap: Mishap | undefined }
  | { readonly kind: 'refused'; readonly refused: RefusedBlock }
  | { readonly kind: 'later' };

/**
 * Takes files of orders out of the folder: read, checked, booked once per reference for ever, reported on and
 * put away. Stopped anywhere, it goes on at the next round where it was: each step can be done twice.
 */
export class TakeFiles {
  private readonly log = logger('sandbox-bank');

  constructor(
    private readonly parts: { store: BooksStore; takeOrders: TakeOrders; clock: Clock },
    private readonly accounts: readonly string[],
  ) {}

  /** @returns whether anything was taken. */
  async run(given: { bank: string; room: FileRoom; conduct: Conduct }): Promise<boolean> {
    let taken = false;
    for (const file of await given.room.arrived()) {
      taken = (await this.take(file, given)) || taken;
    }
    return taken;
  }

  /** @returns false when the file stays for the next round. */
  private async take(
    file: ArrivedFile,
    given: { bank: string; room: FileRoom; conduct: Conduct },
  ): Promise<boolean> {
    const { bank, room, conduct } = given;
    const at = this.parts.clock.now();
    const arrived = { bank, fileName: file.name, sha256: await hashOf(file.path), at };
    try {
      const bytes = createReadStream(file.path);
      const orders = await readOrders(bytes, { accounts: this.accounts });
      if (conduct.refuseFiles !== '') {
        const fault = { code: conduct.refuseFiles, text: 'Khong nhan tep luc nay' };
        throw new FileRefused(orders.messageId, fault);
      }
      if (!(await this.takeIn(orders, arrived, conduct))) return false;
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      this.log.info({ bank, code: error.fault.code }, 'a file was refused');
      await this.plan(bank, [refusal({ ...error, sha256: arrived.sha256 }, at)]);
    }
    await room.archive(file);
    await noteArchived(this.parts.store, arrived);
    return true;
  }

  private async takeIn(file: OrderFile, arrived: Arrived, conduct: Conduct): Promise<boolean> {
    const { store } = this.parts;
    const { bank, at } = arrived;
    const entered = await store.transaction(async (books) => {
      const standing = await enterMessage(books, arrived, file);
      if (standing !== 'new') return { standing, elsewhere: new Set<string>() };
      return { standing, elsewhere: await enterOrders(books, { bank, file }) };
    });
    if (entered.standing === 'taken') return true;
    if (entered.standing === 'duplicate') {
      const fault = { code: conduct.duplicateFile, text: 'Trung MsgId' };
      throw new FileRefused(file.messageId, fault);
    }
    const taken: BlockTaken[] = [];
    for (const block of file.blocks) {
      taken.push(
        entered.elsewhere.has(block.id)
          ? refusedFor(block, { code: 'DU04', text: 'Trung EndToEndId' })
          : await this.takeBlock(block, { bank, conduct }),
      );
    }
    if (taken.some(({ kind }) => kind === 'later')) return false;
    const message = { id: file.messageId, count: file.count, total: file.total };
    const toSay = toSayOf(message, taken);
    const mishap = taken.map((each) => each.kind === 'said' && each.mishap).find(Boolean);
    const way = { ...conduct, ...wayAfter(mishap || undefined, conduct) };
    const first =
      way.reports === 'none' ? [] : planReports(toSay, { conduct: way, at, twice: false });
    const files = conduct.reports === 'none' ? [] : [acknowledgement(message, at), ...first];
    await store.transaction(async (books) => {
      await planFiles(books, { bank, files, at });
      await finishMessage(books, { bank, messageId: file.messageId, at });
    });
    return true;
  }

  private async takeBlock(
    block: OrderBlock,
    given: { bank: string; conduct: Conduct },
  ): Promise<BlockTaken> {
    if (block.fault) return refusedFor(block, block.fault);
    const bank = ledgerOf(given.bank, block.debtorAccount);
    const taken = await this.parts.takeOrders.take(
      { bank, kind: 'bulk', orders: block.orders },
      given.conduct,
    );
    switch (taken.kind) {
      case 'nothing':
        return { kind: 'later' };
      case 'reference-reused':
        return refusedFor(block, { code: 'DU04', text: `Trung EndToEndId ${taken.reference}` });
      case 'booked': {
        const at = this.parts.clock.now();
        const said = taken.statuses.map((status) => ({
          ...status,
          blockId: block.id,
          at: status.at === undefined ? at : new Date(status.at),
        }));
        return { kind: 'said', said, mishap: taken.mishap };
      }
    }
  }

  private async plan(bank: string, files: Parameters<typeof planFiles>[1]['files']): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.store.transaction((books) => planFiles(books, { bank, files, at }));
  }
}

/** The mishaps of answers, as far as files know them: the report never comes, comes late, or is broken first. */
function wayAfter(mishap: Mishap | undefined, conduct: Conduct): Partial<Conduct> {
  if (mishap === 'lost' || mishap === 'silent') return { reports: 'none' };
  if (mishap === 'slow') return { reports: 'late', laterMs: conduct.slowMs };
  if (mishap === 'garbage') return { reports: 'broken', breakages: ['truncated'] };
  return {};
}

function refusedFor(block: OrderBlock, fault: Fault): BlockTaken {
  return { kind: 'refused', refused: { ...fault, blockId: block.id } };
}

function toSayOf(message: ToSay['message'], taken: readonly BlockTaken[]): ToSay {
  const refusedBlocks = taken.flatMap((each) => (each.kind === 'refused' ? [each.refused] : []));
  const said = taken.flatMap((each) => (each.kind === 'said' ? each.said : []));
  return { message, phase: 'first', said, ...(refusedBlocks.length > 0 && { refusedBlocks }) };
}
