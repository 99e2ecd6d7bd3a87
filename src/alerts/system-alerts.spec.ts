import { alertDesk } from '../../test/builders/alert-desk.js';
import { batchDesk } from '../../test/builders/batch-desk.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { peopleOwed } from '../../test/builders/owed.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { VerifyAudit } from '../audit/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import { LeaveBeat } from './leave-beat.js';

const NOW = new Date('2026-11-21T03:00:00Z');
const MINUTE = 60_000;

describe('alerts about ChiTra itself, its funds, lists and doors', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let office: Office;
  let desk: ReturnType<typeof alertDesk>;
  beforeEach(async () => {
    clock = new ManualClock(NOW);
    db = await testDatabase();
    desk = alertDesk(db.database, clock);
    office = await db.database.transaction((tx) => anOffice(tx));
  });
  afterEach(() => db.close());

  const sql = (text: string, parameters: unknown[] = []) =>
    execute(db.database.reader, text, parameters);
  /** Rules and severities of what alarms, without what each failed payment alarms by itself. */
  const alarming = async () => {
    await desk.evaluating.evaluate();
    const found = await desk.read.list({ before: null, limit: 100, living: true });
    return found
      .filter(({ rule }) => rule !== 'payments-failed')
      .map((alert) => `${alert.rule} ${alert.severity} ${alert.count}`);
  };

  it('many failures at a bank for one reason are critical; few, or a small share, are not', async () => {
    const fail = (count: number, reasonCode: string) =>
      db.database.transaction((tx) =>
        sentPayments(tx, office, count, { state: 'rejected', reasonCode, since: NOW }),
      );
    await fail(19, 'AC04');
    expect(await alarming()).toEqual([]);
    const [one] = await fail(1, 'AC04');
    const sent = (count: number) =>
      sql(
        `insert into attempt (id, bank_code, kind, submission_id, number, payment_count, started_at)
         select $1, 'sandbox', 'pay', submission_id, 1, $2, $3 from payment where id = $4`,
        [newId(), count, NOW, one?.paymentId],
      );
    await sent(101);
    expect(await alarming()).toEqual([]);
    await fail(1, 'AC04');
    expect(await alarming()).toEqual(['failure-rate critical 21']);
    clock.advanceMs(61 * MINUTE);
    expect(await alarming()).toEqual([]);
  });

  it('what a bank took and does not settle is told after two days, until it is', async () => {
    await db.database.transaction((tx) => sentPayments(tx, office, 2, { since: NOW }));
    clock.advanceMs(47 * 60 * MINUTE);
    expect(await alarming()).toEqual([]);
    clock.advanceMs(2 * 60 * MINUTE);
    expect(await alarming()).toEqual(['settlement-late warning 2']);
    await sql(`update payment set state = 'settled', settled_at = $1`, [clock.now()]);
    expect(await alarming()).toEqual([]);
  });

  it('a batch that its fund cannot pay is told before anybody signs it', async () => {
    const batches = batchDesk(db.database, clock);
    await peopleOwed(db.database.reader, 1, { amount: '9000000000000000' });
    const order = { programme: 'NCC_MONTHLY', period: '2026-11' };
    const { batchId } = await batches.assembling.assemble({ actor: office.preparer, ...order });
    expect(await alarming()).toEqual([]);
    await batches.proposing.propose({ actor: office.preparer, batchId });
    expect(await alarming()).toEqual(['funds-short warning 1']);
    const [alert] = await desk.read.list({ before: null, limit: 1 });
    expect(alert).toMatchObject({ batchId, particulars: { because: 'NSTW_NCC' } });
    await sql(`update batch set state = 'cancelled', cancel_reason = 'thôi' where id = $1`, [
      batchId,
    ]);
    expect(await alarming()).toEqual([]);
  });

  it('wrongly signed notices alarm from so many on, and are over when they cease', async () => {
    const refuse = (times: number) =>
      sql(
        `insert into notice_refusal (bank, fault, hour, times, last_at)
         values ('sandbox', 'signature', date_trunc('hour', $1::timestamptz), $2, $1)
         on conflict (hour, bank, fault) do update set times = notice_refusal.times + excluded.times`,
        [clock.now(), times],
      );
    await refuse(4);
    expect(await alarming()).toEqual([]);
    await refuse(1);
    expect(await alarming()).toEqual(['notices-refused warning 5']);
    clock.advanceMs(61 * MINUTE);
    expect(await alarming()).toEqual([]);
  });

  it('a worker that goes without a word is told of, none left is critical, one in its place ends it', async () => {
    const [first, second] = [0, 1].map(() => new LeaveBeat(db.database, clock));
    if (!first || !second) throw new Error('two workers');
    expect(await alarming()).toEqual([]);
    await first.leave();
    await second.leave();
    clock.advanceMs(2 * MINUTE);
    await second.leave();
    expect(await alarming()).toEqual(['worker-silent warning 1']);
    clock.advanceMs(2 * MINUTE);
    expect(await alarming()).toEqual(['worker-silent critical 2']);
    const third = new LeaveBeat(db.database, clock);
    await third.leave();
    expect(await alarming()).toEqual([]);
    clock.advanceMs(MINUTE / 2);
    await third.onModuleDestroy();
    expect(await alarming()).toEqual([]);
    clock.advanceMs(2 * MINUTE);
    expect(await alarming()).toEqual(['worker-silent critical 1']);
  });

  it('an audit chain that the last verification found broken is critical until it is whole again', async () => {
    const verifier = new VerifyAudit(db.database, clock);
    await verifier.verify();
    expect(await alarming()).toEqual([]);
    await sql(
      `insert into audit_verification (at, checked, head_seq, head_hash, reason, seq)
       values ($1, 2, 3, $2, 'entry-changed', 3)`,
      [NOW, 'a'.repeat(64)],
    );
    expect(await alarming()).toEqual(['audit-broken critical 1']);
    await verifier.verify({ seq: '99', hash: 'b'.repeat(64) });
    expect(await alarming()).toEqual(['audit-broken critical 1']);
    await verifier.verify();
    expect(await alarming()).toEqual([]);
  });

  it('a list refused as unreadable is told until its sender sends a better one; what an officer refused is not', async () => {
    const list = (state: string, code: string | null, receivedAt: Date) =>
      sql(
        `insert into entitlement_import (id, sender, file_name, format, byte_size, content_sha256, identity_sha256,
           declared_programme, state, refusal, received_by_kind, received_by_id, received_at, refused_at)
         values ($1, 'Xã Hữu Lũng', 'list.xlsx', 'xlsx', 1, $2, $3, 'NCC_MONTHLY', $4, $5, 'system', 'x', $6,
           case when $4 = 'refused' then $6::timestamptz end)`,
        [
          newId(),
          'a'.repeat(64),
          newId().replaceAll('-', '').padEnd(64, '0'),
          state,
          code === null ? null : JSON.stringify({ code, vi: 'x', en: 'x' }),
          receivedAt,
        ],
      );
    await list('refused', 'entitlements.refused-by-officer', NOW);
    expect(await alarming()).toEqual([]);
    await list('refused', 'entitlements.no-header', NOW);
    expect(await alarming()).toEqual(['list-refused warning 1']);
    await list('checked', null, new Date(NOW.getTime() + MINUTE));
    expect(await alarming()).toEqual([]);
  });
});
