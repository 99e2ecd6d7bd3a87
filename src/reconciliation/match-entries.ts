import { Injectable } from '@nestjs/common';
import type { Returned, Settled } from '../banks/index.js';
import { Clock } from '../kernel/index.js';
import { RecordOutcomes } from '../payments/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { judge, returnedBy, settledBy, type Counterpart, type Entry } from './matching.rules.js';
import {
  counterpartsOf,
  entriesToMatch,
  storeBuckets,
  storeMatches,
  type Bucketed,
} from './matching.store.js';
import { ReconciliationMetrics } from './reconciliation.metrics.js';
import { lockBooksOf } from './statement.store.js';

/** Entries that one transaction takes on. */
const ENTRIES_AT_ONCE = 5_000;
/** More transactions than the largest statement needs. */
const ROUNDS = 2_000;

interface Proof {
  readonly entry: Entry;
  readonly payment: Counterpart;
}

/**
 * Puts every entry of a bank's statements into its bucket and lets it prove what it proves: a debit settles and
 * reconciles its payment, a credit returns it. Set-based; running it twice finds nothing left to do.
 */
@Injectable()
export class MatchEntries {
  constructor(
    private readonly database: Database,
    private readonly outcomes: RecordOutcomes,
    private readonly clock: Clock,
    private readonly metrics: ReconciliationMetrics,
  ) {}

  /** @returns how many entries got their bucket. */
  async match(bank: string): Promise<number> {
    let matched = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const done = await this.database.transaction((tx) => this.matchSome(tx, bank));
      if (done.length === 0) break;
      this.metrics.bucketed(bank, done);
      matched += done.length;
    }
    return matched;
  }

  private async matchSome(tx: Tx, bank: string): Promise<Bucketed[]> {
    await lockBooksOf(tx, bank);
    const entries = await entriesToMatch(tx, { bank, limit: ENTRIES_AT_ONCE });
    if (entries.length === 0) return [];
    const references = entries.flatMap((entry) => entry.reference ?? []);
    const judgements = judge(entries, await counterpartsOf(tx, { bank, references }));
    const bucketed: Bucketed[] = [];
    const proofs: Record<'settled' | 'returned', Proof[]> = { settled: [], returned: [] };
    for (const [entry, judgement] of judgements) {
      if ('proves' in judgement)
        proofs[judgement.proves].push({ entry, payment: judgement.payment });
      else bucketed.push({ entryId: entry.id, ...judgement });
    }
    const debits = await this.recordDebits(tx, bank, proofs.settled);
    const credits = await this.recordCredits(tx, bank, proofs);
    const at = this.clock.now();
    bucketed.push(...debits, ...credits);
    await storeBuckets(tx, { entries: bucketed, at });
    await storeMatches(tx, { entries: debits.filter(({ bucket }) => bucket === 'matched'), at });
    return bucketed;
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
      ({ payment }) => !payment.settled && !settledNow.has(payment.paymentId),
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
