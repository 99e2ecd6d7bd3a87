import type { Actor } from '../identity/index.js';
import { InvariantError } from '../kernel/index.js';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { RuledPayment, RulingOutcome } from './doubt.rules.js';
import type { EvidenceType } from './evidence.rules.js';
import type { PaymentState } from './payment.lifecycle.js';
import { rulingLifecycle, type RulingState } from './ruling.lifecycle.js';

/** A payment that somebody wants to rule on. */
export interface DoubtToRule extends RuledPayment {
  readonly bankCode: string;
  readonly state: PaymentState;
}

/** Locks the payments in the order of their ids, so that no bank's word moves them meanwhile. */
export function lockForRuling(tx: Tx, paymentIds: readonly string[]): Promise<DoubtToRule[]> {
  return rows<DoubtToRule>(
    tx,
    `select p.id as "paymentId", p.reference, p.amount, p.bank_code as "bankCode", p.state,
            p.last_sent_at as "lastSentAt"
       from payment p where p.id = any($1::uuid[]) order by p.id for update`,
    [paymentIds],
  );
}

/**
 * Of locked payments, those that stand in a ruling that waits for its signature. A statement of its own, after the
 * lock: together with it, one that had waited would still see what was there before it waited.
 */
export function openRulingsOf(
  tx: Tx,
  paymentIds: readonly string[],
): Promise<{ paymentId: string; rulingId: string }[]> {
  return rows<{ paymentId: string; rulingId: string }>(
    tx,
    `select payment_id as "paymentId", ruling_id as "rulingId" from doubt_ruling_item
      where payment_id = any($1::uuid[]) and result = 'pending' order by payment_id`,
    [paymentIds],
  );
}

export interface EvidenceFile {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: EvidenceType;
  readonly sha256: string;
  readonly bytes: Buffer;
}

