import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';

describe('the audit trail over HTTP', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    http = await httpUnderTest(database);
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });

  it('is not for everybody', async () => {
    const { agent } = await http.asUser(['preparer']);
    await agent.get('/api/v1/audit').expect(403);
    await http.anonymous().get('/api/v1/audit/verification').expect(401);
  });

  it('tells who signed in, newest first, page by page, and what a person did', async () => {
    const first = await http.asUser(['monitor']);
    const second = await http.asUser(['monitor']);
    const all = await second.agent.get('/api/v1/audit?limit=2').expect(200);
    expect(all.body.items[0]).toMatchObject({
      action: 'session.opened',
      actor: { kind: 'user', id: second.userId, name: second.login },
    });
    const next = await second.agent.get(`/api/v1/audit?limit=2&cursor=${all.body.nextCursor}`);
    expect(next.body.items[0].id < all.body.items[1].id).toBe(true);
    const mine = await second.agent.get(`/api/v1/audit?actorId=${first.userId}`).expect(200);
    expect(mine.body.items).toHaveLength(1);
    const created = await second.agent
      .get(`/api/v1/audit?action=user.created&subjectType=user&subjectId=${first.userId}`)
      .expect(200);
    expect(created.body.items[0].detail.roles).toEqual(['monitor']);
    const later = await second.agent.get('/api/v1/audit?from=2999-01-01T00:00:00Z').expect(200);
    expect(later.body).toEqual({ items: [], nextCursor: null });
  });

  it('is verified, also against a head noted earlier', async () => {
    const { agent } = await http.asUser(['administrator']);
    const { body } = await agent.get('/api/v1/audit/verification').expect(200);
    expect(body).toMatchObject({ ok: true, broken: null });
    const { seq, hash } = body.head;
    await agent.get(`/api/v1/audit/verification?seq=${seq}&hash=${hash}`).expect(200);
    const other = await agent.get(`/api/v1/audit/verification?seq=${seq}&hash=${'0'.repeat(64)}`);
    expect(other.body.broken.reason).toBe('head-missing');
    await agent.get(`/api/v1/audit/verification?seq=${seq}`).expect(400);
  });

  it.each(['!!!', 'bm90LWpzb24', Buffer.from('"x"').toString('base64url'), 'e30'])(
    'a cursor that was tampered with is refused kindly: %s',
    async (cursor) => {
      const { agent } = await http.asUser(['monitor']);
      const answer = await agent.get(`/api/v1/audit?cursor=${cursor}`).expect(400);
      expect(answer.body.code).toBe('request.broken-cursor');
    },
  );

  it('a filter that does not exist is refused, not overlooked', async () => {
    const { agent } = await http.asUser(['monitor']);
    const answer = await agent.get('/api/v1/audit?actor=me&limit=0').expect(400);
    expect(answer.body.errors.map((e: { rule: string }) => e.rule).sort()).toEqual([
      'too_small',
      'unrecognized_keys',
    ]);
  });
});
