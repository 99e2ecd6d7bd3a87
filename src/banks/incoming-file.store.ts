import { execute, one, type Tx } from '../platform/database/index.js';
import type { StoredContent } from './bank-file.store.js';

export interface NewIncomingFile extends StoredContent {
  readonly id: string;
  readonly bank: string;
  readonly remoteName: string | null;
  readonly answers: string | null;
  readonly at: Date;
}

/** Stores a file of a bank that was not there; false when its content was. */
export async function insertIncoming(tx: Tx, file: NewIncomingFile): Promise<boolean> {
  const stored = await execute(
    tx,
    `insert into bank_file (id, bank_code, direction, state, file_name, media_type, byte_size, sha256, remote_name,
                            answers, last_seen_at, created_at)
     values ($1, $2, 'in', 'received', $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (bank_code, sha256) where direction = 'in' do nothing`,
    [
      file.id,
      file.bank,
      file.fileName,
      file.mediaType,
      file.byteSize,
      file.sha256,
      file.remoteName,
      file.answers,
      file.at,
    ],
  );
  return stored === 1;
}

/** Counts the same content coming again; null when it was never there. */
export async function seeAgain(
  tx: Tx,
  again: { bank: string; sha256: string; at: Date },
): Promise<string | null> {
  const seen = await one<{ id: string }>(
    tx,
    `update bank_file set times_seen = times_seen + 1, last_seen_at = greatest(last_seen_at, $3)
      where bank_code = $1 and sha256 = $2 and direction = 'in' returning id`,
    [again.bank, again.sha256, again.at],
  );
  return seen?.id ?? null;
}

/**
 * Notes which message a file answers: of one that was set aside, and of a report that nobody had named a message for.
 * @returns what was named before, and whether it was changed
 */
export async function nameAnswers(
  tx: Tx,
  file: { id: string; answers: string },
): Promise<{ before: string | null; changed: boolean }> {
  const named = await one<{ before: string | null; changed: boolean }>(
    tx,
    `with old as (
       select id, answers,
              answers is distinct from $2 and
                (state = 'quarantined' or (state = 'read' and answers is null and kind <> 'statements')) as may
         from bank_file where id = $1 for update),
     changed as (update bank_file f set answers = $2 from old where f.id = old.id and old.may returning f.id)
     select answers as before, may as changed from old left join changed using (id)`,
    [file.id, file.answers],
  );
  return named ?? { before: null, changed: false };
}
