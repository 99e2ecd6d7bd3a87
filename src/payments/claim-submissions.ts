import { Injectable } from '@nestjs/common';
import { BankGate, type Admission as BankAdmission, type Bank } from '../banks/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, Together, type Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { openAttempts } from './attempt.store.js';
import { CheckSigned } from './check-signed.js';
import { leaseMs } from './lease.rules.js';
import { PaymentBooks, type MovedMoney } from './payment-books.js';
import type { PaymentState } from './payment.lifecycle.js';
import { RailGate, type Admission } from './rail-gate.js';
import { RUN_BY_SYSTEM } from './run.store.js';
import { togetherOf } from './sending-together.rules.js';
import { stopTamperedRun } from './stop-tampered-run.js';
import {
  claimSubmissions,
  endSendings,
  forgetRings,
  startSending,
  withhold,
  type ClaimedSubmission,
  type FoundSubmission,
  type PaymentToSend,
} from './submission.store.js';

const log = logger('payments');

/**
 * `recorded`: it was carried to the bank, and every payment has an answer; `held`: the bank is away, paused or switched
 * off; `tampered`: its run was stopped.
 */
export type SendingEnd = 'recorded' | 'not-claimed' | 'held' | 'tampered';

/** A submission on its way: its attempt is written, the bank is to be called. */
export interface Claim {
  readonly submission: ClaimedSubmission;
  readonly payments: readonly PaymentToSend[];
  readonly attemptId: string;
  readonly startedAt: Date;
}

/** By submission; what is missing was not claimed. */
type Claims = Map<string, Claim | { readonly tamperedRun: string }>;
export type Claimed = Claim | Exclude<SendingEnd, 'recorded'>;

interface ToClaim {
  readonly bank: Bank;
  readonly submissionIds: readonly string[];
  /** Batches that are not what was signed. */
  readonly altered: ReadonlySet<string>;
}

/**
 * Step 1 of sending: takes submissions for this process and writes the attempts that are about to carry them, before
 * anybody is called. However often a ring comes, the claim's predicate lets one sender through.
 */
@Injectable()
export class ClaimSubmissions {
  private readonly claimings = new Map<string, Together<FoundSubmission, Claimed>>();

  constructor(
    private readonly database: Database,
    private readonly gate: BankGate,
    private readonly rails: RailGate,
    private readonly checkSigned: CheckSigned,
    private readonly entitlements: EntitlementMoves,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
  ) {}

  /** What is asked for at the same moment of one bank is claimed together. */
  claim(bank: Bank, found: FoundSubmission): Promise<Claimed> {
    return this.claiming(bank).do(found);
  }

  private claiming(bank: Bank): Together<FoundSubmission, Claimed> {
    const known = this.claimings.get(bank.code);
    if (known) return known;
    const claiming = new Together<FoundSubmission, Claimed>(
      (found) => this.claimAll(bank, found),
      togetherOf(bank),
    );
    this.claimings.set(bank.code, claiming);
    return claiming;
  }

  private async claimAll(bank: Bank, found: readonly FoundSubmission[]): Promise<Claimed[]> {
    const submissionIds = [...new Set(found.map((one) => one.submissionId))];
    if (await this.isHeld(bank)) {
      await this.database.transaction((tx) => forgetRings(tx, submissionIds));
      return found.map(() => 'held');
    }
    const altered = await this.alteredBatches(found);
    const claims = await this.database.transaction((tx) =>
      this.enter(tx, { bank, submissionIds, altered }),
    );
    const tampered = new Set(
      [...claims.values()].flatMap((c) => ('tamperedRun' in c ? [c.tamperedRun] : [])),
    );
    for (const runId of tampered) {
      const stop = { runId, at: this.clock.now() };
      await this.database.transaction((tx) => stopTamperedRun(tx, stop));
    }
    return found.map(({ submissionId }) => {
      const claim = claims.get(submissionId);
      // A ring that came twice at the same moment is carried once.
      claims.delete(submissionId);
      if (!claim) return 'not-claimed';
      return 'tamperedRun' in claim ? 'tampered' : claim;
    });
  }

  /** Before anything is digested or locked: of a bank that is away, thousands of rings may still be in the queue. */
  private async isHeld({ code: bankCode }: Bank): Promise<boolean> {
    const at = this.clock.now();
    return (await this.gate.standing(this.database.reader, { bankCode, at })).sending === 'hold';
  }

  /** Batches whose lines are not what was signed. */
  private async alteredBatches(found: readonly FoundSubmission[]): Promise<ReadonlySet<string>> {
    const altered = new Set<string>();
    for (const batchId of new Set(found.map((one) => one.batchId))) {
      if (!(await this.checkSigned.wholeBatch(this.database.reader, batchId))) altered.add(batchId);
    }
    return altered;
  }

  /**
   * Step 1, behind the bank's gate: a bank that is off, paused or away is left alone, but for one probe when it is due.
   * Rings that come to nothing are forgotten: the sweeper rings anew once the bank takes calls.
   */
  private async enter(tx: Tx, given: ToClaim): Promise<Claims> {
    const at = this.clock.now();
    const leaseUntil = new Date(at.getTime() + leaseMs(given.bank));
    const entry = { bankCode: given.bank.code, callId: newId(), at, leaseUntil };
    const admission = await this.gate.admitSending(tx, entry);
    const goes: Record<BankAdmission, readonly string[]> = {
      go: given.submissionIds,
      probe: given.submissionIds.slice(0, 1),
      hold: [],
    };
    const submissionIds = goes[admission];
    const waits = given.submissionIds.slice(submissionIds.length);
    if (waits.length > 0) await forgetRings(tx, waits);
    if (submissionIds.length === 0) return new Map();
    const claims = await this.claimIn(tx, { ...given, ...entry, submissionIds });
    const isSent = [...claims.values()].some((claim) => 'attemptId' in claim);
    if (admission === 'probe' && !isSent) await this.gate.giveBack(tx, entry);
    return claims;
  }

