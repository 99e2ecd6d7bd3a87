import { newId } from '../kernel/index.js';
import { execute, type Tx } from '../platform/database/index.js';
import type { AuditRecord } from './audit-record.js';
import type { AuditVerification } from './verify-audit.js';

/** The database links the entry into the chain when the transaction commits. */
export async function appendEntry(tx: Tx, at: Date, record: AuditRecord): Promise<void> {
  await execute(
    tx,
    `insert into audit_entry (id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)`,
    [
      newId(),
      at,
      record.actor.kind,
      record.actor.id,
      record.actor.name,
      record.action,
      record.subject.type,
      record.subject.id,
      JSON.stringify(record.detail ?? {}),
    ],
  );
}

export async function appendVerification(
  tx: Tx,
  at: Date,
  { checked, head, broken }: AuditVerification,
): Promise<void> {
  await execute(
    tx,
    `insert into audit_verification (at, checked, head_seq, head_hash, reason, seq) values ($1, $2, $3, $4, $5, $6)`,
    [at, checked, head.seq, head.hash, broken?.reason ?? null, broken?.seq ?? null],
  );
}
