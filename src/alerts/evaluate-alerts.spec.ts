import { ManualClock, newId } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';
import { alertDesk } from '../../test/builders/alert-desk.js';
import { batchDesk } from '../../test/builders/batch-desk.js';
import { anOffice, anOfficer, type Office } from '../../test/builders/officers.js';
import { outcomeDesk, signedNotice } from '../../test/builders/outcome-desk.js';
import { peopleOwed } from '../../test/builders/owed.js';
import { sentPayments, type Sent } from '../../test/builders/sent-payments.js';
import { signingRoom } from '../../test/builders/signing-room.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { MANY_FAILURES } from './alert.rules.js';

const NOW = new Date('2026-11-21T03:00:00Z');
const HOUR_MS = 3600_000;

describe('alerts', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let office: Office;
  let desk: ReturnType<typeof alertDesk>;
  beforeEach(async () => {
    clock = new ManualClock(NOW);
    db = await testDatabase();
    // That so many fail at once is told by a rule of its own (system-alerts.spec.ts).
    const file = { rules: { 'failure-rate': { atLeast: 1000 } } };
    desk = alertDesk(db.database, clock, undefined, undefined, undefined, { file });
    office = await db.database.transaction((tx) => anOffice(tx));
  });
  afterEach(() => db.close());

  const payments = (count: number, sent: Sent = {}) =>
    db.database.transaction((tx) => sentPayments(tx, office, count, sent));
  const living = async () => {
    const found = await desk.read.list({ before: null, limit: 100 });
    return found.filter(({ state }) => state !== 'resolved');
  };
  const evaluate = async () => {
    clock.advanceMs(1000);
    return desk.evaluating.evaluate();
  };
  const onlyOne = async () => {
    const found = await living();
    expect(found).toHaveLength(1);
    const [alert] = found;
    if (!alert) throw new Error('no alert');
    return alert;
  };
  const sql = (text: string, parameters: unknown[] = []) =>
    execute(db.database.reader, text, parameters);

  it('nothing is wrong, nothing alarms', async () => {
    await payments(3);
    expect(await evaluate()).toEqual({ opened: [], worsened: [], resolved: [] });
  });

  it('failed payments alarm once per batch and reason, with names of nobody', async () => {
    await payments(3, { state: 'rejected', reasonCode: 'AC04' });
    await payments(2, { state: 'rejected', reasonCode: 'AC04' });
    await payments(1, { state: 'returned', reasonCode: 'AC06' });
    await evaluate();
    await evaluate();
    const alerts = await living();
    expect(alerts.map(({ rule, count }) => [rule, count]).sort()).toEqual([
      ['payments-failed', 2],
      ['payments-failed', 3],
      ['payments-returned', 1],
    ]);
    const text = JSON.stringify(alerts.map((alert) => desk.writer.shown(alert)));
    expect(text).toContain('8.367.000 đ');
    expect(text).toContain('Tài khoản đã đóng');
    expect(text).not.toMatch(/Người Thử|NGUOI THU|"00\d{8}"|020\d{9}/);
  });

  it('many failures of one kind are worse, and the same alert', async () => {
    const failed = await payments(MANY_FAILURES, { state: 'accepted' });
    const fail = (ids: readonly { paymentId: string }[]) =>
      sql(
        `update payment set state = 'rejected', reason_code = 'AC04', changed_at = $2 where id = any($1::uuid[])`,
        [ids.map(({ paymentId }) => paymentId), clock.now()],
      );
    await fail(failed.slice(0, 2));
    await evaluate();
    const before = await onlyOne();
    await desk.acknowledging.acknowledge(office.holder, { alertId: before.id, note: 'đang xem' });
    await fail(failed);
    expect((await evaluate()).worsened).toHaveLength(1);
    expect(await onlyOne()).toMatchObject({
      id: before.id,
      severity: 'critical',
      count: MANY_FAILURES,
      state: 'acknowledged',
      owner: 'chu.tai.khoan',
    });
    const history = await desk.read.history(before.id);
    expect(history.map(({ happened }) => happened)).toEqual(['opened', 'acknowledged', 'worsened']);
  });

  it('is over when every failed payment was paid again or its entitlement ended', async () => {
    const [first, second] = await payments(2, { state: 'rejected' });
    await sql(`update entitlement set state = 'open', batch_id = null where id = any($1::uuid[])`, [
      [first?.entitlementId, second?.entitlementId],
    ]);
    await evaluate();
    const alert = await onlyOne();
    await sql(`update entitlement set state = 'ended', end_reason = 'đã mất' where id = $1`, [
      first?.entitlementId,
    ]);
    await evaluate();
    expect(await onlyOne()).toMatchObject({ id: alert.id, count: 1 });
    await sql(`update entitlement set state = 'ended', end_reason = 'đã mất' where id = $1`, [
      second?.entitlementId,
    ]);
    expect((await evaluate()).resolved).toHaveLength(1);
    expect(await desk.read.find(alert.id)).toMatchObject({
      state: 'resolved',
      resolvedBy: 'system',
    });
  });

  it('what was withheld from a payee on hold alarms until it is in another batch', async () => {
    const [held] = await payments(2, { state: 'ready' });
    await sql(`update payment set state = 'cancelled', reason_code = 'MD07' where id = $1`, [
      held?.paymentId,
    ]);
    await sql(`update entitlement set state = 'open', batch_id = null where id = $1`, [
      held?.entitlementId,
    ]);
    await evaluate();
    expect(await onlyOne()).toMatchObject({
      rule: 'payments-withheld',
      reasonCode: 'MD07',
      count: 1,
    });
    await sql(`update entitlement set state = 'in_batch', batch_id = $2 where id = $1`, [
      held?.entitlementId,
      held?.batchId,
    ]);
    await evaluate();
    expect(await living()).toEqual([]);
  });

  it('that a person resolved alarms again only when something new happens, as a new alert', async () => {
    await payments(1, { state: 'returned' });
    await evaluate();
    const alert = await onlyOne();
    await desk.resolving.resolve(office.holder, { alertId: alert.id, note: 'đã gọi ngân hàng' });
    await evaluate();
    expect(await living()).toEqual([]);
    await sql(`update payment set changed_at = $1 where state = 'returned'`, [clock.now()]);
    await evaluate();
    expect((await onlyOne()).id).not.toBe(alert.id);
  });

  it('a doubt alarms when it is old, and is over when it ends', async () => {
    await payments(2, { state: 'unknown', since: new Date(NOW.getTime() - 14 * 60_000) });
    await evaluate();
    expect(await living()).toEqual([]);
    clock.advanceMs(2 * 60_000);
    await evaluate();
    expect(await onlyOne()).toMatchObject({ rule: 'payments-unknown', severity: 'warning' });
    await sql(`update payment set state = 'settled' where state = 'unknown'`);
    await evaluate();
    expect(await living()).toEqual([]);
  });

  it('a run past its deadline alarms until it is finished', async () => {
    const [paid] = await payments(2, { deadlineAt: new Date(NOW.getTime() - HOUR_MS) });
    await evaluate();
    expect(await onlyOne()).toMatchObject({ rule: 'run-late', runId: paid?.runId, count: 2 });
    await sql(`update payment_run set state = 'finished' where id = $1`, [paid?.runId]);
    await evaluate();
    expect(await living()).toEqual([]);
  });

  it('a signed batch whose payments are never made alarms, until they are', async () => {
    const batches = batchDesk(db.database, clock);
    const room = signingRoom(db.database, clock);
    await peopleOwed(db.database.reader, 1);
    const order = { programme: 'NCC_MONTHLY', period: '2026-11' };
    const { batchId } = await batches.assembling.assemble({ actor: office.preparer, ...order });
    const seen = await batches.proposing.propose({ actor: office.preparer, batchId });
    await room.signing.sign({ actor: office.accountant, batchId, seen });
    const { approvalId } = await room.signing.sign({ actor: office.holder, batchId, seen });
    await evaluate();
    expect(await living()).toEqual([]);
    clock.advanceMs(5 * 60_000);
    await evaluate();
    expect(await onlyOne()).toMatchObject({ rule: 'run-missing', severity: 'critical', batchId });
    await sql(
      `insert into payment_run (id, batch_id, approval_id, batch_number, programme, period, state, payment_count,
         total_amount, currency, scheduled_for, deadline_at, created_at)
       values ($1, $2, $3, 'x', 'NCC_MONTHLY', '2026-11', 'scheduled', 1, 1, 'VND', $4, $5, $4)`,
      [newId(), batchId, approvalId, clock.now(), new Date(clock.now().getTime() + HOUR_MS)],
    );
    await evaluate();
    expect(await living()).toEqual([]);
  });

  it('notices that match nothing and words that contradict alarm until a person has looked', async () => {
    const settling = outcomeDesk(db.database, clock);
    const [paid] = await payments(1, { state: 'rejected' });
    const tell = async (reference: string, status: string) => {
      const payments = [{ reference, status }];
      await settling.receiving.receive(
        'sandbox',
        signedNotice({ id: newId(), at: clock.now(), payments }),
      );
      await settling.applying.apply('sandbox');
    };
    await tell('CT-NOBODY', 'ACCC');
    await tell(paid?.reference ?? '', 'ACCC');
    await evaluate();
    const alerts = await living();
    expect(alerts.map(({ rule }) => rule).sort()).toEqual([
      'notices-unmatched',
      'payments-contradicted',
      'payments-failed',
    ]);
    for (const { id } of alerts)
      await desk.resolving.resolve(office.accountant, { alertId: id, note: 'đã hỏi ngân hàng' });
    await evaluate();
    expect(await living()).toEqual([]);
    clock.advanceMs(1000);
    await tell('CT-NOBODY-ELSE', 'ACCC');
    await evaluate();
    expect(await onlyOne()).toMatchObject({ rule: 'notices-unmatched', count: 1 });
  });

  it('evaluated by many at once, a cause opens one alert', async () => {
    await payments(2, { state: 'rejected' });
    const results = await Promise.all(Array.from({ length: 8 }, () => desk.evaluating.evaluate()));
    expect(results.flatMap(({ opened }) => opened)).toHaveLength(1);
    await onlyOne();
  });

  it('is handled once, by those who may, and its end stays', async () => {
    await payments(1, { state: 'rejected' });
    await evaluate();
    const { id: alertId } = await onlyOne();
    const clerk = await anOfficer(db.database.reader, {
      login: 'quan.tri',
      roles: ['administrator'],
    });
    await expect(
      desk.acknowledging.acknowledge(clerk, { alertId, note: null }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(
      desk.resolving.resolve(office.holder, { alertId: newId(), note: 'không có' }),
    ).rejects.toMatchObject({ code: 'alerts.unknown-alert' });
    const takers = await Promise.allSettled(
      [office.holder, office.accountant].map((actor) =>
        desk.acknowledging.acknowledge(actor, { alertId, note: null }),
      ),
    );
    expect(takers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await desk.resolving.resolve(office.holder, { alertId, note: 'xong' });
    await expect(
      desk.resolving.resolve(office.holder, { alertId, note: 'lần nữa' }),
    ).rejects.toMatchObject({ code: 'alerts.already-resolved' });
    await expect(sql(`update alert set state = 'open', resolved_at = null`)).rejects.toThrow(
      'stays so',
    );
    await expect(sql('delete from alert_history')).rejects.toThrow('append-only');
    const audited = await one<{ count: number }>(
      db.database.reader,
      `select count(*)::int as count from audit_entry where action like 'alert.%'`,
    );
    expect(audited?.count).toBe(2);
  });

  it('are counted in the metrics as they stand at the scrape', async () => {
    await payments(1, { state: 'rejected' });
    await evaluate();
    expect(await desk.metrics.registry.metrics()).toContain(
      'chitra_alerts_open{severity="warning",rule="payments-failed"} 1',
    );
  });
});
