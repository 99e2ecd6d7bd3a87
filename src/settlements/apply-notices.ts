import { Injectable } from '@nestjs/common';
import type { NoticeItem } from '../banks/index.js';
import { Clock, Money, type CurrencyCode } from '../kernel/index.js';
import { RecordOutcomes } from '../payments/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { NoticeMetrics } from './notice.metrics.js';
import { applyAgainAt, inBanksOrder, type ItemResult } from './notice.rules.js';
import {
  claimWaiting,
  countFailure,
  markApplied,
  putOff,
  storeResults,
  waitingItems,
  type AppliedItem,
  type WaitingItem,
} from './notice.store.js';

/** Notices, and items in them, that one transaction takes on. */
const NOTICES_AT_ONCE = 500;
const ITEMS_AT_ONCE = 5_000;
/** Transactions of one job; what is left after them is found by the sweeper. */
const ROUNDS = 200;

type SayingItem = WaitingItem & {
  readonly reference: string;
  readonly fact: NonNullable<WaitingItem['fact']>;
};

const log = logger('settlements');

/**
 * Applies the notices of a bank that wait, many in one transaction: thousands of notices about one payment each
 * cost dozens of transactions. Exactly once, because a notice leaves `received` in the transaction that moves
 * its payments; a job that runs twice finds nothing, one that dies leaves everything as it was.
 */
@Injectable()
export class ApplyNotices {
  constructor(
    private readonly database: Database,
    private readonly outcomes: RecordOutcomes,
    private readonly clock: Clock,
    private readonly metrics: NoticeMetrics,
  ) {}

  /** Applies what waits and tells how many notices that were. */
  async apply(bank: string): Promise<number> {
    let applied = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const taken: string[] = [];
      applied += await this.applySome(bank, taken).catch(async (error: unknown) => {
        if (taken.length === 0) throw error;
        return this.applyOneByOne(bank, taken);
      });
      if (taken.length === 0) break;
    }
    return applied;
  }

  private async applySome(bank: string, taken: string[], only?: string): Promise<number> {
    const { ids, items } = await this.database.transaction(async (tx) => {
      taken.length = 0;
      const claim = { bank, now: this.clock.now(), limit: NOTICES_AT_ONCE, only };
      const claimed = bounded(await claimWaiting(tx, claim));
      taken.push(...claimed);
      return { ids: claimed, items: await this.record(tx, bank, claimed) };
    });
    this.metrics.applied(bank, items);
    return ids.length;
  }

  private async record(tx: Tx, bank: string, ids: readonly string[]): Promise<AppliedItem[]> {
    if (ids.length === 0) return [];
    const items = await waitingItems(tx, ids);
    const results = [
      ...(await this.recordSaying(tx, bank, items.filter(saysSomething))),
      ...items.filter((item) => !saysSomething(item)).map((item) => resultOf(item, 'unread')),
    ];
    await storeResults(tx, results);
    await markApplied(tx, { ids, at: this.clock.now() });
    return results;
  }

  private async recordSaying(
    tx: Tx,
    bank: string,
    items: readonly SayingItem[],
  ): Promise<AppliedItem[]> {
    const told = inBanksOrder(items);
    const answers = await this.outcomes.record(tx, {
      bankCode: bank,
      items: told.map((item) => ({
        reference: item.reference,
        fact: factOf(item),
        amount: amountOf(item),
        sourceId: item.bankNoticeId,
      })),
      cause: 'notice',
      sourceId: onlyNoticeOf(told),
      at: this.clock.now(),
    });
    return told.map((item, at) => resultOf(item, answers[at]?.result, answers[at]?.paymentId));
  }

  /** Something among them cannot be applied: it is put off, and the others do not wait for it. */
  private async applyOneByOne(bank: string, ids: readonly string[]): Promise<number> {
    let applied = 0;
    for (const id of ids) {
      try {
        applied += await this.applySome(bank, [], id);
      } catch (error) {
        const why = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
        const until = await this.postpone(id, why);
        log.error({ bank, bankNoticeId: id, why, until }, 'a notice cannot be applied yet');
      }
    }
    return applied;
  }

  private postpone(id: string, why: string): Promise<Date | null> {
    return this.database.transaction(async (tx) => {
      const failures = await countFailure(tx, { id, why });
      if (failures === null) return null;
      const until = applyAgainAt(failures, this.clock.now());
      await putOff(tx, { id, until });
      return until;
    });
  }
}

/** As many notices as the items of one transaction allow, and at least one. */
function bounded(claimed: readonly { id: string; itemCount: number }[]): string[] {
  let items = 0;
  return claimed
    .filter(({ itemCount }, at) => {
      items += itemCount;
      return at === 0 || items <= ITEMS_AT_ONCE;
    })
    .map(({ id }) => id);
}

function saysSomething(item: WaitingItem): item is SayingItem {
  return item.reference !== null && item.fact !== null;
}

function resultOf(
  item: WaitingItem,
  result: ItemResult = 'unknown-reference',
  paymentId: string | null = null,
): AppliedItem {
  return { bankNoticeId: item.bankNoticeId, position: item.position, result, paymentId };
}

/** Moves name the notice behind them when one notice alone made them; else its items name their payments. */
function onlyNoticeOf(items: readonly WaitingItem[]): string | null {
  const notices = new Set(items.map(({ bankNoticeId }) => bankNoticeId));
  return notices.size === 1 ? ([...notices][0] ?? null) : null;
}

function amountOf({ amount, currency }: WaitingItem): Money | undefined {
  return amount === null ? undefined : Money.of(amount, currency as CurrencyCode);
}

function factOf(item: SayingItem): NoticeItem['fact'] {
  const told = {
    bankReference: item.bankReference ?? undefined,
    at: item.happenedAt ?? undefined,
    sequence: item.sequence ?? undefined,
  };
  if (item.fact === 'settled' || item.fact === 'accepted') return { kind: item.fact, ...told };
  const reason = { code: item.reasonCode ?? '', text: item.reasonText ?? undefined };
  return { kind: item.fact, reason, ...told };
}
