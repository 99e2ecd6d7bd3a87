import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '../../src/cli/demo/api-client.js';
import { ApiRefused } from '../../src/cli/demo/api-client.js';
import { act, anything, importAndApply, listOf, propose, sign, until } from './month.js';
import { startSystem, type System } from './system.js';

/** Our name, the account's ending, what the bank was taught, and the state that follows. */
const PEOPLE = [
  ['Đặng Đức Đạo', '000001', 'DANG DUC DAO', 'exact'],
  ['Đặng Thị Mẫu', '000002', 'Ðặng Thị Mẫu', 'exact'],
  ['Nguyễn Thị Hoà', '000003', 'NGUYỄN THỊ HÒA', 'exact'],
  ['Nguyễn Văn Mẫu', '000004', 'NGUYEN VAN MAI', 'close'],
  ['Nguyễn Thị Ngọc Lan', '000005', 'NGUYEN THI LAN', 'close'],
  ['Lê Văn Thử', '000006', 'TRAN THI BE', 'different'],
  ['Lê Thị Vắng', '990101', null, 'no-such-account'],
  ['Lê Thị Im', '991006', 'LE THI IM', 'cannot-tell'],
  ['Lê Thị Lạ', '000009', null, 'cannot-tell'],
] as const;
const BIN = '970436';