export async function insertEvidence(tx: Tx, file: EvidenceFile, at: Date): Promise<void> {
  await execute(
    tx,
    `insert into evidence_file (id, file_name, media_type, sha256, byte_size, bytes, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [file.id, file.fileName, file.mediaType, file.sha256, file.bytes.length, file.bytes, at],
  );
}

export interface NewRuling {
  readonly id: string;
  readonly bankCode: string;
  readonly outcome: RulingOutcome;
  readonly reasonCode: string | null;
  readonly evidenceReference: string | null;
  readonly evidenceNote: string | null;
  readonly evidenceAsOf: Date;
  readonly evidenceFileId: string | null;
  readonly digest: string;
  readonly total: string;
  readonly payments: readonly RuledPayment[];
  readonly proposedBy: Actor;
  readonly at: Date;
}

export async function insertRuling(tx: Tx, ruling: NewRuling): Promise<void> {
  await execute(
    tx,
    `insert into doubt_ruling
       (id, bank_code, outcome, reason_code, evidence_reference, evidence_note, evidence_file_id, payment_count,
        total_amount, currency, digest, state, proposed_by, proposed_login, proposed_at, evidence_as_of)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'VND', $10, 'proposed', $11, $12, $13, $14)`,
    [
      ruling.id,
      ruling.bankCode,
      ruling.outcome,
      ruling.reasonCode,
      ruling.evidenceReference,
      ruling.evidenceNote,
      ruling.evidenceFileId,
      ruling.payments.length,
      ruling.total,
      ruling.digest,
      ruling.proposedBy.id,
      ruling.proposedBy.name,
      ruling.at,
      ruling.evidenceAsOf,
    ],
  );
  await execute(
    tx,
    `insert into doubt_ruling_item (ruling_id, payment_id, last_sent_at, result)
     select $1, i.payment_id, i.last_sent_at, 'pending'
       from unnest($2::uuid[], $3::timestamptz[]) as i (payment_id, last_sent_at)`,
    [ruling.id, ruling.payments.map((p) => p.paymentId), ruling.payments.map((p) => p.lastSentAt)],
  );
}

export interface RulingRow {
  id: string;
  bankCode: string;
  outcome: RulingOutcome;
  reasonCode: string | null;
  evidenceReference: string | null;
  evidenceNote: string | null;
  evidenceAsOf: Date;
  evidenceSha256: string | null;
  digest: string;
  state: RulingState;
  proposedBy: string;
}

/** Waits for whoever decides on it at the same moment, and then reads what they did. */
export function lockRuling(tx: Tx, id: string): Promise<RulingRow | null> {
  return one<RulingRow>(
    tx,
    `select r.id, r.bank_code as "bankCode", r.outcome, r.reason_code as "reasonCode",
            r.evidence_reference as "evidenceReference", r.evidence_note as "evidenceNote",
            r.evidence_as_of as "evidenceAsOf",
            (select f.sha256 from evidence_file f where f.id = r.evidence_file_id) as "evidenceSha256",
            r.digest, r.state, r.proposed_by as "proposedBy"
       from doubt_ruling r where r.id = $1 for update of r`,
    [id],
  );
}

export interface RuledItem extends RuledPayment {
  readonly state: PaymentState;
  /** In doubt since the same sending as when it was proposed. */
  readonly stillInDoubt: boolean;
}

/** Locks the payments of a ruling in the order of their ids, as every other writer of payments does. */
export function lockItems(tx: Tx, rulingId: string): Promise<RuledItem[]> {
  return rows<RuledItem>(
    tx,
    `select p.id as "paymentId", p.reference, p.amount, p.state, i.last_sent_at as "lastSentAt",
            (p.state = 'unknown' and p.last_sent_at = i.last_sent_at) as "stillInDoubt"
       from doubt_ruling_item i join payment p on p.id = i.payment_id
      where i.ruling_id = $1 order by p.id for update of p`,
    [rulingId],
  );
}

export interface Decision {
  readonly rulingId: string;
  readonly to: Exclude<RulingState, 'proposed'>;
  readonly by: Actor;
  readonly at: Date;
  readonly reason: string | null;
}

/** Ends a locked ruling. @throws InvariantError when it was decided under us. */
export async function decideRuling(tx: Tx, decision: Decision): Promise<void> {
  const decided = await execute(
    tx,
    `update doubt_ruling
        set state = $2, decided_by = $3, decided_login = $4, decided_at = $5, decision_reason = $6
      where id = $1 and state = any($7::text[])`,
    [
      decision.rulingId,
      decision.to,
      decision.by.id,
      decision.by.name,
      decision.at,
      decision.reason,
      rulingLifecycle.before(decision.to),
    ],
  );
  if (decided !== 1) throw new InvariantError('a locked ruling was decided under us', { decided });
}

/** What became of each payment of a decided ruling. */
export async function endItems(
  tx: Tx,
  rulingId: string,
  items: readonly { paymentId: string; result: 'moved' | 'overtaken'; found: string | null }[],
): Promise<void> {
  await execute(
    tx,
    `update doubt_ruling_item i set result = e.result, found_state = e.found
       from unnest($2::uuid[], $3::text[], $4::text[]) as e (payment_id, result, found)
      where i.ruling_id = $1 and i.payment_id = e.payment_id`,
    [
      rulingId,
      items.map((i) => i.paymentId),
      items.map((i) => i.result),
      items.map((i) => i.found),
    ],
  );
}

/** Refused or withdrawn: its payments may stand in another ruling. */
export async function releaseItems(tx: Tx, rulingId: string): Promise<void> {
  await execute(tx, `update doubt_ruling_item set result = 'released' where ruling_id = $1`, [
    rulingId,
  ]);
}

export async function appendRulingHistory(
  tx: Tx,
  entry: {
    rulingId: string;
    happened: RulingState;
    by: Actor;
    at: Date;
    reason: string | null;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into doubt_ruling_history (ruling_id, at, happened, actor_kind, actor_id, actor_name, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.rulingId,
      entry.at,
      entry.happened,
      entry.by.kind,
      entry.by.id,
      entry.by.name,
      entry.reason,
    ],
  );
}
