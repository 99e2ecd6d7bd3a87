import { Inject, Injectable } from '@nestjs/common';
import { Clock, DomainError, officeDate } from '../../kernel/index.js';
import { Database, type Tx } from '../database/index.js';
import { mayLeaveFrom } from './month.rules.js';
import { alone, dropPart, isNeeded, moveToArchive, partsOf } from './part.store.js';
import { PARTITIONED_TABLES, type Part, type PartitionedTable } from './partitioned-table.js';

export interface LeavingPart {
  readonly part: Part;
  readonly table: PartitionedTable;
}

export interface ArchiveOrder {
  /** Only parts that end before this month (`2026-01`); null: all that may leave. */
  readonly before: string | null;
  /** Only of this table. */
  readonly table: string | null;
  /** Runs in the transaction in which a part leaves: what it writes stands when the part has left. */
  readonly record: (tx: Tx, left: LeavingPart) => Promise<void>;
}

/** Takes parts out of their tables that are kept no longer: into the archive, or away. Harmless twice. */
@Injectable()
export class ArchiveParts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(PARTITIONED_TABLES) private readonly tables: readonly PartitionedTable[],
  ) {}

  /**
   * @returns what left, and what is old enough and stays because a row of it is still needed.
   * @throws DomainError partitions.unknown-table, partitions.too-young: then nothing left
   */
  async archive(order: ArchiveOrder): Promise<{ left: LeavingPart[]; needed: LeavingPart[] }> {
    const left: LeavingPart[] = [];
    const needed: LeavingPart[] = [];
    for (const leaving of await this.chosen(order)) {
      const has = await this.database.transaction(async (tx) => {
        await alone(tx);
        const isThere = (await partsOf(tx, [leaving.part.table])).some(
          ({ name }) => name === leaving.part.name,
        );
        if (!isThere) return 'gone';
        if (await isNeeded(tx, leaving.part, leaving.table.needed)) return 'needed';
        await (leaving.table.past === 'drop' ? dropPart : moveToArchive)(tx, leaving.part);
        await order.record(tx, leaving);
        return 'left';
      });
      if (has !== 'gone') (has === 'left' ? left : needed).push(leaving);
    }
    return { left, needed };
  }

  private async chosen({ before, table }: ArchiveOrder): Promise<LeavingPart[]> {
    const tables = this.tables.filter((one) => table === null || one.table === table);
    if (tables.length === 0) throw unknownTable(this.tables);
    const parts = await partsOf(
      this.database.reader,
      tables.map((one) => one.table),
    );
    const now = officeDate(this.clock.now()).slice(0, 7);
    const named = parts.flatMap((part) => {
      const of = tables.find((one) => one.table === part.table);
      const from = of === undefined ? null : mayLeaveFrom(part, of);
      if (of === undefined || from === null || part.upTo === null) return [];
      return before === null || part.upTo <= before
        ? [{ part, table: of, from, isOld: from <= now }]
        : [];
    });
    const young = named.find(({ isOld }) => !isOld);
    if (before !== null && young !== undefined) throw tooYoung(young);
    return named.filter(({ isOld }) => isOld);
  }
}

const unknownTable = (tables: readonly PartitionedTable[]): DomainError => {
  const names = tables.map(({ table }) => table).join(', ');
  return new DomainError('invalid', 'partitions.unknown-table', {
    vi: `Không có bảng nào tên như vậy được chia theo tháng; có: ${names}.`,
    en: `No table of that name lies in parts by month; there are: ${names}.`,
  });
};

const tooYoung = ({ part, from }: { part: Part; from: string }): DomainError =>
  new DomainError('conflict', 'partitions.too-young', {
    vi: `${part.name} còn trong thời hạn lưu giữ: sớm nhất từ ${from}. Chưa chuyển phần nào; xin chọn tháng cũ hơn, hoặc một bảng (--table).`,
    en: `${part.name} is still within its time: it may leave from ${from} on. Nothing has left; please name an older month, or one table (--table).`,
  });
