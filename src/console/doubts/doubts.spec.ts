import { doubtDesk, type DoubtDesk } from '../../../test/builders/doubt-desk.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';

describe('payments in doubt', () => {
  const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
  let database: TestDatabase;
  let desk: DoubtDesk;
  let console_: ConsoleUnderTest;
  let preparer: Visitor;
  let accountant: Visitor;

  beforeAll(async () => {
    database = await testDatabase();
    desk = await doubtDesk(database, clock);
    console_ = await consoleUnderTest(database, { clock });
    preparer = await console_.visitor(['preparer']);
    accountant = await console_.visitor(['chief_accountant'], { signature: 'second' });
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  const hidden = (html: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const proposed = async (payment: readonly string[], fields: Record<string, string> = {}) =>
    preparer.send(
      '/doubts/rulings',
      {
        payment,
        outcome: 'settled',
        evidenceReference: 'CV 12/NH-2026',
        evidenceDay: '2026-11-20',
        ...fields,
      },
      { from: '/doubts' },
    );

  it('none is a good thing, and says so', async () => {
    expect(wordsOf(await preparer.page('/doubts'))).toContain('Không có khoản nào chưa rõ');
  });

  it('stand by age with what was asked and answered, and whose turn it is', async () => {
    const { first } = await desk.inDoubt(2);
    const young = wordsOf(await preparer.page('/doubts'));
    expect(young).toContain('Dưới 1 giờ');
    expect(young).toContain('hỏi ngân hàng, rồi lập đề nghị kết luận');
    await desk.passTime(2 * 60_000);
    const html = await preparer.page(`/doubts/${first.id}`);
    const words = wordsOf(html);
    expect(words).toContain(first.reference);
    expect(words).toContain('Lần gửi thứ 1');
    expect(words).toContain('Không tìm thấy lệnh');
    expect(wordsOf(await preparer.page('/doubts?age=older'))).not.toContain(first.reference);
    expect(wordsOf(await preparer.page('/doubts?age=hour'))).toContain(first.reference);
    const monitor = await console_.visitor(['monitor'], { language: 'en' });
    const seen = await monitor.page('/doubts');
    expect(seen).not.toContain('/doubts/rulings/new');
    expect(wordsOf(seen)).toContain('Who does what, until when');
  });

  it('leave as a file with what was answered and what they come to', async () => {
    const { text } = await preparer.agent.get('/doubts.csv?age=hour').expect(200);
    expect(text).toContain('Đã bao lâu;Dưới 1 giờ');
    expect(text).toContain('Không tìm thấy lệnh');
    expect(text).toContain('Cộng: 2 dòng');
    const { text: older } = await preparer.agent.get('/doubts.csv?age=older').expect(200);
    expect(older).toContain('Cộng: 0 dòng');
  });

  it('a proposal without evidence, or without an ending, is refused at its field', async () => {
    const { ids } = await desk.inDoubt(1);
    const without = await proposed(ids, { evidenceReference: '' });
    expect(wordsOf(without.html)).toContain('Chưa có bằng chứng');
    const endless = await proposed(ids, { outcome: '' });
    expect(wordsOf(endless.html)).toContain('Kết luận: chưa chọn.');
    const nobody = await console_.visitor(['monitor']);
    const refused = await nobody.send(
      '/doubts/rulings',
      { payment: ids, outcome: 'settled', evidenceDay: '2026-11-20' },
      { from: '/doubts' },
    );
    expect(wordsOf(refused.html)).toContain('Chưa thực hiện');
  });

  it('are ruled on by two people: proposed with evidence, signed by another over what they saw', async () => {
    const { ids, first } = await desk.inDoubt(2);
    const form = await preparer.page(
      `/doubts/rulings/new?${ids.map((id) => `payment=${id}`).join('&')}`,
    );
    expect(wordsOf(form)).toContain(first.reference);
    const { path, html } = await proposed(ids);
    expect(path).toMatch(/^\/doubts\/rulings\//);
    expect(wordsOf(html)).toContain('Bạn là người đề nghị nên không tự ký');
    expect(html).not.toContain('/signatures');
    expect(wordsOf(await preparer.page('/doubts'))).toContain('Người có chữ ký thứ hai');
    const twice = await proposed(ids);
    expect(wordsOf(twice.html)).toContain('đang nằm trong một kết luận chờ ký');

    const seen = await accountant.page(path);
    expect(wordsOf(seen)).toContain('Tiền đã vào tài khoản người hưởng');
    const other = await accountant.send(
      `${path}/signatures`,
      { digest: 'a'.repeat(64) },
      { from: path },
    );
    expect(wordsOf(other.html)).toContain('không phải là bản bạn đã xem');
    const signed = await accountant.send(
      `${path}/signatures`,
      { digest: hidden(seen, 'digest') },
      { from: path },
    );
    expect(wordsOf(signed.html)).toContain('Đã ký: 2 khoản được kết luận');
    expect(wordsOf(await preparer.page(`/doubts/${first.id}`))).toContain('Đã vào tài khoản');
  });

  it('a proposal is refused or withdrawn with a reason, and the doubt stays', async () => {
    const { ids } = await desk.inDoubt(1);
    const { path } = await proposed(ids);
    const silent = await accountant.send(`${path}/refusals`, { reason: '' }, { from: path });
    expect(wordsOf(silent.html)).toContain('Lý do: xin ghi ít nhất 3 ký tự');
    const refused = await accountant.send(`${path}/refusals`, { reason: 'văn bản không có dấu' });
    expect(wordsOf(refused.html)).toContain('văn bản không có dấu');
    const again = await proposed(ids);
    const withdrawn = await preparer.send(`${again.path}/withdrawals`, { reason: 'ghi nhầm số' });
    expect(wordsOf(withdrawn.html)).toContain('Đã rút');
    expect(wordsOf(await preparer.page('/doubts/rulings?state=withdrawn'))).toContain('Đã rút');
  });

  it('a file of evidence goes in with the form and comes out to be saved, never to be run', async () => {
    const { ids } = await desk.inDoubt(1);
    const sent = await preparer.agent
      .post('/doubts/rulings')
      .field('_key', 'with-a-file')
      .field('_from', '/doubts')
      .field('payment', ids[0] ?? '')
      .field('outcome', 'settled')
      .field('evidenceDay', '2026-11-20')
      .attach('file', Buffer.from('%PDF-1.7\ncông văn\n'), 'công văn 12.pdf');
    expect(sent.status).toBe(303);
    const path = sent.headers['location'] ?? '';
    expect(wordsOf(await accountant.page(path))).toContain('công văn 12.pdf');
    const file = await accountant.agent.get(`${path}/evidence`).expect(200);
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(file.headers['content-security-policy']).toContain('sandbox');
  });
});
