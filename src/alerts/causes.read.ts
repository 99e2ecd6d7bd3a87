import { Injectable } from '@nestjs/common';
import { HandOverAlarms, HeldBanks, PaymentAlarms, PaymentRates } from '../payments/index.js';
import { rows, type Tx } from '../platform/database/index.js';
import {
  failureCause,
  lateRunCause,
  missingRunCause,
  misfitCause,
  stoppedRunCause,
  untakenWorkCause,
  type Cause,
  type Misfit,
} from './alert.rules.js';
import { missingRailCause, pausedCause, switchedOffCause, unreachableCause } from './bank.rules.js';
import type { AlertSettings, Thresholds } from './alert.settings.js';
import { SystemCauses } from './system-causes.read.js';
import {
  brokenChainCause,
  failureRateCause,
  lateSettlementsCause,
  refusedListsCause,
  refusedNoticesCause,
  shortFundsCause,
  silentWorkersCause,
} from './system.rules.js';
import { unknownCause } from './unknown.rules.js';
import { waitingListsCause } from './waiting-lists.rules.js';

/** A notice that waits longer to be applied is stuck. */
const STUCK_AFTER_MS = 10 * 60_000;
/** An approved batch is a run within seconds; so long after, something prevents it. */
const RUN_WITHIN_MS = 2 * 60_000;
/** What is due is taken within seconds, a lost ring within a minute. */
const TAKEN_WITHIN_MS = 5 * 60_000;
/** A bank that asks to be left alone for longer is told of. */
const PAUSED_AFTER_MS = 15 * 60_000;
/** A bank's folder that cannot be reached for longer holds news that nobody hears. */
const UNCOLLECTED_AFTER_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;

// What a bank once said stays said, so these causes do not go away by themselves: a person resolves the alert, and
// from then on only what came later counts. Exceptions of reconciliations have an end of their own, and their alerts
// end with the last of them.
const MISFITS = `
  with dealt_with as (
    select fingerprint, max(last_at) as until from alert
     where state = 'resolved' and resolved_by_kind <> 'system' group by fingerprint),
  misfit as (
    select 'unmatched' as kind, bank, null::uuid as batch_id, null::text as bucket, received_at as at,
           null::numeric as amount, 'unmatched ' || bank as fingerprint
      from notice_item_view where result = 'unknown-reference'
    union all
    select 'contradicting', bank, null, null, received_at, null, 'contradicting ' || bank
      from notice_view where state = 'conflict'
    union all
    select 'stuck', bank, null, null, received_at, null, 'stuck ' || bank
      from notice_view where state = 'received' and received_at <= $1
    union all
    select 'contradicted', bank_code, batch_id, null, at, null, 'contradicted ' || bank_code || ' ' || batch_id
      from payment_conflict_view
    union all
    select case when kind in ('paid-missing', 'return-missing', 'ours-unknown') then 'unproven'
                when kind = 'statement-difference' then 'difference' when kind = 'statement-gap' then 'gap'
                else 'entries' end as kind,
           bank, null, case when kind in ('statement-difference', 'statement-gap') then null else kind end, opened_at,
           amount,
           case when kind in ('paid-missing', 'return-missing', 'ours-unknown') then 'unproven ' || bank || ' ' || kind
                when kind = 'statement-difference' then 'difference ' || bank
                when kind = 'statement-gap' then 'gap ' || bank else 'entries ' || bank || ' ' || kind end
      from reconciliation_exception_view where state = 'open' and kind <> 'no-reference'
    union all
    select 'old', bank, null, null, opened_at, amount, 'old ' || bank
      from reconciliation_exception_view where state = 'open' and opened_at <= $2
    union all
    select 'file-quarantined', bank_code, null, null, last_seen_at, null, 'file-quarantined ' || bank_code
      from bank_file_view where state = 'quarantined'
    union all
    select 'file-uncertain', bank_code, null, null, last_seen_at, total_amount, 'file-uncertain ' || bank_code
      from bank_file_view where state = 'uncertain'
    union all
    select 'files-uncollected', bank_code, null, null, failing_since, null, 'files-uncollected ' || bank_code
      from bank_collection_view where failing_since <= $3
    union all
    select 'missing', f.bank, null, null, f.ended_at, null, 'missing ' || f.bank
      from reconciliation_view f
     where f.state = 'failed'
       and not exists (select 1 from reconciliation_view r
                        where r.bank = f.bank and r.state in ('finished', 'closed') and r.ended_at > f.ended_at
                          and r.from_date <= f.from_date and r.to_date >= f.to_date))
  select m.kind, m.bank, m.batch_id as "batchId", b.number as "batchNumber", m.bucket, count(*)::int as count,
         sum(m.amount)::text as amount, min(m.at) as "firstAt", max(m.at) as "lastAt"
    from misfit m
    left join dealt_with d on d.fingerprint = m.fingerprint
    left join batch_view b on b.batch_id = m.batch_id
   where d.until is null or m.at > d.until
   group by m.kind, m.bank, m.batch_id, b.number, m.bucket`;

