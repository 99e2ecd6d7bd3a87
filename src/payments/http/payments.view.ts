import type { z } from 'zod';
import { maskTail } from '../../kernel/index.js';
import type { ReasonCodes } from '../../organisation/index.js';
import type { PaymentRow } from '../payment.read.js';
import type { RunSummary, WaitingGroup } from '../run.read.js';
import { waitText } from '../wait.texts.js';
import type { paymentSchema, runSchema, waitingSchema } from './payments.schemas.js';

const iso = (at: Date): string => at.toISOString();
const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A run as the API shows it. */
export function runView(run: RunSummary): z.infer<typeof runSchema> {
  const { version: _, ...shown } = run;
  return {
    ...shown,
    currency: 'VND',
    scheduledFor: iso(run.scheduledFor),
    deadlineAt: iso(run.deadlineAt),
    createdAt: iso(run.createdAt),
    startedAt: isoOrNull(run.startedAt),
    finishedAt: isoOrNull(run.finishedAt),
    cancelRequestedAt: isoOrNull(run.cancelRequestedAt),
  };
}

/** What waits, as the API shows it. */
export function waitingView(groups: readonly WaitingGroup[]): z.infer<typeof waitingSchema> {
  return {
    items: groups.map((group) => ({
      ...group,
      text: waitText(group.because),
      until: iso(group.until),
    })),
  };
}

/** A payment as the API shows it: the account masked, the bank's reason in plain words. */
export function paymentView(row: PaymentRow, reasons: ReasonCodes): z.infer<typeof paymentSchema> {
  const { accountNumber, reasonCode, reasonText, batchLineId: _, approvalId: __, ...rest } = row;
  const { waitsBecause, waitsUntil, ...shown } = rest;
  const reason = reasonCode === null ? null : reasons.of(reasonCode);
  return {
    ...shown,
    currency: 'VND',
    account: maskTail(accountNumber),
    waits:
      waitsBecause === null || waitsUntil === null
        ? null
        : { because: waitsBecause, text: waitText(waitsBecause), until: iso(waitsUntil) },
    reason: reason && {
      code: reasonCode ?? reason.code,
      text: { vi: reason.vi, en: reason.en },
      nextStep: reason.nextStep,
      bankText: reasonText,
    },
    firstSentAt: isoOrNull(row.firstSentAt),
    unknownSince: isoOrNull(row.unknownSince),
    nextEnquiryAt: isoOrNull(row.nextEnquiryAt),
    settledAt: isoOrNull(row.settledAt),
    createdAt: iso(row.createdAt),
    changedAt: iso(row.changedAt),
  };
}
