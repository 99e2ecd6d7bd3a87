import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, TEST_PASSWORD, type HttpUnderTest } from '../../../test/setup/http.js';
import { CreateUser, SYSTEM } from '../index.js';

describe('in production, behind a proxy that speaks TLS', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;

  const begin = async (more: Record<string, string> = {}) => {
    http = await httpUnderTest(database, {
      environment: {
        NODE_ENV: 'production',
        DATABASE_URL: database.url,
        SESSION_SECRET: 'a secret of a test, long enough to pass',
        TRUST_PROXY: 'true',
        ...more,
      },
    });
  };
  const signIn = (scheme: string) =>
    http
      .anonymous()
      .post('/api/v1/sessions')
      .set('X-Forwarded-Proto', scheme)
      .send({ login: 'giam.sat', password: TEST_PASSWORD })
      .expect(201);

  beforeAll(async () => {
    database = await testDatabase();
    await begin();
    await http.app.get(CreateUser).create({
      actor: SYSTEM,
      login: 'giam.sat',
      displayName: 'Người Thử',
      password: TEST_PASSWORD,
      roles: ['monitor'],
    });
    await http.close();
  });
  afterEach(() => http.close());
  afterAll(() => database.close());

  it('the cookie travels over TLS only, and browsers are told to stay there', async () => {
    await begin();
    const answer = await signIn('https');
    expect(answer.headers['set-cookie']?.[0]).toContain('; HttpOnly; Secure; SameSite=Lax');
    expect(answer.headers['strict-transport-security']).toContain('max-age=');
    expect((await signIn('http')).headers['set-cookie']).toBeUndefined();
  });

  it('the address people use counts as our own site', async () => {
    await begin({ PUBLIC_URL: 'https://chitra.example.vn' });
    const from = (origin: string) =>
      http
        .anonymous()
        .post('/api/v1/sessions')
        .set('Origin', origin)
        .send({ login: 'giam.sat', password: TEST_PASSWORD });
    await from('https://chitra.example.vn').expect(201);
    await from('https://chitra.example.vn.elsewhere.example').expect(403);
  });

  it('is tried out on one’s own machine without TLS, where the address says so', async () => {
    await begin({ PUBLIC_URL: 'http://127.0.0.1:3000' });
    expect((await signIn('http')).headers['set-cookie']?.[0]).not.toContain('Secure');
  });
});
