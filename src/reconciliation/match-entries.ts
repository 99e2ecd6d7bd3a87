import { Injectable } from '@nestjs/common';
import type { Returned, Settled } from '../banks/index.js';
import { HoldBeneficiaries } from '../beneficiaries/index.js';
import { Clock, officeDate } from '../kernel/index.js';
import { RecordOutcomes } from '../payments/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { kindOf, type FoundException } from './exception.rules.js';
import {
  endExceptions,
  insertExceptions,
  openOfEntries,
  openOfPayments,
} from './exception.store.js';
import { judge, returnedBy, settledBy, type Counterpart, type Entry } from './matching.rules.js';
import {
  counterpartsOf,
  entriesToMatch,
  looseEntries,
  payeesOf,
  storeBuckets,
  storeMatches,
  type Bucketed,
} from './matching.store.js';
import { ReconciliationMetrics } from './reconciliation.metrics.js';
import { lockBooksOf } from './statement.store.js';

/** Entries that one transaction takes on. */
const ENTRIES_AT_ONCE = 5_000;
/** With all that wait under their references; a bank that books more under one is not made to fit our memory. */
const MOST_AT_ONCE = 50_000;
/** More transactions than the largest statement needs. */
const ROUNDS = 2_000;
/** ISO 20022 DUPL: whoever may have been paid twice is paid nothing more before somebody has looked. */
const PAID_AFTER_ALL = 'DUPL';

interface Proof {
  readonly entry: Entry;
  readonly payment: Counterpart;
}

interface Judged {
  readonly bucketed: Bucketed[];
  readonly proofs: Record<'settled' | 'returned', Proof[]>;
  /** Payments whose payee is held. */
  readonly held: string[];
}

/**
 * Puts every entry of a bank's statements into its bucket and lets it prove what it proves: a debit settles and
 * reconciles its payment, a credit returns it, and what does not fit becomes an exception. Set-based; running it
 * twice finds nothing left to do.
 */
@Injectable()
export class MatchEntries {
  constructor(
    private readonly database: Database,
    private readonly outcomes: RecordOutcomes,
    private readonly holds: HoldBeneficiaries,
    private readonly clock: Clock,
    private readonly metrics: ReconciliationMetrics,
  ) {}

