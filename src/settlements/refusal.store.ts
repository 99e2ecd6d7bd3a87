import { execute, type Tx } from '../platform/database/index.js';

export const REFUSAL_FAULTS = ['signature', 'replay-window', 'malformed', 'too-large'] as const;
export type RefusalFault = (typeof REFUSAL_FAULTS)[number];

export async function addRefusals(
  tx: Tx,
  refusals: readonly { bank: string; fault: RefusalFault; times: number; at: Date }[],
): Promise<void> {
  await execute(
    tx,
    `insert into notice_refusal as r (hour, bank, fault, times, last_at)
     select date_trunc('hour', u.at), u.bank, u.fault, u.times, u.at
       from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[]) as u (bank, fault, times, at)
      order by 1, 2, 3
     on conflict (hour, bank, fault) do update
        set times = r.times + excluded.times, last_at = greatest(r.last_at, excluded.last_at)`,
    [
      refusals.map(({ bank }) => bank),
      refusals.map(({ fault }) => fault),
      refusals.map(({ times }) => times),
      refusals.map(({ at }) => at),
    ],
  );
}
