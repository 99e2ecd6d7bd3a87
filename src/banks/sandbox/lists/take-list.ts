import { createHash } from 'node:crypto';
import type { Clock } from '../../../kernel/index.js';
import type { BooksStore } from '../books.store.js';
import type { Conduct } from '../conduct.js';
import { ledgerOf } from '../files/ledgers.js';
import type { TakeOrders } from '../take-orders.js';
import { NoTable, rowsOf, sheetOf } from './list-sheet.js';
import { keepList, readResult } from './lists.store.js';
import { ListRefused, readPortalList } from './portal-list.js';
import { resultRows, type ResultWay } from './result.rules.js';

export type ListTaken =
  | {
      readonly kind: 'taken';
      readonly listId: string;
      readonly rows: number;
      readonly refused: number;
    }
  | { readonly kind: 'refused'; readonly why: string }
  /** Nothing was taken in; the same list again may be. */
  | { readonly kind: 'busy' };

/** The portal of a bank where people bring lists: the file taken in, and its result given back. */
export class TakeLists {
  constructor(
    private readonly parts: { store: BooksStore; takeOrders: TakeOrders; clock: Clock },
    /** The account that all lists are paid from. */
    private readonly account: string,
  ) {}

  async take(
    list: { bank: string; name: string; bytes: Buffer },
    conduct: Conduct,
  ): Promise<ListTaken> {
    const { bank, name, bytes } = list;
    const listId = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    try {
      const rows = readPortalList(await rowsOf(bytes));
      const orders = rows.flatMap(({ order, refusedFor }) =>
        refusedFor === undefined ? [order] : [],
      );
      if (rows.length === 0) throw new ListRefused('không có dòng nào');
      const ledger = ledgerOf(bank, this.account);
      const at = this.parts.clock.now();
      // Kept first: a list that was booked and not kept would have no result.
      await this.parts.store.transaction((books) =>
        keepList(books, { bank, listId, name, rows, at }),
      );
      const taken = await this.parts.takeOrders.take(
        { bank: ledger, kind: 'bulk', orders },
        conduct,
      );
      if (taken.kind === 'nothing') return { kind: 'busy' };
      if (taken.kind === 'reference-reused') {
        return { kind: 'refused', why: `trùng mã tham chiếu ${taken.reference}` };
      }
      return { kind: 'taken', listId, rows: rows.length, refused: rows.length - orders.length };
    } catch (error) {
      if (!(error instanceof ListRefused || error instanceof NoTable)) throw error;
      return { kind: 'refused', why: error.message };
    }
  }

  /** @returns undefined when no such list came. */
  async result(
    of: { bank: string; listId: string },
    way: ResultWay & { format: 'xlsx' | 'csv' },
  ): Promise<{ name: string; bytes: Buffer } | undefined> {
    const ledger = ledgerOf(of.bank, this.account);
    const list = await readResult(this.parts.store, { ...of, ledger });
    if (!list) return undefined;
    const stem = list.name.replace(/\.\w+$/, '');
    const bytes = await sheetOf(resultRows(list.rows, way), way.format);
    return { name: `ket-qua-${stem}.${way.format}`, bytes };
  }
}
