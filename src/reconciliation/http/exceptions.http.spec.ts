import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { anOffice } from '../../../test/builders/officers.js';
import { sentPayments, type SentPayment } from '../../../test/builders/sent-payments.js';
import {
  closingRow,
  csvStatement,
  entryRow,
  openingRow,
} from '../../../test/builders/statement-file.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { ManualClock, newId } from '../../kernel/index.js';
import { ReconciliationModule, RunReconciliation } from '../index.js';

const STATEMENTS = '/api/v1/statements';
const EXCEPTIONS = '/api/v1/reconciliation-exceptions';
const RUNS = '/api/v1/reconciliations';

describe('statements and exceptions over HTTP', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let preparer: Awaited<ReturnType<HttpUnderTest['asUser']>>;
  let monitor: Awaited<ReturnType<HttpUnderTest['asUser']>>;
  let paid: SentPayment;
  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
    http = await httpUnderTest(db, {
      clock,
      imports: [...afterPayments(clock), ReconciliationModule],
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

  const post = (path: string, body: object = {}, agent = preparer.agent) =>
    agent.post(path).set('Idempotency-Key', newId()).send(body);
  const upload = (content: string | Buffer, key = newId(), agent = preparer.agent) =>
    agent
      .post(STATEMENTS)
      .set('Idempotency-Key', key)
      .field('bank', 'sandbox')
      .attach('file', Buffer.from(content), 'sao-kê.csv');
  const statement = () => {
    const debit = { reference: paid.reference, amount: paid.amount };
    return csvStatement([
      openingRow(),
      entryRow(debit),
      entryRow(debit),
      entryRow(),
      closingRow({ amount: '94421000' }),
    ]);
  };

  it('nobody without the right sends or explains; forms that are none are refused kindly', async () => {
    const id = newId();
    await http.anonymous().get(EXCEPTIONS).expect(401);
    await monitor.agent.get(EXCEPTIONS).expect(200);
    await upload(statement(), newId(), monitor.agent).expect(403);
    for (const path of [`${EXCEPTIONS}/${id}/notes`, `${EXCEPTIONS}/${id}/explanations`])
      await post(path, { text: 'x' }, monitor.agent).expect(403);
    await post(`${RUNS}/${id}/closures`, {}, monitor.agent).expect(403);
    await post(`${RUNS}/${id}/closures`).expect(404);
    await post(`${EXCEPTIONS}/${id}/explanations`, { text: 'một hai ba' }).expect(404);
    await post(`${EXCEPTIONS}/explanations`, { text: 'x' }).expect(400);
    await post(`${EXCEPTIONS}/explanations`, { text: 'x', ids: [id], kind: 'contested' }).expect(
      400,
    );
    await post(`${EXCEPTIONS}/${id}/notes`, { text: ' \u200b ' }).expect(400);
    await post(`${EXCEPTIONS}/${id}/owner`).expect(428);
    await preparer.agent.get(`${EXCEPTIONS}?owner=me`).expect(400);
    await preparer.agent.get(`${EXCEPTIONS}?cursor=x`).expect(400);
    await preparer.agent.get(`${STATEMENTS}/${id}`).expect(404);
    await preparer.agent.get(`${STATEMENTS}/${id}/entries`).expect(404);
    await preparer.agent
      .post(STATEMENTS)
      .set('Idempotency-Key', newId())
      .field('bank', 'sandbox')
      .expect(400);
    await preparer.agent
      .post(STATEMENTS)
      .set('Idempotency-Key', newId())
      .field('bank', 'nowhere')
      .attach('file', Buffer.from(statement()), 'a.csv')
      .expect(404);
    await preparer.agent.post(STATEMENTS).field('bank', 'sandbox').expect(400);
    const large = await upload(Buffer.alloc(20 * 1024 * 1024 + 1, 'a')).expect(413);
    expect(large.body.messages.vi).toBeTruthy();
    const wrong = await upload(statement().replace(';1000;', ';1,000;')).expect(422);
    expect(wrong.body).toMatchObject({
      code: 'reconciliation.statement-file-refused',
      errorCount: 1,
      errors: [{ row: 5, column: 'H', field: 'amount', rule: 'amount.ambiguous' }],
    });
    expect((await preparer.agent.get(STATEMENTS)).body.items).toEqual([]);
  });

  it('takes a statement, matches it, and is closed when its exceptions are explained', async () => {
    const [content, key] = [statement(), newId()];
    const sent = await upload(content, key).expect(202);
    const replayed = await upload(content, key).expect(202);
    expect(replayed.headers['idempotency-replayed']).toBe('true');
    const again = await upload(content).expect(200);
    expect(again.body).toEqual({ ...sent.body, repeated: true });
    const { id, reconciliationId: run } = sent.body as { id: string; reconciliationId: string };
    expect(sent.headers.location).toBe(`${STATEMENTS}/${id}`);
    await http.app.get(RunReconciliation).run(run);

    const found = await monitor.agent.get(`${STATEMENTS}/${id}`).expect(200);
    expect(found.body).toMatchObject({
      difference: '0',
      entryCount: 3,
      file: { name: 'sao-kê.csv', receivedBy: preparer.login },
      reconciliationId: run,
      buckets: [{ bucket: 'debited-twice' }, { bucket: 'matched' }, { bucket: 'not-ours' }],
    });
    const entries = `${STATEMENTS}/${id}/entries`;
    const page = await monitor.agent.get(`${entries}?limit=2`).expect(200);
    const rest = await monitor.agent.get(`${entries}?limit=2&cursor=${page.body.nextCursor}`);
    expect([page.body.items.length, rest.body.items.length]).toEqual([2, 1]);
    const loud = await monitor.agent.get(`${entries}?bucket=debited-twice`).expect(200);
    expect(loud.body.items).toMatchObject([{ paymentId: paid.paymentId, reversal: false }]);

    const run1 = await monitor.agent.get(`${RUNS}/${run}`).expect(200);
    expect(run1.body).toMatchObject({
      state: 'finished',
      source: 'file',
      matched: { payments: 1, amount: paid.amount },
      openExceptions: [
        { kind: 'debited-twice', count: 1 },
        { kind: 'no-reference', count: 1 },
      ],
    });
    const early = await post(`${RUNS}/${run}/closures`).expect(409);
    expect(early.body).toMatchObject({
      code: 'reconciliation.exceptions-open',
      open: run1.body.openExceptions,
    });

    const query = `bank=sandbox&state=open&owner=none&reconciliation=${run}&olderThanDays=0&limit=1`;
    const first = await monitor.agent.get(`${EXCEPTIONS}?${query}`).expect(200);
    const second = await monitor.agent.get(
      `${EXCEPTIONS}?${query}&cursor=${first.body.nextCursor}`,
    );
    expect(second.body.nextCursor).toBeNull();
    const twice = await monitor.agent.get(`${EXCEPTIONS}?kind=debited-twice`).expect(200);
    const exception = `${EXCEPTIONS}/${twice.body.items[0].id}`;
    const shown = await monitor.agent.get(exception).expect(200);
    expect(shown.body).toMatchObject({
      paymentReference: paid.reference,
      ageDays: 0,
      entry: { reference: paid.reference, bucket: 'debited-twice' },
      notes: [],
    });
    expect(shown.headers.etag).toBe('"v1"');
    const taken = await post(`${exception}/owner`).set('If-Match', '"v1"').expect(201);
    expect(taken.body).toMatchObject({ ownerId: preparer.userId, version: 2 });
    await post(`${exception}/owner`, { userId: null }).set('If-Match', '"v1"').expect(412);
    await post(`${exception}/notes`, { text: 'gọi ngân hàng' }).expect(201);
    await post(`${exception}/explanations`, { text: 'xong' }).expect(422);
    await post(`${exception}/explanations`, {
      text: 'ngân hàng sẽ hoàn tiền',
      evidence: 'CV-12',
    }).expect(201);
    await post(`${exception}/explanations`, { text: 'một hai ba', evidence: 'x' }).expect(409);
    const bulk = { text: 'phí', reconciliation: run, kind: 'no-reference' };
    const many = await post(`${EXCEPTIONS}/explanations`, bulk).expect(201);
    expect(many.body).toEqual({ explained: 1, remaining: 0 });

    const closed = await post(`${RUNS}/${run}/closures`).expect(201);
    expect(closed.body).toMatchObject({
      state: 'closed',
      closedBy: preparer.login,
      openExceptions: [],
    });
    await post(`${RUNS}/${run}/closures`).expect(409);
    await monitor.agent.get(`${RUNS}?state=closed`).expect(200);
    const told = await monitor.agent.get(exception).expect(200);
    expect(told.body.history.map(({ happened }: { happened: string }) => happened)).toEqual([
      'opened',
      'owned',
      'explained',
    ]);
  });

  it('another system may send a statement, but not answer for what does not fit', async () => {
    const agent = await http.asSystem('reconciliation.operate', 'reconciliation.read');
    await upload(csvStatement([openingRow(), entryRow(), closingRow()]), newId(), agent).expect(
      202,
    );
    const refused = await post(`${EXCEPTIONS}/explanations`, { ids: [newId()], text: 'x' }, agent);
    expect(refused.body.code).toBe('reconciliation.people-only');
  });
});