describe('account checks over HTTP, with the sandbox bank', () => {
  let config: string;
  let system: System;
  let preparer: ApiClient;
  let accountant: ApiClient;

  beforeAll(async () => {
    config = await mkdtemp(join(tmpdir(), 'chitra-config-'));
    await cp('config', config, { recursive: true });
    const file = join(config, 'programmes.yaml');
    const text = await readFile(file, 'utf8');
    expect(text).toContain('accountCheck: { mode: warn, freshForDays: 180 }\n');
    await writeFile(file, text.replaceAll('{ mode: warn,', '{ mode: block,'));
    system = await startSystem({ configDir: config });
    [preparer, accountant] = [
      await system.signIn('lap.bang'),
      await system.signIn('ke.toan.truong'),
    ];
  }, 60_000);
  afterAll(async () => {
    await system.stop();
    await rm(config, { recursive: true });
  });

  const accountOf = (at: number): string => `77000${at}${PEOPLE[at]?.[1] ?? ''}`;
  async function refusal(work: Promise<unknown>): Promise<ApiRefused> {
    try {
      await work;
    } catch (error) {
      if (error instanceof ApiRefused) return error;
      throw error;
    }
    throw new Error('it was not refused');
  }

  it('a batch is proposed when every account bears its name or a person answers for it, and its signers see that', async () => {
    const accounts = PEOPLE.flatMap(([, , accountName], at) =>
      accountName === null ? [] : [{ bankBin: BIN, accountNumber: accountOf(at), accountName }],
    );
    const taught = await fetch(`${system.sandboxUrl}/sandbox/accounts`, {
      method: 'PUT',
      body: JSON.stringify({ accounts }),
    });
    expect(taught.status).toBe(200);
    const persons = PEOPLE.map(([name], at) => ({
      number: `0200770000${at}0`,
      name,
      account: accountOf(at),
      bin: BIN,
    }));
    await importAndApply(preparer, listOf(persons, '11/2026'));
    const order = { json: { programme: 'NCC_MONTHLY', period: '11/2026' }, act: act() };
    const draft = await preparer.post('/api/v1/batches', anything, order);
    const path = `/api/v1/batches/${draft.id}`;

    expect((await refusal(propose(preparer, draft))).code).toBe('batches.accounts-not-checked');
    const asking = { act: act() };
    const asked = await preparer.post(`${path}/account-checks`, anything, asking);
    expect(asked).toEqual({ batchId: draft.id, requested: PEOPLE.length });
    expect(await preparer.post(`${path}/account-checks`, anything, asking)).toEqual(asked);
    const seen = await until(
      () => preparer.get(`${path}/account-checks`, anything),
      ({ waiting }) => waiting === 0,
    );

    expect(seen).toMatchObject({ mode: 'block', freshForDays: 180 });
    const states = seen.items.map((item: { payeeName: string; state: string }) => item.state);
    const byName = new Map(
      seen.items.map((item: { payeeName: string }) => [item.payeeName, item] as const),
    );
    expect(states).toHaveLength(PEOPLE.length);
    for (const [name, , , state] of PEOPLE) expect(byName.get(name)).toMatchObject({ state });
    expect(byName.get('Nguyễn Thị Ngọc Lan')).toMatchObject({
      source: 'bank:sandbox-instant',
      bankName: 'NGUYEN THI LAN',
      difference: [
        { ours: 'Nguyễn', bank: 'NGUYEN', same: true },
        { ours: 'Thị', bank: 'THI', same: true },
        { ours: 'Ngọc', bank: null, same: false },
        { ours: 'Lan', bank: 'LAN', same: true },
      ],
    });
    expect(JSON.stringify(seen)).not.toContain(accountOf(3));
    const close = await preparer.get(`${path}/account-checks?state=close&limit=1`, anything);
    expect(close.items).toHaveLength(1);
    expect(close.nextCursor).not.toBeNull();

    const refused = await refusal(propose(preparer, draft));
    expect(refused.message).toContain('2 of a close name');
    for (const item of seen.items) {
      if (item.state === 'exact' || item.state === 'no-such-account') continue;
      const seenByThem = {
        accountId: item.accountId,
        checkId: item.state === 'cannot-tell' ? null : item.checkId,
        reference: 'Giấy xác nhận của ngân hàng 12/2026',
      };
      const confirmations = `/api/v1/beneficiaries/${item.beneficiaryId}/account-confirmations`;
      const json = { ...seenByThem, accountId: draft.id };
      const elsewhere = accountant.post(confirmations, anything, { json, act: act() });
      expect((await refusal(elsewhere)).code).toBe('beneficiaries.other-account-now');
      await accountant.post(confirmations, anything, { json: seenByThem, act: act() });
    }
    const absent = seen.items.find(
      (item: { state: string }) => item.state === 'no-such-account',
    ).lineNo;
    const { items: lines } = await preparer.get(`${path}/lines`, anything);
    const line = lines.find(({ lineNo }: { lineNo: number }) => lineNo === absent);
    const without = await preparer.post(`${path}/line-removals`, anything, {
      json: { entitlementIds: [line.entitlementId], reason: 'ngân hàng không có tài khoản này' },
      act: act(),
    });
    const proposed = await propose(preparer, without);
    const counts = [
      { state: 'exact', lines: 3, amount: '8367000' },
      { state: 'confirmed', lines: 5, amount: '13945000' },
    ];
    const figures = { mode: 'block', freshForDays: 180, counts };
    expect(proposed.accountChecks).toEqual(figures);
    const toSign = await accountant.get(`/api/v1/batches/${draft.id}/approvals`, anything);
    expect(toSign.accountChecks).toEqual(figures);
    const { accounts: now } = await accountant.get(`${path}/warnings`, anything);
    expect(now).toEqual({ mode: 'block', counts, lines: [] });
    await sign(accountant, draft.id);
  }, 120_000);

  it('one account is checked from its payee’s page, and everything said of it is kept', async () => {
    const found = await preparer.get('/api/v1/beneficiaries?search=Le%20Van%20Thu', anything);
    const payee = `/api/v1/beneficiaries/${found.items[0].id}`;
    await preparer.post(`${payee}/account-checks`, anything, { act: act() });
    const { items } = await until(
      () => preparer.get(`${payee}/account-checks`, anything),
      (page) => page.items.length === 3 && page.waitingSince === null,
    );
    expect(items).toMatchObject([
      { verdict: 'different', bankName: 'TRAN THI BE', source: 'bank:sandbox-instant' },
      {
        verdict: 'confirmed',
        source: 'person',
        by: { name: 'ke.toan.truong' },
        paper: { reference: 'Giấy xác nhận của ngân hàng 12/2026' },
      },
      { verdict: 'different', by: { name: 'lap.bang' } },
    ]);
    const page = await preparer.get(`${payee}/account-checks?limit=1`, anything);
    // What the person had seen does not take their confirmation away.
    expect(page.standingCheckId).toBe(items[1].id);
    const rest = await preparer.get(`${payee}/account-checks?cursor=${page.nextCursor}`, anything);
    expect(rest.items).toHaveLength(2);
    const monitor = await system.signIn('giam.sat');
    const json = { accountId: items[0].accountId, checkId: items[0].id, reference: 'GXN 1' };
    const confirming = monitor.post(`${payee}/account-confirmations`, anything, {
      json,
      act: act(),
    });
    expect((await refusal(confirming)).status).toBe(403);
  }, 120_000);
});
