import { OutboxOnlyModule } from '../../../test/builders/outbox-only.module.js';
import { testBanksModule } from '../../../test/builders/banks.js';
import { accountReplaced, areOwed, peopleOwed } from '../../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { newId } from '../../kernel/index.js';
import { execute } from '../../platform/database/index.js';
import { BatchesModule } from '../batches.module.js';

const PROGRAMME = 'NCC_MONTHLY';
let test: TestDatabase;
let http: HttpUnderTest;
let preparer: Awaited<ReturnType<HttpUnderTest['asUser']>>['agent'];
let monitor: typeof preparer;

beforeAll(async () => {
  test = await testDatabase();
  http = await httpUnderTest(test, {
    imports: [OutboxOnlyModule, testBanksModule(), BatchesModule],
  });
  preparer = (await http.asUser(['preparer'])).agent;
  monitor = (await http.asUser(['monitor'])).agent;
});
afterAll(async () => {
  await http.close();
  await test.close();
});

const post = (path: string, body: object, key: string = newId()) =>
  preparer.post(`/api/v1/batches${path}`).set('Idempotency-Key', key).send(body);
const get = (path: string) => monitor.get(`/api/v1/batches${path}`);
const reader = () => test.database.reader;

async function aBatch(period: string, more: object = {}) {
  const answer = await post('', { programme: PROGRAMME, period, ...more }).expect(201);
  return { id: answer.body.id as string, etag: String(answer.headers['etag']), body: answer.body };
}

/** Marks a batch approved around the signatures, as history for comparisons. */
async function wasApproved(id: string): Promise<void> {
  const runner = test.database.source.createQueryRunner();
  await execute(runner.manager, `set session_replication_role = replica`);
  await execute(
    runner.manager,
    `update batch set state = 'approved', approval_id = gen_random_uuid(), digest = repeat('a', 64),
            proposed_by = prepared_by, proposed_at = created_at where id = $1`,
    [id],
  );
  await execute(runner.manager, `set session_replication_role = default`);
  await runner.release();
}

