import { execute, one, type Tx } from '../platform/database/index.js';

/** Takes the turn to look at a bank; false while another looks or it is not time. */
export async function takeTurn(
  tx: Tx,
  turn: { bank: string; at: Date; leaseUntil: Date },
): Promise<boolean> {
  await execute(
    tx,
    `insert into bank_collection (bank_code, next_at) values ($1, $2) on conflict do nothing`,
    [turn.bank, turn.at],
  );
  const taken = await one(
    tx,
    `update bank_collection set lease_until = $3
      where bank_code = $1 and next_at <= $2 and (lease_until is null or lease_until < $2) returning bank_code`,
    [turn.bank, turn.at, turn.leaseUntil],
  );
  return taken !== null;
}

/** Ends a turn. @param end `failure`: why the bank could not be looked at, or null when it was. */
export async function endTurn(
  tx: Tx,
  end: { bank: string; leaseUntil: Date; nextAt: Date; at: Date; failure: string | null },
): Promise<void> {
  await execute(
    tx,
    `update bank_collection
        set lease_until = null, next_at = $3, last_error = $5,
            last_success_at = case when $5::text is null then $4::timestamptz else last_success_at end,
            failing_since = case when $5::text is null then null else coalesce(failing_since, $4::timestamptz) end
      where bank_code = $1 and lease_until = $2`,
    [end.bank, end.leaseUntil, end.nextAt, end.at, end.failure?.slice(0, 500) ?? null],
  );
}
