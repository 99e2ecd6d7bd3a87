import { areOwed, type Owed } from '../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import {
  decisionsNamed,
  searchEntitlements,
  totalsOfSearch,
  type EntitlementSearch,
} from './entitlement-search.read.js';

describe('looking what is owed up at the desk', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  const owed = (...what: Owed[]) => db.database.transaction((tx) => areOwed(tx, what));
  const search = async (wanted: EntitlementSearch, before: string | null = null) =>
    (await searchEntitlements(db.database.reader, { ...wanted, before, limit: 2 })).map(
      ({ id }) => id,
    );

  it('the newest come first and page by page, whatever they are looked up by', async () => {
    const made = await owed(
      { programme: 'NCC_GIFT', period: '2025-D1' },
      { programme: 'NCC_WORSHIP', period: '2025-D1', ended: true },
      { programme: 'NCC_GIFT', period: '2025-D1', communeCode: '06040' },
      { programme: 'NCC_GIFT', period: '2025-D2' },
    );
    const [a, b, c, d] = made.map(({ entitlementId }) => entitlementId);
    expect(await search({ period: '2025-D1' })).toEqual([c, b, a]);
    expect(await search({ period: '2025-D1' }, b)).toEqual([a]);
    expect(await search({ period: '2025-D1', programme: 'NCC_GIFT' })).toEqual([c, a]);
    expect(await search({ period: '2025-D1', state: 'ended' })).toEqual([b]);
    expect(await search({ period: '2025-D1', communeCode: '06040' })).toEqual([c]);
    expect(await search({ programme: 'NCC_WORSHIP' })).toEqual([b]);
    expect((await search({}))[0]).toBe(d);
    expect(await search({ beneficiaryId: made[1]?.beneficiaryId })).toEqual([b]);
    expect(await search({ period: '1999' })).toEqual([]);
  });

  it('totals are of every page, and only of what can be counted while somebody waits', async () => {
    await owed(
      { programme: 'NCC_EDUCATION', period: '2024-D1', amount: '100' },
      { programme: 'NCC_GIFT', period: '2024-D1', amount: '20' },
      { programme: 'NCC_GIFT', period: '2024-D1', amount: '3', ended: true },
    );
    const totals = (wanted: EntitlementSearch) => totalsOfSearch(db.database.reader, wanted);
    expect(await totals({ period: '2024-D1' })).toEqual([
      { state: 'ended', count: 1, amount: '3' },
      { state: 'open', count: 2, amount: '120' },
    ]);
    expect(await totals({ programme: 'NCC_GIFT' })).toBeNull();
  });

  it('a decision is found by its whole number or its first parts, in any writing, and by nothing else', async () => {
    await owed({ programme: 'NCC_FUNERAL', period: '2023' });
    const funeral = { programme: 'NCC_FUNERAL' };
    for (const decision of ['12/QĐ-SNV', '12/qđ', '12/QD-snv', ' 12 '])
      expect(await search({ ...funeral, decision })).toHaveLength(1);
    for (const decision of ['1', '12/Q', '%', '12/QĐ-SN', '_2/QĐ', '\\'])
      expect(await search({ ...funeral, decision })).toEqual([]);
    const named = await decisionsNamed(db.database.reader, { decision: '12/qd', limit: 5 });
    expect(named).toMatchObject([{ decision: '12/QĐ-SNV' }]);
    expect(named[0]?.people).toBeGreaterThan(1);
  });
});