describe('batches over HTTP', () => {
  it('are seen by whoever may read, made by preparers only, and found or told missing', async () => {
    await http.anonymous().get('/api/v1/batches').expect(401);
    await monitor
      .post('/api/v1/batches')
      .set('Idempotency-Key', newId())
      .send({ programme: PROGRAMME, period: '2031-01' })
      .expect(403);
    const missing = await get(`/${newId()}/lines`).expect(404);
    expect(missing.body.code).toBe('batches.not-found');
    await post('', { programme: PROGRAMME, period: '13/2031' }).expect(400);
    await post('', { programme: PROGRAMME, period: '2031-01', colour: 'red' }).expect(400);
    const empty = await post('', { programme: PROGRAMME, period: '2031-01' }).expect(422);
    expect(empty.body).toMatchObject({ code: 'batches.nothing-to-pay', leftOut: [] });
  });

  it('are assembled once under one key, and again under another only from what is left', async () => {
    await peopleOwed(reader(), 2, { period: '2031-02' });
    const key = newId();
    const order = { programme: 'Trợ cấp hằng tháng người có công', period: '02/2031' };
    const first = await post('', order, key).expect(201);
    const again = await post('', order, key).expect(201);
    expect(again.body.id).toBe(first.body.id);
    const other = await post('', order).expect(422);
    expect(other.body.leftOut).toEqual([
      { reason: 'in_another_batch', count: 2, amount: '5578000' },
    ]);
  });

  it('are edited and proposed only as they were read', async () => {
    const people = await peopleOwed(reader(), 3, { period: '2031-03' });
    const { id, etag } = await aBatch('2031-03');
    const removal = { entitlementIds: [people[1]!.entitlementId], reason: 'chờ xác minh' };
    await post(`/${id}/proposals`, {}).expect(428);
    const removed = await post(`/${id}/line-removals`, removal).set('If-Match', etag).expect(201);
    expect(removed.body).toMatchObject({ lineCount: 2, total: '5578000' });
    const stale = await post(`/${id}/proposals`, {}).set('If-Match', etag).expect(412);
    expect(stale.body.code).toBe('request.changed-meanwhile');
    const fresh = String(removed.headers['etag']);
    const proposed = await post(`/${id}/proposals`, {}).set('If-Match', fresh).expect(201);
    expect(proposed.body).toMatchObject({ state: 'proposed', lineCount: 2, round: 1 });
    expect(proposed.body.digest).toMatch(/^[0-9a-f]{64}$/);
    await post(`/${id}/rebuilds`, {}).expect(409);
    const cancelled = await post(`/${id}/cancellations`, { reason: 'lập nhầm' }).expect(201);
    expect(cancelled.body.history.map((event: { happened: string }) => event.happened)).toEqual([
      'assembled',
      'line_removed',
      'proposed',
      'cancelled',
    ]);
    const listed = await get('?state=cancelled&period=2031-03').expect(200);
    expect(listed.body.items).toHaveLength(1);
  });

  it('list their lines and exclusions page by page, with filters and words for every reason', async () => {
    const period = '2031-04';
    await peopleOwed(reader(), 5, { period });
    await areOwed(reader(), [
      { period, account: { bin: '970436' }, kind: 'arrears' },
      { period, account: null },
      { period, heldFor: 'AC04' },
    ]);
    const { id, body } = await aBatch(period);
    expect(body.leftOut.map((left: { reason: string }) => left.reason)).toEqual([
      'held',
      'no_account',
    ]);
    const numbers: number[] = [];
    for (let cursor = ''; ;) {
      const page = await get(`/${id}/lines?limit=2${cursor}`).expect(200);
      numbers.push(...page.body.items.map((line: { lineNo: number }) => line.lineNo));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
    const arrears = await get(`/${id}/lines?kind=arrears&bankBin=970436`).expect(200);
    expect(arrears.body.items).toHaveLength(1);
    const held = await get(`/${id}/exclusions?reason=held`).expect(200);
    expect(held.body.items).toMatchObject([
      { reason: 'held', detail: { code: 'AC04' }, explanation: { en: expect.any(String) } },
    ]);
    expect(held.body.items[0].explanation.vi).toContain('tạm giữ');
  });

  it('add up by bank, commune, programme and fund to the total of the batch', async () => {
    const period = '2031-05';
    await areOwed(reader(), [
      { period, amount: '1000' },
      { period, amount: '20', account: { bin: '970436' }, fund: 'NSDP' },
      { period, amount: '3', communeCode: '06001' },
    ]);
    const { id } = await aBatch(period);
    const totals = (await get(`/${id}/totals`).expect(200)).body;
    expect(totals).toMatchObject({ lineCount: 3, total: '1023' });
    expect(totals.banks).toEqual([
      { code: '970405', name: { vi: 'Agribank', en: 'Agribank' }, lines: 2, amount: '1003' },
      { code: '970436', name: { vi: 'Vietcombank', en: 'Vietcombank' }, lines: 1, amount: '20' },
    ]);
    for (const by of ['banks', 'communes', 'programmes', 'funds']) {
      const sum = totals[by].reduce(
        (s: bigint, part: { amount: string }) => s + BigInt(part.amount),
        0n,
      );
      expect(sum.toString()).toBe(totals.total);
    }
  });

  it('show what changed against the last period: new, gone, other amount, other account', async () => {
    const [before, now] = ['2031-06', '2031-07'];
    const [same, other, moved, gone, split] = await peopleOwed(reader(), 5, { period: before });
    const last = await aBatch(before);
    await wasApproved(last.id);
    await accountReplaced(reader(), moved!.beneficiaryId, { bin: '970436', number: '777888999' });
    await areOwed(reader(), [
      { period: now, beneficiaryId: same!.beneficiaryId },
      { period: now, beneficiaryId: other!.beneficiaryId, amount: '3000000' },
      { period: now, beneficiaryId: moved!.beneficiaryId },
      { period: now, beneficiaryId: split!.beneficiaryId, fund: 'NSDP' },
      { period: now, amount: '1000000' },
    ]);
    await aBatch(now, { fund: 'NSDP' });
    const { id } = await aBatch(now, { fund: 'NSTW_NCC' });
    const changes = (await get(`/${id}/changes`).expect(200)).body;
    expect(changes.comparedWith).toEqual({ period: before });
    expect(changes.counts).toMatchObject({
      newPeople: 1,
      newAmount: '1000000',
      gonePeople: 1,
      goneAmount: '2789000',
      otherAmountPeople: 1,
      otherAmountDifference: '211000',
      otherAccountPeople: 1,
    });
    const told = new Map(
      changes.items.map((item: { personalNumber: string; changes: string[] }) => [
        item.personalNumber,
        item.changes,
      ]),
    );
    expect(told.get(other!.personalNumber)).toEqual(['other_amount']);
    expect(told.get(moved!.personalNumber)).toEqual(['other_account']);
    expect(told.get(gone!.personalNumber)).toEqual(['gone']);
    expect(told.has(same!.personalNumber)).toBe(false);
    expect(told.has(split!.personalNumber)).toBe(false);
    const onlyGone = (await get(`/${id}/changes?change=gone`).expect(200)).body;
    expect(onlyGone.items).toMatchObject([{ amountBefore: '2789000', amountNow: null }]);
  });

  it('warn of an account that several people share', async () => {
    const period = '2031-08';
    await peopleOwed(reader(), 3, { period, account: { number: '1234567890' } });
    await peopleOwed(reader(), 2, { period, account: { number: '1234567891' } });
    const { id } = await aBatch(period);
    const { sharedAccounts } = (await get(`/${id}/warnings`).expect(200)).body;
    expect(sharedAccounts).toMatchObject([{ accountNumber: '1234567890', people: 3 }]);
  });

  it('warn of payees who died or were held after the batch was assembled', async () => {
    const period = '2031-09';
    const people = await peopleOwed(reader(), 2, { period });
    const { id } = await aBatch(period);
    await execute(reader(), `update beneficiary set deceased_on = '2026-11-01' where id = $1`, [
      people[1]!.beneficiaryId,
    ]);
    const { outdated } = (await get(`/${id}/warnings`).expect(200)).body;
    expect(outdated).toMatchObject({ count: 1, lines: [{ lineNo: 2, change: 'deceased' }] });
  });

  it('are described in the OpenAPI document', async () => {
    const { paths } = (await http.anonymous().get('/api/openapi.json').expect(200)).body;
    const assemble = paths['/api/v1/batches'].post;
    const { properties } = assemble.requestBody.content['application/json'].schema;
    expect(properties.period).toMatchObject({ type: 'string' });
    expect(paths['/api/v1/batches/{id}/changes'].get.responses['200'].content).toBeDefined();
    expect(
      paths['/api/v1/batches/{id}/proposals'].post.parameters.map((p: { name: string }) => p.name),
    ).toEqual(expect.arrayContaining(['id', 'If-Match', 'Idempotency-Key']));
  });
});
