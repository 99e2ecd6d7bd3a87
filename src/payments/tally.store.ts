import { execute, rows, type Tx } from '../platform/database/index.js';

/** Runs whose tally has gathered more rows than `most`. */
export async function longTallies(reader: Tx, most: number): Promise<string[]> {
  const long = await rows<{ id: string }>(
    reader,
    `select run_id as id from payment_tally group by 1 having count(*) > $1`,
    [most],
  );
  return long.map(({ id }) => id);
}

/**
 * Folds what has gathered into one row for each mark; the sums stay what they are for whoever reads, before and after.
 * Two who fold at once fold different rows.
 */
export async function foldTally(tx: Tx, runId: string): Promise<void> {
  await execute(
    tx,
    `with gathered as (
       delete from payment_tally
        where ctid in (select ctid from payment_tally where run_id = $1 for update skip locked)
       returning *)
     insert into payment_tally (run_id, bank_code, rail, fund, state, payments, total)
     select run_id, bank_code, rail, fund, state, sum(payments), sum(total)
       from gathered group by 1, 2, 3, 4, 5 having sum(payments) <> 0 or sum(total) <> 0`,
    [runId],
  );
}
