import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { anOffice } from '../../../test/builders/officers.js';
import { signedNotice } from '../../../test/builders/outcome-desk.js';
import { sentPayments, type SentPayment } from '../../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { newId, SystemClock } from '../../kernel/index.js';
import { ApplyNotices } from '../apply-notices.js';
import { SettlementsModule } from '../settlements.module.js';

const NOTICES = '/api/v1/banks/sandbox/notices';

describe('notices over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let paid: SentPayment[];
  beforeAll(async () => {
    db = await testDatabase();
    http = await httpUnderTest(db, {
      imports: [...afterPayments(new SystemClock()), SettlementsModule],
    });
    paid = await db.database.transaction(async (tx) => sentPayments(tx, await anOffice(tx), 3));
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const send = (payments: readonly unknown[], given: { id?: string; path?: string } = {}) => {
    const { headers, body } = signedNotice({ id: given.id ?? newId(), at: new Date(), payments });
    return http
      .anonymous()
      .post(given.path ?? NOTICES)
      .set(headers as Record<string, string>)
      .send(body.toString());
  };

  it('unsigned, odd, too large or to nobody are problems, in both languages', async () => {
    const unsigned = await http.anonymous().post(NOTICES).send({ payments: [] }).expect(401);
    expect(unsigned.body).toMatchObject({ code: 'settlements.notice-signature' });
    expect(unsigned.headers['content-type']).toContain('application/problem+json');
    await http.anonymous().post(NOTICES).expect(401);
    await http.anonymous().post(NOTICES).set('content-type', 'text/plain').send('x').expect(415);
    const large = JSON.stringify({ payments: ['x'.repeat(1_100_000)] });
    await http
      .anonymous()
      .post(NOTICES)
      .set('content-type', 'application/json')
      .send(large)
      .expect(413);
    const nobody = await send([], { path: '/api/v1/banks/nobody/notices' }).expect(404);
    expect(nobody.body.code).toBe('banks.unknown-bank');
  });

  it('are signed over the very bytes, blanks and order included', async () => {
    const { headers, body } = signedNotice({ id: newId(), at: new Date(), payments: [] });
    await http
      .anonymous()
      .post(NOTICES)
      .set(headers as Record<string, string>)
      .send(body.toString().replace('{', '{ '))
      .expect(401);
  });

  it('are kept, repeated, applied and shown to those who may see', async () => {
    const [first, second] = paid;
    const payments = [
      { reference: first?.reference, status: 'ACCC' },
      { reference: second?.reference, status: 'RJCT', reasonCode: 'AC01' },
      { reference: 'CT-NOBODY', status: 'ACCC' },
    ];
    const id = newId();
    expect((await send(payments, { id }).expect(202)).body).toEqual({
      noticeId: id,
      kept: 'received',
    });
    expect((await send(payments, { id }).expect(202)).body.kept).toBe('repeated');
    await http.app.get(ApplyNotices).apply('sandbox');
    const monitor = await http.asSystem('notice.read');
    await (await http.asSystem('alert.read')).get('/api/v1/notices').expect(403);
    await http.anonymous().get('/api/v1/notices').expect(401);
    const list = await monitor
      .get('/api/v1/notices?bank=sandbox&state=applied&result=unknown-reference')
      .expect(200);
    expect(list.body.items).toMatchObject([{ noticeId: id, repeated: 1, items: 3 }]);
    const detail = await monitor.get(`/api/v1/notices/${list.body.items[0].id}`).expect(200);
    expect(detail.body.firstItems.map((item: { result: string }) => item.result)).toEqual([
      'moved',
      'moved',
      'unknown-reference',
    ]);
    const page = await monitor
      .get(`/api/v1/notices/${list.body.items[0].id}/items?limit=2`)
      .expect(200);
    expect(page.body.items).toHaveLength(2);
    expect(page.body.nextCursor).not.toBeNull();
    await monitor.get(`/api/v1/notices/${newId()}`).expect(404);
    await monitor.get('/api/v1/notices?state=odd').expect(400);
    await monitor.get('/api/v1/notices?cursor=odd').expect(400);
  });

  it("a payment's timeline and a person's payments", async () => {
    const reader = await http.asSystem('payment.read', 'beneficiary.read');
    const [first] = paid;
    const timeline = await reader.get(`/api/v1/payments/${first?.paymentId}/timeline`).expect(200);
    expect(timeline.body.payment).toMatchObject({ state: 'settled', amount: '2789000' });
    expect(timeline.body.entries).toContainEqual(
      expect.objectContaining({ by: 'bank', event: 'notice.settled' }),
    );
    const path = `/api/v1/beneficiaries/${first?.beneficiaryId}/payments`;
    expect((await reader.get(path).expect(200)).body.items).toHaveLength(1);
    await (await http.asSystem('payment.read')).get(path).expect(403);
    await reader.get(`/api/v1/beneficiaries/${newId()}/payments`).expect(404);
    await reader.get(`/api/v1/payments/${newId()}/timeline`).expect(404);
  });
});
