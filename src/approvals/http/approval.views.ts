import type { z } from 'zod';
import type { GivenSignature } from '../round.read.js';
import type { RoundDetail, RoundView } from '../view-rounds.js';
import type { roundPage, roundSchema } from './approval.schemas.js';

export type RoundBody = z.infer<typeof roundPage>['items'][number];
export type RoundDetailBody = z.infer<typeof roundSchema>;

export function roundBody({ batch, steps, next }: RoundView): RoundBody {
  const { number, programme, period, round, digest, lineCount, total, payOn, accountChecks } =
    batch;
  const unsigned = steps.filter((step) => !step.signed).length;
  return {
    batchId: batch.id,
    number,
    programme,
    period,
    round,
    digest,
    lineCount,
    total,
    payOn,
    accountChecks: accountChecks && {
      ...accountChecks,
      counts: accountChecks.counts.map((count) => ({ ...count })),
    },
    state: batch.state as RoundBody['state'],
    currency: 'VND',
    proposedAt: batch.proposedAt?.toISOString() ?? null,
    steps: steps.map(({ signed, ...step }) => ({ ...step, signed: signed && given(signed) })),
    next,
    missing: batch.state === 'cancelled' ? 0 : unsigned,
  };
}

export function roundDetailBody(round: RoundDetail): RoundDetailBody {
  const { approval, earlier } = round;
  return {
    ...roundBody(round),
    approval: approval && { id: approval.id, approvedAt: approval.approvedAt.toISOString() },
    earlier: earlier.map((one) => ({
      ...given(one),
      round: one.round,
      step: one.step,
      signature: one.signature,
    })),
  };
}

function given({ signerId, signerLogin, comment, signedAt }: GivenSignature) {
  return { signerId, signerLogin, comment, signedAt: signedAt.toISOString() };
}
