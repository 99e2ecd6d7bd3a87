import request from 'supertest';
import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { TEST_PASSWORD } from '../../../test/setup/http.js';
import { Viewers } from '../kit/index.js';

describe('coming in and going out', () => {
  let database: TestDatabase;
  let console_: ConsoleUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    console_ = await consoleUnderTest(database);
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  const nobody = () => request.agent(console_.url);

  it('a wrong password is told on the form, in the language of the page, with the login kept', async () => {
    const { login } = await console_.visitor(['monitor']);
    const agent = nobody();
    const refused = await agent.post('/sign-in').type('form').send({ login, password: 'sai rồi' });
    expect(refused.status).toBe(401);
    expect(wordsOf(refused.text)).toContain('Tên đăng nhập hoặc mật khẩu chưa đúng');
    expect(refused.text).toContain(`value="${login}"`);
    expect(refused.text).not.toContain('sai rồi');
    await agent.post('/language').type('form').send({ language: 'en', _from: '/sign-in' });
    expect((await agent.get('/sign-in')).text).toContain('<html lang="en">');
  });

  it('a form of another site is refused', async () => {
    const { login } = await console_.visitor(['monitor']);
    const answer = await nobody()
      .post('/sign-in')
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send({ login, password: TEST_PASSWORD });
    expect(answer.status).toBe(403);
  });

  it('whoever is not signed in is asked to, and comes to where they wanted', async () => {
    const { login } = await console_.visitor(['monitor']);
    const agent = nobody();
    const asked = await agent.get('/?x=1');
    expect(asked.status).toBe(303);
    const form = await agent.get(asked.headers['location'] ?? '');
    expect(form.text).toContain('name="next" value="/?x=1"');
    const entered = await agent
      .post('/sign-in')
      .type('form')
      .send({ login, password: TEST_PASSWORD, next: '/?x=1' });
    expect(entered.headers['location']).toBe('/?x=1');
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    'javascript:0',
  ])('never leads to another site: %s', async (next) => {
    const { login } = await console_.visitor(['monitor']);
    const entered = await nobody()
      .post('/sign-in')
      .type('form')
      .send({ login, password: TEST_PASSWORD, next });
    expect(entered.headers['location']).toBe('/');
  });

  it('signing out ends it', async () => {
    const visitor = await console_.visitor(['monitor']);
    await visitor.page('/');
    await visitor.agent.post('/sign-out').expect(303);
    await visitor.agent.get('/').expect(303);
  });

  it('pages run no script and no style but files of our own, and tell other sites nothing', async () => {
    const visitor = await console_.visitor(['monitor']);
    const { headers, text } = await visitor.agent.get('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/\son\w+=|<script>|<style|\sstyle=|javascript:/);
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('an address that is none says so as a page, and under /api/ as a problem', async () => {
    const visitor = await console_.visitor(['monitor']);
    const told = wordsOf(await visitor.page('/no-such-page', 404));
    expect(told).toContain('Không tìm thấy');
    expect(told).toContain('Về trang chính');
    expect(told).not.toContain('/api/');
    const answer = await visitor.agent.get('/api/v1/no-such-thing').expect(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('who is refused a page keeps the menu, and reads no number of the request', async () => {
    const visitor = await console_.visitor(['monitor']);
    const told = await visitor.page('/admin/users', 403);
    expect(told).toContain('id="menu"');
    expect(wordsOf(told)).toContain('Đăng xuất');
    expect(wordsOf(told)).not.toContain('Mã yêu cầu');
  });

  it('a fault while a fault is told ends the answer, not the service', async () => {
    const visitor = await console_.visitor(['monitor']);
    const viewers = console_.booted.app.get(Viewers, { strict: false });
    const whole = viewers.contextOf.bind(viewers);
    viewers.contextOf = () => Promise.reject(new Error('nothing can be shown'));
    const answer = await visitor.agent.get('/').expect(500);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    viewers.contextOf = whole;
    await visitor.page('/');
  });

  it('files are kept by browsers for ever, under an address that changes with them', async () => {
    const { text } = await nobody().get('/sign-in');
    const [, path = ''] = /href="(\/assets\/[^"]+console\.css)"/.exec(text) ?? [];
    const answer = await nobody().get(path).expect(200);
    expect(answer.headers['cache-control']).toContain('immutable');
    await nobody().get('/assets/000000000000/console.css').expect(404);
  });
});
