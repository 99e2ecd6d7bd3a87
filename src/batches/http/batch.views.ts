import type { z } from 'zod';
import { markDifference } from '../../beneficiaries/index.js';
import { maskTail } from '../../kernel/index.js';
import type { LineAccount } from '../account-state.read.js';
import type { ProposedAccounts } from '../account-state.rules.js';
import { EXCLUSION_REASONS } from '../batches.errors.js';
import type { BatchDetail, BatchSummary } from '../batch.read.js';
import type { ExclusionView } from '../line.read.js';
import type { accountChecksPage } from './account.schemas.js';
import type { batchPage, batchSchema, exclusionPage } from './batch.schemas.js';

export type BatchBody = z.infer<typeof batchSchema>;
export type SummaryBody = z.infer<typeof batchPage>['items'][number];
export type LineAccountBody = z.infer<typeof accountChecksPage>['items'][number];
export type ExclusionBody = z.infer<typeof exclusionPage>['items'][number];

const UNEXPLAINED = { vi: '', en: '' };
const explain = (reason: string) => EXCLUSION_REASONS[reason] ?? UNEXPLAINED;

export function summaryBody(batch: BatchSummary): SummaryBody {
  return {
    id: batch.id,
    number: batch.number,
    programme: batch.programme,
    period: batch.period,
    filter: batch.filter as SummaryBody['filter'],
    payOn: batch.payOn,
    note: batch.note,
    state: batch.state,
    round: batch.round,
    lineCount: batch.lineCount,
    total: batch.total,
    currency: 'VND',
    digest: batch.digest,
    preparedBy: batch.preparedBy,
    proposedBy: batch.proposedBy,
    proposedAt: batch.proposedAt?.toISOString() ?? null,
    approvalId: batch.approvalId,
    followUpOf: batch.followUpOf,
    returnReason: batch.returnReason,
    cancelReason: batch.cancelReason,
    createdAt: batch.createdAt.toISOString(),
    version: batch.version,
    accountChecks: batch.accountChecks && accountsBody(batch.accountChecks),
  };
}

function accountsBody({ mode, freshForDays, counts }: ProposedAccounts) {
  return { mode, freshForDays, counts: counts.map((count) => ({ ...count })) };
}

export function lineAccountBody(line: LineAccount): LineAccountBody {
  const { accountNumber, bankCode, source, ...rest } = line;
  return {
    ...rest,
    accountNumberMasked: maskTail(accountNumber),
    difference: line.bankName === null ? null : markDifference(line.ourName, line.bankName),
    source: source === 'bank' ? `bank:${bankCode ?? ''}` : source,
    at: line.at?.toISOString() ?? null,
  };
}

export function batchBody(batch: BatchDetail): BatchBody {
  return {
    ...summaryBody(batch),
    leftOut: batch.leftOut.map((left) => ({ ...left, explanation: explain(left.reason) })),
    history: batch.history.map((event) => ({ ...event, at: event.at.toISOString() })),
  };
}

export function exclusionBody(exclusion: ExclusionView): ExclusionBody {
  return {
    ...exclusion,
    kind: exclusion.kind as ExclusionBody['kind'],
    currency: 'VND',
    explanation: explain(exclusion.reason),
    detail: { ...exclusion.detail },
  };
}
