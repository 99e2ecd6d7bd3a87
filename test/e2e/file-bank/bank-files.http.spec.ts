import { afterPayments } from '../../builders/after-payment.modules.js';
import { anOffice } from '../../builders/officers.js';
import { reportOf, ScriptedFileChannel } from '../../builders/scripted-file-channel.js';
import { sentPayments, type SentPayment } from '../../builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../setup/http.js';
import { bankFileSchema, BankRegistry } from '../../../src/banks/index.js';
import { ReadBankFile } from '../../../src/banks/read-bank-file.js';
import { ManualClock, newId } from '../../../src/kernel/index.js';
import { ApplyNotices, SettlementsModule } from '../../../src/settlements/index.js';
import { ReceiveReport } from '../../../src/settlements/receive-report.js';
import { ReconciliationModule } from '../../../src/reconciliation/index.js';

const FILES = '/api/v1/bank-files';

/** The bank of the payments exchanges files here; another is asked and answers nothing. */
function banksOf(clock: ManualClock): BankRegistry {
  const file = bankFileSchema.parse({
    code: 'sandbox',
    name: 'A bank of files',
    adapter: 'scripted',
    receives: '*',
    mode: 'bulk',
    maxPerSubmission: 100,
    concurrency: 1,
    rateLimit: { max: 10, perMs: 1000 },
    timeoutMs: 1000,
    retry: { baseMs: 1000, capMs: 1000, jitter: 0 },
    enquiry: {
      intervalsMs: [1000],
      acceptedAfterMs: 1000,
      maxPerEnquiry: 10,
      notFoundWindowMs: 1000,
    },
    idempotentByReference: false,
  });
  const adapters = new Map([
    ['scripted', { create: () => ({ files: new ScriptedFileChannel() }) }],
  ]);
  return BankRegistry.of([file], clock, adapters);
}

describe('files of banks over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let preparer: Awaited<ReturnType<HttpUnderTest['asUser']>>;
  let monitor: Awaited<ReturnType<HttpUnderTest['asUser']>>;
  let paid: SentPayment;
  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
    const banks = banksOf(clock);
    http = await httpUnderTest(db, {
      clock,
      imports: [...afterPayments(clock, banks), SettlementsModule, ReconciliationModule],
    });
    preparer = await http.asUser(['preparer']);
    monitor = await http.asUser(['monitor']);
    const [first] = await db.database.transaction(async (tx) =>
      sentPayments(tx, await anOffice(tx), 1),
    );
    if (!first) throw new Error('no payment');
    paid = first;
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const bring = (bytes: Buffer, { bank = 'sandbox', agent = preparer.agent, key = newId() } = {}) =>
    agent
      .post(FILES)
      .set('Idempotency-Key', key)
      .field('bank', bank)
      .attach('file', bytes, 'kết quả "20".csv');
  const read = async (id: string): Promise<void> => {
    const told = { bank: 'sandbox', fileId: id };
    await http.app.get(ReadBankFile, { strict: false }).handle(told);
    await http.app
      .get(ReceiveReport, { strict: false })
      .handle(told)
      .catch(() => undefined);
    await http.app.get(ApplyNotices, { strict: false }).apply('sandbox');
  };

  it('nobody without the right brings or opens one; what is none is refused kindly', async () => {
    await http.anonymous().get(FILES).expect(401);
    await bring(Buffer.from('{}'), { agent: monitor.agent }).expect(403);
    await bring(Buffer.from('{}'), { bank: 'nowhere' }).expect(404);
    const empty = await bring(Buffer.alloc(0)).expect(422);
    expect(empty.body).toMatchObject({ code: 'banks.file-empty' });
    expect(empty.body.messages.vi).toBeTruthy();
    await preparer.agent
      .post(FILES)
      .set('Idempotency-Key', newId())
      .field('bank', 'sandbox')
      .expect(400);
    await preparer.agent.get(`${FILES}/${newId()}`).expect(404);
    await preparer.agent.get(`${FILES}/${newId()}/content`).expect(404);
    await monitor.agent.get(`${FILES}/${newId()}/content`).expect(403);
    await preparer.agent.get(`${FILES}?state=nonsense`).expect(400);
    const reread = { reason: 'mended the setting' };
    await preparer.agent
      .post(`${FILES}/${newId()}/readings`)
      .set('Idempotency-Key', newId())
      .send(reread)
      .expect(404);
    expect((await monitor.agent.get(FILES).expect(200)).body.items).toEqual([]);
  });

  it('a report is brought once, and shown with what it did', async () => {
    const bytes = reportOf([
      { reference: paid.reference, says: 'settled' },
      { reference: 'CTNOBODY', says: 'settled' },
    ]);
    const key = newId();
    const first = await bring(bytes, { key }).expect(202);
    const id = String(first.body.id);
    expect(first.headers.location).toBe(`${FILES}/${id}`);
    expect((await bring(bytes, { key }).expect(202)).body).toEqual(first.body);
    expect((await bring(bytes).expect(200)).body).toEqual({ id, repeated: true });
    await read(id);
    const shown = await monitor.agent.get(`${FILES}/${id}`).expect(200);
    expect(shown.body).toMatchObject({
      state: 'read',
      kind: 'report',
      timesSeen: 2,
      itemCount: 2,
      why: null,
      history: [
        { to: 'received', actorName: preparer.login },
        { from: 'received', to: 'read' },
      ],
      did: {
        payments: expect.arrayContaining([
          { result: 'moved', fact: 'settled', items: 1 },
          { result: 'unknown-reference', fact: 'settled', items: 1 },
        ]),
        unread: [{ reference: 'CTNOBODY', why: null, result: 'unknown-reference' }],
        statements: [],
      },
    });
    const content = await preparer.agent.get(`${FILES}/${id}/content`).buffer().expect(200);
    expect(content.headers['content-disposition']).toBe(
      `attachment; filename="file"; filename*=UTF-8''k%E1%BA%BFt%20qu%E1%BA%A3%20%2220%22.csv`,
    );
    expect(content.headers['x-content-type-options']).toBe('nosniff');
  });

  it('a broken one is set aside with reason and place in both languages, and read again for a reason', async () => {
    const { body } = await bring(Buffer.from('<nonsense>')).expect(202);
    const id = String(body.id);
    await read(id);
    const found = await monitor.agent.get(`${FILES}?state=quarantined`).expect(200);
    expect(found.body.items).toEqual([
      expect.objectContaining({
        id,
        why: { vi: 'Không đọc được.', en: 'Unreadable.', place: 'line 1' },
      }),
    ]);
    const again = (reason: string, agent = preparer.agent) =>
      agent.post(`${FILES}/${id}/readings`).set('Idempotency-Key', newId()).send({ reason });
    await again('x').expect(400);
    await again('the setting was wrong', monitor.agent).expect(403);
    expect((await again('the setting was wrong').expect(201)).body.state).toBe('received');
    await again('the setting was wrong').expect(409);
    await read(id);
    expect((await monitor.agent.get(`${FILES}/${id}`)).body.state).toBe('quarantined');
  });
});
