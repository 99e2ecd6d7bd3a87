import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock, newId } from '../kernel/index.js';
import { BankDirectory, Funds, Places, Programmes } from '../organisation/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { cellNamingOf, type NamedList } from './cell.naming.js';
import { compareControls } from './control.rules.js';
import {
  insertCorrection,
  isGood,
  lockList,
  restateRows,
  rowToCorrect,
  takeComparisonsBack,
  takeRowOut,
  writeNewTotals,
  type ListToCorrect,
  type RowToCorrect,
  type Touched,
} from './correction.store.js';
import {
  findApplied,
  findDuplicatesInFile,
  findOtherAccountsInFile,
  findOtherNamesInFile,
  findSharedAccountsInFile,
} from './duplicate.store.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { insertRows, type StoredRow } from './import-row.store.js';
import { isField, type Field } from './list.columns.js';
import { contextOf } from './list.context.js';
import { isBlank, type RowValues } from './list.row.js';
import { judgeRow } from './judge-row.js';
import { controlsOf, totalsByCommune, totalsOf } from './outcome.store.js';
import { compareWithRegister } from './register.comparison.js';
import { cellsOfValues, headingOf, namedListOf, sheetRowOf, withCell } from './row.cells.js';
import type { RawCells } from './raw-cells.js';

export interface CorrectionOrder {
  readonly importId: string;
  /** Row of the list, as the file numbers it. */
  readonly row: number;
  /** Name of the field whose column holds the cell. */
  readonly field: string;
  /** What the officer saw in the cell; null when it was empty. */
  readonly seen: string | null;
  /** What it shall hold; blank empties it. */
  readonly value: string;
}

const SEEN_MAX = 120;

/**
 * Mends one cell of a checked list. The row is judged anew by the same rules, the rows that name the same person or
 * account are compared anew, and the totals are counted anew. The file that was sent stays as it is: what was changed,
 * from what to what and by whom, is kept beside it.
 */
@Injectable()
export class CorrectCell {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly places: Places,
    private readonly banks: BankDirectory,
    private readonly programmes: Programmes,
    private readonly funds: Funds,
  ) {}

  /**
   * @returns whether the row is good now. The same value again changes nothing.
   * @throws DomainError when the list is not checked, has no such row or column, or the cell holds something else now.
   */
  async correct(order: CorrectionOrder, actor: Actor): Promise<{ good: boolean }> {
    return this.database.transaction(async (tx) => {
      const { list, stored } = await open(tx, order);
      const named = namedListOf(list);
      const columnName = columnOf(list, order);
      const before = stored.cells ?? cellsOfValues(stored.values, stored.otherCells ?? {}, list);
      const was = before[columnName]?.[1] ?? null;
      const became = order.value.trim() === '' ? null : order.value.trim();
      if (sightOf(was) === sightOf(became)) return { good: await isGood(tx, order) };
      if (sightOf(was) !== sightOf(order.seen))
        throw entitlementsErrors.cellChangedMeanwhile(order.importId, order.row);
      const cells = withCell(before, columnName, became);
      const good = await this.judgeAgain(tx, { order, list, named, stored, cells });
      await this.note(tx, { order, named, columnName, was, became }, actor);
      return { good };
    });
  }

  private async judgeAgain(tx: Tx, again: RowAgain): Promise<boolean> {
    const { order, list, named, stored, cells } = again;
    const { importId, row } = order;
    const judged: StoredRow = {
      ...judgeRow(sheetRowOf(row, cells, named), named, this.contextOf(list)),
      entitlementId: stored.entitlementId,
      cells,
    };
    const touched: Touched = {
      importId,
      row,
      personalNumbers: both(stored.values, judged.values, 'personalNumber'),
      accountNumbers: both(stored.values, judged.values, 'accountNumber'),
    };
    await takeComparisonsBack(tx, touched);
    await takeRowOut(tx, { importId, row });
    await insertRows(tx, { importId, rows: [judged] });
    await compareAgain(tx, touched, named);
    await restateRows(tx, touched);
    await writeTotals(tx, importId);
    return isGood(tx, order);
  }

  private contextOf(list: ListToCorrect) {
    const { places, banks, programmes, funds } = this;
    return contextOf({ places, banks, programmes, funds }, list, this.clock.now());
  }

  private async note(
    tx: Tx,
    changed: {
      order: CorrectionOrder;
      named: NamedList;
      columnName: string;
      was: string | null;
      became: string | null;
    },
    actor: Actor,
  ): Promise<void> {
    const { order, named, columnName, was, became } = changed;
    const { importId, row, field } = order;
    const column = isField(field) ? (named.header.columns.get(field) ?? 0) : 0;
    const cell = named.sheet.cellName(column, row);
    const [id, at] = [newId(), this.clock.now()];
    await insertCorrection(tx, {
      ...{ id, importId, row, field, columnName, cell, was, became, at },
      by: actor,
    });
    // The values stay with the correction: the audit trail repeats no name and no number.
    await this.audit.record(tx, {
      actor,
      action: 'import.cell-corrected',
      subject: { type: 'import', id: importId },
      detail: { correctionId: id, row, field, cell },
    });
  }
}

interface RowAgain {
  readonly order: CorrectionOrder;
  readonly list: ListToCorrect;
  readonly named: NamedList;
  readonly stored: RowToCorrect;
  readonly cells: RawCells;
}

async function open(tx: Tx, { importId, row }: CorrectionOrder) {
  const list = await lockList(tx, importId);
  if (!list) throw entitlementsErrors.importNotFound(importId);
  if (list.state !== 'checked') throw entitlementsErrors.importNotChecked(importId, list.state);
  const stored = await rowToCorrect(tx, { importId, row });
  if (!stored) throw entitlementsErrors.noSuchRow(importId, row);
  return { list, stored };
}

function columnOf(list: ListToCorrect, { importId, field }: CorrectionOrder): string {
  const found = list.columns.find((column) => column.field === field);
  if (!found) throw entitlementsErrors.noSuchColumn(importId, headingOf(field));
  return found.column;
}

/** As much of a cell as a page shows; dashes that people put for "none" are none. */
function sightOf(text: string | null): string {
  return text === null || isBlank(text) ? '' : text.trim().slice(0, SEEN_MAX).trim();
}

function both(
  before: RowValues,
  after: RowValues,
  field: 'personalNumber' | 'accountNumber',
): string[] {
  return [...new Set([before[field], after[field]])].filter((value) => value !== null);
}

async function compareAgain(tx: Tx, touched: Touched, named: NamedList): Promise<void> {
  const { importId, row, personalNumbers, accountNumbers } = touched;
  const at = (field: Field) => ({ importId, field, naming: cellNamingOf(named, field) });
  const ofPerson = { ...at('personalNumber'), only: personalNumbers };
  await findDuplicatesInFile(tx, ofPerson);
  await findApplied(tx, { ...at('personalNumber'), onlyRows: [row] });
  await findOtherNamesInFile(tx, ofPerson);
  await findOtherAccountsInFile(tx, { ...at('accountNumber'), only: personalNumbers });
  await findSharedAccountsInFile(tx, { ...at('accountNumber'), only: accountNumbers });
  await compareWithRegister(tx, { importId, onlyRow: row }, named);
}

async function writeTotals(tx: Tx, importId: string): Promise<void> {
  const totals = await totalsOf(tx, importId);
  const byCommune = await totalsByCommune(tx, importId);
  const blocks = compareControls(await controlsOf(tx, importId), { ...totals, byCommune });
  await writeNewTotals(tx, { importId, totals, byCommune, blocks });
}
