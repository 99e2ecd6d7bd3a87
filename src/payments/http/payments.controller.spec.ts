import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../../test/builders/payment-desk.js';
import { refuses } from '../../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { railSchema } from '../../banks/index.js';
import { ManualClock, newId } from '../../kernel/index.js';
import { PaymentAlarms } from '../alarm.read.js';

const atInstant = { account: { bin: INSTANT_BIN } };

describe('payments and runs over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let desk: PaymentDesk;

  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
    http = await httpUnderTest(db, { imports: afterPayments(clock), clock });
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const post = (agent: Awaited<ReturnType<HttpUnderTest['asSystem']>>, path: string, body = {}) =>
    agent.post(`/api/v1${path}`).set('Idempotency-Key', newId()).send(body);

  it('a run is paused, resumed and cancelled by those who may, where it stands so', async () => {
    const { runId, batchId } = await desk.running([{}, {}]);
    const reader = await http.asSystem('payment.read');
    const operator = (await http.asUser(['preparer'])).agent;
    const reason = 'ngân hàng bảo trì';
    await post(reader, `/runs/${runId}/pauses`, { reason }).expect(403);
    await post(operator, `/runs/${runId}/pauses`).expect(400);
    await post(operator, `/runs/${newId()}/pauses`, { reason }).expect(404);
    const early = await post(operator, `/runs/${runId}/resumptions`).expect(409);
    expect(early.body.code).toBe('payments.run-not-in-state');
    const paused = await post(operator, `/runs/${runId}/pauses`, { reason }).expect(200);
    expect(paused.body).toMatchObject({ state: 'paused', pauseReason: reason });
    await desk.work();
    expect(await desk.states(runId)).toEqual(['ready', 'ready']);
    await post(operator, `/runs/${runId}/resumptions`).expect(200);
    await post(operator, `/runs/${runId}/cancellations`, { reason }).expect(200);
    await desk.sweeper.sweep();
    const one = await reader.get(`/api/v1/runs/${runId}`).expect(200);
    expect(one.body).toMatchObject({
      state: 'finished',
      cancelReason: reason,
      figures: [{ bankCode: 'bulk-bank', state: 'cancelled', count: 2 }],
    });
    const list = await reader.get(`/api/v1/runs?batchId=${batchId}&state=finished`).expect(200);
    expect(list.body.items).toHaveLength(1);
  });

  it('what waits for its rail says why and until when', async () => {
    const rail = { code: 'high-value', open: { days: 'working', from: '08:00', to: '16:00' } };
    Object.assign(desk.banks.of('bulk-bank').settings, { rails: [railSchema.parse(rail)] });
    desk.clock.set(new Date('2026-11-20T09:00:00Z'));
    const { runId, batchId } = await desk.running([{}, {}]);
    const reader = await http.asSystem('payment.read');
    const group = {
      bankCode: 'bulk-bank',
      rail: 'high-value',
      because: 'after-hours',
      text: expect.objectContaining({ vi: expect.stringContaining('hết giờ') }),
      until: '2026-11-23T01:00:00.000Z',
      submissions: 1,
      payments: 2,
      total: '5578000',
    };
    await http.anonymous().get(`/api/v1/runs/${runId}/waiting`).expect(401);
    await reader.get(`/api/v1/runs/${newId()}/waiting`).expect(404);
    const waiting = await reader.get(`/api/v1/runs/${runId}/waiting`).expect(200);
    expect(waiting.body).toEqual({ items: [group] });
    const run = await reader.get(`/api/v1/runs/${runId}`).expect(200);
    expect(run.body.waiting).toEqual([group]);
    expect(run.body.history[0].reason).toContain('dời sớm');
    const [payment] = await desk.payments(runId);
    const one = await reader.get(`/api/v1/payments/${payment?.id}`).expect(200);
    expect(one.body).toMatchObject({
      rail: 'high-value',
      railRule: 'preferred',
      waits: { because: 'after-hours', until: '2026-11-23T01:00:00.000Z' },
    });
    const worries = await new PaymentAlarms().untakenWork(db.database.reader, {
      before: desk.clock.now(),
      byHand: [],
    });
    expect(worries).toEqual([]);
    Object.assign(desk.banks.of('bulk-bank').settings, {
      rails: [railSchema.parse({ ...rail, open: 'always' })],
    });
    await desk.passTime(1000);
    expect((await reader.get(`/api/v1/runs?batchId=${batchId}`)).body.items).toHaveLength(1);
    const after = await reader.get(`/api/v1/payments/${payment?.id}`).expect(200);
    expect(after.body).toMatchObject({ state: 'settled', waits: null });
    Object.assign(desk.banks.of('bulk-bank').settings, {
      rails: [railSchema.parse({ code: 'default' })],
    });
    desk.clock.set(new Date('2026-11-20T02:00:00Z'));
  });

  it('payments are found by what they pay and how they ended, page by page', async () => {
    const { runId, batchId } = await desk.running([{}, {}, { communeCode: '06040' }]);
    const [first] = await desk.payments(runId);
    const reader = await http.asSystem('payment.read');
    await http.anonymous().get('/api/v1/payments').expect(401);
    const found = async (query: string) => {
      const answer = await reader.get(`/api/v1/payments?${query}`).expect(200);
      return answer.body as { items: { id: string; period: string }[]; nextCursor: string | null };
    };
    const page = await found(`batchId=${batchId}&limit=2`);
    const rest = await found(`batchId=${batchId}&limit=2&cursor=${page.nextCursor}`);
    expect([...page.items, ...rest.items].map((p) => p.id)).toEqual(
      (await desk.payments(runId)).map((p) => p.id),
    );
    expect(rest.nextCursor).toBeNull();
    const period = String(page.items[0]?.period);
    expect((await found(`period=${period}&programme=NCC_MONTHLY`)).items).toHaveLength(3);
    expect((await found(`period=${period}&communeCode=06040`)).items).toHaveLength(1);
    expect((await found(`period=${period}&programme=NCC_GIFT`)).items).toEqual([]);
    expect((await found(`reference=${first?.reference}`)).items).toMatchObject([{ id: first?.id }]);
    expect((await found(`runId=${runId}&state=settled`)).items).toEqual([]);
    await reader.get('/api/v1/payments?communeCode=6040').expect(400);
    await reader.get(`/api/v1/payments/${newId()}`).expect(404);
  });

  it('what failed is gathered into a follow-up batch, whose address is told', async () => {
    desk.instant.usually(refuses('AC01'));
    const { runId, batchId } = await desk.running([atInstant]);
    await desk.work();
    const [failed] = await desk.payments(runId);
    const reader = await http.asSystem('payment.read', 'batch.read');
    const preparer = (await http.asUser(['preparer'])).agent;
    await post(reader, '/payments/reissues', { batchId }).expect(403);
    const unmended = await post(preparer, '/payments/reissues', { batchId }).expect(422);
    expect(unmended.body).toMatchObject({
      code: 'payments.not-mended',
      left: [{ paymentId: failed?.id, reasonCode: 'AC01', why: 'account_not_mended' }],
    });
    const sameAccountBecause = 'ngân hàng xác nhận tài khoản đúng';
    const reissued = await post(preparer, '/payments/reissues', {
      batchId,
      sameAccountBecause,
    }).expect(201);
    expect(reissued.body).toMatchObject({ reissued: 1, left: [] });
    const address = String(reissued.headers['location']);
    expect(address).toBe(`/api/v1/batches/${reissued.body.batchId}`);
    const batch = await reader.get(address).expect(200);
    expect(batch.body).toMatchObject({ state: 'draft', followUpOf: batchId, lineCount: 1 });
  });
});
