import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';
import { ProbeController } from '../../test/builders/probe.controller.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../test/setup/http.js';
import { successorName } from './api-key.rules.js';
import { CreateApiKey, RevokeApiKey, RotateApiKey, SYSTEM } from './index.js';

const HOUR_MS = 3_600_000;
const NOW = new Date('2026-11-21T02:00:00Z');

describe('a key that is replaced', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;
  let clock: ManualClock;

  beforeAll(async () => {
    clock = new ManualClock(NOW);
    database = await testDatabase();
    http = await httpUnderTest(database, { clock, controllers: [ProbeController] });
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });

  const create = (name: string, expiresAt = new Date(NOW.getTime() + 100 * HOUR_MS)) =>
    http.app.get(CreateApiKey).create({
      actor: SYSTEM,
      name,
      permissions: ['payment.read'],
      expiresAt,
    });
  const rotate = (name: string, overlapMs = 0) =>
    http.app.get(RotateApiKey).rotate({ actor: SYSTEM, name, overlapMs });
  const use = (token: string) =>
    http.anonymous().get('/probe').set('Authorization', `Bearer ${token}`);

  it('is none that nobody knows, that was revoked or that has ended', async () => {
    await expect(rotate('nobody')).rejects.toMatchObject({ code: 'identity.no-such-key' });
    const { id } = await create('revoked');
    await http.app.get(RevokeApiKey).revoke({ actor: SYSTEM, id });
    await expect(rotate('revoked')).rejects.toMatchObject({ code: 'identity.key-not-in-force' });
    const tx = database.database.reader;
    expect(await rows(tx, `select 1 from api_key where name = 'revoked-2'`)).toEqual([]);
  });

  it('at once: the successor works and the old one does not', async () => {
    const old = await create('at-once');
    const made = await rotate('at-once');
    expect(made).toMatchObject({ name: 'at-once-2', oldEndsAt: NOW });
    await use(old.token).expect(401);
    await use(made.token).expect(200);
    expect(made.expiresAt).toEqual(new Date(NOW.getTime() + 100 * HOUR_MS));
    await expect(rotate('at-once')).rejects.toMatchObject({ code: 'identity.key-not-in-force' });
    expect((await rotate('at-once-2')).name).toBe('at-once-3');
  });

  it('with an overlap: both work until it is over, and never longer than the old one had', async () => {
    const old = await create('overlap');
    const made = await rotate('overlap', 2 * HOUR_MS);
    await use(old.token).expect(200);
    await use(made.token).expect(200);
    clock.advanceMs(2 * HOUR_MS + 1);
    await use(old.token).expect(401);
    await use(made.token).expect(200);
    const short = await create('short', new Date(clock.now().getTime() + HOUR_MS));
    const { oldEndsAt } = await rotate('short', 50 * HOUR_MS);
    expect(oldEndsAt).toEqual(new Date(clock.now().getTime() + HOUR_MS));
    await use(short.token).expect(200);
  });

  it('is told by the trail with the key that follows it, without a token', async () => {
    const tx = database.database.reader;
    const [entry] = await rows<{ detail: Record<string, unknown> }>(
      tx,
      `select detail from audit_entry where action = 'api-key.rotated' order by id limit 1`,
    );
    expect(entry?.detail).toMatchObject({ name: 'at-once', successor: 'at-once-2' });
    expect(JSON.stringify(entry)).not.toContain('chitra_');
  });
});

describe('the name of a successor', () => {
  it.each([
    ['statistics', [], 'statistics-2'],
    ['statistics-2', ['statistics', 'statistics-2'], 'statistics-3'],
    ['statistics', ['statistics-2', 'statistics-3'], 'statistics-4'],
    ['x'.repeat(64), [], `${'x'.repeat(62)}-2`],
  ])('of %s, with %j taken, is %s', (name, taken, successor) => {
    expect(successorName(name, new Set(taken))).toBe(successor);
  });
});
