import { OutboxOnlyModule } from '../../../test/builders/outbox-only.module.js';
import { testBanksModule } from '../../../test/builders/banks.js';
import { fundsHavePlenty } from '../../../test/builders/officers.js';
import { peopleOwed } from '../../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { BatchesModule } from '../../batches/index.js';
import { newId } from '../../kernel/index.js';
import { ApprovalsModule } from '../approvals.module.js';

type Agent = Awaited<ReturnType<HttpUnderTest['asUser']>>['agent'];
let test: TestDatabase;
let http: HttpUnderTest;
let preparer: Agent;
let accountant: Agent;
let holder: Agent;
let month = 0;

beforeAll(async () => {
  test = await testDatabase();
  http = await httpUnderTest(test, {
    imports: [OutboxOnlyModule, testBanksModule(), BatchesModule, ApprovalsModule],
  });
  await fundsHavePlenty(test.database.reader);
  preparer = (await http.asUser(['preparer'])).agent;
  accountant = (await http.asUser(['chief_accountant'], { signature: 'second' })).agent;
  holder = (await http.asUser(['account_holder'], { signature: 'first' })).agent;
});
afterAll(async () => {
  await http.close();
  await test.close();
});

const post = (agent: Agent, path: string, body: object, key: string = newId()) =>
  agent.post(`/api/v1${path}`).set('Idempotency-Key', key).send(body);

async function aProposal() {
  month += 1;
  const period = `2032-${String(month).padStart(2, '0')}`;
  await peopleOwed(test.database.reader, 2, { period });
  const draft = await post(preparer, '/batches', { programme: 'NCC_MONTHLY', period }).expect(201);
  const path = `/batches/${draft.body.id}`;
  const proposed = await post(preparer, `${path}/proposals`, {})
    .set('If-Match', String(draft.headers['etag']))
    .expect(201);
  const { digest, lineCount, total } = proposed.body;
  return { path, id: draft.body.id as string, seen: { digest, lineCount, total } };
}

