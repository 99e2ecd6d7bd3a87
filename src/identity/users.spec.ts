import { ManualClock } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import { ProbeController } from '../../test/builders/probe.controller.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, TEST_PASSWORD, type HttpUnderTest } from '../../test/setup/http.js';
import { CreateUser, SYSTEM } from './index.js';

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

  const person = {
    displayName: 'Người Thử',
    password: TEST_PASSWORD,
    roles: ['chief_accountant' as const],
  };
  const create = (login: string, more: object = {}) =>
    http.app.get(CreateUser).create({ actor: SYSTEM, login, ...person, ...more });

  it('have one login each, however it is written, also in a race', async () => {
    const results = await Promise.allSettled(
      ['Trưởng', 'truong.kt', 'TRUONG.KT', ' truong.kt '].map((login) => create(login)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
    ]);
  });

  it.each(['ngắn quá', 'aaaaaaaaaaaaaaaa', 'weak.one-weak.one'])(
    'take no weak password: %s',
    async (password) => {
      await expect(create('weak.one', { password })).rejects.toMatchObject({
        code: 'identity.password-too-weak',
      });
    },
  );

  it('sign as first or as second, and never change from one to the other', async () => {
    const { userId } = await create('signer', { signature: 'second' });
    const { agent } = await http.asUser(['administrator']);
    const register = (key: string, signature: string) =>
      agent
        .post(`/api/v1/users/${userId}/signatures`)
        .set('Idempotency-Key', key)
        .send({ signature });
    const refused = await register('sig-1', 'first').expect(409);
    expect(refused.body.code).toBe('identity.already-signatory');
    await register('sig-2', 'second').expect(201);
    const tx = database.database.reader;
    await expect(
      execute(tx, `insert into signatory values ($1, 'first', $2)`, [userId, clock.now()]),
    ).rejects.toThrow('signatory_pkey');
    await expect(
      execute(tx, `update signatory set signature = 'first' where user_id = $1`, [userId]),
    ).rejects.toThrow('keeps the signature');
    const monitor = await http.asUser(['monitor']);
    await agent
      .post(`/api/v1/users/${monitor.userId}/signatures`)
      .set('Idempotency-Key', 'sig-3')
      .send({ signature: 'first' })
      .expect(422);
  });

  it('are listed by pages, without their passwords', async () => {
    const { agent } = await http.asUser(['administrator']);
    const logins: string[] = [];
    let cursor = '';
    do {
      const page = await agent.get(`/api/v1/users?limit=3${cursor}`).expect(200);
      logins.push(...page.body.items.map((user: { login: string }) => user.login));
      expect(JSON.stringify(page.body)).not.toContain('argon2');
      cursor = page.body.nextCursor ? `&cursor=${page.body.nextCursor}` : '';
    } while (cursor !== '');
    expect(logins).toEqual([...new Set(logins)].sort());
    expect(logins.length).toBeGreaterThan(3);
  });

  it('are created by a person once, though the order comes twice', async () => {
    const { agent } = await http.asUser(['administrator']);
    const order = { login: 'twice', ...person };
    const post = () =>
      agent.post('/api/v1/users').set('Idempotency-Key', 'twice').send(order).expect(201);
    const first = await post();
    const again = await post();
    expect(again.body).toEqual(first.body);
    const taken = await agent
      .post('/api/v1/users')
      .set('Idempotency-Key', 'other')
      .send(order)
      .expect(409);
    expect(taken.body.code).toBe('identity.login-taken');
  });
});
