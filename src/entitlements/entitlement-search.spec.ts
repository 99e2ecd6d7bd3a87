import { areOwed, type Owed } from '../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { one, rows } from '../platform/database/index.js';
import {
  listEntitlements,
  searchEntitlements,
  type EntitlementSearch,
} from './entitlement-search.read.js';

/** What each filter is asked by; the last is there for none of them. */
const ASKED: Readonly<Record<string, readonly (string | boolean)[]>> = {
  programme: ['NCC_MONTHLY', 'BTXH_MONTHLY', 'NOBODY'],
  period: ['2026-10', '2026-11', '1999-01'],
  kind: ['regular', 'arrears'],
  state: ['open', 'ended', 'paid'],
  communeCode: ['05977', '05983', '99999'],
  fund: ['NSTW_NCC', 'NSDP', 'TAI_TRO'],
  failed: [true, false],
};

/** The same without any of the ways to be quick. */
const PLAINLY = `
  select id from entitlement e
   where ($1::text is null or programme = $1) and ($2::text is null or period = $2) and ($3::text is null or kind = $3)
     and ($4::text is null or state = $4) and ($5::text is null or commune_code = $5) and ($6::text is null or fund = $6)
     and ($7::boolean is null or (failed_code is not null) = $7)
   order by id`;

describe('entitlements by filters', () => {
  let db: TestDatabase;
  const reader = () => db.database.reader;

  beforeAll(async () => {
    db = await testDatabase();
    const owed = ['NCC_MONTHLY', 'BTXH_MONTHLY'].flatMap((programme) =>
      ['2026-10', '2026-11'].flatMap((period) =>
        ['05977', '05983'].flatMap((communeCode): Owed[] => [
          { programme, period, communeCode, fund: 'NSTW_NCC' },
          { programme, period, communeCode, fund: 'NSDP', failedFor: 'AC01' },
          { programme, period, communeCode, fund: 'NSDP', kind: 'arrears' },
          { programme, period, communeCode, fund: 'NSTW_NCC', ended: true },
        ]),
      ),
    );
    await areOwed(reader(), owed);
  });
  afterAll(() => db.close());

  const plainly = async (search: EntitlementSearch): Promise<string[]> => {
    const asked = Object.keys(ASKED).map((name) => search[name as keyof EntitlementSearch] ?? null);
    return (await rows<{ id: string }>(reader(), PLAINLY, asked)).map(({ id }) => id);
  };

  const inPages = async (read: (from: string | null) => Promise<readonly { id: string }[]>) => {
    const found: string[] = [];
    for (;;) {
      const page = await read(found.at(-1) ?? null);
      found.push(...page.slice(0, 3).map(({ id }) => id));
      if (page.length <= 3) return found;
    }
  };

  const pairs = Object.entries(ASKED).flatMap(([name, values], at) => [
    ...values.map((value): EntitlementSearch => ({ [name]: value })),
    ...Object.entries(ASKED)
      .slice(at + 1)
      .flatMap(([other, others]) =>
        values.flatMap((value) =>
          others.map((too): EntitlementSearch => ({ [name]: value, [other]: too })),
        ),
      ),
  ]);

  it('any two of them find what looking at every row finds, in both orders, page by page', async () => {
    const missed: unknown[] = [];
    for (const search of [{}, ...pairs]) {
      const right = await plainly(search);
      const asc = await inPages((after) =>
        listEntitlements(reader(), { ...search, after, limit: 3 }),
      );
      const desc = await inPages((before) =>
        searchEntitlements(reader(), { ...search, before, limit: 3 }),
      );
      if (asc.join() !== right.join() || desc.reverse().join() !== right.join())
        missed.push(search);
    }
    expect(missed).toEqual([]);
    expect(pairs.length).toBeGreaterThan(100);
    expect(
      (await one<{ n: number }>(reader(), 'select count(*)::int as n from entitlement'))?.n,
    ).toBe(32);
  });
});
