import { Injectable } from '@nestjs/common';
import { budgetMonthOf } from '../approvals/index.js';
import { BatchGate } from '../batches/index.js';
import type { Money } from '../kernel/index.js';
import { FundPositions } from '../ledger/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import type {
  BrokenChain,
  RefusedLists,
  RefusedNotices,
  ShortBatch,
  Workers,
} from './system.rules.js';

/** Batches that wait for signatures at one time and are looked at. */
const MOST_PROPOSED = 200;
/** A lost worker in whose place none has begun is told of for so long, if others live. */
const LOST_FOR_MS = 24 * 3_600_000;

interface Proposed {
  id: string;
  number: string;
  period: string;
  payOn: string | null;
  digest: string;
  proposedAt: Date;
}

/** What about ChiTra itself, its funds, lists and doors should worry somebody now. Reads only. */
@Injectable()
export class SystemCauses {
  /** What is proposed does not change under its digest, and adding up a large batch takes a while. */
  private needs = new Map<string, { fund: string; amount: Money }[]>();

  constructor(
    private readonly gate: BatchGate,
    private readonly funds: FundPositions,
  ) {}

  async shortFunds(tx: Tx, now: Date): Promise<ShortBatch[]> {
    const proposed = await rows<Proposed>(
      tx,
      `select batch_id as id, number, period, pay_on::text as "payOn", digest, proposed_at as "proposedAt"
         from batch_view where state = 'proposed' order by batch_id limit ${MOST_PROPOSED}`,
    );
    await this.learn(tx, proposed);
    const short: ShortBatch[] = [];
    for (const batch of proposed) {
      const month = budgetMonthOf(batch, now);
      for (const { fund, amount } of this.needs.get(keyOf(batch)) ?? []) {
        const lacks = amount.minus(await this.funds.available(tx, { fund, month }));
        if (!lacks.isPositive()) continue;
        const { id: batchId, number: batchNumber, proposedAt } = batch;
        short.push({ batchId, batchNumber, fund, short: lacks.toString(), proposedAt });
      }
    }
    return short;
  }

  /** Only what is proposed now is kept. */
  private async learn(tx: Tx, proposed: readonly Proposed[]): Promise<void> {
    const known = new Map<string, { fund: string; amount: Money }[]>();
    for (const batch of proposed) {
      const key = keyOf(batch);
      known.set(key, this.needs.get(key) ?? (await this.gate.fundsOf(tx, batch.id)));
    }
    this.needs = known;
  }

  /** Refusals are counted by the hour: the hours that have ended since `since` count in full. */
  refusedNotices(tx: Tx, given: { since: Date; atLeast: number }): Promise<RefusedNotices[]> {
    return rows<RefusedNotices>(
      tx,
      `select bank, sum(times)::int as count, min(hour) as "firstAt", max(last_at) as "lastAt"
         from notice_refusal_view
        where hour >= date_trunc('hour', $1::timestamptz) and last_at >= $1 and fault = 'signature'
        group by bank having sum(times) >= $2 order by bank`,
      [given.since, given.atLeast],
    );
  }

  /** One that has just ended in good order counts as living: another may be starting in its place. */
  async workers(tx: Tx, given: { now: Date; silentAfterMs: number }): Promise<Workers> {
    const silentBefore = new Date(given.now.getTime() - given.silentAfterMs);
    const lostAfter = new Date(given.now.getTime() - LOST_FOR_MS);
    const found = await one<Workers>(
      tx,
      `select count(*)::int as known, max(seen_at) as "lastSeenAt",
              (count(*) filter (where seen_at >= $1))::int as living,
              (count(*) filter (where ended_at is null and seen_at < $1 and seen_at >= $2
                 and not exists (select 1 from worker_beat n where n.started_at > b.seen_at)))::int as lost
         from worker_beat b`,
      [silentBefore, lostAfter],
    );
    return found ?? { known: 0, living: 0, lost: 0, lastSeenAt: null };
  }

  /** What the last verification found, if that was bad. */
  brokenChain(tx: Tx): Promise<BrokenChain | null> {
    return one<BrokenChain>(
      tx,
      `select at, seq::text as seq, reason from audit_verification_view
        where verification_id = (select max(verification_id) from audit_verification_view) and reason is not null`,
    );
  }

  refusedLists(tx: Tx, since: Date): Promise<RefusedLists[]> {
    return rows<RefusedLists>(
      tx,
      `select sender, count(*)::int as count, min(refused_at) as "firstAt", max(refused_at) as "lastAt"
         from refused_import_view where refused_at >= $1 and not came_again group by sender order by sender`,
      [since],
    );
  }
}

const keyOf = ({ id, digest }: Proposed): string => `${id} ${digest}`;
