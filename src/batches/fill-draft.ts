import { Injectable } from '@nestjs/common';
import { officeDate, type Money } from '../kernel/index.js';
import { BankRegistry } from '../banks/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { Programmes } from '../organisation/index.js';
import type { Tx } from '../platform/database/index.js';
import { nothingToPay } from './batches.errors.js';
import { BatchSettings } from './batch.settings.js';
import { countDraft, type ActedBy, type BatchFilter } from './batch.store.js';
import {
  binsOwed,
  entitlementsOf,
  exclusionsByReason,
  gather,
  leaveOutTaken,
  type Carried,
  type Gathering,
} from './gather.store.js';

/** Entitlements taken by one statement; in the order of their ids, so two batches never lock crosswise. */
const TAKE_PAGE = 10_000;

/** What a batch has become by gathering. */
export interface Filled {
  readonly lineCount: number;
  readonly total: Money;
  readonly version: number;
  readonly leftOut: readonly { reason: string; count: number; amount: string }[];
}

/** Fills an empty draft with what can be paid now; the middle of assembling, rebuilding and following up. */
@Injectable()
export class FillDraft {
  constructor(
    private readonly moves: EntitlementMoves,
    private readonly programmes: Programmes,
    private readonly settings: BatchSettings,
    private readonly banks: BankRegistry,
  ) {}

  /**
   * @param draft `mayBeEmpty`: the caller takes a draft without a line back by itself.
   * @throws DomainError `batches.nothing-to-pay`, with the reasons, when not one line is left.
   */
  async fill(
    tx: Tx,
    draft: {
      id: string;
      programme: string;
      period: string;
      filter: BatchFilter;
      payOn: string | null;
      reissues: Gathering['reissues'];
      actor: ActedBy;
      at: Date;
      mayBeEmpty?: boolean;
    },
  ): Promise<Filled> {
    const { id, actor, at } = draft;
    const bins = await binsOwed(tx, draft);
    await gather(tx, {
      batchId: id,
      programme: draft.programme,
      period: draft.period,
      filter: draft.filter,
      reissues: draft.reissues,
      payDay: draft.payOn ?? officeDate(at),
      ceiling: this.programmes.ceilingOf(draft.programme, draft.period)?.toString() ?? null,
      ceilingPerPerson: this.settings.ceilingHoldsPerPerson(draft.programme),
      carried: bins.flatMap((bin) => this.carriedTo(bin)),
      at,
    });
    await this.take(tx, { batchId: id, actor, at });
    const counted = await countDraft(tx, id);
    const leftOut = await exclusionsByReason(tx, id);
    if (counted.lineCount === 0 && !draft.mayBeEmpty) throw nothingToPay(leftOut);
    return { ...counted, leftOut };
  }

  private carriedTo(bin: string): Carried[] {
    const carried = this.banks.carried(bin);
    if (!carried) return [];
    const { bankCode, ranges } = carried;
    return ranges.map(({ least, most }) => ({
      bin,
      bankCode,
      least: least.toString(),
      most: most?.toString() ?? null,
    }));
  }

  // What another batch took between our look and our lock is left out, with that as its reason.
  private async take(tx: Tx, by: { batchId: string; actor: ActedBy; at: Date }): Promise<void> {
    let after: string | null = null;
    let missed = 0;
    for (;;) {
      const page: string[] = await entitlementsOf(tx, {
        batchId: by.batchId,
        after,
        limit: TAKE_PAGE,
      });
      const last = page.at(-1);
      if (last === undefined) break;
      missed += page.length - (await this.moves.take(tx, { ...by, entitlementIds: page }));
      after = last;
    }
    if (missed > 0) await leaveOutTaken(tx, { id: by.batchId, at: by.at });
  }
}
