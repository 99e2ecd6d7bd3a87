import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { RegisterPayees, type PayeeRow } from '../beneficiaries/index.js';
import type { Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, lookAtGrown, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import {
  goodPayees,
  insertEntitlements,
  rowsLeftGood,
  takeForApplying,
  writeApplied,
  type ApplyMode,
  type PayeeLine,
  type TakenImport,
} from './apply.store.js';
import { findApplied, type CellNaming } from './duplicate.store.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { importApplied } from './entitlements.events.js';
import { importStateOf } from './import.read.js';
import { appendImportHistory } from './import.store.js';
import type { Field } from './list.columns.js';
import { markBadRows } from './outcome.store.js';
import { gather, tellNotTaken, type NotWhollyTaken } from './register.comparison.js';

/** People that are registered together. */
const PAYEES_PER_CHUNK = 2_000;

/**
 * Turns the good rows of a checked list into what is owed. One transaction: it is applied wholly, or, when the
 * process dies, not at all; and once, because the state moves first and only from `checked`.
 */
@Injectable()
export class ApplyImport {
  constructor(
    private readonly database: Database,
    private readonly registerPayees: RegisterPayees,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @param mode `all-or-nothing` refuses while one row is bad; `good-rows` lets bad rows wait.
   * @throws DomainError `entitlements.*` when it is not checked, blocked by its control totals, or has no good row.
   */
  async apply(
    order: { importId: string; mode: ApplyMode },
    actor: Actor,
  ): Promise<{ appliedRows: number; badRows: number }> {
    const applied = await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const taken = await takeForApplying(tx, { ...order, at });
      if (!taken) throw await this.notTaken(tx, order.importId);
      assertApplicable(order, taken);
      const people = await this.register(tx, { importId: order.importId, actor, at });
      const otherNames = await this.answerOtherNames(tx, order, { taken, people });
      const appliedRows = await insertEntitlements(tx, { importId: order.importId, at, by: actor });
      const lateRows = await this.answerLate(tx, order, taken);
      if (appliedRows === 0) throw entitlementsErrors.nothingToApply(order.importId);
      const badRows = taken.badRows + otherNames + lateRows;
      await writeApplied(tx, order.importId);
      await this.note(tx, { ...order, actor, at, appliedRows, badRows });
      return { appliedRows, badRows };
    });
    const grown = { tables: ['entitlement', 'entitlement_history'], added: applied.appliedRows };
    await lookAtGrown(this.database.reader, grown);
    await this.registerPayees.haveGrown(this.database.reader, applied.appliedRows);
    return applied;
  }

  private async notTaken(tx: Tx, importId: string) {
    const state = await importStateOf(tx, importId);
    return state === null
      ? entitlementsErrors.importNotFound(importId)
      : entitlementsErrors.importNotChecked(importId, state);
  }

  private async register(
    tx: Tx,
    by: { importId: string; actor: Actor; at: Date },
  ): Promise<NotWhollyTaken> {
    const { importId, actor, at } = by;
    const context = {
      at,
      actor,
      cause: `import ${importId}`,
      source: { kind: 'import' as const, id: importId },
    };
    const notTaken: NotWhollyTaken = { different: [], close: [], mended: [] };
    let after = { personalNumber: '', rowNumber: 0 };
    for (;;) {
      const page = await goodPayees(tx, { importId, after, limit: PAYEES_PER_CHUNK });
      gather(notTaken, await this.registerPayees.upsert(tx, page.map(payeeOf), context));
      const last = page.at(-1);
      if (!last || page.length < PAYEES_PER_CHUNK) return notTaken;
      after = last;
    }
  }

  /** Rows of people who have become known under another name since the check are told like any other. */
  private async answerOtherNames(
    tx: Tx,
    order: { importId: string; mode: ApplyMode },
    { taken, people }: { taken: TakenImport; people: NotWhollyTaken },
  ): Promise<number> {
    const { importId, mode } = order;
    const naming = (field: Field): CellNaming => namingOf(taken, field);
    const badRows = await tellNotTaken(tx, { importId, people, naming });
    if (badRows === 0) return 0;
    if (mode === 'all-or-nothing') throw entitlementsErrors.namesDifferMeanwhile(importId, badRows);
    await markBadRows(tx, importId);
    return badRows;
  }

  /** Rows that another list has just applied are told like any duplicate. */
  private async answerLate(
    tx: Tx,
    order: { importId: string; mode: ApplyMode },
    taken: TakenImport,
  ): Promise<number> {
    const { importId } = order;
    const late = await rowsLeftGood(tx, importId);
    if (late.length === 0) return 0;
    if (order.mode === 'all-or-nothing')
      throw entitlementsErrors.appliedMeanwhile(importId, late.length);
    const naming = namingOf(taken, 'personalNumber');
    await findApplied(tx, { importId, field: 'personalNumber', naming, onlyRows: late });
    await markBadRows(tx, importId);
    return late.length;
  }

  private async note(
    tx: Tx,
    applied: {
      importId: string;
      mode: ApplyMode;
      actor: Actor;
      at: Date;
      appliedRows: number;
      badRows: number;
    },
  ): Promise<void> {
    const { importId, mode, actor, at, appliedRows, badRows } = applied;
    const detail = { mode, appliedRows, badRows };
    await appendImportHistory(tx, {
      importId,
      from: 'checked',
      to: 'applied',
      at,
      by: actor,
      detail,
    });
    await this.audit.record(tx, {
      actor,
      action: 'import.applied',
      subject: { type: 'import', id: importId },
      detail,
    });
    await this.outbox.publish(tx, importApplied, { importId });
  }
}

function assertApplicable(order: { importId: string; mode: ApplyMode }, taken: TakenImport): void {
  const { importId, mode } = order;
  if (taken.blocks.length > 0) throw entitlementsErrors.importBlocked(importId, taken.blocks);
  if (mode === 'all-or-nothing' && taken.badRows > 0)
    throw entitlementsErrors.rowsAreBad(importId, taken.badRows);
  if (taken.goodRows === 0) throw entitlementsErrors.nothingToApply(importId);
}

function payeeOf(line: PayeeLine): PayeeRow {
  const { accountNumber, accountName, bankBin } = line;
  const { recipientName, recipientPersonalNumber, authorisedUntil } = line;
  return {
    personalNumber: line.personalNumber,
    fullName: line.fullName,
    dateOfBirth: line.dateOfBirth,
    communeCode: line.communeCode,
    account:
      accountNumber && accountName && bankBin ? { accountNumber, accountName, bankBin } : null,
    recipient:
      recipientName && recipientPersonalNumber && authorisedUntil
        ? { fullName: recipientName, personalNumber: recipientPersonalNumber, authorisedUntil }
        : null,
  };
}

function namingOf({ format, columns }: TakenImport, wanted: Field): CellNaming {
  const columnName = columns.find(({ field }) => field === wanted)?.column ?? '';
  return format === 'json'
    ? { columnName, before: '/', rowOffset: -1, after: `/${columnName}` }
    : { columnName, before: columnName, rowOffset: 0, after: '' };
}