  /** Missing is what cannot be sent: taken by another, not due, its rail takes nothing now, paused, cancelled. */
  private async claimIn(
    tx: Tx,
    given: ToClaim & { callId: string; at: Date; leaseUntil: Date },
  ): Promise<Claims> {
    const { at: startedAt, leaseUntil } = given;
    const admissions = await this.rails.admit(tx, { ...given, at: startedAt });
    const ids = admissions.map(({ submissionId }) => submissionId);
    if (ids.length === 0) return new Map();
    const claimed = await claimSubmissions(tx, { ids, at: startedAt, leaseUntil });
    const tampered = await this.refuseTampered(tx, claimed, given.altered);
    const sound = claimed.filter(({ id }) => !tampered.has(id));
    const claims = await this.startSound(tx, sound, { ...given, admissions });
    return new Map<string, Claim | { tamperedRun: string }>([...tampered, ...claims]);
  }

  /** Rule 15: what is not what was signed waits again, and its run is to be stopped. */
  private async refuseTampered(
    tx: Tx,
    claimed: readonly ClaimedSubmission[],
    altered: ReadonlySet<string>,
  ): Promise<Map<string, { tamperedRun: string }>> {
    const stray = await this.checkSigned.strayPayments(
      tx,
      claimed.map(({ id }) => id),
    );
    const strayed = new Set(stray.map(({ submissionId }) => submissionId));
    const refused = claimed.filter((one) => strayed.has(one.id) || altered.has(one.batchId));
    for (const { id, runId } of refused) {
      const paymentIds = stray.filter((p) => p.submissionId === id).map((p) => p.paymentId);
      log.fatal({ submissionId: id, runId, stray: paymentIds }, 'not what was signed');
    }
    await endSendings(
      tx,
      refused.map(({ id }) => ({ submissionId: id, to: 'waiting', notBefore: null })),
    );
    return new Map(refused.map(({ id, runId }) => [id, { tamperedRun: runId }]));
  }

  /** Writes the attempts of these submissions, and of those that have nothing left to send that they are done. */
  private async startSound(
    tx: Tx,
    submissions: readonly ClaimedSubmission[],
    given: { bank: Bank; callId: string; at: Date; admissions: readonly Admission[] },
  ): Promise<Map<string, Claim>> {
    if (submissions.length === 0) return new Map();
    const { bank, at } = given;
    await this.withholdFromHeld(tx, submissions, at);
    // The first carries the call that the bank's gate knows of.
    const carried = submissions.map((submission, nth) => {
      return { submission, attemptId: nth === 0 ? given.callId : newId() };
    });
    const postingId = newId();
    const payments = await startSending(tx, {
      claims: carried.map(({ submission, attemptId }) => ({
        submissionId: submission.id,
        attemptId,
      })),
      postingId,
      at,
    });
    await this.rails.count(tx, given.admissions, payments);
    const [only] = carried.length === 1 ? carried : [];
    await this.books.post(tx, {
      id: postingId,
      moved: payments.map((p) => readyTo('sending', p)),
      cause: 'sending',
      sourceId: only?.attemptId ?? null,
      at,
    });
    const claims = carried.map((one): Claim => {
      const own = payments.filter((p) => p.submissionId === one.submission.id);
      return { ...one, payments: own, startedAt: at };
    });
    const [sent, empty] = [claims.filter(isSent), claims.filter((claim) => !isSent(claim))];
    await endSendings(
      tx,
      empty.map(({ submission }) => ({
        submissionId: submission.id,
        to: 'answered',
        notBefore: null,
      })),
    );
    await openAttempts(
      tx,
      sent.map(({ submission, attemptId: id, payments: own }) => ({
        id,
        bankCode: bank.code,
        kind: 'pay',
        submissionId: submission.id,
        number: submission.tries,
        paymentCount: own.length,
        at,
      })),
    );
    return new Map(sent.map((claim) => [claim.submission.id, claim]));
  }

  private async withholdFromHeld(
    tx: Tx,
    submissions: readonly ClaimedSubmission[],
    at: Date,
  ): Promise<void> {
    const postingId = newId();
    const submissionIds = submissions.map(({ id }) => id);
    const withheld = await withhold(tx, { submissionIds, postingId, at });
    if (withheld.length === 0) return;
    await this.books.post(tx, {
      id: postingId,
      moved: withheld.map((p) => readyTo('cancelled', p)),
      cause: 'sending',
      sourceId: submissionIds.length === 1 ? (submissionIds[0] ?? null) : null,
      at,
    });
    for (const batchId of new Set(withheld.map((one) => one.batchId))) {
      const own = withheld.filter((one) => one.batchId === batchId);
      await this.entitlements.release(tx, {
        batchId,
        entitlementIds: own.map((w) => w.entitlementId),
        at,
        actor: RUN_BY_SYSTEM,
      });
    }
  }
}

const isSent = ({ payments }: Claim): boolean => payments.length > 0;

function readyTo(
  to: PaymentState,
  { fund, budgetMonth, amount }: Pick<MovedMoney, 'fund' | 'budgetMonth' | 'amount'>,
): MovedMoney {
  return { fund, budgetMonth, from: 'ready', to, amount };
}
