import request from 'supertest';
import { areOwed, multitudeOwed } from '../../../test/builders/owed.js';
import {
  consoleUnderTest,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { rows } from '../../platform/database/index.js';
import { EXPORT_PAGE, rowsByKey } from './list-exports.js';

describe('lists as files', () => {
  let database: TestDatabase;
  let site: ConsoleUnderTest;
  let monitor: Visitor;

  beforeAll(async () => {
    database = await testDatabase();
    site = await consoleUnderTest(database);
    monitor = await site.visitor(['monitor']);
  });
  afterAll(async () => {
    await site.close();
    await database.close();
  });

  const LISTS = [
    '/beneficiaries',
    '/entitlements',
    '/payments',
    '/alerts',
    '/doubts',
    '/statements',
    '/reconciliation',
    '/reconciliation/exceptions',
  ];
  const csv = async (path: string, who = monitor): Promise<string> =>
    (await who.agent.get(path).expect(200)).text;
  const traces = () =>
    rows<{ subject_id: string; filter: unknown }>(
      database.database.reader,
      `select subject_id, detail -> 'filter' as filter from audit_entry
        where action = 'list.exported' order by id desc`,
    );

  it.each(LISTS)(
    '%s is given to nobody who has not signed in, and leaves no trace',
    async (path) => {
      const answer = await request(site.url).get(`${path}.csv`);
      expect(answer.status).toBe(303);
      await monitor.page(`${path}.pdf`, 404);
      expect(await traces()).toEqual([]);
    },
  );

  it.each(LISTS)('%s has nothing in it, and says so and who took it', async (path) => {
    expect(await csv(`${path}.csv`)).toContain('Cộng: 0 dòng');
    expect(await csv(`${path}.csv`)).toContain(monitor.login);
  });

  it('entitlements of a filter are counted and added up; numbers stay texts, and a formula computes nothing', async () => {
    await areOwed(database.database.reader, [
      { period: '2032-03', name: '=HYPERLINK("x")', amount: '2789000' },
      { period: '2032-03', name: 'Lý Văn Không', amount: '1000000', account: null },
      { period: '2032-04', name: 'Lý Văn Sau' },
    ]);
    const page = await monitor.page('/entitlements?period=03%2F2032');
    expect(page).toContain('href="/entitlements.xlsx?period=03%2F2032"');
    const text = await csv('/entitlements.csv?period=03%2F2032');
    expect(text).toContain('Kỳ;03/2032');
    expect(text).toContain('Cộng: 2 dòng');
    expect(text).toContain('3789000');
    expect(text).toContain("'=HYPERLINK");
    expect(text).not.toMatch(/NCC_MONTHLY|in_batch/);
    const { body } = await monitor.agent
      .get('/entitlements.xlsx?period=03%2F2032')
      .buffer()
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    expect((body as Buffer).subarray(0, 2).toString()).toBe('PK');
    expect(await traces()).toContainEqual({
      subject_id: 'entitlements',
      filter: { period: '2032-03' },
    });
  });

  it('people are all there, page after page, though more match than a page can put in order', async () => {
    await multitudeOwed(database.database.reader, {
      count: 5_100,
      period: '2032-05',
      amount: '1000',
    });
    const page = await monitor.page('/beneficiaries?q=thu+so');
    expect(page).toContain('href="/beneficiaries.csv?q=thu+so"');
    const text = await csv('/beneficiaries.csv?q=thu+so');
    expect(text).toContain('Cộng: 5100 dòng');
    expect(text).toContain('Người Thử Số 5100;021000005100');
    expect(text).toContain(';0100005100;');
    expect(await csv('/beneficiaries.csv?only=without-account&q=thu+so')).toContain('Cộng: 0 dòng');
    const [{ filter } = { filter: null }] = await traces();
    expect(filter).toEqual({ q: '…', only: 'without-account' });
    const english = await site.visitor(['monitor'], { language: 'en' });
    expect(await csv('/entitlements.csv?period=05%2F2032', english)).toContain('Total: 5100 rows');
  });

  it('a page of rows is read when the one before it is taken, and the last one ends it', async () => {
    const asked: (number | null)[] = [];
    const read = (after: number | null) => {
      asked.push(after);
      const from = (after ?? 0) + 1;
      const count = Math.min(EXPORT_PAGE, 2_500 - from + 1);
      return Promise.resolve(Array.from({ length: count }, (_, at) => from + at));
    };
    const all = rowsByKey(read, (row) => row);
    const first = await all.next();
    expect(first.value).toBe(1);
    expect(asked).toEqual([null]);
    let last = 0;
    for await (const row of all) last = row;
    expect(last).toBe(2_500);
    expect(asked).toEqual([null, 1_000, 2_000]);
  });
});
