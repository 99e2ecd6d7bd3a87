import { Injectable } from '@nestjs/common';
import { Clock, officeDate } from '../kernel/index.js';
import { Programmes, type AccountCheckRule } from '../organisation/index.js';
import { Database } from '../platform/database/index.js';
import {
  accountFigures,
  countAccounts,
  hasLinesOf,
  listAccounts,
  type LineAccount,
} from './account-state.read.js';
import { freshSince, type AccountCount, type AccountState } from './account-state.rules.js';
import { batchNotFound, type OutdatedLine } from './batches.errors.js';
import {
  findDetail,
  findSummary,
  listBatches,
  type BatchDetail,
  type BatchSummary,
} from './batch.read.js';
import { BatchSettings } from './batch.settings.js';
import {
  basisOf,
  compare,
  countChanges,
  type Basis,
  type ChangeCounts,
  type ChangedPerson,
  type ChangesPage,
} from './changes.read.js';
import {
  listExclusions,
  listLines,
  sharedAccounts,
  type ExclusionView,
  type LineView,
  type SharedAccount,
} from './line.read.js';
import { outdatedLines } from './line.store.js';
import { LookAtAccounts, type AccountsNow } from './look-at-accounts.js';
import { NamedTotals, type NamedParts } from './named-totals.js';
import { changesSinceRound, type LineChanges } from './returned-line.store.js';
import {
  linesSinceReturn,
  proposedRounds,
  type LineSinceReturn,
  type ProposedRound,
} from './round-history.read.js';

/** Warnings of one kind that are shown. */
const WARNINGS_SHOWN = 100;

/** What is worth a look before signing, apart from what was answered about the accounts. */
export interface BatchConcerns {
  readonly sharedAccounts: readonly SharedAccount[];
  /** Lines of a batch that is not approved yet whose payee has changed since. */
  readonly outdated: { readonly count: number; readonly lines: readonly OutdatedLine[] };
}

export interface BatchWarnings extends BatchConcerns {
  readonly accounts: AccountsNow | null;
}

/** How far the account checks of a batch are. */
export interface AccountChecks {
  readonly mode: AccountCheckRule['mode'];
  readonly freshForDays: number;
  readonly waiting: number;
  readonly counts: readonly AccountCount[];
}

/** Questions about batches; reads only. Lists are read by page: ask for one row more to see whether there is more. */
@Injectable()
export class ViewBatches {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: BatchSettings,
    private readonly programmes: Programmes,
    private readonly named: NamedTotals,
    private readonly looking: LookAtAccounts,
  ) {}

  /** The newest first. */
  list(query: Parameters<typeof listBatches>[1]): Promise<BatchSummary[]> {
    return listBatches(this.database.reader, query);
  }

  /** @throws DomainError `batches.not-found` */
  async one(batchId: string): Promise<BatchSummary> {
    const batch = await findSummary(this.database.reader, batchId);
    if (!batch) throw batchNotFound(batchId);
    return batch;
  }

  /** With who is left out by reason, and its history. @throws DomainError `batches.not-found` */
  async detail(batchId: string): Promise<BatchDetail> {
    const batch = await findDetail(this.database.reader, batchId);
    if (!batch) throw batchNotFound(batchId);
    return batch;
  }

  lines(query: Parameters<typeof listLines>[1]): Promise<LineView[]> {
    return listLines(this.database.reader, query);
  }

  exclusions(query: Parameters<typeof listExclusions>[1]): Promise<ExclusionView[]> {
    return listExclusions(this.database.reader, query);
  }

  /**
   * What the batch is compared with, and how much changed.
   * @param batch `asOf`: of a signed batch the moment of its approval; what was approved later does not count.
   */
  async changes(
    batch: BatchSummary & { asOf?: Date },
  ): Promise<{ comparedWith: Basis; counts: ChangeCounts }> {
    const counts = await countChanges(this.database.reader, batch);
    return { comparedWith: basisOf(batch), counts };
  }

  /** The same, and one page of the people who changed. */
  async changedPeople(
    batch: BatchSummary & { asOf?: Date },
    page: ChangesPage,
  ): Promise<{ comparedWith: Basis; counts: ChangeCounts; people: ChangedPerson[] }> {
    const compared = await compare(this.database.reader, batch, page);
    return { comparedWith: basisOf(batch), ...compared };
  }

  totals(batch: BatchSummary): Promise<NamedParts> {
    return this.named.of(this.database.reader, batch);
  }

  async concerns(batch: BatchSummary): Promise<BatchConcerns> {
    const shared = await sharedAccounts(this.database.reader, {
      batchId: batch.id,
      above: this.settings.sharedAccountWarningAbove,
      limit: WARNINGS_SHOWN,
    });
    return { sharedAccounts: shared, outdated: await this.outdated(batch) };
  }

  async warnings(batch: BatchSummary): Promise<BatchWarnings> {
    const accounts = await this.looking.asKnownNow(this.database.reader, batch, {
      at: this.clock.now(),
      limit: WARNINGS_SHOWN,
    });
    return { accounts, ...(await this.concerns(batch)) };
  }

  /** What is known of the accounts: now of a draft, else as it was when the batch was proposed. */
  async accountCounts(batch: BatchSummary): Promise<readonly AccountCount[]> {
    if (batch.state !== 'draft') return batch.accountChecks?.counts ?? [];
    if (this.programmes.accountCheckOf(batch.programme).mode === 'off') return [];
    return countAccounts(this.database.reader, this.freshOf(batch));
  }

  private async accountChecks(batch: BatchSummary): Promise<AccountChecks> {
    const { mode, freshForDays } = this.programmes.accountCheckOf(batch.programme);
    const figures = await accountFigures(this.database.reader, this.freshOf(batch));
    return { mode, freshForDays, ...figures };
  }

  /** What is known of the accounts of a batch, and one page of its lines by it. */
  async accountsOf(
    batch: BatchSummary,
    page: { states?: readonly AccountState[]; afterLineNo: number; limit: number },
  ): Promise<{ checks: AccountChecks; lines: LineAccount[] }> {
    const checks = await this.accountChecks(batch);
    const lines = hasLinesOf(checks.counts, page.states)
      ? await listAccounts(this.database.reader, { ...this.freshOf(batch), ...page })
      : [];
    return { checks, lines };
  }

  /** Every round that was laid before signers, the newest first. */
  rounds(batchId: string): Promise<ProposedRound[]> {
    return proposedRounds(this.database.reader, batchId);
  }

  /** How many lines differ from the round that had the digest; null when no round of the batch had it. */
  since(round: { batchId: string; digest: string }): Promise<LineChanges | null> {
    return changesSinceRound(this.database.reader, round);
  }

  linesSince(query: Parameters<typeof linesSinceReturn>[1]): Promise<LineSinceReturn[]> {
    return linesSinceReturn(this.database.reader, query);
  }

  private freshOf(batch: BatchSummary): { batchId: string; freshSince: Date } {
    const rule = this.programmes.accountCheckOf(batch.programme);
    return { batchId: batch.id, freshSince: freshSince(rule, this.clock.now()) };
  }

  private async outdated(batch: BatchSummary): Promise<BatchConcerns['outdated']> {
    if (batch.state !== 'draft' && batch.state !== 'proposed') return { count: 0, lines: [] };
    return outdatedLines(this.database.reader, {
      batchId: batch.id,
      payDay: batch.payOn ?? officeDate(this.clock.now()),
      limit: WARNINGS_SHOWN,
    });
  }
}
