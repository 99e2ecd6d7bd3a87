import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { BankRegistry } from '../banks/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, Money, newId } from '../kernel/index.js';
import { ReasonCodes } from '../organisation/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import {
  digestOfRuling,
  mayBeRuledFor,
  rejectableFrom,
  type RulingOutcome,
} from './doubt.rules.js';
import {
  doubtsOfSeveralBanks,
  doubtTooYoung,
  evidenceMissing,
  evidenceNotTaken,
  evidenceOfTomorrow,
  evidenceTooLarge,
  inAnotherRuling,
  notInDoubt,
  reasonNotFit,
  ruledByPeople,
} from './doubts.errors.js';
import { cleanEvidenceName, EVIDENCE_MAX_BYTES, evidenceTypeOf } from './evidence.rules.js';
import { paymentNotFound } from './payments.errors.js';
import {
  appendRulingHistory,
  insertEvidence,
  insertRuling,
  lockForRuling,
  openRulingsOf,
  type DoubtToRule,
  type EvidenceFile,
} from './ruling.store.js';

export interface RulingOrder {
  readonly actor: Actor;
  /** 1…500 payments of one bank, each named once. */
  readonly paymentIds: readonly string[];
  readonly outcome: RulingOutcome;
  /** Why no money went out; for `rejected` only. */
  readonly reasonCode: string | null;
  readonly evidence: {
    /** Number of the bank's letter, page of its statement. */
    readonly reference: string | null;
    readonly note: string | null;
    /** As of when it speaks: the time of the bank's letter or statement, not of this order. */
    readonly asOf: Date;
    readonly file: { readonly fileName: string; readonly bytes: Buffer } | null;
  };
}

/**
 * A person who has evidence of what became of payments in doubt proposes how the doubt ends. Nothing moves until
 * another person signs. The payments are locked while they are looked at, and stand in one open ruling at most.
 */
@Injectable()
export class ProposeRuling {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly reasons: ReasonCodes,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `payments.evidence-*`, `payments.reason-not-fit`, `payments.not-in-doubt`,
   *   `payments.doubts-of-several-banks`, `payments.doubt-too-young`, `payments.in-another-ruling`
   */
  async propose(order: RulingOrder): Promise<{ rulingId: string }> {
    assertMay(order.actor, 'doubt.propose');
    if (order.actor.kind !== 'user') throw ruledByPeople();
    const reasonCode = this.reasonOf(order);
    const file = evidenceOf(order);
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      if (order.evidence.asOf > at) throw evidenceOfTomorrow();
      const payments = await lockForRuling(tx, order.paymentIds);
      const bankCode = this.assertRulable(payments, order);
      const open = await openRulingsOf(tx, order.paymentIds);
      if (open.length > 0) throw inAnotherRuling(open);
      const ruling = {
        rulingId: newId(),
        bankCode,
        outcome: order.outcome,
        reasonCode,
        evidenceReference: order.evidence.reference,
        evidenceNote: order.evidence.note,
        evidenceAsOf: order.evidence.asOf,
        evidenceSha256: file?.sha256 ?? null,
        payments,
      };
      if (file) await insertEvidence(tx, file, at);
      await this.keep(tx, { order, ruling, file, at });
      return { rulingId: ruling.rulingId };
    });
  }

  private async keep(
    tx: Tx,
    given: {
      order: RulingOrder;
      ruling: Parameters<typeof digestOfRuling>[0];
      file: EvidenceFile | null;
      at: Date;
    },
  ): Promise<void> {
    const { order, ruling, file, at } = given;
    const { rulingId, ...content } = ruling;
    const digest = digestOfRuling(ruling);
    await insertRuling(tx, {
      ...content,
      id: rulingId,
      evidenceFileId: file?.id ?? null,
      digest,
      total: Money.sum(ruling.payments.map((p) => Money.of(p.amount))).toString(),
      proposedBy: order.actor,
      at,
    });
    const entry = { rulingId, happened: 'proposed' as const, by: order.actor, at, reason: null };
    await appendRulingHistory(tx, entry);
    await this.audit.record(tx, {
      actor: order.actor,
      action: 'doubt-ruling.proposed',
      subject: { type: 'doubt-ruling', id: rulingId },
      detail: {
        bankCode: ruling.bankCode,
        outcome: ruling.outcome,
        reasonCode: ruling.reasonCode,
        payments: ruling.payments.length,
        evidenceSha256: ruling.evidenceSha256,
        digest,
      },
    });
  }

  private reasonOf({ outcome, reasonCode }: RulingOrder): string | null {
    if (outcome === 'settled') return null;
    const code = (reasonCode ?? '').trim().toUpperCase();
    const reason = this.reasons.all().find((listed) => listed.code === code);
    if (!reason || !mayBeRuledFor(reason)) throw reasonNotFit(code);
    return reason.code;
  }

  /** @returns the bank that all of them went through. */
  private assertRulable(payments: readonly DoubtToRule[], order: RulingOrder): string {
    const found = new Set(payments.map((p) => p.paymentId));
    const missing = order.paymentIds.find((id) => !found.has(id));
    if (missing !== undefined) throw paymentNotFound(missing);
    const certain = payments.filter((p) => p.state !== 'unknown');
    if (certain.length > 0) {
      throw notInDoubt(certain.map(({ paymentId, state }) => ({ paymentId, state })));
    }
    const bankCodes = [...new Set(payments.map((p) => p.bankCode))];
    const [bankCode, ...others] = bankCodes;
    if (bankCode === undefined || others.length > 0) throw doubtsOfSeveralBanks(bankCodes);
    if (order.outcome === 'rejected') {
      this.assertLateEnough(payments, bankCode, order.evidence.asOf);
    }
    return bankCode;
  }

  /** What the bank wrote while it could still book the payment says nothing of what it did afterwards. */
  private assertLateEnough(payments: readonly DoubtToRule[], bankCode: string, asOf: Date): void {
    const bank = this.banks.of(bankCode);
    const young = payments
      .map(({ paymentId, lastSentAt }) => ({ paymentId, until: rejectableFrom(lastSentAt, bank) }))
      .filter(({ until }) => until > asOf);
    if (young.length === 0) return;
    const until = new Date(Math.max(...young.map((y) => y.until.getTime())));
    throw doubtTooYoung(
      until,
      young.map(({ paymentId }) => ({ paymentId })),
    );
  }
}

function evidenceOf({ evidence }: RulingOrder): EvidenceFile | null {
  const { file, reference } = evidence;
  if (!file) {
    if (reference === null) throw evidenceMissing();
    return null;
  }
  if (file.bytes.length > EVIDENCE_MAX_BYTES) throw evidenceTooLarge();
  const mediaType = evidenceTypeOf(file.bytes, file.fileName);
  if (mediaType === null) throw evidenceNotTaken();
  return {
    id: newId(),
    fileName: cleanEvidenceName(file.fileName),
    mediaType,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    bytes: file.bytes,
  };
}
