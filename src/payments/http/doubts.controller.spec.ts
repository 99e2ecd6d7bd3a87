import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { aLetter, doubtDesk, type DoubtDesk } from '../../../test/builders/doubt-desk.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { ManualClock, newId } from '../../kernel/index.js';
import { OPENAPI_PATH } from '../../platform/http/index.js';

type Agent = Awaited<ReturnType<HttpUnderTest['asSystem']>>;

describe('doubts over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let desk: DoubtDesk;
  let preparer: Agent;
  let signer: Agent;
  let reader: Agent;

  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await doubtDesk(db, clock);
    http = await httpUnderTest(db, { imports: afterPayments(clock, desk.banks), clock });
    preparer = (await http.asUser(['preparer'])).agent;
    signer = (await http.asUser(['account_holder'], { signature: 'first' })).agent;
    reader = await http.asSystem('payment.read');
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const post = (agent: Agent, path: string, body: object = {}) =>
    agent.post(`/api/v1/doubt-rulings${path}`).set('Idempotency-Key', newId()).send(body);
  const form = (agent: Agent, key = newId()) =>
    agent.post('/api/v1/doubt-rulings').set('Idempotency-Key', key);
  const settled = (paymentIds: readonly string[]) => ({
    paymentIds,
    outcome: 'settled',
    evidenceReference: 'CV 12/NH-2026',
    evidenceAsOf: '2026-11-20',
  });

  it('are listed by age with what was asked and answered, page by page, for those who may', async () => {
    const older = await desk.inDoubt(2);
    desk.instant.onEnquiry('unknown');
    await desk.passTime(60_000);
    const younger = await desk.inDoubt(1);
    await http.anonymous().get('/api/v1/doubts').expect(401);
    await (await http.asSystem('import.read')).get('/api/v1/doubts').expect(403);
    const page = await reader.get('/api/v1/doubts?limit=2').expect(200);
    const rest = await reader.get(`/api/v1/doubts?limit=2&cursor=${page.body.nextCursor}`);
    const listed = [...page.body.items, ...rest.body.items] as { paymentId: string }[];
    expect(listed.map((d) => d.paymentId)).toEqual([...older.ids.toSorted(), ...younger.ids]);
    expect(listed[0]).toMatchObject({
      bank: 'instant-bank',
      unknownSince: '2026-11-20T02:00:00.000Z',
      lastSentAt: '2026-11-20T02:00:00.000Z',
      sendings: 1,
      enquiries: 1,
      lastAnswer: { answer: 'unknown', why: 'the core is closed', at: '2026-11-20T02:01:00.000Z' },
      windowUntil: '2026-11-20T02:10:10.000Z',
      openRuling: null,
    });
    const old = await reader.get('/api/v1/doubts?olderThan=2026-11-20T02:00:30.000Z').expect(200);
    expect(old.body.items).toHaveLength(2);
    expect((await reader.get('/api/v1/doubts?bank=bulk-bank')).body.items).toEqual([]);
    await reader.get('/api/v1/doubts?olderThan=yesterday').expect(400);
    const one = await reader.get(`/api/v1/doubts/${older.first.id}`).expect(200);
    expect(one.body).toMatchObject({
      sent: [{ number: 1, outcome: 'unknown' }],
      asked: [{ answer: 'unknown', askedAt: '2026-11-20T02:01:00.000Z' }],
      rulings: [],
    });
    await reader.get(`/api/v1/doubts/${newId()}`).expect(404);
  });

  it('end by a letter that one person sends and another one signs', async () => {
    const { ids, runId } = await desk.inDoubt(2);
    const key = newId();
    const send = () =>
      form(preparer, key)
        .field('paymentIds', ids.join(','))
        .field('outcome', 'settled')
        .field('evidenceAsOf', '2026-11-20T08:59:00+07:00')
        .attach('file', aLetter(), { filename: 'công văn "12".pdf', contentType: 'text/html' });
    const proposed = await send().expect(201);
    const again = await send().expect(201);
    expect(again.body.id).toBe(proposed.body.id);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const address = String(proposed.headers['location']);
    const { id, digest } = proposed.body as { id: string; digest: string };
    expect(proposed.body).toMatchObject({
      state: 'proposed',
      payments: 2,
      evidence: {
        reference: null,
        asOf: '2026-11-20T01:59:00.000Z',
        file: { mediaType: 'application/pdf' },
      },
    });
    const file = await reader.get(`${address}/evidence`).expect(200);
    expect(file.body).toEqual(aLetter());
    expect(file.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition':
        'attachment; filename="evidence"; filename*=UTF-8\'\'c%C3%B4ng%20v%C4%83n%20%2212%22.pdf',
    });
    expect(file.headers['content-security-policy']).toContain('sandbox');
    const listed = await reader.get(`/api/v1/doubts/${ids[0]}`).expect(200);
    expect(listed.body.openRuling).toMatchObject({ id, outcome: 'settled' });
    await post(preparer, `/${id}/signatures`, { digest }).expect(403);
    await post(signer, `/${id}/signatures`, { digest: 'b'.repeat(64) }).expect(412);
    await post(signer, `/${id}/signatures`).expect(400);
    const signed = await post(signer, `/${id}/signatures`, { digest }).expect(201);
    expect(signed.body).toMatchObject({
      state: 'confirmed',
      items: [{ result: 'moved', state: 'settled' }, { result: 'moved' }],
      history: [{ happened: 'proposed' }, { happened: 'confirmed' }],
    });
    expect(await desk.states(runId)).toEqual(['settled', 'settled']);
    await post(signer, `/${id}/signatures`, { digest }).expect(409);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['no evidence', { evidenceReference: undefined }, 422],
    ['no payments', { paymentIds: [] }, 400],
    ['ids that are none', { paymentIds: ['1; drop table payment'] }, 400],
    ['too many payments', { paymentIds: Array.from({ length: 501 }, () => newId()) }, 400],
    ['an unknown payment', { paymentIds: [newId()] }, 404],
    ['an outcome that sends again', { outcome: 'ready' }, 400],
    ['a field nobody knows', { force: true }, 400],
    ['half a character', { evidenceReference: 'CV \ud800 12' }, 400],
    ['no time of the evidence', { evidenceAsOf: undefined }, 400],
    ['a time of no day', { evidenceAsOf: '2026-02-30' }, 400],
    ['evidence of tomorrow', { evidenceAsOf: '2999-01-01' }, 422],
    ['no reason for "it never happened"', { outcome: 'rejected' }, 422],
    ['an age too young', { outcome: 'rejected', reasonCode: 'TS01' }, 409],
  ])('are not ruled on with %s', async (_, different, status) => {
    const { ids } = await desk.inDoubt();
    const answer = await post(preparer, '', { ...settled(ids), ...different });
    expect(answer.status).toBe(status);
    await post(preparer, '', settled([...ids, ...ids])).expect(400);
    await post(preparer, '', settled(ids)).expect(201);
  });

  it('are not ruled on with a page, an empty or a large file', async () => {
    const { ids } = await desk.inDoubt();
    const send = (bytes: Buffer) =>
      form(preparer)
        .field('paymentIds', JSON.stringify(ids))
        .field('outcome', 'settled')
        .field('evidenceAsOf', '2026-11-20T08:59:00+07:00')
        .attach('file', bytes, { filename: 'thư.pdf', contentType: 'application/pdf' });
    await send(Buffer.from('<script>alert(1)</script>')).expect(415);
    await send(Buffer.alloc(0)).expect(415);
    await send(Buffer.concat([aLetter(), Buffer.alloc(5 * 1024 * 1024)])).expect(413);
    await send(aLetter()).expect(201);
  });

  it('stay when a proposal is refused or withdrawn', async () => {
    const { ids, runId } = await desk.inDoubt();
    const first = await post(preparer, '', settled(ids)).expect(201);
    await post(signer, `/${first.body.id}/refusals`).expect(400);
    const reason = 'thiếu dấu của ngân hàng';
    const refused = await post(signer, `/${first.body.id}/refusals`, { reason }).expect(201);
    expect(refused.body).toMatchObject({ state: 'refused', decisionReason: reason });
    const second = await post(preparer, '', settled(ids)).expect(201);
    await post(signer, `/${second.body.id}/withdrawals`, { reason }).expect(403);
    await post(preparer, `/${second.body.id}/withdrawals`, { reason }).expect(201);
    await post(preparer, `/${newId()}/withdrawals`, { reason }).expect(404);
    expect(await desk.states(runId)).toEqual(['unknown']);
    const list = await reader.get(`/api/v1/doubt-rulings?paymentId=${ids[0]}`).expect(200);
    expect((list.body.items as { state: string }[]).map((r) => r.state)).toEqual([
      'withdrawn',
      'refused',
    ]);
    await reader.get(`/api/v1/doubt-rulings/${second.body.id}/evidence`).expect(404);
  });

  it('are documented: both ways of sending evidence', async () => {
    const { body } = await http.anonymous().get(OPENAPI_PATH).expect(200);
    const { content } = body.paths['/api/v1/doubt-rulings'].post.requestBody;
    expect(content['multipart/form-data'].schema.properties.file.format).toBe('binary');
    expect(JSON.stringify(content['application/json'].schema)).toContain('evidenceReference');
  });
});
