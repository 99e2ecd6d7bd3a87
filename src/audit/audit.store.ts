import { newId } from '../kernel/index.js';
import { execute, type Tx } from '../platform/database/index.js';
import type { AuditRecord } from './audit-record.js';
import type { ChainHead } from './audit.read.js';

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
  found: {
    checked: number;
    head: ChainHead;
    broken: { reason: string; seq: string | null } | null;
  },
): Promise<void> {
  const { checked, head, broken } = found;
  await execute(
    tx,
    `insert into audit_verification (at, checked, head_seq, head_hash, reason, seq) values ($1, $2, $3, $4, $5, $6)`,
    [at, checked, head.seq, head.hash, broken?.reason ?? null, broken?.seq ?? null],
  );
}
