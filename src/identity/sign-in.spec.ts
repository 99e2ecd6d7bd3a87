import { ManualClock } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';
import { ProbeController } from '../../test/builders/probe.controller.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, TEST_PASSWORD, type HttpUnderTest } from '../../test/setup/http.js';

describe('people', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;
  const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));

  beforeAll(async () => {
    database = await testDatabase();
    http = await httpUnderTest(database, { clock, controllers: [ProbeController] });
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });

  const signIn = (login: string, password: string) =>
    http.anonymous().post('/api/v1/sessions').send({ login, password });

  describe('signing in', () => {
    it('an unknown login, a wrong password and a disabled person get the same answer', async () => {
      const { userId, login } = await http.asUser(['monitor']);
      const wrong = await signIn(login, 'không phải mật khẩu').expect(401);
      const unknown = await signIn('nobody-here', TEST_PASSWORD).expect(401);
      const admin = await http.asUser(['administrator']);
      await admin.agent
        .post(`/api/v1/users/${userId}/disablements`)
        .set('Idempotency-Key', 'disable-1')
        .expect(201);
      const disabled = await signIn(login, TEST_PASSWORD).expect(401);
      const told = (body: Record<string, unknown>) => ({ ...body, instance: null });
      expect(told(unknown.body)).toEqual(told(wrong.body));
      expect(told(disabled.body)).toEqual(told(wrong.body));
    });

    it('gets slower with every failure of one login, also from many at once', async () => {
      const { login } = await http.asUser(['monitor']);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => signIn(login, 'không phải mật khẩu')),
      );
      // Five are free, the sixth is counted and begins the waiting; the others have to wait at once.
      expect(answers.filter((answer) => answer.status === 401)).toHaveLength(6);
      const refused = answers.find((answer) => answer.status === 429);
      expect(refused?.body.code).toBe('identity.too-many-attempts');
      expect(refused?.headers['retry-after']).toBe('2');
      // Even the right password waits, so that a guess is not told from a refusal.
      await signIn(login, TEST_PASSWORD).expect(429);
      clock.advanceMs(2_000);
      await signIn(login, 'không phải mật khẩu').expect(401);
      clock.advanceMs(2_000);
      const longer = await signIn(login, TEST_PASSWORD).expect(429);
      expect(longer.headers['retry-after']).toBe('2');
      clock.advanceMs(2_000);
      await signIn(login, TEST_PASSWORD).expect(201);
      await signIn(login, 'không phải mật khẩu').expect(401);
      await signIn(login, TEST_PASSWORD).expect(201);
    });

    it('gets slower for an address that tries many logins', async () => {
      clock.advanceMs(25 * 3_600_000);
      const statuses: number[] = [];
      for (let n = 0; n < 32; n += 1) {
        statuses.push((await signIn(`guess-${n}`, 'không phải mật khẩu')).status);
      }
      expect(statuses.filter((status) => status === 401)).toHaveLength(31);
      expect(statuses.at(-1)).toBe(429);
      clock.advanceMs(25 * 3_600_000);
      await signIn('guess-again', 'không phải mật khẩu').expect(401);
    });

    it('is refused from a page of another site', async () => {
      const { login } = await http.asUser(['monitor']);
      const from = (header: string, value: string) =>
        signIn(login, TEST_PASSWORD).set(header, value);
      const answer = await from('Sec-Fetch-Site', 'cross-site').expect(403);
      expect(answer.body.code).toBe('identity.foreign-origin');
      await from('Sec-Fetch-Site', 'same-site').expect(403);
      await from('Origin', 'https://elsewhere.example').expect(403);
      await from('Origin', 'null').expect(403);
      await from('Sec-Fetch-Site', 'same-origin').expect(201);
      await from('Origin', await http.app.getUrl()).expect(201);
    });

    it('sets a cookie that no script reads and no other site sends', async () => {
      const { login } = await http.asUser(['monitor']);
      const answer = await signIn(login, TEST_PASSWORD).expect(201);
      const cookie = answer.headers['set-cookie']?.[0] ?? '';
      expect(cookie).toMatch(/^chitra\.sid=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
      expect(answer.body.permissions).toContain('payment.read');
    });
  });

  describe('a session', () => {
    it('that is forged is nobody', async () => {
      const { agent } = await http.asUser(['monitor']);
      await agent.get('/probe').expect(200);
      const forged = 's%3Aabcdefghijklmnopqrstuvwxyz012345.c2lnbmF0dXJl';
      await http.anonymous().get('/probe').set('Cookie', `chitra.sid=${forged}`).expect(401);
    });

    it('takes a new id at sign-in, so that a planted one is worth nothing', async () => {
      const { agent, login } = await http.asUser(['monitor']);
      const sid = (answer: { headers: Record<string, unknown> }) =>
        String((answer.headers['set-cookie'] as string[] | undefined)?.[0]).split(';')[0] ?? '';
      const before = sid(await agent.get('/probe').expect(200));
      const after = sid(
        await agent.post('/api/v1/sessions').send({ login, password: TEST_PASSWORD }).expect(201),
      );
      expect(after).not.toBe(before);
      await http.anonymous().get('/probe').set('Cookie', before).expect(401);
      await http.anonymous().get('/probe').set('Cookie', after).expect(200);
    });

    it('that nobody used for the idle time has ended', async () => {
      const { agent, userId } = await http.asUser(['monitor']);
      const mine = `sess -> 'signedIn' ->> 'userId' = $1`;
      const left = await one<{ minutes: number }>(
        database.database.reader,
        `select round(extract(epoch from expire - localtimestamp) / 60)::int as minutes
           from session where ${mine}`,
        [userId],
      );
      expect(left?.minutes).toBe(30);
      await agent.get('/probe').expect(200);
      await execute(
        database.database.reader,
        `update session set expire = localtimestamp - interval '1 second' where ${mine}`,
        [userId],
      );
      await agent.get('/probe').expect(401);
    });

    it('ends at sign-out', async () => {
      const { agent } = await http.asUser(['monitor']);
      await agent.delete('/api/v1/sessions/current').expect(204);
      await agent.get('/probe').expect(401);
    });

    it('of a disabled person ends at once', async () => {
      const admin = await http.asUser(['administrator']);
      const { agent, userId } = await http.asUser(['monitor']);
      await admin.agent
        .post(`/api/v1/users/${userId}/disablements`)
        .set('Idempotency-Key', 'disable-2')
        .expect(201);
      await agent.get('/probe').expect(401);
      await admin.agent
        .post(`/api/v1/users/${admin.userId}/disablements`)
        .set('Idempotency-Key', 'disable-3')
        .expect(422);
    });

    it('ends when the password changes, on all devices', async () => {
      const { agent, userId, login } = await http.asUser(['monitor']);
      const password = 'một mật khẩu khác hẳn';
      const set = (body: object) => agent.post(`/api/v1/users/${userId}/passwords`).send(body);
      const mistaken = await set({ password, currentPassword: 'đoán thử' }).expect(422);
      expect(mistaken.body.code).toBe('identity.wrong-password');
      await set({ password }).expect(422);
      const weak = await set({ password: 'ngắn', currentPassword: TEST_PASSWORD }).expect(422);
      expect(weak.body.code).toBe('identity.password-too-weak');
      await set({ password, currentPassword: TEST_PASSWORD }).expect(204);
      await agent.get('/probe').expect(401);
      await signIn(login, TEST_PASSWORD).expect(401);
      await signIn(login, password).expect(201);
    });

    it('does not change the password of somebody else', async () => {
      const one_ = await http.asUser(['monitor']);
      const other = await http.asUser(['monitor']);
      await one_.agent
        .post(`/api/v1/users/${other.userId}/passwords`)
        .send({ password: 'một mật khẩu khác hẳn', currentPassword: TEST_PASSWORD })
        .expect(403);
    });
  });
});