describe('approvals over HTTP', () => {
  it('are given by signers only, on what they saw', async () => {
    const { path, seen } = await aProposal();
    await post(preparer, `${path}/approvals`, seen).expect(403);
    await post(accountant, `${path}/approvals`, { digest: seen.digest }).expect(400);
    await post(accountant, `${path}/approvals`, { ...seen, total: '5.578.000' }).expect(400);
    const other = await post(accountant, `${path}/approvals`, { ...seen, total: '1' }).expect(412);
    expect(other.body).toMatchObject({
      code: 'approvals.something-else-seen',
      changed: { total: { seen: '1', now: '5578000' } },
    });
    const early = await post(holder, `${path}/approvals`, seen).expect(409);
    expect(early.body).toMatchObject({
      code: 'approvals.not-your-turn',
      next: { step: 1, signature: 'second' },
    });
    await post(accountant, `/batches/${newId()}/approvals`, seen).expect(404);
  });

  it('are waited for by who is next, and then by nobody', async () => {
    const { path, id, seen } = await aProposal();
    const waits = async (agent: Agent): Promise<boolean> => {
      const page = await agent.get('/api/v1/approvals?waitingFor=me&limit=200').expect(200);
      return page.body.items.some((item: { batchId: string }) => item.batchId === id);
    };
    expect([await waits(accountant), await waits(holder), await waits(preparer)]).toEqual([
      true,
      false,
      false,
    ]);
    const key = newId();
    const first = await post(
      accountant,
      `${path}/approvals`,
      { ...seen, comment: 'đã đối chiếu' },
      key,
    );
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      next: { step: 2, signature: 'first', role: 'account_holder' },
      missing: 1,
      approval: null,
      steps: [{ signed: { comment: 'đã đối chiếu' } }, { signed: null }],
    });
    const replayed = await post(
      accountant,
      `${path}/approvals`,
      { ...seen, comment: 'đã đối chiếu' },
      key,
    );
    expect(replayed.body.signatureId).toBe(first.body.signatureId);
    expect([await waits(accountant), await waits(holder)]).toEqual([false, true]);
    const last = await post(holder, `${path}/approvals`, seen).expect(201);
    expect(last.body).toMatchObject({ state: 'approved', next: null, missing: 0 });
    expect(last.body.approval.id).toBeDefined();
    expect(await waits(holder)).toBe(false);
    await post(holder, `${path}/approvals`, seen).expect(409);
  });

  it('of a returned round are shown as earlier ones', async () => {
    const { path, seen } = await aProposal();
    await post(accountant, `${path}/approvals`, seen).expect(201);
    await post(preparer, `${path}/returns`, { reason: 'sai quỹ' }).expect(403);
    await post(holder, `${path}/returns`, { reason: 'sai quỹ' }).expect(201);
    const chain = await holder.get(`/api/v1${path}/approvals`).expect(200);
    expect(chain.body).toMatchObject({
      state: 'draft',
      round: 2,
      next: null,
      missing: 2,
      earlier: [{ round: 1, step: 1, signature: 'second' }],
    });
    const batch = await holder.get(`/api/v1${path}`).expect(200);
    expect(batch.body).toMatchObject({ returnReason: 'sai quỹ', digest: null });
  });

  it('show beforehand what the funds have, and refuse the last one that exceeds them, by how much', async () => {
    month += 1;
    const period = `2032-${String(month).padStart(2, '0')}`;
    await peopleOwed(test.database.reader, 1, { period, amount: '900000', fund: 'TAI_TRO' });
    const draft = await post(preparer, '/batches', { programme: 'NCC_MONTHLY', period });
    const path = `/batches/${draft.body.id}`;
    const proposed = await post(preparer, `${path}/proposals`, {})
      .set('If-Match', String(draft.headers['etag']))
      .expect(201);
    const { digest, lineCount, total } = proposed.body;
    // All but 100,000 đồng of that year is taken back.
    const left = await accountant.get(`/api/v1/funds?year=2032&fund=TAI_TRO`).expect(200);
    const decision = { decisionNumber: '7/QĐ', decisionDate: '2032-01-02', note: 'giảm dự toán' };
    const taken = BigInt(left.body.items[0].available) - 100000n;
    await post(preparer, '/allotments', {
      fund: 'TAI_TRO',
      period: '2032',
      amount: '1',
      ...decision,
    }).expect(403);
    await post(accountant, '/allotments', {
      fund: 'Tài trợ',
      period: '2032',
      amount: `-${taken}`,
      ...decision,
    }).expect(201);
    await post(accountant, `${path}/approvals`, { digest, lineCount, total }).expect(201);
    const before = await holder.get(`/api/v1${path}/funds`).expect(200);
    expect(before.body).toEqual({
      budgetMonth: period,
      reserved: false,
      suffices: false,
      funds: [{ fund: 'TAI_TRO', needed: '900000', available: '100000', short: '800000' }],
    });
    const seen = { digest, lineCount, total };
    const refused = await post(holder, `${path}/approvals`, seen).expect(409);
    expect(refused.body).toMatchObject({
      code: 'ledger.funds-short',
      shortfalls: [{ fund: 'TAI_TRO', month: period, short: '800000' }],
    });
    const more = { fund: 'TAI_TRO', period, amount: '800000', ...decision };
    await post(accountant, '/allotments', more).expect(201);
    const signed = await post(holder, `${path}/approvals`, seen).expect(201);
    const after = await holder.get(`/api/v1${path}/funds`).expect(200);
    expect(after.body).toMatchObject({
      reserved: true,
      suffices: true,
      funds: [{ available: '0', short: '0' }],
    });
    const postings = await holder
      .get(`/api/v1/postings?sourceId=${signed.body.approval.id}`)
      .expect(200);
    expect(postings.body.items[0]).toMatchObject({
      kind: 'reservation',
      // Of the month's own money first, and then of what was given for the year.
      entries: [
        { fund: 'TAI_TRO', month: period, stage: 'available', amount: '-800000' },
        { fund: 'TAI_TRO', month: period, stage: 'reserved', amount: '900000' },
        { fund: 'TAI_TRO', month: '2032-01', stage: 'available', amount: '-100000' },
      ],
    });
    const page = await holder.get('/api/v1/postings?limit=2').expect(200);
    const next = await holder
      .get(`/api/v1/postings?limit=2&cursor=${page.body.nextCursor}`)
      .expect(200);
    expect(page.body.items[0].at > next.body.items[0].at).toBe(true);
    const decisions = await holder.get('/api/v1/allotments?fund=TAI_TRO').expect(200);
    expect(decisions.body.items).toHaveLength(2);
    await holder.get(`/api/v1/allotments/${decisions.body.items[0].id}`).expect(200);
    await holder.get(`/api/v1/allotments/${newId()}`).expect(404);
  });
});
