import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../../test/builders/payment-desk.js';
import { accountReplaced } from '../../../test/builders/owed.js';
import { refuses } from '../../../test/builders/scripted-bank.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';

describe('what is to be mended', () => {
  const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
  let database: TestDatabase;
  let desk: PaymentDesk;
  let console_: ConsoleUnderTest;
  let preparer: Visitor;
  let running = 0;

  beforeAll(async () => {
    database = await testDatabase();
    desk = await paymentDesk(database, clock);
    console_ = await consoleUnderTest(database, { clock });
    preparer = await console_.visitor(['preparer']);
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  const failed = async (...codes: string[]) => {
    running += 1;
    const owed = codes.map((code, nth) => {
      const number = `88${running}00${nth}`;
      desk.instant.script(number, refuses(code));
      return { name: `Trần Thị Số ${running} ${nth}`, account: { bin: INSTANT_BIN, number } };
    });
    const { runId, batchId } = await desk.running(owed);
    await desk.work();
    return { batchId, payments: await desk.payments(runId) };
  };
  const mend = (beneficiaryId = '') => {
    running += 1;
    return accountReplaced(database.database.reader, beneficiaryId, {
      bin: INSTANT_BIN,
      number: `99${running}000`,
    });
  };
  const hidden = (html: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

  it('an empty list says when something will be here', async () => {
    expect(wordsOf(await preparer.page('/mending'))).toContain('Không có khoản chi nào cần sửa');
  });

  it('causes stand in plain words with what waits, what can go and what to do', async () => {
    const { payments } = await failed('AC01', 'AC01', 'MD07');
    await mend(payments[0]?.beneficiaryId);
    const words = wordsOf(await preparer.page('/mending'));
    expect(words).toContain('Số tài khoản không đúng / không tồn tại');
    expect(words).toContain('2 khoản 5.578.000 đ 1 · 2.789.000 đ 1 tài khoản chưa được thay');
    expect(words).toContain('Nhờ xã/phường xác nhận lại số tài khoản');
    const english = await console_.visitor(['monitor'], { language: 'en' });
    expect(wordsOf(await english.page('/mending'))).toContain('Account number is invalid');
    // Codes of banks are for the telephone only: behind a disclosure of the cause.
    expect(words).not.toContain('AC01');
    const cause = await preparer.page('/mending/AC01');
    expect(wordsOf(cause.replace(/<details.*?<\/details>/gs, ''))).not.toContain('AC01');
    expect(wordsOf(/<details.*?<\/details>/s.exec(cause)?.[0] ?? '')).toContain('Mã: AC01');
    // Nothing in these words is a name or a whole account number of a person.
    expect(words).not.toMatch(/Trần Thị/);
  });

  it('whoever may not prepare sees no boxes, and cannot send them', async () => {
    const monitor = await console_.visitor(['monitor']);
    const html = await monitor.page('/mending/AC01');
    expect(html).not.toContain('/mending/reissues');
    expect(wordsOf(html)).toContain('Người lập bảng mới đưa được');
    const { path, html: after } = await monitor.send(
      '/mending/reissues',
      { scope: 'all', seenCount: '2', seenTotal: '5578000', code: 'AC01' },
      { from: '/mending/AC01' },
    );
    expect(path).toBe('/mending/AC01');
    expect(wordsOf(after)).toContain('Chưa thực hiện');
  });

  it('old and new account stand side by side, masked, with the name check', async () => {
    const words = wordsOf(await preparer.page('/mending/AC01'));
    expect(words).toMatch(/••••\d{4}/);
    expect(words).toContain('Vẫn là tài khoản cũ');
    expect(words).toContain('Tài khoản mới');
    expect(words).toContain('Chưa hỏi ngân hàng');
    expect(wordsOf(await preparer.page('/mending/AC01?side=ready'))).not.toContain(
      'Vẫn là tài khoản cũ',
    );
  });

  it('all of a cause is refused when it is no longer what was seen', async () => {
    const html = await preparer.page('/mending/AC01');
    const fields = {
      scope: 'all',
      code: 'AC01',
      seenCount: hidden(html, 'seenCount'),
      seenTotal: hidden(html, 'seenTotal'),
    };
    expect(fields.seenCount).toBe('2');
    await failed('AC01');
    const { path, html: after } = await preparer.send('/mending/reissues', fields, {
      from: '/mending/AC01?side=ready',
    });
    expect(path).toBe('/mending/AC01?side=ready');
    expect(wordsOf(after)).toContain('bạn thấy 2 khoản, bây giờ là 3 khoản');
  });

  it('all of a cause goes as far as it is ready, and the result says what stayed and why', async () => {
    const html = await preparer.page('/mending/AC01');
    const fields = {
      scope: 'all',
      code: 'AC01',
      seenCount: hidden(html, 'seenCount'),
      seenTotal: hidden(html, 'seenTotal'),
    };
    const key = 'all-of-ac01';
    const { path, html: result } = await preparer.send('/mending/reissues', fields, { key });
    expect(path).toMatch(/^\/mending\/reissues\//);
    const words = wordsOf(result);
    expect(words).toContain('Đã chọn 3 = Vào đợt bổ sung 1 + Ở lại 2');
    expect(words).toContain('Tài khoản chưa được thay 2');
    expect(words).toContain('Đang lập');
    // The same form again is the same act.
    expect((await preparer.send('/mending/reissues', fields, { key })).path).toBe(path);
    expect(wordsOf(await preparer.page('/mending/AC01?side=in-batch'))).toContain(
      'Đang trong đợt bổ sung',
    );
  });

  it('nothing ticked is told', async () => {
    const { html } = await preparer.send(
      '/mending/reissues',
      { scope: 'ticked', seenCount: '2', seenTotal: '1' },
      { from: '/mending/AC01' },
    );
    expect(wordsOf(html)).toContain('Chưa chọn khoản nào');
  });

  it('one is mended in place: errors at the field, then the account, then into a batch', async () => {
    const { payments } = await failed('AC04');
    const [payment] = payments;
    const place = `/mending/payments/${payment?.id ?? ''}`;
    const html = await preparer.page(place);
    expect(wordsOf(html)).toContain(payment?.accountNumber);
    const fields = {
      version: hidden(html, 'version'),
      bank: INSTANT_BIN,
      accountName: 'TRAN THI SO KHAC',
      reason: 'giấy đề nghị ngày 18/11',
    };
    const wrong = await preparer.send(
      `${place}/account`,
      { ...fields, accountNumber: '12' },
      { from: place },
    );
    expect(/id="field-accountNumber-error"[^>]*>([^<]*)/.exec(wrong.html)?.[1]).toBe(
      'Số tài khoản: gồm 6 đến 19 chữ số hoặc chữ cái.',
    );
    // What was typed is still there, and the form stands open.
    expect(wrong.html.includes('giấy đề nghị ngày 18/11')).toBe(true);
    const otherName = await preparer.send(
      `${place}/account`,
      { ...fields, accountNumber: '0123456789' },
      { from: place },
    );
    expect(wordsOf(otherName.html)).toContain('Chưa thực hiện');
    const mended = await preparer.send(
      `${place}/account`,
      { ...fields, accountNumber: '0123456789', otherNameConfirmed: 'on' },
      { from: place },
    );
    expect(wordsOf(mended.html)).toContain('Đã thay tài khoản');
    expect(wordsOf(mended.html)).toContain('0123456789');
    // AC04 holds the person: a new account does not say that somebody has looked.
    expect(wordsOf(mended.html)).toContain('Người hưởng đang tạm giữ');
    const released = await preparer.send(
      `${place}/hold-release`,
      { reason: 'xã xác nhận còn sống' },
      { from: place },
    );
    expect(wordsOf(released.html)).toContain('Chi lại được');
    const ticked = `${payment?.id ?? ''}:${payment?.amount ?? ''}`;
    const { html: result } = await preparer.send('/mending/reissues', {
      scope: 'ticked',
      seenCount: '1',
      seenTotal: payment?.amount ?? '',
      payment: ticked,
    });
    expect(wordsOf(result)).toContain('Đã chọn 1 = Vào đợt bổ sung 1 + Ở lại 0');
    expect(wordsOf(await preparer.page(place))).toContain('Đang trong đợt bổ sung');
  });

  it('what waits no longer leads to the payment', async () => {
    const words = wordsOf(
      await preparer.page('/mending/payments/0197f3a2-b4c6-7d8e-9f00-112233445566'),
    );
    expect(words).toContain('không còn chờ sửa');
  });
});
