import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { RegisterPayees, type RegistrationContext } from './register-payees.js';
import type { PayeeRow } from './registration.rules.js';

const register = new RegisterPayees();
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

let made = 0;
function payee(differs: Partial<PayeeRow> = {}): PayeeRow {
  made += 1;
  return {
    personalNumber: `0200000${String(made).padStart(5, '0')}`,
    fullName: 'Nguyễn Văn Mẫu',
    dateOfBirth: '1950-02-21',
    communeCode: '05977',
    account: {
      bankBin: '970405',
      accountNumber: `81000${String(made).padStart(6, '0')}`,
      accountName: 'NGUYEN VAN MAU',
    },
    ...differs,
  };
}

function context(at = '2026-11-01T01:00:00Z'): RegistrationContext {
  return {
    at: new Date(at),
    actor: { kind: 'user', id: 'u1', name: 'preparer' },
    cause: 'import 1',
    source: { kind: 'import', id: newId() },
  };
}

const upsert = (payees: PayeeRow[], at?: string) =>
  test.database.transaction((tx) => register.upsert(tx, payees, context(at)));

const accountsOf = (beneficiaryId: string) =>
  rows<{ id: string; number: string; current: boolean }>(
    test.database.reader,
    `select id, account_number as number, replaced_at is null as current
       from payment_account where beneficiary_id = $1 order by valid_from, id`,
    [beneficiaryId],
  );

const historyOf = async (beneficiaryId: string) =>
  (
    await rows<{ happened: string }>(
      test.database.reader,
      `select happened from beneficiary_history where beneficiary_id = $1 order by at, id`,
      [beneficiaryId],
    )
  ).map((row) => row.happened);

