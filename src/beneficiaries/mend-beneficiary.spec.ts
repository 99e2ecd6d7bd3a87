import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { anOfficer } from '../../test/builders/officers.js';
import { aRegisteredPayee } from '../../test/builders/registered-payee.js';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { BankDirectory } from '../organisation/index.js';
import { rows } from '../platform/database/index.js';
import { readBeneficiary, type BeneficiaryFile } from './beneficiary.read.js';
import { HoldBeneficiaries } from './hold-beneficiaries.js';
import { RecordDeath } from './record-death.js';
import type { PayeeRow } from './registration.rules.js';
import { ReleaseHold } from './release-hold.js';
import { ReplaceAccount, type AccountOrder } from './replace-account.js';

const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));
const audit = new AuditTrail(clock);
const banks = BankDirectory.load({ configDir: 'config', variable: () => undefined });
let test: TestDatabase;
let officer: Actor;
let replaceAccount: ReplaceAccount;
let releaseHold: ReleaseHold;
let recordDeath: RecordDeath;
const holds = new HoldBeneficiaries(clock);

beforeAll(async () => {
  test = await testDatabase();
  officer = await test.database.transaction((tx) =>
    anOfficer(tx, { login: 'lap.bang', roles: ['preparer'] }),
  );
  replaceAccount = new ReplaceAccount(test.database, banks, audit, clock);
  releaseHold = new ReleaseHold(test.database, audit, clock);
  recordDeath = new RecordDeath(test.database, audit, clock);
});
afterAll(() => test.close());

const aPayee = (differs: Partial<PayeeRow> = {}): Promise<string> =>
  aRegisteredPayee(test.database, differs);

const fileOf = async (id: string): Promise<BeneficiaryFile> =>
  (await readBeneficiary(test.database.reader, id))!;

const order = (beneficiaryId: string, differs: Partial<AccountOrder> = {}): AccountOrder => ({
  beneficiaryId,
  version: 1,
  bank: 'VietinBank',
  accountNumber: '101000123456',
  accountName: 'HOANG THI MAU',
  reason: 'Xã báo tài khoản mới',
  otherNameConfirmed: false,
  verified: false,
  ...differs,
});

const hold = (beneficiaryIds: string[], reasonCode: string) =>
  test.database.transaction((tx) =>
    holds.hold(tx, { beneficiaryIds, reasonCode, cause: 'payment 1' }),
  );

