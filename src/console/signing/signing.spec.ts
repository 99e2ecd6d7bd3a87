import { fundsHavePlenty } from '../../../test/builders/officers.js';
import { areOwed } from '../../../test/builders/owed.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { rows } from '../../platform/database/index.js';

describe('the page where a batch is signed', () => {
  let db: TestDatabase;
  let office: ConsoleUnderTest;
  let preparer: Visitor;
  let accountant: Visitor;
  let holder: Visitor;
  let month = 0;

  beforeAll(async () => {
    db = await testDatabase();
    office = await consoleUnderTest(db);
    preparer = await office.visitor(['preparer']);
    accountant = await office.visitor(['chief_accountant'], { signature: 'second' });
    holder = await office.visitor(['account_holder'], { signature: 'first' });
  });
  afterAll(async () => {
    await office.close();
    await db.close();
  });

  const versionOf = async (path: string) =>
    /name="version" value="(\d+)"/.exec(await preparer.page(path))?.[1] ?? '';
  const propose = async (path: string) =>
    preparer.send(`${path}/proposals`, { version: await versionOf(path) });
  const proposed = async (people = 2) => {
    month += 1;
    const period = `2033-${String(month).padStart(2, '0')}`;
    await areOwed(
      db.database.reader,
      Array.from({ length: people }, () => ({ period, fund: 'NSDP' })),
    );
    const { path } = await preparer.send('/batches', { programme: 'NCC_MONTHLY', period });
    await propose(path);
    return { path, period };
  };
  /** What the form of the page carries, as a browser would send it. */
  const formOn = async (who: Visitor, path: string) => {
    const html = await who.page(`${path}/sign`);
    const of = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
    return {
      fields: { digest: of('digest'), lineCount: of('lineCount'), total: of('total'), comment: '' },
      from: /name="_from" value="([^"]+seen=[^"]+)"/.exec(html)?.[1] ?? '',
    };
  };
  const sign = async (who: Visitor, path: string) => {
    const { fields, from } = await formOn(who, path);
    return who.send(`${path}/signatures`, fields, { from });
  };
  const signatures = async (path: string) =>
    rows(db.database.reader, 'select 1 from signature where batch_id = $1', [path.split('/')[2]]);

  it('says what is signed: count, total in figures and words, digest in groups, funds and changes', async () => {
    const { path } = await proposed(2);
    const words = wordsOf(await accountant.page(`${path}/sign`));
    expect(words).toContain('5.578.000 đ');
    expect(words).toContain('Năm triệu năm trăm bảy mươi tám nghìn đồng chẵn');
    expect(words).toMatch(/([0-9a-f]{8} ){7}[0-9a-f]{8}/);
    expect(words).toContain('Ngân sách địa phương');
    expect(words).toContain('So với các đợt đã ký của cùng chế độ');
    expect(words).toContain('Bạn ký ở đây: Kế toán trưởng (chữ ký thứ hai)');
    expect(words).toContain('Ký đợt chi: 2 dòng, 5.578.000 đ');
  });

  it('tells whoever may not sign why, and shows them no button', async () => {
    const { path } = await proposed();
    const monitor = await office.visitor(['monitor']);
    const unregistered = await office.visitor(['account_holder']);
    const expected: [Visitor, string][] = [
      [monitor, 'Ký đợt chi là việc của kế toán trưởng và chủ tài khoản'],
      [preparer, 'Ký đợt chi là việc của kế toán trưởng và chủ tài khoản'],
      [unregistered, 'Bạn chưa được đăng ký mẫu chữ ký'],
      [holder, 'Chưa đến lượt bạn'],
    ];
    for (const [who, why] of expected) {
      const html = await who.page(`${path}/sign`);
      expect(wordsOf(html)).toContain(why);
      expect(html).not.toContain(`${path}/signatures`);
      expect(html).not.toContain(`${path}/returns`);
    }
    const { fields } = await formOn(accountant, path);
    const forced = await holder.send(`${path}/signatures`, fields, { from: `${path}/sign` });
    expect(wordsOf(forced.html)).toContain('Chưa thực hiện');
    await preparer.agent.post(`${path}/signatures`).type('form').send(fields).expect(303);
    expect(await signatures(path)).toHaveLength(0);
  });

  it('refuses kindly when the batch changed meanwhile, and shows by how much', async () => {
    const { path, period } = await proposed(2);
    const old = await formOn(accountant, path);
    const back = { reason: 'thiếu một người' };
    await accountant.send(`${path}/returns`, back, { from: `${path}/sign` });
    await areOwed(db.database.reader, [{ period, fund: 'NSDP', name: 'Lý Thị Thêm' }]);
    await preparer.send(`${path}/rebuilds`, { version: await versionOf(path) });
    await propose(path);

    const refused = await accountant.send(`${path}/signatures`, old.fields, { from: old.from });
    const words = wordsOf(refused.html);
    expect(words).toContain('Đợt chi không còn như bạn đã xem, nên chưa ký gì');
    expect(words).toContain('Thêm 1 dòng, bớt 0 dòng, sửa 0 dòng');
    expect(words).toContain('thiếu một người');
    expect(await signatures(path)).toHaveLength(0);
    const since = wordsOf(await accountant.page(`${path}/since-return?round=1`));
    expect(since).toContain('Lý Thị Thêm');
    expect(since).toContain('Dòng mới');
    await accountant.page(`${path}/since-return?round=2`, 404);
  });

  it('gives a batch back with a reason only, and says so to its preparer', async () => {
    const { path } = await proposed();
    const from = `${path}/sign`;
    const mute = await accountant.send(`${path}/returns`, { reason: '' }, { from });
    expect(wordsOf(mute.html)).toContain('xin ghi lý do');
    const { html } = await accountant.send(
      `${path}/returns`,
      { reason: 'sai số tài khoản' },
      { from },
    );
    expect(wordsOf(html)).toContain('sai số tài khoản');
    expect(wordsOf(await preparer.page(path))).toContain('Người ký đã trả lại đợt chi này');
    expect(wordsOf(await accountant.page(`${path}/sign`))).toContain('hiện không chờ chữ ký');
    expect(wordsOf(await preparer.page(`${path}/history`))).toContain('sai số tài khoản');
  });

  it('does not let the last signer sign without the money, says by how much, and then lets them', async () => {
    const { path } = await proposed(2);
    await sign(accountant, path);
    const poor = await holder.page(`${path}/sign`);
    expect(wordsOf(poor)).toContain('thiếu 5.578.000 đ');
    expect(poor).not.toContain(`action="${path}/signatures"`);

    await fundsHavePlenty(db.database.reader);
    const { path: proof, html } = await sign(holder, path);
    expect(proof).toBe(`${path}/proof`);
    expect(wordsOf(html)).toContain('đã đủ chữ ký');
    expect(await signatures(path)).toHaveLength(2);
    const again = wordsOf(await accountant.page(`${path}/sign`));
    expect(again).toContain('Đã đủ chữ ký');
    const papers = await preparer.page(path);
    expect(papers).toContain('treasury-list.pdf');
    const shown = wordsOf(await preparer.page(proof));
    expect(shown).toContain('Chủ tài khoản (chữ ký thứ nhất)');
    expect(shown).toContain('Đủ chữ ký lúc');
  });

  it('counts one signature, however often the button is pressed', async () => {
    const { path } = await proposed();
    const { fields, from } = await formOn(accountant, path);
    const key = 'pressed-twice';
    await accountant.send(`${path}/signatures`, fields, { from, key });
    const second = await accountant.send(`${path}/signatures`, fields, { from, key });
    expect(second.path).toBe(`${path}/proof`);
    expect(await signatures(path)).toHaveLength(1);
    const third = await accountant.send(`${path}/signatures`, fields, { from });
    expect(wordsOf(third.html)).toContain('Bạn đã ký đợt chi này');
    expect(wordsOf(third.html)).toContain('Bạn vẫn có thể trả lại để sửa');
  });
});
