import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';

describe('the calendar and the guide', () => {
  let database: TestDatabase;
  let console_: ConsoleUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));
    console_ = await consoleUnderTest(database, { clock });
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  it('names days off and worked Saturdays, and flags what nobody has announced', async () => {
    const preparer = await console_.visitor(['preparer']);
    const now = wordsOf(await preparer.page('/admin/calendar'));
    expect(now).toContain('24/11/2026 (thứ Ba) Ngày Văn hóa Việt Nam – Nghỉ lễ Đã công bố');
    expect(now).toContain('22/08/2026 (thứ Bảy) Làm bù ◔ Thứ Bảy đi làm bù');
    expect(now).toContain('Chốt danh sách chi trả tháng sau 25/11/2026 23/11/2026');
    const next = wordsOf(await preparer.page('/admin/calendar?year=2027'));
    expect(next).toContain('Ngày nghỉ năm 2027 chưa được công bố');
    const far = wordsOf(await preparer.page('/admin/calendar?year=2031'));
    expect(far).toContain('Chưa nhập ngày nghỉ của năm 2031');
    await preparer.page('/admin/calendar?year=bao-gio', 400);
  });

  it('a guide begins with my own role, and every topic is there in both languages', async () => {
    const monitor = await console_.visitor(['monitor'], { language: 'en' });
    const guide = await monitor.page('/guide');
    expect(wordsOf(guide)).toContain('Monitor You see everything and raise the alarm');
    const topics = [...guide.matchAll(/href="(\/guide\/[a-z-]+)"/g)].map(([, path = '']) => path);
    expect(new Set(topics).size).toBe(9);
    for (const path of new Set(topics)) {
      // That of the alerts has a section for each rule, which is all about what does not go.
      const told = path === '/guide/alerts' ? 'What to do about alerts' : 'When it does not go';
      expect(wordsOf(await monitor.page(path))).toContain(told);
    }
    await monitor.page('/guide/constructor', 404);
  });
});
