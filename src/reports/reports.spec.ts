import { anOffice, type Office } from '../../test/builders/officers.js';
import { areOwed } from '../../test/builders/owed.js';
import { repositoryConfig } from '../../test/builders/reference.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import { decodeCursor } from '../platform/http/index.js';
import { z } from 'zod';
import { CASHLESS_GROUPS, CashlessRead } from './cashless.read.js';
import { shareOf } from './cashless.rules.js';
import { PaymentsReportRead } from './payments-report.read.js';
import { ReportSettings } from './report.settings.js';
import { UnpaidRead } from './unpaid.read.js';
import { ViewCashless } from './view-cashless.js';
import { ViewPaymentsReport } from './view-payments-report.js';
import { ViewUnpaid } from './view-unpaid.js';

const NOW = new Date('2026-11-20T03:00:00Z');
const [HERE, THERE] = ['05977', '05980'];

describe('a share of people', () => {
  it('is cut and never rounded up: 69.97 is not 70', () => {
    expect(shareOf(6997, 10_000)).toBe('69.9');
    expect(shareOf(2, 3)).toBe('66.6');
    expect(shareOf(1, 1)).toBe('100.0');
    expect(shareOf(0, 0)).toBeNull();
  });
});

describe('reports', () => {
  let db: TestDatabase;
  let office: Office;
  const clock = new ManualClock(NOW);
  const settings = ReportSettings.load(repositoryConfig);
  beforeAll(async () => {
    db = await testDatabase();
    office = await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  const paid = async (entitlementIds: string[]) => {
    const { reader } = db.database;
    const batchId = await aDraft('2026-12');
    await execute(
      reader,
      `update entitlement set state = 'in_batch', batch_id = $2 where id = any($1::uuid[])`,
      [entitlementIds, batchId],
    );
    await execute(reader, `update entitlement set state = 'paid' where id = any($1::uuid[])`, [
      entitlementIds,
    ]);
  };

  const aDraft = async (period: string): Promise<string> => {
    const id = newId();
    await execute(
      db.database.reader,
      `insert into batch (id, number, programme, period, currency, prepared_by, created_at)
       values ($1::uuid, $1::text, 'NCC_MONTHLY', $2, 'VND', $3, $4)`,
      [id, period, office.preparer.id, NOW],
    );
    return id;
  };

  describe('of payments', () => {
    const report = () => new ViewPaymentsReport(db.database, new PaymentsReportRead());

    beforeAll(async () => {
      await db.database.transaction(async (tx) => {
        await sentPayments(tx, office, 2, { state: 'settled' });
        await sentPayments(tx, office, 1, {
          state: 'rejected',
          bank: 'sandbox-instant',
          amount: '500',
        });
        await sentPayments(tx, office, 1, { state: 'sending' });
      });
    });

    it('tells them apart by one or two marks, and comes to the sum of its rows', async () => {
      const month = { from: '2026-11', to: '2026-11' };
      const byBank = await report().of(month, { first: 'bank', second: null });
      expect(byBank.rows.map(({ key, all }) => [key, all.count])).toEqual([
        ['sandbox', 3],
        ['sandbox-instant', 1],
      ]);
      expect(byBank.total).toMatchObject({
        all: { count: 4, total: '8367500' },
        terms: { paid: { count: 2 }, failed: { count: 1, total: '500' }, inFlight: { count: 1 } },
      });
      const two = await report().of(month, { first: 'programme', second: 'commune' });
      expect(two.rows).toMatchObject([{ key: 'NCC_MONTHLY', second: HERE, all: { count: 4 } }]);
    });

    it.each([
      { from: '2026-10', to: '2026-10' },
      { from: '2026-11', to: '2026-11', commune: THERE },
      { from: '2026-11', to: '2026-11', programme: 'NCC_GIFT' },
      { from: '2026-11', to: '2026-11', period: '2026' },
      { from: '2026-11', to: '2026-11', payeeBank: '970436' },
      { from: '2026-11', to: '2026-11', fund: 'NSDP' },
    ])('shows nothing of what was not asked for: %o', async (filter) => {
      const { rows, total } = await report().of(filter, { first: 'month', second: 'period' });
      expect(rows).toEqual([]);
      expect(total.all).toEqual({ count: 0, total: '0' });
    });
  });

  describe('of people paid without cash', () => {
    const cashless = () => new ViewCashless(db.database, new CashlessRead(), settings, clock);
    const period = '2027-03';

    beforeAll(async () => {
      const { reader } = db.database;
      const owed = await areOwed(reader, [
        { period, communeCode: HERE },
        { period, communeCode: HERE, recipientUntil: '2028-01-01' },
        { period, communeCode: HERE, account: null },
        { period, communeCode: HERE },
        { period, communeCode: THERE, account: null, programme: 'SOCIAL_PENSION' },
        { period, communeCode: HERE, ended: true },
      ]);
      // The first draws two allowances, and of the second one he is not paid: he counts once, and not as paid.
      await areOwed(reader, [
        { period, communeCode: HERE, programme: 'NCC_GIFT', beneficiaryId: owed[0]?.beneficiaryId },
      ]);
      await paid([owed[0]?.entitlementId ?? '', owed[1]?.entitlementId ?? '']);
      await execute(
        reader,
        `update payment_account set verified_at = $2, verified_how = 'bank' where id = $1`,
        [owed[3]?.accountId, NOW],
      );
    });

    it('counts people, not allowances, by commune and in all, with recipients apart', async () => {
      const report = await cashless().of({ period });
      expect(report.target).toMatchObject({ account: 85, credited: 70 });
      expect(report.communes).toMatchObject([
        {
          communeCode: HERE,
          people: 4,
          account: 3,
          verified: 1,
          credited: 1,
          byRecipient: 1,
          creditedByRecipient: 1,
          shares: { account: '75.0', verified: '25.0', credited: '25.0' },
          reaches: { account: false, credited: false },
        },
        { communeCode: THERE, people: 1, account: 0, shares: { account: '0.0' } },
      ]);
      expect(report.all).toMatchObject({ people: 5, account: 3, shares: { account: '60.0' } });
    });

    it('of one programme counts what that programme paid', async () => {
      const report = await cashless().of({ period, programme: 'NCC_MONTHLY', commune: HERE });
      expect(report.all).toMatchObject({ people: 4, credited: 2, shares: { credited: '50.0' } });
    });

    it('takes an account for one only from when it was there', async () => {
      const later = await areOwed(db.database.reader, [{ period: '2026-05' }]);
      expect((await cashless().of({ period: '2026-05' })).all).toMatchObject({ account: 0 });
      // Paid after all, from a list that came late: then there was one.
      await paid([later[0]?.entitlementId ?? '']);
      expect((await cashless().of({ period: '2026-05' })).all).toMatchObject({ account: 1 });
    });

    it('lists who is still paid in cash, page by page, and why', async () => {
      const first = await cashless().people({ period }, { after: null, limit: 2 });
      const key = z.object({ commune: z.string(), id: z.string() });
      const after = decodeCursor(first.nextCursor ?? undefined, key);
      const rest = await cashless().people({ period }, { after, limit: 10 });
      const all = [...first.items, ...rest.items];
      expect(all).toHaveLength(4);
      expect(new Set(all.map(({ beneficiaryId }) => beneficiaryId)).size).toBe(4);
      expect(all.filter(({ hasAccount }) => !hasAccount)).toHaveLength(2);
      const none = await cashless().people({ period, who: 'none' }, { after: null, limit: 10 });
      expect(none.items.map(({ communeCode }) => communeCode)).toEqual([HERE, THERE]);
      const unpaid = await cashless().people({ period, who: 'unpaid' }, { after: null, limit: 9 });
      expect(unpaid.items.map(({ amount }) => amount)).toEqual(['2789000', '2789000']);
    });

    it('lists as many people of each group as the shares count', async () => {
      const { all } = await cashless().of({ period });
      const counted = {
        all: all.people,
        account: all.account,
        verified: all.verified,
        credited: all.credited,
        own: all.credited - all.creditedByRecipient,
        recipient: all.creditedByRecipient,
        none: all.people - all.account,
        unpaid: all.account - all.credited,
      };
      for (const who of CASHLESS_GROUPS) {
        const { items } = await cashless().people({ period, who }, { after: null, limit: 50 });
        expect([who, items.length]).toEqual([who, counted[who]]);
      }
      expect(counted).toMatchObject({ account: 3, credited: 1, none: 2 });
    });

    it('over a year has twelve points; those that are over are remembered for a while', async () => {
      const view = cashless();
      const trend = await view.trend({ period: '2026-11' });
      expect(trend.map(({ period: at }) => at)).toEqual([
        ...['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'],
        ...['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'],
      ]);
      const people = async () =>
        (await view.trend({ period: '2026-11' })).find(({ period: at }) => at === '2026-06')?.all
          .people;
      await areOwed(db.database.reader, [{ period: '2026-06' }]);
      expect(await people()).toBe(0);
      clock.advanceMs(16 * 60_000);
      expect(await people()).toBe(1);
    });
  });

  describe('of what is unpaid', () => {
    const unpaid = () => new ViewUnpaid(db.database, new UnpaidRead());
    const period = '2028-04';
    const filter = { period, carriedOver: true, commune: THERE };

    beforeAll(async () => {
      const { reader } = db.database;
      const at = { communeCode: THERE };
      const owed = await areOwed(reader, [
        { ...at, period, account: null },
        { ...at, period, heldFor: 'MD07', failedFor: 'MD07' },
        { ...at, period, deceasedOn: '2028-03-01' },
        { ...at, period, failedFor: 'AC04' },
        { ...at, period },
        { ...at, period },
        { ...at, period: '2028-03', account: null },
        { ...at, period: '2028-05' },
      ]);
      const batchId = await aDraft(period);
      await execute(
        reader,
        `update entitlement set state = 'in_batch', batch_id = $2 where id = $1`,
        [owed[4]?.entitlementId, batchId],
      );
    });

    it('says why of each, and what is carried over from earlier periods', async () => {
      const { reasons, all } = await unpaid().totals(filter);
      expect(
        reasons.map(({ reason, own, carriedOver }) => [reason, own.count, carriedOver.count]),
      ).toEqual([
        ['deceased', 1, 0],
        ['held', 1, 0],
        // 2027-03 of the people above is still owed, too.
        ['no-account', 1, 2],
        ['failed', 1, 0],
        ['in-draft', 1, 0],
        ['not-in-batch', 1, 0],
      ]);
      expect(all.all).toEqual({ count: 8, total: String(8 * 2_789_000) });
      const own = await unpaid().totals({ ...filter, carriedOver: false });
      expect(own.all.all.count).toBe(6);
    });

    it('is read page by page to its end, the oldest debts first', async () => {
      const key = z.object({ period: z.string(), commune: z.string(), id: z.string() });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const after = decodeCursor(cursor, key);
        const page = await unpaid().list(filter, { after, limit: 3 });
        seen.push(...page.items.map((row) => row.period));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toEqual(['2027-03', '2028-03', ...Array<string>(6).fill(period)]);
    });

    it('may be asked for one reason', async () => {
      const { items } = await unpaid().list(
        { ...filter, reason: 'failed' },
        { after: null, limit: 9 },
      );
      expect(items).toMatchObject([{ reason: 'failed', failedCode: 'AC04', communeCode: THERE }]);
    });
  });
});
