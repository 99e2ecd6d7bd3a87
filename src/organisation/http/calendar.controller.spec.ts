import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { OrganisationModule } from '../organisation.module.js';

describe('the calendar over HTTP', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    http = await httpUnderTest(database, { imports: [OrganisationModule] });
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });

  it('shows Tết with its names, and that nobody has announced it yet', async () => {
    await http.anonymous().get('/api/v1/calendar?from=2027-02-04').expect(401);
    const agent = await http.asSystem('payment.read');
    const { body } = await agent.get('/api/v1/calendar?from=2027-02-04&to=2027-02-12').expect(200);
    expect(body.days.map((day: { isWorking: boolean }) => day.isWorking)).toEqual([
      true,
      ...Array.from({ length: 7 }, () => false),
      true,
    ]);
    expect(body.days[2]).toEqual({
      date: '2027-02-06',
      isWorking: false,
      kind: 'holiday',
      name: 'Mùng 1 Tết Đinh Mùi',
      isProjected: true,
    });
  });

  it('shows the next sixty days when no end is said, and refuses a span that is none', async () => {
    const agent = await http.asSystem('payment.read');
    const { body } = await agent.get('/api/v1/calendar?from=2026-11-20').expect(200);
    expect(body).toMatchObject({ from: '2026-11-20', to: '2027-01-19' });
    expect(body.days).toHaveLength(61);
    for (const query of [
      '',
      'from=2026-02-30',
      'from=0000-01-01',
      'from=9999-12-31',
      'from=2026-11-20&to=2026-11-19',
      'from=2026-01-01&to=2027-01-02',
    ]) {
      await agent.get(`/api/v1/calendar?${query}`).expect(400);
    }
    const year = await agent.get('/api/v1/calendar?from=2026-01-01&to=2027-01-01').expect(200);
    expect(year.body.days).toHaveLength(366);
  });
});
