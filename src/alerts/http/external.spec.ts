import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { SystemClock } from '../../kernel/index.js';
import { AlertsModule } from '../alerts.module.js';
import { EvaluateAlerts } from '../evaluate-alerts.js';

const TOKEN = 'a-token-of-alertmanager';

describe('what Alertmanager watches, over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  beforeAll(async () => {
    db = await testDatabase();
    http = await httpUnderTest(db, {
      imports: [...afterPayments(new SystemClock()), AlertsModule],
      environment: { ALERTMANAGER_TOKEN: TOKEN },
    });
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const alert = (given: object = {}) => ({
    status: 'firing',
    labels: { alertname: 'DiskFull', severity: 'critical' },
    annotations: { summary: '<b>Đĩa đầy</b>\r\nBcc: x', description: 'Dọn đĩa' },
    startsAt: '2026-11-21T03:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'javascript:alert(1)',
    fingerprint: 'c0ffee',
    ...given,
  });
  const post = (body: object, token = TOKEN) =>
    http
      .anonymous()
      .post('/api/v1/alertmanager')
      .set('authorization', `Bearer ${token}`)
      .send(body);
  const message = (...alerts: object[]) => ({ version: '4', groupKey: 'x', alerts });
  const living = async () => {
    const monitor = await http.asSystem('alert.read');
    const found = await monitor.get('/api/v1/alerts?rule=external').expect(200);
    return found.body.items as { state: string; severity: string; title: { vi: string } }[];
  };

  it('nobody passes without the token, and nothing of their message is looked at', async () => {
    await http.anonymous().post('/api/v1/alertmanager').send(message(alert())).expect(401);
    const refused = await post({ nonsense: true }, 'another-token-of-24-chars').expect(401);
    expect(refused.body.code).toBe('alerts.alertmanager-token');
    expect(await living()).toEqual([]);
  });

  it.each([
    ['another version', { version: '5', alerts: [] }],
    ['too many alerts', message(...Array.from({ length: 501 }, () => alert()))],
    ['no fingerprint', message(alert({ fingerprint: undefined }))],
    ['a fingerprint that is none', message(alert({ fingerprint: "x' or 1=1" }))],
    ['no time', message(alert({ startsAt: 'yesterday' }))],
    ['a text of a book', message(alert({ annotations: { summary: 'x'.repeat(10_001) } }))],
  ])('is refused: %s', async (_, body) => {
    await post(body).expect(400);
    expect(await living()).toEqual([]);
  });

  it('is one alert however often it comes, stays when we look at ours, and ends by its word', async () => {
    expect((await post(message(alert(), alert())).expect(200)).body).toEqual({
      opened: 1,
      resolved: 0,
    });
    await post(message(alert({ labels: { alertname: 'DiskFull', severity: 'warning' } })));
    await http.app.get(EvaluateAlerts).evaluate();
    const [one, ...more] = await living();
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      state: 'open',
      severity: 'warning',
      title: { vi: 'Giám sát: <b>Đĩa đầy</b> Bcc: x (DiskFull)' },
      nextStep: { vi: 'Dọn đĩa' },
    });
    expect(JSON.stringify(one)).not.toContain('javascript');
    const ended = await post(message(alert({ status: 'resolved' }))).expect(200);
    expect(ended.body).toEqual({ opened: 0, resolved: 1 });
    expect((await living()).map(({ state }) => state)).toEqual(['resolved']);
  });

  it('our own alerts that come back are no news', async () => {
    const ours = alert({
      fingerprint: 'beef',
      labels: { chitra_alert: 'x', alertname: 'run-late' },
    });
    expect((await post(message(ours)).expect(200)).body).toEqual({ opened: 0, resolved: 0 });
  });
});
