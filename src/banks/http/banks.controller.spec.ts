import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../../test/builders/payment-desk.js';
import { MOODS } from '../../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { ManualClock, newId } from '../../kernel/index.js';
import { execute, rows } from '../../platform/database/index.js';
import { Metrics } from '../../platform/metrics/index.js';

const reason = 'ngân hàng bảo trì hệ thống';

describe('banks over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let desk: PaymentDesk;
  let clock: ManualClock;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
    http = await httpUnderTest(db, { imports: afterPayments(clock, desk.banks), clock });
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const officer = async () => (await http.asUser(['chief_accountant'])).agent;
  const switches = (
    agent: Awaited<ReturnType<typeof officer>>,
    body: object,
    { code = 'bulk-bank', key = newId() } = {},
  ) => agent.post(`/api/v1/banks/${code}/switches`).set('Idempotency-Key', key).send(body);

  it('are switched by signing officers only, with a reason, and neither by a system', async () => {
    const off = { to: 'off', reason };
    await switches(http.anonymous(), off).expect(401);
    for (const role of ['preparer', 'monitor', 'administrator'] as const) {
      await switches((await http.asUser([role])).agent, off).expect(403);
    }
    await switches(await http.asSystem('bank.read'), off).expect(403);
    const agent = await officer();
    await switches(agent, { to: 'off' }).expect(400);
    await switches(agent, { to: 'off', reason: '  ' }).expect(400);
    await switches(agent, { to: 'half', reason }).expect(400);
    await switches(agent, off, { code: 'no-bank' }).expect(404);
    const early = await switches(agent, { to: 'on', reason }).expect(409);
    expect(early.body.code).toBe('banks.switched-already');
    const seen = await agent.get('/api/v1/banks/bulk-bank').expect(200);
    expect(seen.body).toMatchObject({ standing: 'sending', switchedOff: null, changedAt: null });
  });

  it('a switch is done once under one key, and is shown with who and why, audited and kept', async () => {
    const { agent, login } = await http.asUser(['account_holder']);
    const key = newId();
    const first = await switches(agent, { to: 'off', reason }, { key }).expect(200);
    const again = await switches(agent, { to: 'off', reason }, { key }).expect(200);
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({ standing: 'off', switchedOff: { by: login, reason } });
    await switches(agent, { to: 'off', reason }).expect(409);
    await switches(agent, { to: 'on', reason: 'đã xong' }).expect(200);
    const history = await agent.get('/api/v1/banks/bulk-bank/history?limit=1').expect(200);
    expect(history.body.items).toMatchObject([{ happened: 'switched-on', reason: 'đã xong' }]);
    const cursor = String(history.body.nextCursor);
    const rest = await agent.get(`/api/v1/banks/bulk-bank/history?cursor=${cursor}`).expect(200);
    expect(rest.body).toMatchObject({
      items: [{ happened: 'switched-off', actorName: login, reason }],
      nextCursor: null,
    });
    const audited = await rows<{ action: string }>(
      db.database.reader,
      `select action from audit_entry where action like 'bank.%' order by id`,
    );
    expect(audited.map(({ action }) => action)).toEqual(['bank.switched-off', 'bank.switched-on']);
    await expect(execute(db.database.reader, 'delete from bank_health_history')).rejects.toThrow(
      'append-only',
    );
  });

  it('an outage is shown, and told to Prometheus, as the database has it', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    await desk.running(Array.from({ length: 5 }, () => ({ account: { bin: INSTANT_BIN } })));
    await desk.work();
    const reader = await http.asSystem('bank.read');
    const list = await reader.get('/api/v1/banks').expect(200);
    expect(list.body.items).toMatchObject([
      { code: 'bulk-bank', mode: 'bulk', standing: 'sending' },
      {
        code: 'instant-bank',
        standing: 'unreachable',
        rails: [{ code: 'default', hours: null }],
        breaker: {
          state: 'open',
          failures: 5,
          lastWhy: 'refused to connect',
          nextProbeAt: '2026-11-20T02:00:30.000Z',
        },
      },
    ]);
    const figures = await http.app.get(Metrics).registry.metrics();
    expect(figures).toContain('chitra_bank_breaker{bank="instant-bank",state="open"} 1');
    expect(figures).toContain('chitra_bank_breaker{bank="instant-bank",state="closed"} 0');
    expect(figures).toContain('chitra_bank_breaker{bank="bulk-bank",state="closed"} 1');
  });
});
