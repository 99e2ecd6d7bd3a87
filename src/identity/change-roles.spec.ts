import { ManualClock } from '../kernel/index.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../test/setup/http.js';
import {
  ChangeRoles,
  DisableUser,
  EnableUser,
  EndSessions,
  LiveSessions,
  permissionsOf,
  SYSTEM,
  UserReads,
  type Actor,
  type Role,
} from './index.js';

describe('what an administrator changes of a person', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;
  const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));

  beforeAll(async () => {
    database = await testDatabase();
    http = await httpUnderTest(database, { clock });
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });

  const actorOf = (user: { userId: string; login: string }, role: Role): Actor => ({
    ...{ kind: 'user', id: user.userId, name: user.login, permissions: permissionsOf([role]) },
  });
  const rolesOf = async (userId: string) => (await http.app.get(UserReads).find(userId))?.roles;
  const change = (actor: Actor, userId: string, roles: readonly Role[]) =>
    http.app.get(ChangeRoles).change({ actor, userId, roles });
  const enable = (actor: Actor, userId: string, password = 'năm từ ghép vào nhau') =>
    http.app.get(EnableUser).enable({ actor, userId, password });

  describe('roles', () => {
    it('are changed by administrators only, and never one’s own', async () => {
      const admin = await http.asUser(['administrator']);
      const preparer = await http.asUser(['preparer']);
      const refusals: [Promise<unknown>, string][] = [
        [change(actorOf(preparer, 'preparer'), admin.userId, ['monitor']), 'identity.forbidden'],
        [
          change(actorOf(admin, 'administrator'), admin.userId, ['administrator', 'preparer']),
          'identity.not-your-own-roles',
        ],
        [
          change(SYSTEM, '00000000-0000-4000-8000-000000000000', ['monitor']),
          'identity.no-such-user',
        ],
      ];
      for (const [refused, code] of refusals) await expect(refused).rejects.toMatchObject({ code });
      expect(await rolesOf(admin.userId)).toEqual(['administrator']);
    });

    it('of a registered signatory keep one that signs', async () => {
      const signer = await http.asUser(['chief_accountant'], { signature: 'second' });
      await expect(change(SYSTEM, signer.userId, ['monitor'])).rejects.toMatchObject({
        code: 'identity.signer-keeps-role',
      });
      expect(await change(SYSTEM, signer.userId, ['monitor', 'account_holder'])).toBe(true);
      expect(await rolesOf(signer.userId)).toEqual(['account_holder', 'monitor']);
    });

    it('new ones hold at once and put the person out; the same ones put nobody out', async () => {
      const person = await http.asUser(['monitor']);
      expect(await change(SYSTEM, person.userId, ['monitor'])).toBe(false);
      await person.agent.get('/api/v1/me').expect(200);
      expect(await change(SYSTEM, person.userId, ['preparer'])).toBe(true);
      await person.agent.get('/api/v1/me').expect(401);
    });
  });

  it('a disabled person gets no roles, comes back with a new password only, and as what they were', async () => {
    const person = await http.asUser(['account_holder'], { signature: 'first' });
    await expect(enable(SYSTEM, person.userId)).rejects.toMatchObject({
      code: 'identity.user-not-disabled',
    });
    await http.app.get(DisableUser).disable({ actor: SYSTEM, userId: person.userId });
    await expect(change(SYSTEM, person.userId, ['monitor'])).rejects.toMatchObject({
      code: 'identity.user-disabled',
    });
    await expect(enable(SYSTEM, person.userId, 'ngắn')).rejects.toMatchObject({
      code: 'identity.password-too-weak',
    });
    await expect(enable(actorOf(person, 'account_holder'), person.userId)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    await enable(SYSTEM, person.userId);
    const signIn = (password: string) =>
      http.anonymous().post('/api/v1/sessions').send({ login: person.login, password });
    await signIn('bốn từ ghép vào nhau').expect(401);
    await person.agent.get('/api/v1/me').expect(401);
    const { body } = await signIn('năm từ ghép vào nhau').expect(201);
    expect(body).toMatchObject({ roles: ['account_holder'], signature: 'first' });
  });

  it('sessions are listed while they hold, and another’s are ended by an administrator only', async () => {
    const person = await http.asUser(['monitor']);
    const other = await http.asUser(['preparer']);
    const live = () => http.app.get(LiveSessions).of(person.userId, 10);
    const [session] = await live();
    expect(session?.begunAt).toEqual(clock.now());
    expect(Math.abs((session?.seenAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    const ending = http.app.get(EndSessions);
    const order = { actor: actorOf(other, 'preparer'), userId: person.userId };
    await expect(ending.endOf(order)).rejects.toMatchObject({ code: 'identity.forbidden' });
    expect(await live()).toHaveLength(1);
    await ending.endOf({ ...order, actor: SYSTEM });
    expect(await live()).toEqual([]);
    await person.agent.get('/api/v1/me').expect(401);
    await other.agent.get('/api/v1/me').expect(200);
  });

  it('some administrator always remains, also when two take each other’s role at the same time', async () => {
    const [one, two] = [await http.asUser(['administrator']), await http.asUser(['administrator'])];
    const all = await http.app
      .get(UserReads)
      .list({ role: 'administrator', state: 'active' }, { afterLogin: null, limit: 100 });
    for (const { id } of all) {
      if (id !== one.userId && id !== two.userId) await change(SYSTEM, id, ['monitor']);
    }
    const outcomes = await Promise.allSettled([
      change(actorOf(one, 'administrator'), two.userId, ['monitor']),
      change(actorOf(two, 'administrator'), one.userId, ['preparer']),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const last = (await rolesOf(one.userId))?.includes('administrator') ? one : two;
    await expect(
      http.app.get(DisableUser).disable({ actor: SYSTEM, userId: last.userId }),
    ).rejects.toMatchObject({ code: 'identity.last-administrator' });
  });
});
