import { rows, type Tx } from '../database/index.js';

/** A session that the store keeps and has not forgotten. */
export interface KeptSession {
  /** When its person signed in; null for one that was begun before this was kept. */
  readonly begunAt: Date | null;
  /** When a request of it came last: the store moves its end at every request. */
  readonly seenAt: Date;
}

/**
 * The sessions of one signed-in person in one epoch, the last seen first. Their ends are the store's own
 * (connect-pg-simple's, in real time), and so is "now".
 */
export function keptSessions(
  tx: Tx,
  of: { userId: string; epoch: number; limit: number },
): Promise<KeptSession[]> {
  return rows<KeptSession>(
    tx,
    `select (sess #>> '{signedIn,at}')::timestamptz as "begunAt",
            expire::timestamptz - make_interval(secs => (sess #>> '{cookie,originalMaxAge}')::numeric / 1000) as "seenAt"
       from session
      where sess #>> '{signedIn,userId}' = $1 and (sess #>> '{signedIn,epoch}')::int = $2 and expire > now()
      order by expire desc, sid limit $3`,
    [of.userId, of.epoch, of.limit],
  );
}
