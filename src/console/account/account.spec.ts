import request from 'supertest';
import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { TEST_PASSWORD } from '../../../test/setup/http.js';

describe('my account', () => {
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

  const NEW = 'mật khẩu mới của tôi';
  const signIn = async (login: string, password: string) => {
    const agent = request.agent(console_.url);
    const answer = await agent.post('/sign-in').type('form').send({ login, password });
    return { agent, status: answer.status };
  };

  it('a password is not changed without the present one', async () => {
    const me = await console_.visitor(['monitor']);
    const form = { currentPassword: 'không phải', password: NEW, passwordAgain: NEW };
    const refused = await me.send('/account/password', form, { from: '/account' });
    expect(wordsOf(refused.html)).toContain('Mật khẩu hiện tại chưa đúng');
    expect((await signIn(me.login, NEW)).status).toBe(401);
  });

  it('a new password ends every session and opens the next one', async () => {
    const me = await console_.visitor(['monitor']);
    const form = { currentPassword: TEST_PASSWORD, password: NEW, passwordAgain: NEW };
    const { path } = await me.send('/account/password', form, { from: '/account' });
    expect(path).toBe('/sign-in');
    await me.agent.get('/account').expect(303);
    expect((await signIn(me.login, NEW)).status).toBe(303);
  });

  it('ends the sessions elsewhere and keeps this one', async () => {
    const me = await console_.visitor(['preparer']);
    const elsewhere = await signIn(me.login, TEST_PASSWORD);
    await elsewhere.agent.get('/account').expect(200);
    const { html } = await me.send('/account/sessions/ending', {}, { from: '/account' });
    expect(wordsOf(html)).toContain('Đã kết thúc mọi phiên khác');
    await elsewhere.agent.get('/account').expect(303);
    expect(wordsOf(await me.page('/account'))).toContain('Kết thúc mọi phiên của mình');
  });

  it('shows my roles, what they let me do, and who came in under my name', async () => {
    const me = await console_.visitor(['account_holder'], { signature: 'first' });
    await signIn(me.login, 'một lần sai');
    const words = wordsOf(await me.page('/account'));
    expect(words).toContain('Chữ ký thứ nhất (chủ tài khoản)');
    expect(words).toContain('Ký hoặc trả lại đợt chi');
    expect(words).toContain('Từ chối một lần đăng nhập sai');
  });
});