/** Everything that should worry somebody now, from the views and read models of the modules before this one. */
@Injectable()
export class Causes {
  constructor(
    private readonly payments: PaymentAlarms,
    private readonly held: HeldBanks,
    private readonly handOvers: HandOverAlarms,
    private readonly rates: PaymentRates,
    private readonly system: SystemCauses,
  ) {}

  /** With the severities that the office gives them. */
  async all(tx: Tx, now: Date, settings: AlertSettings): Promise<Cause[]> {
    const limits = settings.thresholds;
    const found = [
      ...(await this.ofPayments(tx, now, limits)),
      ...(await this.ofSystem(tx, now, limits)),
      ...(await misfits(tx, now, limits)).map(misfitCause),
    ];
    return found.map((cause) => ({
      ...cause,
      severity: settings.severityOf(cause.rule) ?? cause.severity,
    }));
  }

  private async ofSystem(tx: Tx, now: Date, limits: Thresholds): Promise<Cause[]> {
    const ago = (ms: number): Date => new Date(now.getTime() - ms);
    const { failureRate, settlementLateMs, refusedNotices, workerSilentMs } = limits;
    const failing = await this.rates.failures(tx, {
      since: ago(failureRate.windowMs),
      atLeast: failureRate.atLeast,
    });
    const refused = { since: ago(refusedNotices.withinMs), atLeast: refusedNotices.atLeast };
    const late = await this.rates.lateSettlements(tx, { now, afterMs: settlementLateMs });
    const workers = await this.system.workers(tx, { now, silentAfterMs: workerSilentMs });
    const chain = await this.system.brokenChain(tx);
    const lists = await this.system.refusedLists(tx, ago(limits.listRefusedWithinMs));
    return [
      ...failing.map((rate) => failureRateCause(rate, failureRate.percent)),
      ...late.map(lateSettlementsCause),
      ...(await this.system.shortFunds(tx, now)).map(shortFundsCause),
      ...(await this.system.refusedNotices(tx, refused)).map(refusedNoticesCause),
      silentWorkersCause(workers),
      chain && brokenChainCause(chain),
      ...lists.map(refusedListsCause),
    ].filter((cause) => cause !== null);
  }

  private async ofPayments(tx: Tx, now: Date, limits: Thresholds): Promise<Cause[]> {
    const runsExpectedBefore = new Date(now.getTime() - RUN_WITHIN_MS);
    const dueBefore = new Date(now.getTime() - TAKEN_WITHIN_MS);
    const pausedBeyond = new Date(now.getTime() + PAUSED_AFTER_MS);
    const unknownBefore = new Date(now.getTime() - limits.unknownAfterMs);
    const byHand = this.handOvers.byHand();
    return [
      ...(await this.payments.failures(tx)).map((group) =>
        failureCause(group, limits.criticalFailures),
      ),
      ...(await this.payments.unknownSince(tx, unknownBefore)).map((group) =>
        unknownCause(group, { now, criticalAfterMs: limits.unknownCriticalAfterMs }),
      ),
      ...(await this.payments.runsPastDeadline(tx, now)).map(lateRunCause),
      ...(await this.payments.stoppedRuns(tx)).map(stoppedRunCause),
      ...(await this.payments.missingRuns(tx, runsExpectedBefore)).map(missingRunCause),
      ...(await this.payments.missingRails(tx)).map(missingRailCause),
      ...(await this.held.unreachable(tx, { now, silentMs: limits.silentAfterMs })).map(
        unreachableCause,
      ),
      ...(await this.held.switchedOff(tx)).map(switchedOffCause),
      ...(await this.held.pausedBeyond(tx, { beyond: pausedBeyond })).map(pausedCause),
      ...(await this.payments.untakenWork(tx, { before: dueBefore, byHand })).map(untakenWorkCause),
      ...(await this.handOvers.overdue(tx, now)).map(waitingListsCause),
    ];
  }
}

function misfits(tx: Tx, at: Date, limits: Thresholds): Promise<Misfit[]> {
  const now = at.getTime();
  const stuckBefore = new Date(now - STUCK_AFTER_MS);
  const oldBefore = new Date(now - limits.exceptionsOldAfterDays * DAY_MS);
  const uncollectedBefore = new Date(now - UNCOLLECTED_AFTER_MS);
  return rows<Misfit>(tx, MISFITS, [stuckBefore, oldBefore, uncollectedBefore]);
}