describe('registering payees', () => {
  it('the database refuses a second current account of one person', async () => {
    const row = payee();
    const { beneficiaryId } = (await upsert([row])).get(row.personalNumber)!;
    const second = execute(
      test.database.reader,
      `insert into payment_account (id, beneficiary_id, bank_bin, account_number, account_name, source, valid_from)
       values ($1, $2, '970415', '123456789', 'NGUYEN VAN MAU', 'officer', $3)`,
      [newId(), beneficiaryId, new Date()],
    );
    await expect(second).rejects.toThrow('payment_account_one_current');
  });

  it('an account row never changes its number, and a replaced one never comes back', async () => {
    const row = payee();
    const { accountId } = (await upsert([row])).get(row.personalNumber)!;
    const reader = test.database.reader;
    await expect(
      execute(reader, `update payment_account set account_number = '999999' where id = $1`, [
        accountId,
      ]),
    ).rejects.toThrow('keeps its number');
    await upsert([{ ...row, account: { ...row.account!, accountNumber: '777777777' } }]);
    await expect(
      execute(reader, `update payment_account set replaced_at = null where id = $1`, [accountId]),
    ).rejects.toThrow('stays so');
  });

  it('history only grows', async () => {
    const row = payee();
    await upsert([row]);
    const reader = test.database.reader;
    await expect(execute(reader, `delete from beneficiary_history`)).rejects.toThrow('only grows');
    await expect(execute(reader, `update beneficiary_history set cause = 'x'`)).rejects.toThrow(
      'only grows',
    );
  });

  it('the same list again changes nothing', async () => {
    const list = [payee(), payee({ account: null }), payee()];
    const first = await upsert(list);
    const again = await upsert(list, '2026-11-02T01:00:00Z');
    expect(again).toEqual(first);
    const ids = [...first.values()].map((p) => p.beneficiaryId);
    const versions = await rows<{ version: number }>(
      test.database.reader,
      `select distinct version from beneficiary where id = any($1)`,
      [ids],
    );
    expect(versions).toEqual([{ version: 1 }]);
    expect(await historyOf(ids[0]!)).toEqual(['registered', 'account_opened']);
  });

  it('another account closes the old one and opens the new one', async () => {
    const row = payee();
    const before = (await upsert([row])).get(row.personalNumber)!;
    const moved = { ...row, account: { ...row.account!, bankBin: '970415' } };
    const after = (await upsert([moved], '2026-12-01T01:00:00Z')).get(row.personalNumber)!;
    expect(after.accountId).not.toBe(before.accountId);
    expect(await accountsOf(after.beneficiaryId)).toMatchObject([
      { id: before.accountId, current: false },
      { id: after.accountId, current: true },
    ]);
    expect(await historyOf(after.beneficiaryId)).toEqual([
      'registered',
      'account_opened',
      'account_replaced',
    ]);
  });

  it('a row without an account leaves the account that we hold', async () => {
    const row = payee();
    const before = (await upsert([row])).get(row.personalNumber)!;
    const after = (await upsert([{ ...row, account: null }])).get(row.personalNumber)!;
    expect(after).toEqual(before);
  });

  it('the account name without diacritics is the same account', async () => {
    const row = payee();
    const before = (await upsert([row])).get(row.personalNumber)!;
    const account = { ...row.account!, accountName: 'Nguyễn Văn Mẫu' };
    expect((await upsert([{ ...row, account }])).get(row.personalNumber)).toEqual(before);
  });

  it('a person with two allowances stands twice in a list and is one person', async () => {
    const row = payee();
    const result = await upsert([row, { ...row, account: null }]);
    expect(result.size).toBe(1);
    expect(result.get(row.personalNumber)!.accountId).not.toBeNull();
  });

  const personOf = (beneficiaryId: string) =>
    one<Record<string, unknown>>(
      test.database.reader,
      `select full_name, folded_name, commune_code, version from beneficiary where id = $1`,
      [beneficiaryId],
    );
  const other = {
    bankBin: '970415',
    accountNumber: '900000000001',
    accountName: 'SOMEBODY ELSE',
  };
  const recipient = {
    fullName: 'Trần Thị Thử',
    personalNumber: '020000099998',
    authorisedUntil: '2027-01-01',
  };

  it('a number known under a different name is left alone: neither name, place, account nor recipient moves', async () => {
    const row = payee();
    const before = (await upsert([row])).get(row.personalNumber)!;
    const slip = {
      ...row,
      fullName: 'Lê Thị Khác',
      communeCode: '06001',
      account: other,
      recipient,
    };
    const after = (await upsert([slip])).get(row.personalNumber);
    expect(after).toEqual({ ...before, nameMatch: 'different' });
    expect(await personOf(before.beneficiaryId)).toMatchObject({
      full_name: 'Nguyễn Văn Mẫu',
      commune_code: '05977',
      version: 1,
    });
    expect(await historyOf(before.beneficiaryId)).toEqual(['registered', 'account_opened']);
  });

  it('of two lists that bring one new number under two names at once, one is left alone', async () => {
    for (let round = 0; round < 5; round += 1) {
      const row = payee();
      const results = await Promise.all([
        upsert([row]),
        upsert([{ ...row, fullName: 'Lê Thị Khác', account: other }]),
      ]);
      const matches = results.map((result) => result.get(row.personalNumber)!.nameMatch);
      expect(matches.sort()).toEqual(['different', 'exact']);
      expect(await accountsOf(results[0].get(row.personalNumber)!.beneficiaryId)).toHaveLength(1);
    }
  });

  it('under a close name the place is taken over, the name and the account stay', async () => {
    const row = payee();
    const before = (await upsert([row])).get(row.personalNumber)!;
    const close = {
      ...row,
      fullName: 'Nguyễn Mẫu',
      communeCode: '06001',
      account: other,
      recipient,
    };
    const after = (await upsert([close])).get(row.personalNumber);
    expect(after).toEqual({ ...before, nameMatch: 'close' });
    expect(await personOf(before.beneficiaryId)).toMatchObject({
      full_name: 'Nguyễn Văn Mẫu',
      commune_code: '06001',
      version: 2,
    });
    expect(await historyOf(before.beneficiaryId)).not.toContain('recipient_authorised');
  });

  it('an account that an officer entered by hand is not replaced by a list; one of a list or a system is', async () => {
    for (const [source, stays] of [
      ['officer', true],
      ['api', false],
      ['import', false],
    ] as const) {
      const row = payee();
      const before = (await upsert([row])).get(row.personalNumber)!;
      await execute(test.database.reader, `update payment_account set source = $2 where id = $1`, [
        before.accountId,
        source,
      ]);
      const same = (await upsert([row])).get(row.personalNumber)!;
      expect(same).toEqual(before);
      const after = (await upsert([{ ...row, account: other }])).get(row.personalNumber)!;
      expect(after.mendedAccountStays).toBe(stays);
      expect(after.accountId === before.accountId).toBe(stays);
    }
  });

  it('another writing of the name and a new place are taken over, told in the history and seen by those with an old version', async () => {
    const row = payee();
    const { beneficiaryId } = (await upsert([row])).get(row.personalNumber)!;
    await upsert([{ ...row, fullName: 'NGUYỄN VĂN MẪU', communeCode: '06001' }]);
    expect(await personOf(beneficiaryId)).toEqual({
      full_name: 'NGUYỄN VĂN MẪU',
      folded_name: 'nguyen van mau',
      commune_code: '06001',
      version: 2,
    });
    expect(await historyOf(beneficiaryId)).toContain('details_changed');
  });

  it('a new authorised recipient takes the place of the former one', async () => {
    const recipient = {
      fullName: 'Trần Thị Thử',
      personalNumber: '020000099999',
      authorisedUntil: '2027-01-01',
    };
    const row = payee({ recipient });
    const { beneficiaryId } = (await upsert([row])).get(row.personalNumber)!;
    await upsert([{ ...row, recipient: { ...recipient, authorisedUntil: '2028-01-01' } }]);
    const found = await rows<{ until: string; current: boolean }>(
      test.database.reader,
      `select authorised_until::text as until, ended_at is null as current
         from authorised_recipient where beneficiary_id = $1 order by authorised_until`,
      [beneficiaryId],
    );
    expect(found).toEqual([
      { until: '2027-01-01', current: false },
      { until: '2028-01-01', current: true },
    ]);
  });

  it('two lists that name the same people at once leave one person and one current account each', async () => {
    const first = Array.from({ length: 300 }, () => payee());
    const second = first
      .map((row) => ({ ...row, account: { ...row.account!, bankBin: '970418' } }))
      .reverse();
    const results = await Promise.all([upsert(first), upsert(second), upsert(first)]);
    for (const row of first) {
      const ids = new Set(results.map((r) => r.get(row.personalNumber)?.beneficiaryId));
      expect(ids.size).toBe(1);
    }
    const current = await one<{ people: number; accounts: number }>(
      test.database.reader,
      `select count(distinct beneficiary_id)::int as people, count(account_id)::int as accounts
         from payee_view where personal_number = any($1)`,
      [first.map((row) => row.personalNumber)],
    );
    expect(current).toEqual({ people: 300, accounts: 300 });
  });

  it('ten thousand people are registered in one call', async () => {
    const list = Array.from({ length: 10_000 }, () => payee());
    expect((await upsert(list)).size).toBe(10_000);
  });
});
