import { Controller, Get } from '@nestjs/common';
import { ManualClock } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';
import { ProbeController } from '../../test/builders/probe.controller.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../test/setup/http.js';
import { CreateApiKey, SYSTEM } from './index.js';

@Controller('silent')
class SilentController {
  @Get()
  open() {
    return 'nobody said who may';
  }
}

describe('who may ask', () => {
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

  it('is asked at every route, and nobody is told so kindly in two languages', async () => {
    const answer = await http.anonymous().get('/probe').expect(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.code).toBe('identity.not-signed-in');
    expect(answer.body.detail).toBe(answer.body.messages.vi);
    const english = await http.anonymous().get('/probe').set('Accept-Language', 'en-GB');
    expect(english.body.detail).toBe(english.body.messages.en);
  });

  it('a route that says nothing of who may use it stops the start', async () => {
    await expect(httpUnderTest(database, { controllers: [SilentController] })).rejects.toThrow(
      'SilentController.open',
    );
  });

  it('a role without the permission is refused, and told which one it lacks', async () => {
    const { agent } = await http.asUser(['monitor']);
    await agent.get('/probe').expect(200);
    const refused = await agent.post('/probe').expect(403);
    expect(refused.body).toMatchObject({ code: 'identity.forbidden', permission: 'batch.sign' });
  });

  it('an API key does what its scopes say and no more', async () => {
    const system = await http.asSystem('payment.read');
    await system.get('/probe').expect(200);
    await system.post('/probe').expect(403);
    await system.get('/api/v1/users').expect(403);
  });

  it('no API key signs or manages people', async () => {
    const { agent } = await http.asUser(['administrator']);
    for (const permission of ['batch.sign', 'user.manage']) {
      const answer = await agent
        .post('/api/v1/api-keys')
        .set('Idempotency-Key', `no-${permission}`)
        .send({ name: 'sneaky', permissions: [permission], expiresAt: '2027-01-01T00:00:00Z' })
        .expect(400);
      expect(answer.body.errors[0].pointer).toBe('/permissions/0');
    }
  });

  it('an expired, a revoked, a mistyped and an invented key are refused alike', async () => {
    const { agent } = await http.asUser(['administrator']);
    const made = await agent
      .post('/api/v1/api-keys')
      .set('Idempotency-Key', 'short-lived')
      .send({
        name: 'short-lived',
        permissions: ['payment.read'],
        expiresAt: '2026-11-21T03:00:00Z',
      })
      .expect(201);
    const token = made.body.token as string;
    const use = (text: string) =>
      http.anonymous().get('/probe').set('Authorization', `Bearer ${text}`);
    await use(token).expect(200);
    await use(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`).expect(401);
    await use(token.replace(/_[0-9a-f]{16}_/, '_0123456789abcdef_')).expect(401);
    await use('chitra_nonsense').expect(401);
    clock.set(new Date('2026-11-21T03:00:00Z'));
    const expired = await use(token).expect(401);
    expect(expired.body.code).toBe('identity.not-signed-in');

    const { id, token: second } = await http.app.get(CreateApiKey).create({
      actor: SYSTEM,
      name: 'to-revoke',
      permissions: ['payment.read'],
      expiresAt: new Date('2027-01-01T00:00:00Z'),
    });
    await use(second).expect(200);
    await agent.delete(`/api/v1/api-keys/${id}`).expect(204);
    await agent.delete(`/api/v1/api-keys/${id}`).expect(204);
    await use(second).expect(401);
    await expect(
      execute(database.database.reader, 'update api_key set revoked_at = null where id = $1', [id]),
    ).rejects.toThrow('stays so');
  });

  it('a wrong token never falls back to the session beside it', async () => {
    const { agent } = await http.asUser(['monitor']);
    await agent.get('/probe').set('Authorization', 'Bearer chitra_wrong').expect(401);
  });

  it('the token of a key is shown once: the replayed answer has none, and no table holds it', async () => {
    const { agent } = await http.asUser(['administrator']);
    const post = () =>
      agent
        .post('/api/v1/api-keys')
        .set('Idempotency-Key', 'shown-once')
        .send({
          name: 'shown-once',
          permissions: ['payment.read'],
          expiresAt: '2027-01-01T00:00:00Z',
        });
    const first = await post().expect(201);
    const again = await post().expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual({ ...first.body, token: null });
    const secret = (first.body.token as string).split('_')[2] as string;
    const kept = await one<{ text: string }>(
      database.database.reader,
      `select (select string_agg(k::text, '') from api_key k) ||
              (select string_agg(i::text, '') from idempotency_key i) ||
              (select string_agg(a::text, '') from audit_entry a) as text`,
    );
    expect(kept?.text).not.toContain(secret);
  });
});
