import { paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { bankReferenceOf, ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';

/** Each column as it must be, and `l`, the approved line; a case says what it would rather write. */
const COLUMNS: Readonly<Record<string, string>> = {
  id: '$1',
  reference: '$2',
  run_id: '$3',
  submission_id: '$4',
  approval_id: 'l.approval_id',
  batch_id: 'l.batch_id',
  batch_line_id: 'l.id',
  line_no: 'l.line_no',
  entitlement_id: 'l.entitlement_id',
  beneficiary_id: 'l.beneficiary_id',
  account_id: 'l.account_id',
  bank_code: `'bulk-bank'`,
  bank_bin: 'l.bank_bin',
  account_number: 'l.account_number',
  account_name: 'l.account_name',
  narrative: `'NCC'`,
  amount: 'l.amount',
  currency: 'l.currency',
  programme: 'l.programme',
  period: 'l.period',
  fund: 'l.fund',
  commune_code: 'l.commune_code',
  budget_month: 'l.period',
  state: `'ready'`,
  reissue_of: 'l.reissue_of',
  created_at: 'now()',
  changed_at: 'now()',
};

describe('what the database itself promises about payments', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  let unpaid: { batchId: string };
  let run: { runId: string; submissionId: string; paymentId: string; failedId: string };

  beforeAll(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, new ManualClock(new Date('2026-11-20T02:00:00Z')));
    // Approved, and its run not born yet: the one place where a payment could still be slipped in.
    unpaid = await desk.approved([{}, {}]);
    desk.bulk.script('5550001', refuses('AC01'));
    const { runId } = await desk.running([{}, { account: { number: '5550001' } }]);
    await desk.work();
    const [paid, failed] = (await desk.payments(runId)).sort((a) =>
      a.state === 'settled' ? -1 : 1,
    );
    run = {
      runId,
      submissionId: paid?.submissionId ?? '',
      paymentId: paid?.id ?? '',
      failedId: failed?.id ?? '',
    };
  });
  afterAll(() => db.close());

  const insert = (different: Record<string, string>, from = 'approved_batch_line_view') => {
    const id = newId();
    const values = { ...COLUMNS, ...different };
    return execute(
      db.database.reader,
      `insert into payment (${Object.keys(values).join(', ')})
       select ${Object.values(values).join(', ')} from ${from} l
        where l.batch_id = $5 and l.line_no = 1`,
      [id, bankReferenceOf(id), run.runId, run.submissionId, unpaid.batchId],
    );
  };

  it.each<[string, Record<string, string>]>([
    ['no approval', { approval_id: 'null' }],
    ['an approval that is not there', { approval_id: 'gen_random_uuid()' }],
    ["another batch's approval", { approval_id: '(select approval_id from payment limit 1)' }],
    ['another amount', { amount: 'l.amount + 1' }],
    ['another account number', { account_number: `'666'` }],
    ['another account name', { account_name: `'KE GIAN'` }],
    ['another payee bank', { bank_bin: `'970436'` }],
    ['another person', { beneficiary_id: '(select beneficiary_id from payment limit 1)' }],
    [
      'another entitlement',
      { entitlement_id: `(select entitlement_id from payment where id = '$failed')` },
    ],
    ['another account', { account_id: '(select account_id from payment limit 1)' }],
    ['a failed payment nobody signed for', { reissue_of: `'$failed'` }],
    [
      'a line that was paid already',
      { batch_line_id: '(select batch_line_id from payment limit 1)' },
    ],
    [
      'a reference that was used already',
      { reference: 'coalesce((select reference from payment limit 1), $2)' },
    ],
    ['no amount', { amount: '0' }],
    ['another fund', { fund: `'NSDP'` }],
    ['the budget of another month', { budget_month: `'2031-12'` }],
    ['another currency', { currency: `'USD'` }],
  ])('a payment with %s cannot exist', async (_, different) => {
    const filled = Object.fromEntries(
      Object.entries(different).map(([k, v]) => [k, v.replace('$failed', run.failedId)]),
    );
    await expect(insert(filled)).rejects.toThrow(
      /violates|pays no approved line|paid from another fund or month/,
    );
  });

  it('a payment of a line that is only drafted or proposed cannot exist', async () => {
    const { period } = (await one<{ period: string }>(
      db.database.reader,
      `select period from batch where id = $1`,
      [unpaid.batchId],
    )) ?? { period: '' };
    expect(period).not.toBe('');
    const from = `(select l.*, a.id as approval_id from batch_line l, approval a
                    where a.batch_id = l.batch_id)`;
    // The same insert past the view goes through for the approved batch, and for no other.
    await db.database
      .transaction(async (tx) => {
        await execute(tx, `set local session_replication_role = replica`);
        await execute(tx, `update batch set state = 'proposed', approval_id = null where id = $1`, [
          unpaid.batchId,
        ]);
        await execute(tx, `set local session_replication_role = origin`);
        const id = newId();
        await execute(
          tx,
          `insert into payment (${Object.keys(COLUMNS).join(', ')})
           select ${Object.values(COLUMNS).join(', ')} from ${from} l
            where l.batch_id = $5 and l.line_no = 1`,
          [id, bankReferenceOf(id), run.runId, run.submissionId, unpaid.batchId],
        );
      })
      .then(
        () => Promise.reject(new Error('it was let in')),
        (error: Error) => expect(error.message).toMatch(/pays no approved line/),
      );
  });

  it('an entitlement has one live payment', async () => {
    await expect(
      db.database.transaction(async (tx) => {
        await execute(tx, `set local session_replication_role = replica`);
        const again = { batch_line_id: 'gen_random_uuid()' };
        const values = {
          ...COLUMNS,
          ...again,
          entitlement_id: `(select entitlement_id from payment where id = '${run.paymentId}')`,
        };
        const id = newId();
        await execute(
          tx,
          `insert into payment (${Object.keys(values).join(', ')})
           select ${Object.values(values).join(', ')} from approved_batch_line_view l
            where l.batch_id = $5 and l.line_no = 1`,
          [id, bankReferenceOf(id), run.runId, run.submissionId, unpaid.batchId],
        );
      }),
    ).rejects.toThrow('payment_one_live_per_entitlement');
  });

  it.each([
    `update payment set amount = amount + 1 where id = $1`,
    `update payment set account_number = '666' where id = $1`,
    `update payment set reference = 'CTOTHER' where id = $1`,
    `update payment set bank_code = 'instant-bank' where id = $1`,
    `update payment set reissue_of = id where id = $1`,
    `update payment set approval_id = gen_random_uuid() where id = $1`,
    `delete from payment where id = $1`,
    `update payment_history set to_state = 'settled' where payment_id = $1`,
    `delete from payment_history where payment_id = $1`,
  ])('%s is refused', async (sql) => {
    await expect(execute(db.database.reader, sql, [run.failedId])).rejects.toThrow();
  });

  it.each(['payment', 'payment_history', 'payment_conflict', 'run_history'])(
    '%s cannot be emptied',
    async (table) => {
      await expect(execute(db.database.reader, `truncate ${table} cascade`)).rejects.toThrow();
    },
  );

  it('histories and attempts only grow, in every part of theirs', async () => {
    const parts = await rows<{ name: string }>(
      db.database.reader,
      `select inhrelid::regclass::text as name from pg_inherits
        where inhparent in ('payment_history'::regclass, 'attempt'::regclass)`,
    );
    expect(parts.length).toBeGreaterThan(8);
    for (const { name } of parts) {
      for (const act of [`delete from ${name}`, `truncate ${name}`])
        await expect(execute(db.database.reader, act)).rejects.toThrow('append-only');
    }
  });

  it.each(['payment', 'attempt'])('an answer about no %s is refused', async (nobody) => {
    const [attempt, payment] = [newId(), nobody === 'payment' ? newId() : run.paymentId];
    await execute(
      db.database.reader,
      `insert into attempt (id, bank_code, kind, number, payment_count, started_at)
       values ($1, 'bulk-bank', 'enquire', 1, 1, now())`,
      [attempt],
    );
    await expect(
      execute(
        db.database.reader,
        `insert into enquiry_answer (attempt_id, payment_id, answer, at) values ($1, $2, 'settled', now())`,
        [nobody === 'attempt' ? newId() : attempt, payment],
      ),
    ).rejects.toMatchObject({ driverError: { code: '23503' } });
  });

  it('what is as it was signed goes in, so that the refusals above are about their own cause', async () => {
    expect(await insert({})).toBe(1);
  });
});