describe('mending an account', () => {
  it.each([
    ['an unknown person', () => order(newId()), 'beneficiaries.not-found'],
    [
      'an unknown bank',
      (id: string) => order(id, { bank: 'Mặt Trăng' }),
      'beneficiaries.unknown-bank',
    ],
    ['an old version', (id: string) => order(id, { version: 7 }), 'request.changed-meanwhile'],
    [
      "another person's name",
      (id: string) => order(id, { accountName: 'TRAN VAN KHAC' }),
      'beneficiaries.account-name-differs',
    ],
    [
      'a name that is only close',
      (id: string) => order(id, { accountName: 'HOANG MAU' }),
      'beneficiaries.account-name-differs',
    ],
  ])('is refused for %s and changes nothing', async (_, make, code) => {
    const id = await aPayee();
    const before = await fileOf(id);
    await expect(replaceAccount.replace(make(id), officer)).rejects.toMatchObject({
      code,
    });
    expect(await fileOf(id)).toEqual(before);
  });

  it('is refused for the dead: heirs are paid under their own names', async () => {
    const id = await aPayee();
    await recordDeath.record(
      { beneficiaryId: id, diedOn: '2026-11-01', reason: 'GCT 12' },
      officer,
    );
    await expect(replaceAccount.replace(order(id, { version: 2 }), officer)).rejects.toMatchObject({
      code: 'beneficiaries.deceased',
    });
  });

  it.each(['\u200b\u200d\ufeff', '123456', '=1+1', '\ufb2c'.repeat(140)])(
    'is not opened in a name that is none, confirmed or not: %j',
    async (accountName) => {
      const id = await aPayee();
      const wanted = order(id, { accountName, otherNameConfirmed: true });
      await expect(replaceAccount.replace(wanted, officer)).rejects.toMatchObject({
        code: 'beneficiaries.name-unreadable',
      });
    },
  );

  it('closes the old account, opens the new one, and writes who and why', async () => {
    const id = await aPayee();
    const { accountId } = await replaceAccount.replace(order(id, { verified: true }), officer);
    const file = await fileOf(id);
    expect(file.accounts.map((account) => account.replacedAt === null)).toEqual([true, false]);
    expect(file.accounts[0]).toMatchObject({
      id: accountId,
      bankBin: '970415',
      source: 'officer',
      verifiedHow: 'officer',
    });
    expect(file.version).toBe(2);
    expect(file.history[0]).toMatchObject({
      happened: 'account_replaced',
      actorName: 'lap.bang',
      cause: 'Xã báo tài khoản mới',
    });
  });

  it('the same request again is answered alike and changes nothing, though the version has moved on', async () => {
    const id = await aPayee();
    const first = await replaceAccount.replace(order(id), officer);
    expect(await replaceAccount.replace(order(id), officer)).toEqual(first);
    expect((await fileOf(id)).accounts).toHaveLength(2);
  });

  it('of two officers who read the same version, one is told to look again', async () => {
    const id = await aPayee();
    const results = await Promise.allSettled([
      replaceAccount.replace(order(id, { accountNumber: '111111111' }), officer),
      replaceAccount.replace(order(id, { accountNumber: '222222222' }), officer),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const accounts = (await fileOf(id)).accounts;
    expect(accounts.filter((account) => account.replacedAt === null)).toHaveLength(1);
    expect(accounts).toHaveLength(2);
  });

  it("an authorised relative's account is taken while the paper is valid, not after", async () => {
    const recipient = (authorisedUntil: string) => ({
      fullName: 'Trần Văn Thử',
      personalNumber: '020000800001',
      authorisedUntil,
    });
    const accountName = 'TRAN VAN THU';
    const valid = await aPayee({ recipient: recipient('2026-11-21') });
    await replaceAccount.replace(order(valid, { accountName }), officer);
    const expired = await aPayee({ recipient: recipient('2026-11-20') });
    await expect(
      replaceAccount.replace(order(expired, { accountName }), officer),
    ).rejects.toMatchObject({ code: 'beneficiaries.account-name-differs' });
    await replaceAccount.replace(
      order(expired, { accountName, otherNameConfirmed: true }),
      officer,
    );
  });

  it('the trail names ids and codes, never a name or an account number', async () => {
    const id = await aPayee();
    await replaceAccount.replace(order(id, { accountNumber: '5550001112223' }), officer);
    const entries = await rows<{ line: string }>(
      test.database.reader,
      `select to_jsonb(a)::text as line from audit_entry a where subject_id = $1`,
      [id],
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]!.line).not.toMatch(/5550001112223|HOANG|Hoàng/);
  });
});

describe('holds', () => {
  it('holding again for the same reason changes nothing', async () => {
    const id = await aPayee();
    expect(await hold([id, id], 'AC04')).toBe(1);
    expect(await hold([id], 'AC04')).toBe(0);
    expect((await fileOf(id)).history.map((entry) => entry.happened)).toEqual([
      'held',
      'account_opened',
      'registered',
    ]);
  });

  it('a reported death outranks a closed account, not the other way round', async () => {
    const id = await aPayee();
    await hold([id], 'AC04');
    expect(await hold([id], 'MD07')).toBe(1);
    expect(await hold([id], 'AC04')).toBe(0);
    expect((await fileOf(id)).holdReason).toBe('MD07');
  });

  it('a new account does not release a hold: somebody looks', async () => {
    const id = await aPayee();
    await hold([id], 'AC04');
    await replaceAccount.replace(order(id, { version: 2 }), officer);
    expect((await fileOf(id)).holdReason).toBe('AC04');
  });

  it('is released once, by a person with a reason', async () => {
    const id = await aPayee();
    await hold([id], 'MD07');
    const release = () =>
      releaseHold.release({ beneficiaryId: id, reason: 'Ngân hàng nhầm' }, officer);
    expect(await release()).toEqual({ beneficiaryId: id, version: 3 });
    await expect(release()).rejects.toMatchObject({ code: 'beneficiaries.not-held' });
    const file = await fileOf(id);
    expect(file).toMatchObject({ holdReason: null, heldAt: null, version: 3 });
    expect(file.history[0]).toMatchObject({ happened: 'released', cause: 'Ngân hàng nhầm' });
  });
});

describe('a death', () => {
  const died = (beneficiaryId: string, diedOn: string) =>
    recordDeath.record({ beneficiaryId, diedOn, reason: 'Giấy chứng tử số 12' }, officer);

  it('cannot be tomorrow by the calendar of the office', async () => {
    const id = await aPayee();
    await expect(died(id, '2026-11-22')).rejects.toMatchObject({
      code: 'beneficiaries.death-in-future',
    });
    await died(id, '2026-11-21');
    expect((await fileOf(id)).deceasedOn).toBe('2026-11-21');
  });

  it('recorded twice is recorded once; another date corrects it and says so', async () => {
    const id = await aPayee();
    await died(id, '2026-10-01');
    expect(await died(id, '2026-10-01')).toEqual({ beneficiaryId: id, version: 2 });
    await died(id, '2026-10-02');
    const { deceasedOn, history } = await fileOf(id);
    expect(deceasedOn).toBe('2026-10-02');
    expect(history[0]!.detail).toEqual({ diedOn: '2026-10-02', before: '2026-10-01' });
  });
});

describe('a death recorded by mistake', () => {
  it('is taken back with a reason, and both are in the history', async () => {
    const id = await aPayee();
    const record = (diedOn: string | null, reason: string) =>
      recordDeath.record({ beneficiaryId: id, diedOn, reason }, officer);
    await record('2026-10-01', 'Thông báo của xã');
    await record(null, 'Xã báo nhầm người');
    const { deceasedOn, history } = await fileOf(id);
    expect(deceasedOn).toBeNull();
    expect(history.slice(0, 2)).toMatchObject([
      { cause: 'Xã báo nhầm người', detail: { diedOn: null, before: '2026-10-01' } },
      { cause: 'Thông báo của xã' },
    ]);
  });
});
