import { anOffice } from '../../../test/builders/officers.js';
import { sentPayments, type Sent } from '../../../test/builders/sent-payments.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { TEST_PASSWORD } from '../../../test/setup/http.js';
import { newId } from '../../kernel/index.js';

describe('the pages of a run', () => {
  let db: TestDatabase;
  let office: ConsoleUnderTest;
  let preparer: Visitor;
  let monitor: Visitor;
  let signers: Awaited<ReturnType<typeof anOffice>>;

  beforeAll(async () => {
    db = await testDatabase();
    office = await consoleUnderTest(db);
    signers = await db.database.transaction((tx) => anOffice(tx));
    preparer = await office.visitor(['preparer']);
    monitor = await office.visitor(['monitor']);
  });
  afterAll(async () => {
    await office.close();
    await db.close();
  });

  const running = async (count: number, sent: Sent = {}) => {
    const made = await db.database.transaction((tx) => sentPayments(tx, signers, count, sent));
    return `/runs/${made[0]?.runId ?? ''}`;
  };

  it('say what to do while there is none, and that there is no such run', async () => {
    expect(wordsOf(await monitor.page('/runs'))).toContain('Chưa có lượt chi nào');
    await monitor.page(`/runs/${newId()}`, 404);
  });

  it('show a run as an equation whose figures lead to their rows', async () => {
    const path = await running(3, { state: 'accepted' });
    const html = await monitor.page(path);
    const words = wordsOf(html);
    expect(words).toContain('Đã ký 8.367.000 đ 3 khoản = Đã vào tài khoản 0 đ');
    expect(words).toContain('Ngân hàng đã nhận lệnh 8.367.000 đ 3 khoản');
    expect(words).not.toContain('Hai vế không bằng nhau');
    const id = path.split('/')[2];
    expect(html).toContain(`/payments?run=${id}&amp;state=accepted&amp;bank=sandbox`);
    expect(wordsOf(await monitor.page(`/payments?run=${id}&state=accepted`))).toContain('3 khoản');
    expect(html).toContain(`sse-connect="${path}/live"`);
  });

  it('are watched by a stream of the same figures', async () => {
    const path = await running(1);
    const first = await firstEvent(office.url, `${path}/live`, monitor);
    expect(wordsOf(first)).toContain('Ngân hàng đã nhận lệnh 2.789.000 đ 1 khoản');
  });

  it('let people pause, resume and cancel with a reason, and only those whose work it is', async () => {
    const path = await running(2, { runState: 'running' });
    expect(await monitor.page(path)).not.toContain(`${path}/pauses`);
    const forbidden = await monitor.send(`${path}/pauses`, { reason: 'thử' }, { from: path });
    expect(wordsOf(forbidden.html)).toContain('Chưa thực hiện');
    const mute = await preparer.send(`${path}/pauses`, { reason: '' }, { from: path });
    expect(wordsOf(mute.html)).toContain('xin ghi lý do');

    const paused = await preparer.send(
      `${path}/pauses`,
      { reason: 'chờ xác minh' },
      { from: path },
    );
    expect(wordsOf(paused.html)).toContain('Tạm dừng');
    expect(wordsOf(paused.html)).toContain('chờ xác minh');
    const twice = await preparer.send(`${path}/pauses`, { reason: 'lần nữa' }, { from: path });
    expect(wordsOf(twice.html)).toContain('đang tạm dừng nên không tạm dừng được');

    const cancelled = await preparer.send(
      `${path}/cancellations`,
      { reason: 'sai danh sách' },
      { from: path },
    );
    expect(wordsOf(cancelled.html)).toContain('Đã hủy phần chưa gửi');
    expect(cancelled.html).not.toContain(`${path}/cancellations`);
    expect(cancelled.html).not.toContain(`${path}/resumptions`);
  });

  it('list runs with how far they are and what failed', async () => {
    const path = await running(2, { state: 'rejected', reasonCode: 'AC01', runState: 'finished' });
    const id = path.split('/')[2];
    const html = await monitor.page('/runs?state=finished');
    expect(html).toContain(`href="${path}"`);
    expect(html).toContain(`/payments?run=${id}&amp;state=rejected&amp;state=returned`);
    expect(wordsOf(await monitor.page('/runs?period=01%2F1999'))).toContain(
      'Không có lượt chi nào khớp',
    );
  });
});

/** What the first event of a stream carries, to somebody who signed in as the visitor. */
async function firstEvent(url: string, path: string, { login }: Visitor): Promise<string> {
  const entered = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ login, password: TEST_PASSWORD }),
  });
  const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0]);
  const ending = new AbortController();
  const answer = await fetch(`${url}${path}`, {
    headers: { cookie: cookie.join('; ') },
    signal: ending.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (reader && !text.includes('\n\n')) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  ending.abort();
  return text;
}
