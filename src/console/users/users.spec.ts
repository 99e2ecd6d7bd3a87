import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';

const PASSWORD = 'một mật khẩu đủ dài';

describe('people and what they may do', () => {
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

  const create = async (fields: Record<string, string | readonly string[]>) => {
    const admin = await console_.visitor(['administrator']);
    const sent = { displayName: 'Lê Thị Mới', password: PASSWORD, passwordAgain: PASSWORD };
    const from = '/admin/users/new';
    return { admin, ...(await admin.send('/admin/users', { ...sent, ...fields }, { from })) };
  };

  it('are the administrator’s business only', async () => {
    const accountant = await console_.visitor(['chief_accountant']);
    expect(wordsOf(await accountant.page('/admin/users', 403))).toContain('Không được phép');
    expect(await accountant.page('/')).not.toContain('href="/admin/users"');
  });

  it('are not created without a role or with two passwords; what was typed stays, but no password', async () => {
    const { path, html } = await create({ login: 'moi.lt', passwordAgain: 'một mật khẩu khác' });
    expect(path).toBe('/admin/users/new');
    expect(wordsOf(html)).toContain('Chọn ít nhất một vai trò.');
    expect(html).toContain('value="moi.lt"');
    expect(html).not.toContain(PASSWORD);
    const again = await create({
      ...{ login: 'moi.lt', roles: ['preparer'], passwordAgain: 'một mật khẩu khác' },
    });
    expect(wordsOf(again.html)).toContain('Hai lần nhập chưa giống nhau');
  });

  it('are created, get a password, a signature for ever, and are disabled; the trail tells it in words', async () => {
    const made = await create({ login: 'moi.lt', roles: ['preparer', 'chief_accountant'] });
    const { admin, path } = made;
    expect(path).toMatch(/^\/admin\/users\/[0-9a-f-]{36}$/);
    expect(wordsOf(made.html)).toContain('Cán bộ lập bảng, Kế toán trưởng');
    const password = { password: `${PASSWORD} 2`, passwordAgain: `${PASSWORD} 2` };
    await admin.send(`${path}/password`, password, { from: path });
    const signed = await admin.send(`${path}/signature`, { signature: 'second' }, { from: path });
    expect(wordsOf(signed.html)).toContain('Chữ ký thứ hai (kế toán trưởng)');
    const other = await admin.send(`${path}/signature`, { signature: 'first' }, { from: path });
    expect(wordsOf(other.html)).toContain('không thể đổi sang loại kia');
    const gone = await admin.send(`${path}/disable`, {}, { from: path });
    expect(wordsOf(gone.html)).toContain('Tài khoản đã khóa');
    const list = wordsOf(await admin.page('/admin/users?q=le thi moi&state=disabled'));
    expect(list).toContain('Lê Thị Mới');
    const trail = wordsOf(await admin.page(`/admin/audit?who=${admin.login}`));
    expect(trail).toContain('Tạo người dùng moi.lt (Cán bộ lập bảng, Kế toán trưởng)');
    expect(trail).toContain('Đăng ký chữ ký thứ hai cho người dùng');
  });

  it('get other roles, are put out and come back, each after a question; the page tells where they are signed in', async () => {
    const admin = await console_.visitor(['administrator']);
    const person = await console_.visitor(['chief_accountant'], { signature: 'second' });
    const path = `/admin/users/${person.userId}`;
    const page = wordsOf(await admin.page(path));
    expect(page).toMatch(/Các phiên đang mở .* \d\d:\d\d/);
    expect(page).toContain('nên phải giữ một vai trò được ký');
    const none = await admin.send(`${path}/roles`, {}, { from: path });
    expect(wordsOf(none.html)).toContain('Chọn ít nhất một vai trò.');
    const refused = await admin.send(`${path}/roles`, { roles: ['monitor'] }, { from: path });
    expect(wordsOf(refused.html)).toContain('Người này đã đăng ký chữ ký');
    const changed = await admin.send(
      `${path}/roles`,
      { roles: ['account_holder'] },
      { from: path },
    );
    expect(wordsOf(changed.html)).toContain('Vai trò Chủ tài khoản');
    expect(wordsOf(changed.html)).toContain('Người này không đăng nhập ở máy nào.');
    expect((await person.agent.get('/')).headers['location']).toContain('/sign-in');
    await admin.send(`${path}/disable`, {}, { from: path });
    const password = { password: PASSWORD, passwordAgain: PASSWORD };
    const back = await admin.send(`${path}/enable`, password, { from: path });
    expect(wordsOf(back.html)).toContain('Đã mở lại tài khoản');
    expect(back.html).not.toContain(PASSWORD);
    const entered = await person.agent
      .post('/sign-in')
      .type('form')
      .send({ login: person.login, password: PASSWORD });
    expect(entered.status).toBe(303);
    const ended = await admin.send(`${path}/sessions/ending`, {}, { from: path });
    expect(wordsOf(ended.html)).toContain('không đăng nhập ở máy nào');
    const trail = wordsOf(await admin.page(`/admin/audit?who=${admin.login}`));
    expect(trail).toContain(
      `Đổi vai trò của ${person.login} từ Kế toán trưởng thành Chủ tài khoản`,
    );
    expect(trail).toContain('Kết thúc mọi phiên của một người dùng');
    expect(trail).toContain(`Mở lại tài khoản ${person.login} (Chủ tài khoản)`);
  });

  it('nobody disables themselves, and sees no button for it', async () => {
    const admin = await console_.visitor(['administrator'], { language: 'en' });
    const path = `/admin/users/${admin.userId}`;
    expect(wordsOf(await admin.page(path))).not.toMatch(/Disable the account|Change the roles/);
    const refused = await admin.send(`${path}/disable`, {}, { from: path });
    expect(wordsOf(refused.html)).toContain('Nobody disables their own account');
  });

  it('a table says what each role does, and what nobody ever does', async () => {
    const admin = await console_.visitor(['administrator']);
    const html = await admin.page('/admin/users/roles');
    expect(wordsOf(html)).toContain('Không ai ký đợt chi do chính mình lập');
    const row = /<th scope="row"[^>]*>Ký hoặc trả lại đợt chi<\/th>(.*?)<\/tr>/s.exec(html)?.[1];
    expect(wordsOf(row ?? '').trim()).toMatch(/^Không ✓ Được ✓ Được Không Không$/);
  });
});
