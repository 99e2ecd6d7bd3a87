import { Money, newId } from '../../src/kernel/index.js';
import type { BankAdapter, PaymentOrder } from '../../src/banks/index.js';
import { RestAdapter } from '../../src/banks/adapters/rest/rest.adapter.js';
import { SystemClock } from '../../src/kernel/index.js';
import { readSandboxSettings } from '../../src/banks/sandbox/sandbox.settings.js';
import { SettingsError } from '../../src/platform/config/index.js';
import { aCall, TEST_SECRET } from './raw-bank.js';
import { startSandboxHarness, type SandboxHarness } from './sandbox-harness.js';

const OPENING = 10_000_000;

describe('the sandbox bank', () => {
  let bank: SandboxHarness;
  let instant: RestAdapter;

  beforeEach(async () => {
    bank = await startSandboxHarness({
      SANDBOX_OPENING_BALANCE: String(OPENING),
      SANDBOX_NOTICE_GROUP: '3',
    });
    instant = adapterTo('sandbox-instant');
  });
  afterEach(async () => {
    await instant.close();
    await bank.stop();
  });

  const adapterTo = (code: string, secret = TEST_SECRET) =>
    new RestAdapter(
      {
        baseUrl: `${bank.running().url}/${code}`,
        keyId: 'key-1',
        secret,
        noticeSecret: [TEST_SECRET],
        plainHttp: true,
      },
      { concurrency: 4, timeoutMs: 1500 },
      new SystemClock(),
    );
  const order = (ending = '123456', amount = '1000000'): PaymentOrder => ({
    reference: `CT${newId().replaceAll('-', '').toUpperCase()}`,
    amount: Money.of(amount),
    bankBin: '970405',
    accountNumber: `101${ending}`,
    accountName: 'TRAN THI MAU',
    narrative: 'NCC 11 2026',
    fund: 'NSTW_NCC',
  });
  const payMany = async (orders: PaymentOrder[], adapter: BankAdapter = bank.adapter) => {
    const total = Money.sum(orders.map((each) => each.amount));
    const answers = await adapter.payMany?.(
      { reference: `S${newId().slice(0, 8)}`, orders, total },
      aCall(),
    );
    return orders.map((each) => answers?.get(each.reference));
  };
  const books = () => bank.own('GET', '/sandbox/books');
  const mood = (change: Record<string, unknown>) => bank.own('PUT', '/sandbox/mood', change);
  const atRest = () =>
    until(async () => {
      const totals = await books();
      return totals.changesToCome === 0 && totals.noticesWaiting === 0;
    });

  it('pays until its account is empty, in the order of the message, and a return fills it again', async () => {
    const orders = [
      order('993004', '6000000'),
      order('123456', '5000000'),
      order('123456', '4000000'),
    ];
    const answers = await payMany(orders);
    expect(answers.map((answer) => answer?.kind)).toEqual(['accepted', 'rejected', 'accepted']);
    expect(answers[1]).toMatchObject({ reason: { code: 'AM04' } });
    await atRest();
    expect(await books()).toMatchObject({
      credits: 2,
      creditedAmount: '10000000',
      returns: 1,
      returnedAmount: '6000000',
      rejected: 1,
      pending: 0,
      creditedTwice: 0,
    });
    expect((await instant.pay(order('123456', '1'), aCall())).kind).toBe('settled');
    expect((await payMany([order('123456', '6000000')]))[0]?.kind).toBe('accepted');
  });

  it('counts a reference that two of its banks credited as credited twice', async () => {
    const payment = order();
    await payMany([payment]);
    await instant.pay(payment, aCall());
    await atRest();
    expect(await books()).toMatchObject({ credits: 2, creditedTwice: 1 });
    const { items } = await bank.own('GET', '/sandbox/credits');
    expect((items as { reference: string }[]).map((each) => each.reference)).toEqual([
      payment.reference,
      payment.reference,
    ]);
  });

  it('books orders that wait together, and one order that waits thrice once', async () => {
    const [first, second, third] = [order(), order(), order()];
    const together = [first, second, second, third, second];
    const answers = await Promise.all(together.map((each) => instant.pay(each, aCall())));
    expect(answers.map((answer) => answer.kind)).toEqual(Array(5).fill('settled'));
    expect(await books()).toMatchObject({ credits: 3 });
  });

  it('does not take in what is not signed, or signed with another secret', async () => {
    const forged = adapterTo('sandbox', `whsec_${Buffer.alloc(24).toString('base64')}`);
    expect(await forged.pay(order(), aCall())).toMatchObject({
      kind: 'not-sent',
      why: 'HTTP 401 nothing-accepted',
    });
    await forged.close();
    const bare = await fetch(`${bank.running().url}/sandbox/payments`, {
      method: 'POST',
      body: '{}',
    });
    expect(bare.status).toBe(401);
    expect(await books()).toMatchObject({ credits: 0, pending: 0 });
  });

  it('sends the same notice again until somebody takes it', async () => {
    bank.refuseNotices(2);
    await payMany([order()]);
    await atRest();
    const ids = bank.notices().map((notice) => notice.headers['webhook-id']);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('tells in groups, each notice twice when told to', async () => {
    await mood({ notices: 'off' });
    await payMany(Array.from({ length: 7 }, () => order('123456', '1000')));
    await until(async () => (await books()).pending === 0);
    expect(await books()).toMatchObject({ credits: 7, noticesWaiting: 7 });
    expect(bank.notices()).toHaveLength(0);
    await mood({ notices: 'doubled' });
    await atRest();
    const sizes = bank
      .notices()
      .map((notice) => (JSON.parse(notice.body.toString()) as { payments: [] }).payments.length);
    expect(sizes.sort()).toEqual([1, 1, 3, 3, 3, 3]);
    expect(new Set(bank.notices().map((notice) => notice.headers['webhook-id'])).size).toBe(3);
  });

  it('does at its next start what it owed when it was stopped', async () => {
    await mood({ settleAfterMs: 600, notices: 'off' });
    const payment = order();
    await payMany([payment]);
    await bank.restart();
    await atRest();
    expect(await books()).toMatchObject({ credits: 1 });
    expect(bank.notices()).toHaveLength(1);
  });

  it.each([
    ['refuse', 'not-sent'],
    ['error', 'unknown'],
    ['reset', 'unknown'],
    ['hang', 'unknown'],
  ])('an outage by "%s" books nothing: %s', async (outage, kind) => {
    await mood({ outage });
    expect((await instant.pay(order(), aCall())).kind).toBe(kind);
    await mood({ outage: 'none' });
    expect(await books()).toMatchObject({ credits: 0, pending: 0 });
  });

  it('a closed door opens again by itself', async () => {
    await mood({ outage: 'closed', closedMs: 300 });
    await new Promise((wake) => setTimeout(wake, 100));
    expect(await instant.pay(order(), aCall())).toMatchObject({
      kind: 'not-sent',
      why: 'ECONNREFUSED',
    });
    await new Promise((wake) => setTimeout(wake, 400));
    expect((await instant.pay(order(), aCall())).kind).toBe('settled');
  });

  it('loses the answer of every n-th message when told to', async () => {
    await mood({ loseEveryNth: 2 });
    const kinds = [];
    for (let sent = 0; sent < 4; sent += 1)
      kinds.push((await instant.pay(order('123456', '1'), aCall())).kind);
    expect(kinds).toEqual(['settled', 'unknown', 'settled', 'unknown']);
    expect(await books()).toMatchObject({ credits: 4 });
  });

  it('changes one of its ways without forgetting the others, and refuses ways it does not know', async () => {
    await mood({ slowMs: 7 });
    await mood({ noticeGroup: 9 });
    expect(await bank.own('GET', '/sandbox/mood')).toMatchObject({
      slowMs: 7,
      noticeGroup: 9,
      outage: 'none',
    });
    expect(await mood({ outrage: 'none' })).toMatchObject({ statusCode: 400 });
  });

  it('knows the names it was told', async () => {
    const account = { bankBin: '970405', accountNumber: '1010000001' };
    expect((await instant.verifyAccount(account, aCall())).kind).toBe('cannot-tell');
    await bank.own('PUT', '/sandbox/accounts', {
      accounts: [{ ...account, accountName: 'LE VAN THU' }],
    });
    expect(await instant.verifyAccount(account, aCall())).toEqual({
      kind: 'found',
      accountName: 'LE VAN THU',
    });
  });
});

describe('the settings of the sandbox bank', () => {
  it('have no default secret, and a wrong one is named without its value', () => {
    const fault = (environment: Record<string, string>) => {
      try {
        readSandboxSettings(environment);
        return '';
      } catch (error) {
        return error instanceof SettingsError ? error.message : 'thrown';
      }
    };
    const message = fault({ SANDBOX_PORT: 'ninety', SANDBOX_SECRET: '' });
    for (const name of [
      'SANDBOX_KEY_ID',
      'SANDBOX_SECRET',
      'SANDBOX_NOTICE_SECRET',
      'SANDBOX_PORT',
    ]) {
      expect(message).toContain(name);
    }
    expect(message).not.toContain('ninety');
  });
});

async function until(reached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 8000;
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('it did not come to that in time');
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
