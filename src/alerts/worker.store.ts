import { execute, type Tx } from '../platform/database/index.js';

/** Signs of life that are so old tell nobody anything. */
const KEPT_DAYS = 7;

export async function leaveBeat(tx: Tx, beat: { id: string; at: Date }): Promise<void> {
  await execute(
    tx,
    `insert into worker_beat (id, started_at, seen_at) values ($1, $2, $2)
     on conflict (id) do update set seen_at = excluded.seen_at`,
    [beat.id, beat.at],
  );
}

export async function endBeat(tx: Tx, beat: { id: string; at: Date }): Promise<void> {
  await execute(tx, `update worker_beat set ended_at = $2, seen_at = $2 where id = $1`, [
    beat.id,
    beat.at,
  ]);
}

export async function forgetOldBeats(tx: Tx, now: Date): Promise<void> {
  await execute(
    tx,
    `delete from worker_beat where seen_at < $1::timestamptz - make_interval(days => ${KEPT_DAYS})`,
    [now],
  );
}
