import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { ApiRefused } from '../../src/cli/demo/api-client.js';
import { execute, one, rows } from '../../src/platform/database/index.js';
import { Database } from '../../src/platform/database/index.js';
import { describeWithPrometheus } from '../setup/prometheus.js';
import { describeWithRedis } from '../setup/redis.js';
import {
  act,
  anything,
  assembleAndPropose,
  atRest,
  countsOf,
  importAndApply,
  listOf,
  people,
  propose,
  runOf,
  sign,
  signBoth,
  until,
} from './month.js';
import { startSystem, type System } from './system.js';
import { isWatched } from './watched.js';

const INSTANT = '970436';

function theMonth(
  startedWith: () => { redisUrl?: string },
  afterwards: (system: () => System) => void = () => undefined,
): void {
  let system: System;
  let tx: Database['reader'];
  beforeAll(async () => {
    system = await startSystem(startedWith());
    tx = system.booted.app.get(Database, { strict: false }).reader;
  }, 60_000);
  afterAll(() => system.stop());

  it('pays a list to its end: every payment is settled, rejected or returned, and the books agree', async () => {
    const persons = [
      ...people(20, 1, { ending: '000001' }),
      ...people(5, 101, { ending: '000001', bin: INSTANT }),
      ...people(2, 201, { ending: '990101' }), // AC01
      ...people(1, 211, { ending: '990307', bin: INSTANT }), // MD07
      ...people(2, 221, { ending: '991004', bin: INSTANT }), // booked, the answer is lost
      ...people(1, 231, { ending: '991005', bin: INSTANT }), // connection breaks before booking
      ...people(2, 241, { ending: '992012' }), // the notice comes twice
      ...people(2, 251, { ending: '992013' }), // out of order
      ...people(1, 261, { ending: '992014', bin: INSTANT }), // nobody is told
      ...people(2, 271, { ending: '993004' }), // comes back
      ...people(1, 281, { ending: '991002', bin: INSTANT }), // 503, nothing taken in
    ];
    const preparer = await system.signIn('lap.bang');
    const list = await importAndApply(preparer, listOf(persons, '11/2026'));
    expect(list.appliedRows).toBe(persons.length);
    const batch = await assembleAndPropose(preparer, '11/2026');
    expect(batch.lineCount).toBe(persons.length);
    await signBoth(system, batch.id);
    const run = await runOf(preparer, batch.id);
    const counts = await atRest(system, preparer, run.id);
    expect(counts).toEqual({ settled: persons.length - 5, rejected: 3, returned: 2 });
    const books = await system.books();
    expect(books).toMatchObject({ credits: persons.length - 3, returns: 2, creditedTwice: 0 });
    await until(
      () => preparer.get(`/api/v1/runs/${run.id}`, anything),
      (now) => now.state === 'finished',
    );
  }, 120_000);

  it('a notice sent a hundred times changes nothing after the first', async () => {
    const { items } = await (
      await system.signIn('lap.bang')
    ).get('/api/v1/payments?state=settled&bankCode=sandbox&limit=1', anything);
    const body = JSON.stringify({
      payments: [{ reference: items[0].reference, status: 'ACCC', sequence: 99 }],
    });
    const before = await historyOf(items[0].id);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => notify(body, 'notice-a-hundred-times')),
    );
    expect(new Set(answers.map((a) => Math.floor(a / 100)))).toEqual(new Set([2]));
    await until(
      () =>
        one<{ state: string; repeated: number }>(
          tx,
          `select state, repeated from bank_notice where notice_id = 'notice-a-hundred-times'`,
        ),
      (notice) => notice?.state === 'applied' && notice.repeated === 99,
    );
    expect(await historyOf(items[0].id)).toEqual(before);
  });

  it('a forged notice is refused, an unknown reference is harmless and seen', async () => {
    const stranger = JSON.stringify({
      payments: [{ reference: 'CT00000000000000000000000000000000', status: 'ACCC' }],
    });
    expect(await notify(stranger, 'forged', `whsec_${'x'.repeat(32)}`)).toBe(401);
    expect(await one(tx, `select 1 from bank_notice where notice_id = 'forged'`)).toBeNull();
    expect(await notify(stranger, 'stranger')).toBeLessThan(300);
    const preparer = await system.signIn('lap.bang');
    await until(
      () => preparer.get('/api/v1/alerts?limit=200', anything),
      (page) => page.items.some((alert: { rule: string }) => alert.rule === 'notices-unmatched'),
    );
  });

  it('failed payments, mended, are paid again by a follow-up batch with its own signatures', async () => {
    const preparer = await system.signIn('lap.bang');
    const failed = await preparer.get('/api/v1/payments?state=rejected&reasonCode=AC01', anything);
    const batchId = failed.items[0].batchId;
    const refused = preparer.post('/api/v1/payments/reissues', anything, {
      json: { batchId, paymentIds: failed.items.map((p: { id: string }) => p.id) },
      act: act(),
    });
    await expect(refused).rejects.toMatchObject({ code: 'payments.not-mended' });

    for (const payment of failed.items) await mendAccount(payment.beneficiaryId);
    const reissued = await preparer.post('/api/v1/payments/reissues', anything, {
      json: { batchId },
      act: act(),
    });
    expect(reissued.reissued).toBe(2);
    const draft = await preparer.get(`/api/v1/batches/${reissued.batchId}`, anything);
    expect(draft).toMatchObject({ followUpOf: batchId, state: 'draft', lineCount: 2 });
    await propose(preparer, draft);
    await signBoth(system, draft.id);
    const run = await runOf(preparer, draft.id);
    expect(await atRest(system, preparer, run.id)).toEqual({ settled: 2 });
    const lineage = await preparer.get(`/api/v1/payments/${failed.items[0].id}`, anything);
    expect(lineage.lineage.map((p: { state: string }) => p.state)).toEqual(['rejected', 'settled']);
    expect(lineage.reissuedBy).not.toBeNull();
  }, 60_000);

  it('of two first signers at once, one signs and the other signs nothing', async () => {
    const preparer = await system.signIn('lap.bang');
    await importAndApply(preparer, listOf(people(3, 501, { ending: '000001' }), '12/2026'));
    const batch = await assembleAndPropose(preparer, '12/2026');
    await sign(await system.signIn('ke.toan.truong'), batch.id);
    const signers = [await system.signIn('chu.tai.khoan'), await system.signIn('uy.quyen')];
    const results = await Promise.allSettled(signers.map((signer) => sign(signer, batch.id)));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    const lost = results.find((r) => r.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(ApiRefused);
    const signatures = await rows(tx, 'select 1 from signature where batch_id = $1', [batch.id]);
    expect(signatures).toHaveLength(2);
    const run = await runOf(preparer, batch.id);
    expect(await atRest(system, preparer, run.id)).toEqual({ settled: 3 });
  }, 60_000);

  it('the preparer cannot sign, and a signer who saw another list signs nothing and is told what changed', async () => {
    const preparer = await system.signIn('lap.bang');
    await importAndApply(preparer, listOf(people(2, 601, { ending: '000001' }), '01/2027'));
    const batch = await assembleAndPropose(preparer, '01/2027');
    await expect(sign(preparer, batch.id)).rejects.toMatchObject({ status: 403 });
    const accountant = await system.signIn('ke.toan.truong');
    const stale = accountant.post(`/api/v1/batches/${batch.id}/approvals`, anything, {
      json: { digest: 'a'.repeat(64), lineCount: batch.lineCount, total: batch.total },
      act: act(),
    });
    await expect(stale).rejects.toMatchObject({ code: expect.stringMatching(/^approvals\./) });
    expect(await rows(tx, 'select 1 from signature where batch_id = $1', [batch.id])).toEqual([]);
    await preparer.post(`/api/v1/batches/${batch.id}/cancellations`, anything, {
      json: { reason: 'chỉ để thử' },
      ifMatch: `"v${batch.version}"`,
      act: act(),
    });
  });

  it('a bank that is closed delays its payments, and loses none', async () => {
    const preparer = await system.signIn('lap.bang');
    await importAndApply(preparer, listOf(people(4, 701, { ending: '000001' }), '02/2027'));
    const batch = await assembleAndPropose(preparer, '02/2027');
    system.mood({ outage: 'closed', closedMs: 4000 });
    await signBoth(system, batch.id);
    const run = await runOf(preparer, batch.id);
    await until(
      () => one(tx, `select 1 from attempt where outcome = 'not-sent' limit 1`),
      (found) => found !== null,
    );
    expect(await atRest(system, preparer, run.id)).toEqual({ settled: 4 });
    expect(await system.books()).toMatchObject({ creditedTwice: 0 });
  }, 60_000);

  it('a paused run sends nothing; a cancelled one gives its entitlements back', async () => {
    const preparer = await system.signIn('lap.bang');
    await importAndApply(preparer, listOf(people(3, 801, { ending: '000001' }), '03/2027'));
    const payOn = '2099-01-04';
    const batch = await assembleAndPropose(preparer, '03/2027', { payOn });
    await signBoth(system, batch.id);
    const run = await runOf(preparer, batch.id);
    expect(run).toMatchObject({ state: 'scheduled' });
    const operate = (what: string, json: unknown) =>
      preparer.post(`/api/v1/runs/${run.id}/${what}`, anything, { json, act: act() });
    expect(await operate('pauses', { reason: 'chờ kiểm tra' })).toMatchObject({ state: 'paused' });
    await operate('cancellations', { reason: 'lập lại' });
    await until(
      () => countsOf(preparer, run.id),
      (counts) => counts.cancelled === 3,
    );
    const open = await preparer.get(
      '/api/v1/entitlements?period=2027-03&state=open&limit=10',
      anything,
    );
    expect(open.items).toHaveLength(3);
  }, 60_000);

  it('tells the story of a payment: people, system and bank', async () => {
    const preparer = await system.signIn('lap.bang');
    const { items } = await preparer.get('/api/v1/payments?state=returned&limit=1', anything);
    const timeline = await preparer.get(`/api/v1/payments/${items[0].id}/timeline`, anything);
    const sources = new Set(
      timeline.entries.map((entry: { event: string }) => entry.event.split('.')[0]),
    );
    for (const source of ['batch', 'signature', 'run', 'payment', 'notice']) {
      expect(sources).toContain(source);
    }
    expect(JSON.stringify(timeline)).not.toContain('Người Mẫu');
  });

  it('the same key answers the same, another body under it is refused', async () => {
    const preparer = await system.signIn('lap.bang');
    const json = { programme: 'NCC_MONTHLY', period: '03/2027' };
    const key = act();
    const first = await preparer.post('/api/v1/batches', anything, { json, act: key });
    const again = await preparer.post('/api/v1/batches', anything, { json, act: key });
    expect(again.id).toBe(first.id);
    const other = preparer.post('/api/v1/batches', anything, {
      json: { ...json, note: 'khác' },
      act: key,
    });
    await expect(other).rejects.toMatchObject({ status: 422 });
  });

  afterwards(() => system);

  async function historyOf(paymentId: string): Promise<unknown[]> {
    return rows(tx, 'select * from payment_history where payment_id = $1 order by id', [paymentId]);
  }

  async function mendAccount(beneficiaryId: string): Promise<void> {
    const number = createHash('sha256').update(beneficiaryId).digest('hex').replace(/\D/g, '');
    await execute(
      tx,
      `update payment_account set replaced_at = now() where beneficiary_id = $1 and replaced_at is null`,
      [beneficiaryId],
    );
    await execute(
      tx,
      `insert into payment_account (id, beneficiary_id, bank_bin, account_number, account_name, source, valid_from)
       values (gen_random_uuid(), $1, '970405', $2, 'NGUOI MAU', 'officer', now())`,
      [beneficiaryId, `7${number.slice(0, 8)}000001`.slice(0, 15)],
    );
  }

  async function notify(body: string, id: string, secret = system.noticeSecret): Promise<number> {
    const at = new Date();
    const response = await fetch(`${system.url}/api/v1/banks/sandbox/notices`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
    });
    await response.text();
    return response.status;
  }
}

describe('a month, with the queues in PostgreSQL', () => {
  theMonth(
    () => ({}),
    (system) => describeWithPrometheus('seen by Prometheus', () => isWatched(() => system().url)),
  );
});

describeWithRedis('a month, with the queues in Redis', (redis) => {
  theMonth(() => ({ redisUrl: redis().url }));
});
