import { ManualClock } from '../kernel/index.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, TEST_PASSWORD, type HttpUnderTest } from '../../test/setup/http.js';
import {
  ApiKeyReads,
  CreateApiKey,
  CreateUser,
  DisableUser,
  EndSessions,
  permissionsOf,
  SYSTEM,
  UserReads,
} from './index.js';

describe('people and keys, as an administrator looks them up', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;
  const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));

  beforeAll(async () => {
    database = await testDatabase();
    http = await httpUnderTest(database, { clock });
    const create = http.app.get(CreateUser);
    const person = { actor: SYSTEM, password: TEST_PASSWORD };
    const roles = ['preparer' as const];
    await create.create({ ...person, login: 'an.lt', displayName: 'Lê Thị Ân', roles });
    await create.create({
      ...person,
      login: 'dung.dv',
      displayName: 'Đoàn Việt Dũng',
      roles: ['chief_accountant'],
      signature: 'second',
    });
    const { userId } = await create.create({
      ...person,
      login: 'nghi.viec',
      displayName: 'Đã Nghỉ Việc',
      roles,
    });
    await http.app.get(DisableUser).disable({ actor: SYSTEM, userId });
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });

  const logins = async (filter: Parameters<UserReads['list']>[0], afterLogin?: string) => {
    const page = { afterLogin: afterLogin ?? null, limit: 10 };
    const found = await http.app.get(UserReads).list(filter, page);
    return found.map(({ login }) => login);
  };

  it('are found by a part of the name without diacritics, by login, by role and by state', async () => {
    expect(await logins({ search: 'doan viet' })).toEqual(['dung.dv']);
    expect(await logins({ search: 'ÂN' })).toEqual(['an.lt', 'dung.dv']);
    expect(await logins({ search: 'ân.' })).toEqual(['an.lt']);
    expect(await logins({ search: '%' })).toEqual([]);
    expect(await logins({ role: 'preparer' })).toEqual(['an.lt', 'nghi.viec']);
    expect(await logins({ role: 'preparer', state: 'active' })).toEqual(['an.lt']);
    expect(await logins({ state: 'disabled' })).toEqual(['nghi.viec']);
    expect(await logins({}, 'an.lt')).toEqual(['dung.dv', 'nghi.viec']);
  });

  it('tell since when somebody signs, and their names by id', async () => {
    const reads = http.app.get(UserReads);
    const [signer] = await reads.list({ search: 'dung' }, { afterLogin: null, limit: 1 });
    expect(signer).toMatchObject({ signature: 'second', signatureSince: clock.now() });
    const names = await reads.namesOf([signer?.id ?? '', 'system']);
    expect([...names.values()]).toEqual(['Đoàn Việt Dũng']);
  });

  it('a key tells who made it', async () => {
    const { userId, login } = await http.asUser(['administrator']);
    await http.app.get(CreateApiKey).create({
      actor: { ...SYSTEM, kind: 'user', id: userId },
      name: 'so-noi-vu',
      permissions: ['import.write'],
      expiresAt: new Date('2027-01-01T00:00:00Z'),
    });
    const keys = await http.app.get(ApiKeyReads).list({ beforeId: null, limit: 10 });
    expect(keys).toMatchObject([{ name: 'so-noi-vu', createdBy: login, lastUsedAt: null }]);
  });

  it('whoever ends their sessions is out everywhere, and others stay in', async () => {
    const me = await http.asUser(['monitor']);
    const other = await http.asUser(['monitor']);
    await me.agent.get('/api/v1/me').expect(200);
    const { epoch } = await http.app.get(EndSessions).end({
      ...{ kind: 'user', id: me.userId, name: me.login },
      permissions: permissionsOf(['monitor']),
    });
    expect(epoch).toBe(2);
    await me.agent.get('/api/v1/me').expect(401);
    await other.agent.get('/api/v1/me').expect(200);
    await expect(http.app.get(EndSessions).end(SYSTEM)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
  });
});