  /**
   * @param reconciliationId the run that this belongs to, where there is one.
   * @returns how many entries got their bucket.
   */
  async match(bank: string, reconciliationId: string | null = null): Promise<number> {
    let matched = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const done = await this.database.transaction((tx) =>
        this.matchSome(tx, { bank, reconciliationId }),
      );
      if (done.length === 0) break;
      this.metrics.bucketed(bank, done);
      matched += done.length;
    }
    return matched;
  }

  private async matchSome(
    tx: Tx,
    run: { bank: string; reconciliationId: string | null },
  ): Promise<Bucketed[]> {
    const { bank } = run;
    await lockBooksOf(tx, bank);
    const entries = await entriesToMatch(tx, {
      bank,
      limit: ENTRIES_AT_ONCE,
      most: MOST_AT_ONCE,
    });
    if (entries.length === 0) return [];
    const references = [...new Set(entries.flatMap((entry) => entry.reference ?? []))];
    const known = {
      counterparts: await counterpartsOf(tx, { bank, references }),
      loose: await looseEntries(tx, { bank, references }),
    };
    const { bucketed, proofs, held } = sorted(judge(entries, known));
    const debits = await this.recordDebits(tx, bank, proofs.settled);
    const credits = await this.recordCredits(tx, bank, proofs);
    const at = this.clock.now();
    bucketed.push(...debits, ...credits);
    await storeBuckets(tx, { entries: bucketed, at });
    await storeMatches(tx, { entries: debits.filter(({ bucket }) => bucket === 'matched'), at });
    await this.hold(tx, held, at);
    await this.tell(tx, { ...run, entries, bucketed, counterparts: known.counterparts, at });
    return bucketed;
  }

  private async hold(tx: Tx, paymentIds: readonly string[], at: Date): Promise<void> {
    if (paymentIds.length === 0) return;
    await this.holds.hold(tx, {
      beneficiaryIds: await payeesOf(tx, paymentIds),
      reasonCode: PAID_AFTER_ALL,
      cause: 'statement',
      at,
    });
  }

  /** What does not fit becomes an exception; what another entry took back, or a debit proves at last, ends one. */
  private async tell(
    tx: Tx,
    news: {
      bank: string;
      reconciliationId: string | null;
      entries: readonly Entry[];
      bucketed: readonly Bucketed[];
      counterparts: ReadonlyMap<string, Counterpart>;
      at: Date;
    },
  ): Promise<void> {
    const { bucketed, at } = news;
    await insertExceptions(tx, misfits(news), news);
    const undone = bucketed.flatMap(({ undoes }) => undoes ?? []);
    await endExceptions(tx, { ids: await openOfEntries(tx, undone), why: 'undone', at });
    const paymentsIn = (bucket: string) =>
      bucketed.flatMap((entry) => (entry.bucket === bucket ? (entry.paymentId ?? []) : []));
    for (const [kind, bucket] of [
      ['paid-missing', 'matched'],
      ['return-missing', 'returned'],
    ] as const) {
      const ids = await openOfPayments(tx, { kinds: [kind], paymentIds: paymentsIn(bucket) });
      await endExceptions(tx, { ids, why: 'came-later', at });
    }
  }

  private async recordDebits(tx: Tx, bank: string, proofs: readonly Proof[]): Promise<Bucketed[]> {
    const refused = await this.record(tx, bank, proofs, settledBy);
    return proofs.map(({ entry, payment }) => ({
      entryId: entry.id,
      bucket: refused.has(payment.reference) ? 'contradicts' : 'matched',
      paymentId: payment.paymentId,
    }));
  }

  private async recordCredits(
    tx: Tx,
    bank: string,
    { settled, returned }: Record<'settled' | 'returned', readonly Proof[]>,
  ): Promise<Bucketed[]> {
    // What came back had gone out: a payment whose debit is not in the books yet is settled first.
    const settledNow = new Set(settled.map(({ payment }) => payment.paymentId));
    const unsettled = returned.filter(
      ({ payment }) => payment.standing === 'going' && !settledNow.has(payment.paymentId),
    );
    await this.record(tx, bank, unsettled, settledBy);
    const refused = await this.record(tx, bank, returned, returnedBy);
    return returned.map(({ entry, payment }) => ({
      entryId: entry.id,
      bucket: refused.has(payment.reference) ? 'contradicts' : 'returned',
      paymentId: payment.paymentId,
    }));
  }

  /** The references whose payment does not allow what the entry says. */
  private async record(
    tx: Tx,
    bank: string,
    proofs: readonly Proof[],
    factOf: (entry: Entry) => Settled | Returned,
  ): Promise<Set<string>> {
    if (proofs.length === 0) return new Set();
    const answers = await this.outcomes.record(tx, {
      bankCode: bank,
      items: proofs.map(({ entry, payment }) => ({
        reference: payment.reference,
        fact: factOf(entry),
      })),
      cause: 'statement',
      sourceId: null,
      at: this.clock.now(),
    });
    const agreed = answers.filter(
      ({ result }) => !['conflict', 'unknown-reference'].includes(result),
    );
    const allowed = new Set(agreed.map(({ reference }) => reference));
    return new Set(
      proofs.map(({ payment }) => payment.reference).filter((reference) => !allowed.has(reference)),
    );
  }
}

function sorted(judgements: ReturnType<typeof judge>): Judged {
  const judged: Judged = { bucketed: [], proofs: { settled: [], returned: [] }, held: [] };
  for (const [entry, judgement] of judgements) {
    if ('proves' in judgement) {
      judged.proofs[judgement.proves].push({ entry, payment: judgement.payment });
      continue;
    }
    const { bucket, paymentId, undoes, holds } = judgement;
    judged.bucketed.push({ entryId: entry.id, bucket, paymentId, undoes });
    if (holds && paymentId !== null) judged.held.push(paymentId);
  }
  return judged;
}

function misfits(news: {
  bank: string;
  entries: readonly Entry[];
  bucketed: readonly Bucketed[];
  counterparts: ReadonlyMap<string, Counterpart>;
}): FoundException[] {
  const entries = new Map(news.entries.map((entry) => [entry.id, entry]));
  return news.bucketed.flatMap(({ entryId, bucket, paymentId }) => {
    const kind = kindOf(bucket);
    const entry = entries.get(entryId);
    if (!kind || !entry) return [];
    const day = officeDate(entry.bookedAt);
    const { direction, amount, reference, reversal } = entry;
    const ours = reference === null ? undefined : news.counterparts.get(reference);
    return {
      kind,
      fingerprint: `entry ${entryId}`,
      bank: news.bank,
      from: day,
      to: day,
      entryRow: entryId,
      paymentId,
      direction,
      amount,
      detail: {
        ...(reversal && { reversal }),
        ...(ours && { ourAmount: ours.amount.toString(), standing: ours.standing }),
      },
    };
  });
}
