import { SaxesParser } from 'saxes';
import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { anOffice } from '../../../test/builders/officers.js';
import { areOwed } from '../../../test/builders/owed.js';
import { sentPayments } from '../../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';
import { rows } from '../../platform/database/index.js';

const NOW = new Date('2026-11-16T03:00:00Z');

describe('reports on the console', () => {
  let database: TestDatabase;
  let console_: ConsoleUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    console_ = await consoleUnderTest(database, { clock: new ManualClock(NOW) });
    await database.database.transaction(async (tx) => {
      const office = await anOffice(tx);
      await sentPayments(tx, office, 3, { state: 'settled' });
      await sentPayments(tx, office, 2, { state: 'rejected', reasonCode: 'AC04' });
      await areOwed(tx, [
        { account: null, name: '=Người Không Tài Khoản', personalNumber: '029000000007' },
        { failedFor: 'AC04', name: 'Nguyễn Sai Số', personalNumber: '029000000008' },
        { period: '2026-10', account: null, name: 'Trần Kỳ Trước', personalNumber: '029000000009' },
      ]);
    });
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  it('are for people who are signed in', async () => {
    const { agent } = await console_.visitor(['monitor']);
    await agent.get('/reports').expect(200);
    await agent.post('/sign-out').expect(303);
    for (const path of ['/reports', '/reports/payments.xlsx', '/reports/unpaid.csv']) {
      expect((await agent.get(path)).status).toBe(303);
    }
  });

  it.each([
    '/reports/payments?from=x&to=13/2026&by=nonsense&and=by&commune=99999',
    '/reports/cashless?period=99/99&programme=nothing',
    '/reports/cashless/people?who=because',
    '/reports/unpaid?period=2026-99&reason=none&earlier=maybe&cursor=',
  ])('take what is no filter as none: %s', async (path) => {
    await (await console_.visitor(['monitor'])).page(path);
  });

  it('tell what a broken page address is', async () => {
    const visitor = await console_.visitor(['monitor']);
    await visitor.page('/reports/unpaid?cursor=zzz', 400);
    await visitor.page('/reports/unpaid.pdf', 404);
  });

  it('add payments up by any mark; each figure leads to its rows, and totals are those of the rows', async () => {
    const visitor = await console_.visitor(['chief_accountant']);
    const html = await visitor.page('/reports/payments?by=programme&and=commune');
    const words = wordsOf(html);
    expect(words).toContain('Trợ cấp hằng tháng người có công');
    expect(words).toMatch(/Cộng 5 13\.945\.000 đ 3 8\.367\.000 đ 2 5\.578\.000 đ/);
    expect(html).toContain(
      'href="/payments?month=2026-11&amp;programme=NCC_MONTHLY&amp;commune=05977&amp;state=settled"',
    );
    expect(wordsOf(await visitor.page('/reports/payments?from=10/2026&to=2026-10'))).toContain(
      'Không có khoản chi nào như vậy',
    );
    const many = await visitor.page('/reports/payments?from=2026-01&to=2026-12&by=payeeBank');
    const behind =
      '/payments?month=2026-01&amp;monthTo=2026-12&amp;payeeBank=970405&amp;state=settled';
    expect(many).toContain(`href="${behind}"`);
    const list = await visitor.page(behind.replaceAll('&amp;', '&'));
    expect(list.match(/href="\/payments\/[0-9a-f-]{36}"/g)).toHaveLength(3);
    expect(list).toContain('name="monthTo" value="12/2026"');
    const others = await visitor.page('/payments?month=2026-01&monthTo=2026-10');
    expect(wordsOf(others)).toContain('Không có khoản chi nào khớp');
    const byMonth = await visitor.page('/reports/payments?from=2026-01&to=2026-12&by=month');
    expect(byMonth).toContain('href="/payments?month=2026-11&amp;state=settled"');
  });

  it('show the share paid without cash against the target, and who is still paid in cash', async () => {
    const visitor = await console_.visitor(['monitor']);
    const html = await visitor.page('/reports/cashless');
    const words = wordsOf(html);
    expect(words).toContain('Có tài khoản 85,7 % 6 trên 7 người ✓ đạt 85 %');
    expect(words).toContain('Được chi qua tài khoản 0,0 % 0 trên 7 người ✕ dưới 70 %');
    expect(html).toContain(
      '/reports/cashless/people?period=2026-11&amp;commune=05977&amp;who=none',
    );
    const people = wordsOf(await visitor.page('/reports/cashless/people?who=none'));
    expect(people).toContain('=Người Không Tài Khoản');
    expect(people).not.toContain('Nguyễn Sai Số');
  });

  it('lead from every figure to the people behind it', async () => {
    const visitor = await console_.visitor(['monitor']);
    const html = await visitor.page('/reports/cashless');
    const to = (who: string) => `/reports/cashless/people?period=2026-11&amp;who=${who}`;
    for (const who of ['all', 'account', 'none']) expect(html).toContain(`href="${to(who)}"`);
    expect(html).not.toContain(to('credited'));
    const people = async (query: string) =>
      wordsOf(await visitor.page(`/reports/cashless/people?${query}`));
    const all = await people('who=all');
    expect(all).toContain('Mọi người được chi, kỳ 11/2026');
    expect(all).toContain('Người Không Tài Khoản');
    expect(all).toContain('Nguyễn Sai Số');
    expect(await people('who=account')).not.toContain('Người Không Tài Khoản');
    expect(await people('who=recipient')).toContain('Không có ai như vậy');
    const { text } = await visitor.agent
      .get('/reports/cashless/people.csv?who=account&period=11/2026')
      .expect(200);
    expect(text).toContain('Gồm những ai;Người có tài khoản');
    expect(text).toContain('Cộng: 6 dòng');
  });

  it.each(['trend', 'communes'])(
    'draw the %s as an image in the language of the page',
    async (which) => {
      const visitor = await console_.visitor(['monitor'], { language: 'en' });
      const answer = await visitor.agent.get(`/reports/cashless/${which}.svg`).expect(200);
      expect(answer.headers['content-type']).toContain('image/svg+xml');
      const svg = String(answer.body);
      // A browser shows no part of an image that is not well-formed.
      const parser = new SaxesParser();
      parser.on('error', (error) => {
        throw error;
      });
      parser.write(svg).close();
      expect(svg).toContain('70 %');
      if (which === 'trend') expect(svg).toContain('Paid into an account');
    },
  );

  it('list what is unpaid and why, with what is carried over, and by when it goes back', async () => {
    const visitor = await console_.visitor(['preparer']);
    const words = wordsOf(await visitor.page('/reports/unpaid'));
    expect(words).toContain('Chậm nhất 19/11/2026 (còn 3 ngày)');
    expect(words).toContain('Chưa có tài khoản 1 2.789.000 đ 1 2.789.000 đ 2 5.578.000 đ');
    expect(words).toMatch(/Trần Kỳ Trước.*10\/2026 \(chuyển sang\)/);
    const own = wordsOf(await visitor.page('/reports/unpaid?earlier=no&reason=no-account'));
    expect(own).toContain('Người Không Tài Khoản');
    expect(own).not.toContain('Trần Kỳ Trước');
  });

  it('go out as files with the whole filter, nothing that computes, and a trace', async () => {
    const visitor = await console_.visitor(['preparer']);
    const csv = await visitor.agent
      .get('/reports/unpaid.csv?period=11/2026&reason=no-account')
      .expect(200);
    expect(csv.headers['content-disposition']).toContain('report-unpaid-2026-11-16.csv');
    const lines = csv.text.split('\r\n');
    expect(lines[0]).toBe('\ufeffDanh sách chưa chi');
    expect(lines).toContain('Kỳ;11/2026');
    expect(lines).toContain('Lý do;Chưa có tài khoản');
    expect(lines).toContain(`Người lập;${visitor.login}`);
    expect(lines.find((line) => line.includes('Không Tài Khoản'))).toMatch(
      /^'=Người Không Tài Khoản;029000000007;05977;/,
    );
    expect(lines.at(-2)).toMatch(/^Cộng: 2 dòng;+5578000;+$/);
    for (const path of ['payments', 'cashless', 'cashless/people', 'unpaid']) {
      const file = await visitor.agent
        .get(`/reports/${path}.xlsx`)
        .buffer(true)
        .parse((response, done) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => done(null, Buffer.concat(chunks)));
        })
        .expect(200);
      expect((file.body as Buffer).subarray(0, 2).toString()).toBe('PK');
    }
    const traces = await rows<{ list: string }>(
      database.database.reader,
      `select subject_id as list from audit_entry where action = 'list.exported'
         and actor_name = $1`,
      [visitor.login],
    );
    expect(traces).toHaveLength(5);
  });

  it('look like documents on paper: the office above, places to sign below', async () => {
    const visitor = await console_.visitor(['preparer']);
    for (const path of ['payments', 'cashless', 'unpaid']) {
      const words = wordsOf(await visitor.page(`/reports/${path}`));
      expect(words).toContain('Sở Nội vụ tỉnh Mẫu Sơn');
      expect(words).toContain('Mẫu Sơn, ngày 16/11/2026');
      expect(words).toContain('Thủ trưởng đơn vị (Ký, ghi rõ họ tên)');
    }
  });
});
