import pg from 'pg';

export interface FloorFigures {
  readonly payments: number;
  readonly seconds: number;
  readonly paymentsPerSecond: number;
  /** Rows written per payment, updates included: what a pipeline with this history cannot do without. */
  readonly rowsPerPayment: number;
}

const SUBMISSION = 500;

/** Tables that get a row or a change for each payment between the last signature and its settlement. */
const TABLES = ['payment', 'payment_history', 'entitlement', 'entitlement_history', 'notice_item'];

/**
 * How fast PostgreSQL takes the very rows that the pipeline has just written, when nobody thinks about them: one
 * connection, plain set-based SQL, submissions of 500, a commit after each of the steps that a payment goes through
 * (born, sending, accepted, notice stored, settled). The tables are copies with the same columns, checks and indexes, without
 * foreign keys and triggers. Of a database whose pipeline has ended and whose processes are stopped.
 */
export async function floorOf(databaseUrl: string): Promise<FloorFigures> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await prepare(client);
    // The copies are new and unknown to the planner, which would read them from end to end.
    await client.query(
      'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off',
    );
    const columns = await paymentColumns(client);
    const began = performance.now();
    let payments = 0;
    for (let from = 0; ; from += SUBMISSION) {
      const written = await writeSubmission(client, { from, columns });
      if (written === 0) break;
      payments += written;
    }
    const seconds = (performance.now() - began) / 1000;
    const rows = await client.query<{ rows: string }>(
      `select (select count(*) from floor.payment_history) + (select count(*) from floor.entitlement_history)
            + (select count(*) * 2 from floor.notice_item) + (select count(*) * 4 from floor.payment)
            + (select count(*) from floor.entitlement) as rows`,
    );
    return {
      payments,
      seconds: Math.round(seconds * 100) / 100,
      paymentsPerSecond: Math.round(payments / seconds),
      rowsPerPayment: Math.round(Number(rows.rows[0]?.rows ?? 0) / payments),
    };
  } finally {
    await client.end();
  }
}

/** Empty copies, the rows as they were at first, and the order in which they are written. */
async function prepare(client: pg.Client): Promise<void> {
  await client.query('create schema floor');
  for (const table of TABLES) {
    await client.query(`create table floor.${table} (like public.${table} including all)`);
  }
  await client.query(`
    insert into floor.entitlement select * from public.entitlement;
    update floor.entitlement set state = 'in_batch';
    create table floor.source as
      select row_number() over (order by submission_id, line_no) - 1 as nth, id, entitlement_id
        from public.payment;
    create index on floor.source (nth) include (id, entitlement_id);
    create table floor.ready as select * from public.payment;
    update floor.ready
       set state = 'ready', first_sent_at = null, last_sent_at = null, settled_at = null, bank_reference = null;
    create index on floor.ready (id);
    create index floor_entitlement_history on public.entitlement_history (entitlement_id);
  `);
  for (const table of ['floor.entitlement', 'floor.ready', 'floor.source']) {
    await client.query(`vacuum analyze ${table}`);
  }
}

const MINE = 'select id from floor.source where nth >= $1 and nth < $2';

const historyOf = (state: string): string => `
  insert into floor.payment_history overriding system value
  select * from public.payment_history where payment_id in (${MINE}) and to_state = '${state}'`;

const moveTo = (state: string): string => `
  update floor.payment p
     set state = '${state}', first_sent_at = f.first_sent_at, last_sent_at = f.last_sent_at, changed_at = f.changed_at,
         bank_reference = case when '${state}' = 'sending' then null else f.bank_reference end,
         settled_at = case when '${state}' = 'settled' then f.settled_at end
    from public.payment f
   where f.id in (${MINE}) and p.id = f.id`;

/** Each is a transaction of its own, as it is in the pipeline, because something happens in between. */
const STEPS: readonly (readonly string[])[] = [
  [
    `insert into floor.payment (:payment)
     select :payment from floor.ready where id in (${MINE})`,
    historyOf('ready'),
  ],
  [moveTo('sending'), historyOf('sending')],
  [moveTo('accepted'), historyOf('accepted')],
  [
    `insert into floor.notice_item
     select * from public.notice_item where payment_id in (${MINE})`,
  ],
  [
    moveTo('settled'),
    historyOf('settled'),
    `update floor.notice_item set result = 'moved' where payment_id in (${MINE})`,
    `update floor.entitlement set state = 'paid'
      where id in (select entitlement_id from floor.source where nth >= $1 and nth < $2)`,
    `insert into floor.entitlement_history overriding system value
     select h.* from floor.source s join public.entitlement_history h on h.entitlement_id = s.entitlement_id
      where s.nth >= $1 and s.nth < $2 and h.to_state = 'paid'`,
  ],
];

/** Those that PostgreSQL does not make itself of the others. */
async function paymentColumns(client: pg.Client): Promise<string> {
  const found = await client.query<{ columns: string }>(
    `select string_agg(column_name, ', ' order by ordinal_position) as columns from information_schema.columns
      where table_schema = 'public' and table_name = 'payment' and is_generated = 'NEVER'`,
  );
  return found.rows[0]?.columns ?? '';
}

/** Gives how many payments were written: none when all are. */
async function writeSubmission(
  client: pg.Client,
  { from, columns }: { from: number; columns: string },
): Promise<number> {
  const range = [from, from + SUBMISSION];
  let payments = 0;
  for (const [nth, statements] of STEPS.entries()) {
    await client.query('begin');
    for (const [at, statement] of statements.entries()) {
      const { rowCount } = await client.query(statement.replaceAll(':payment', columns), range);
      if (nth === 0 && at === 0) payments = rowCount ?? 0;
    }
    await client.query('commit');
    if (payments === 0) return 0;
  }
  return payments;
}
