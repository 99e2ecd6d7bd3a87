import type { z } from 'zod';
import type { Bank } from '../../banks/index.js';
import type { DoubtRow } from '../doubt.read.js';
import { rejectableFrom } from '../doubt.rules.js';
import type { RulingSummary } from '../ruling.read.js';
import type { doubtSchema, rulingSchema } from './doubts.schemas.js';

export const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A doubt as the API shows it. @param bank null when it is no longer configured. */
export function doubtView(row: DoubtRow, bank: Bank | null): z.infer<typeof doubtSchema> {
  return {
    paymentId: row.paymentId,
    reference: row.reference,
    bank: row.bankCode,
    batchId: row.batchId,
    runId: row.runId,
    amount: row.amount,
    currency: 'VND',
    programme: row.programme,
    period: row.period,
    communeCode: row.communeCode,
    state: row.state,
    unknownSince: isoOrNull(row.unknownSince),
    firstSentAt: isoOrNull(row.firstSentAt),
    lastSentAt: isoOrNull(row.lastSentAt),
    sendings: row.sendings,
    enquiries: row.enquiries,
    lastAnswer:
      row.lastAnswer === null || row.lastAnswerAt === null
        ? null
        : { at: row.lastAnswerAt.toISOString(), answer: row.lastAnswer, why: row.lastAnswerWhy },
    nextEnquiryAt: isoOrNull(row.nextEnquiryAt),
    windowUntil: bank && row.lastSentAt ? rejectableFrom(row.lastSentAt, bank).toISOString() : null,
    openRuling: openRulingOf(row),
  };
}

function openRulingOf(row: DoubtRow): z.infer<typeof doubtSchema>['openRuling'] {
  const { openRulingId: id, openRulingOutcome: outcome, openRulingBy, openRulingAt } = row;
  if (id === null || outcome === null || openRulingBy === null || openRulingAt === null)
    return null;
  return { id, outcome, proposedBy: openRulingBy, proposedAt: openRulingAt.toISOString() };
}

/** A ruling as the API shows it: logins, never names. */
export function rulingView(row: RulingSummary): z.infer<typeof rulingSchema> {
  const { fileName, fileType, fileBytes, fileSha256 } = row;
  const hasFile = fileName !== null && fileType !== null && fileBytes !== null;
  return {
    id: row.id,
    bank: row.bankCode,
    outcome: row.outcome,
    reasonCode: row.reasonCode,
    state: row.state,
    payments: row.payments,
    total: row.total,
    currency: 'VND',
    digest: row.digest,
    evidence: {
      reference: row.evidenceReference,
      note: row.evidenceNote,
      asOf: row.evidenceAsOf.toISOString(),
      file: hasFile
        ? { name: fileName, mediaType: fileType, bytes: fileBytes, sha256: fileSha256 ?? '' }
        : null,
    },
    proposedBy: row.proposedLogin,
    proposedAt: row.proposedAt.toISOString(),
    decidedBy: row.decidedLogin,
    decidedAt: isoOrNull(row.decidedAt),
    decisionReason: row.decisionReason,
  };
}
