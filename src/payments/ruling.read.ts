import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';
import type { RulingOutcome } from './doubt.rules.js';
import type { PaymentState } from './payment.lifecycle.js';
import type { RulingState } from './ruling.lifecycle.js';

export interface RulingSummary {
  id: string;
  bankCode: string;
  outcome: RulingOutcome;
  reasonCode: string | null;
  state: RulingState;
  payments: number;
  total: string;
  currency: string;
  digest: string;
  evidenceReference: string | null;
  evidenceNote: string | null;
  evidenceAsOf: Date;
  fileName: string | null;
  fileType: string | null;
  fileBytes: number | null;
  fileSha256: string | null;
  proposedBy: string;
  proposedLogin: string;
  proposedAt: Date;
  decidedBy: string | null;
  decidedLogin: string | null;
  decidedAt: Date | null;
  decisionReason: string | null;
}

/** What a ruling did to one payment; `overtaken`: nothing, for it had left that doubt. */
export type RuledResult = 'pending' | 'moved' | 'overtaken' | 'released';

export interface RulingItem {
  paymentId: string;
  reference: string;
  amount: string;
  state: PaymentState;
  lastSentAt: Date;
  result: RuledResult;
  foundState: PaymentState | null;
}

export interface RulingEvent {
  at: Date;
  happened: RulingState;
  actorName: string;
  reason: string | null;
}

export interface StoredEvidence {
  fileName: string;
  mediaType: string;
  bytes: Buffer;
}

const SUMMARY = `
  select r.id, r.bank_code as "bankCode", r.outcome, r.reason_code as "reasonCode", r.state,
         r.payment_count as payments, r.total_amount as total, r.currency, r.digest,
         r.evidence_reference as "evidenceReference", r.evidence_note as "evidenceNote",
         r.evidence_as_of as "evidenceAsOf",
         f.file_name as "fileName", f.media_type as "fileType", f.byte_size as "fileBytes",
         f.sha256 as "fileSha256", r.proposed_by as "proposedBy", r.proposed_login as "proposedLogin",
         r.proposed_at as "proposedAt", r.decided_by as "decidedBy", r.decided_login as "decidedLogin",
         r.decided_at as "decidedAt", r.decision_reason as "decisionReason"
    from doubt_ruling r left join evidence_file f on f.id = r.evidence_file_id`;

/** Rulings as people see them who sign or check them. */
@Injectable()
export class RulingReads {
  /** The latest first, before the one with id `before`. */
  list(
    tx: Tx,
    query: {
      state: RulingState | null;
      bankCode: string | null;
      paymentId: string | null;
      before: string | null;
      limit: number;
    },
  ): Promise<RulingSummary[]> {
    return rows<RulingSummary>(
      tx,
      `${SUMMARY}
        where ($1::text is null or r.state = $1) and ($2::text is null or r.bank_code = $2)
          and ($3::uuid is null or r.id in (select ruling_id from doubt_ruling_item where payment_id = $3))
          and ($4::uuid is null or r.id < $4)
        order by r.id desc limit $5`,
      [query.state, query.bankCode, query.paymentId, query.before, query.limit],
    );
  }

  find(tx: Tx, id: string): Promise<RulingSummary | null> {
    return one<RulingSummary>(tx, `${SUMMARY} where r.id = $1`, [id]);
  }

  items(tx: Tx, id: string): Promise<RulingItem[]> {
    return rows<RulingItem>(
      tx,
      `select i.payment_id as "paymentId", p.reference, p.amount, p.state, i.last_sent_at as "lastSentAt",
              i.result, i.found_state as "foundState"
         from doubt_ruling_item i join payment p on p.id = i.payment_id
        where i.ruling_id = $1 order by i.payment_id`,
      [id],
    );
  }

  history(tx: Tx, id: string): Promise<RulingEvent[]> {
    return rows<RulingEvent>(
      tx,
      `select at, happened, actor_name as "actorName", reason from doubt_ruling_history
        where ruling_id = $1 order by id`,
      [id],
    );
  }

  evidence(tx: Tx, id: string): Promise<StoredEvidence | null> {
    return one<StoredEvidence>(
      tx,
      `select f.file_name as "fileName", f.media_type as "mediaType", f.bytes
         from doubt_ruling r join evidence_file f on f.id = r.evidence_file_id where r.id = $1`,
      [id],
    );
  }
}
