import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { anOffice } from '../../../test/builders/officers.js';
import { sentPayments } from '../../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { newId, SystemClock } from '../../kernel/index.js';
import { ReconciliationModule } from '../../reconciliation/index.js';
import { AlertsModule } from '../alerts.module.js';
import { EvaluateAlerts } from '../evaluate-alerts.js';

describe('alerts and reconciliations over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  beforeAll(async () => {
    db = await testDatabase();
    http = await httpUnderTest(db, {
      imports: [...afterPayments(new SystemClock()), ReconciliationModule, AlertsModule],
    });
    await db.database.transaction(async (tx) => {
      const office = await anOffice(tx);
      await sentPayments(tx, office, 2, { state: 'rejected' });
      await sentPayments(tx, office, 1, { state: 'returned', bank: 'sandbox-instant' });
    });
    await http.app.get(EvaluateAlerts).evaluate();
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  it('are found by their filters, page by page', async () => {
    await http.anonymous().get('/api/v1/alerts').expect(401);
    const monitor = await http.asSystem('alert.read');
    const all = await monitor.get('/api/v1/alerts?state=open&limit=1').expect(200);
    const rest = await monitor
      .get(`/api/v1/alerts?state=open&limit=1&cursor=${all.body.nextCursor}`)
      .expect(200);
    expect([...all.body.items, ...rest.body.items].map((a) => a.rule).sort()).toEqual([
      'payments-failed',
      'payments-returned',
    ]);
    expect(rest.body.nextCursor).toBeNull();
    const filtered = await monitor
      .get('/api/v1/alerts?rule=payments-returned&bank=sandbox-instant&severity=warning')
      .expect(200);
    expect(filtered.body.items).toMatchObject([{ count: 1, amount: '2789000', currency: 'VND' }]);
    const rows = await (
      await http.asSystem('payment.read')
    )
      .get(filtered.body.items[0].link)
      .expect(200);
    expect(rows.body.items).toHaveLength(1);
    await monitor.get('/api/v1/alerts?severity=odd').expect(400);
  });

  it('are acknowledged and resolved once, by those who may', async () => {
    const monitor = await http.asSystem('alert.read', 'alert.handle');
    const [alert] = (await monitor.get('/api/v1/alerts?rule=payments-failed')).body.items;
    const path = `/api/v1/alerts/${alert.id}`;
    const post = (to: string, body: object, key = newId()) =>
      monitor.post(`${path}/${to}`).set('Idempotency-Key', key).send(body);
    const reader = await http.asSystem('alert.read');
    await reader
      .post(`${path}/acknowledgements`)
      .set('Idempotency-Key', newId())
      .send({})
      .expect(403);
    await post('resolutions', {}).expect(400);
    const key = newId();
    const taken = await post('acknowledgements', { note: 'đang xem' }, key).expect(201);
    expect(taken.body).toMatchObject({ state: 'acknowledged', id: alert.id });
    await post('acknowledgements', { note: 'đang xem' }, key).expect(201);
    const again = await post('acknowledgements', { note: 'tôi nữa' }).expect(409);
    expect(again.body.code).toBe('alerts.not-open');
    const bare = monitor.post(`${path}/acknowledgements`).set('Idempotency-Key', newId());
    expect((await bare.expect(409)).body.code).toBe('alerts.not-open');
    await post('resolutions', { note: 'đã chi lại tay' }).expect(201);
    const detail = await reader.get(path).expect(200);
    expect(detail.body.history.map((h: { happened: string }) => h.happened)).toEqual([
      'opened',
      'acknowledged',
      'resolved',
    ]);
    expect(detail.body.deliveries).toEqual([]);
  });

  it('a reconciliation is asked for once and can be looked at', async () => {
    const officer = await http.asSystem('reconciliation.read', 'reconciliation.operate');
    const key = newId();
    const ask = (body: object, by: string) =>
      officer.post('/api/v1/reconciliations').set('Idempotency-Key', by).send(body);
    const days = { bank: 'sandbox', from: '2026-01-01', to: '2026-01-31' };
    const first = await ask(days, key).expect(202);
    expect(first.headers['location']).toBe(`/api/v1/reconciliations/${first.body.id}`);
    const again = await ask(days, key).expect(202);
    expect(again.body.id).toBe(first.body.id);
    await ask({ ...days, to: '2025-12-31' }, newId()).expect(422);
    await ask({ ...days, bank: 'nobody' }, newId()).expect(404);
    const list = await officer.get('/api/v1/reconciliations?bank=sandbox').expect(200);
    expect(list.body.items).toHaveLength(1);
    const path = `/api/v1/reconciliations/${first.body.id}`;
    expect((await officer.get(path).expect(200)).body).toMatchObject({
      state: 'requested',
      from: '2026-01-01',
      statement: null,
      buckets: [],
    });
    expect((await officer.get(`${path}/entries`).expect(200)).body.items).toEqual([]);
    await officer.get(`/api/v1/reconciliations/${newId()}`).expect(404);
  });
});
