import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { aRegisteredPayee } from '../../test/builders/registered-payee.js';
import { AuditTrail } from '../audit/index.js';
import { SYSTEM } from '../identity/index.js';
import { SystemClock, newId } from '../kernel/index.js';
import { execute, rows } from '../platform/database/index.js';
import { searchBeneficiaries } from './beneficiary-search.read.js';
import {
  listBeneficiaries,
  readBeneficiary,
  type BeneficiaryFile,
  type BeneficiaryFilter,
} from './beneficiary.read.js';
import { RegisterPayees } from './register-payees.js';
import type { PayeeRow } from './registration.rules.js';
import { ViewBeneficiary } from './view-beneficiary.js';

const PERSON = { fullName: 'Hoàng Thị Mẫu', communeCode: '05977' };
const ACCOUNT = { bankBin: '970405', accountName: 'HOANG THI MAU' };
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const aPayee = (differs: Partial<PayeeRow> = {}): Promise<string> =>
  aRegisteredPayee(test.database, differs);

const fileOf = async (id: string): Promise<BeneficiaryFile> =>
  (await readBeneficiary(test.database.reader, id))!;

describe('looking payees up', () => {
  const ids = async (search: string) =>
    (await listBeneficiaries(test.database.reader, { search }, { afterId: null, limit: 50 })).map(
      (row) => row.id,
    );

  it('a name is found by its words in any order, without diacritics, as far as typed', async () => {
    const id = await aPayee({ fullName: 'Đặng Đức Khuôn Phép' });
    expect(await ids('dang khuon')).toEqual([id]);
    expect(await ids('KHUÔN đặ')).toEqual([id]);
    expect(await ids('khuon xyz')).toEqual([]);
  });

  it.each(["' or true --", '&|!', ':*', '%', "khuon') | to_tsquery('"])(
    'what is no name finds nobody and breaks nothing: %s',
    async (text) => {
      expect(await ids(text)).toEqual([]);
    },
  );

  it('an account is found whole and current, a personal number whole', async () => {
    const id = await aPayee();
    const { personalNumber, accountNumber } = await fileOf(id);
    expect(await ids(personalNumber)).toEqual([id]);
    expect(await ids(accountNumber!)).toEqual([id]);
    expect(await ids(accountNumber!.slice(0, 9))).toEqual([]);
    await test.database.transaction((tx) =>
      new RegisterPayees().upsert(
        tx,
        [{ ...PERSON, personalNumber, account: { ...ACCOUNT, accountNumber: '909090909' } }],
        { at: new Date(), actor: SYSTEM, cause: 'import', source: { kind: 'import', id: newId() } },
      ),
    );
    expect(await ids(accountNumber!)).toEqual([]);
  });

  it('pages follow each other without a gap or a repeat', async () => {
    for (let more = 0; more < 7; more += 1) await aPayee();
    const everybody = (await ids('mau')).length + (await ids('khuon')).length;
    const seen: string[] = [];
    for (let afterId: string | null = null, page = 0; page < 100; page += 1) {
      const found = await listBeneficiaries(test.database.reader, {}, { afterId, limit: 3 });
      if (found.length === 0) break;
      seen.push(...found.map((row) => row.id));
      afterId = found.at(-1)!.id;
    }
    expect(seen).toHaveLength(everybody);
    expect(new Set(seen).size).toBe(everybody);
  });

  it('opening a file is written down', async () => {
    const id = await aPayee();
    await new ViewBeneficiary(test.database, new AuditTrail(new SystemClock())).view(id, SYSTEM);
    const seen = await rows<{ action: string }>(
      test.database.reader,
      `select action from audit_entry where subject_id = $1`,
      [id],
    );
    expect(seen).toEqual([{ action: 'beneficiary.viewed' }]);
  });
});

describe('looking people up at the desk', () => {
  const found = (filter: BeneficiaryFilter, afterId: string | null = null) =>
    searchBeneficiaries(test.database.reader, filter, { afterId, limit: 2 });

  it('a name is found in the order of names, page by page, by number and without an account', async () => {
    const [b, a, c] = [
      await aPayee({ fullName: 'Tông Thị Bàn' }),
      await aPayee({ fullName: 'Tông Thị An', account: null }),
      await aPayee({ fullName: 'Tông Thị Châu' }),
    ];
    const first = await found({ search: 'TÔNG thi' });
    expect(first.found.map(({ id }) => id)).toEqual([a, b, c]);
    expect(first.narrowed).toBe(false);
    expect((await found({ search: 'tong' }, b)).found.map(({ id }) => id)).toEqual([c]);
    expect((await found({ search: 'tong', hasAccount: false })).found).toMatchObject([{ id: a }]);
    const { accountNumber, personalNumber } = await fileOf(c);
    for (const search of [accountNumber ?? '', personalNumber])
      expect((await found({ search })).found.map(({ id }) => id)).toEqual([c]);
  });

  it('of more than can be put in order only those are shown whose name begins so, and it is said', async () => {
    await execute(
      test.database.reader,
      `insert into beneficiary (id, personal_number, full_name, folded_name, commune_code, created_at)
       select gen_random_uuid(), lpad((700000000000 + i)::text, 12, '0'), n, lower(n), '05977', '2026-11-01'
         from (select i, case when i = 7 then 'Dong Kham' else 'Kham Dong ' || i end as n
                 from generate_series(1, 5001) i) many`,
      [],
    );
    const { found: rows_, narrowed } = await found({ search: 'đong kham' });
    expect(narrowed).toBe(true);
    expect(rows_.map(({ fullName }) => fullName)).toEqual(['Dong Kham']);
    const others = await found({ search: 'khẩm dông' });
    expect(others.found).toHaveLength(3);
    const on = await found({ search: 'kham dong' }, others.found[1]?.id);
    expect(on.found[0]?.id).toBe(others.found[2]?.id);
  });
});
