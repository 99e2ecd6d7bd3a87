import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describeWithBrowser, signInAt, type Window } from '../../setup/browser.js';
import { people } from '../month.js';
import { startSystem, SYSTEM_PASSWORD, type Login, type System } from '../system.js';
import { commentsIn, excelList } from './excel-list.js';

const PATIENCE_MS = 60_000;
const PERIOD = '11/2026';

/** Opens whatever a form is folded into, and gives the form. */
async function unfold(page: Page, form: string) {
  const shut = page.locator(`details:not([open]):has(${form}) > summary`);
  while ((await shut.count()) > 0) await shut.first().click();
  return page.locator(form).first();
}

/** Presses a form's button and waits for the page that follows. */
async function send(page: Page, form: string, button = 'button[type=submit]'): Promise<void> {
  const found = await unfold(page, form);
  await Promise.all([page.waitForEvent('load'), found.locator(button).first().click()]);
}

const said = (page: Page): Promise<string> => page.locator('main').innerText();
const told = (page: Page): Promise<string> => page.locator('#feedback').innerText();

/** Looks again and again, as somebody does who waits. */
async function lookUntil(page: Page, path: string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    await page.goto(path);
    const text = await said(page);
    if (pattern.test(text)) return text;
    if (Date.now() > deadline) throw new Error(`${path} never said ${pattern}: ${text}`);
    await page.waitForTimeout(300);
  }
}

/** Three people, one month: with script, without, and on a telephone; each is refused what is not theirs. */
describeWithBrowser(
  'a month at the console, from an Excel file with errors to closed books',
  (browser) => {
    let system: System;
    const windows = new Map<Login, Window>();
    const at = (login: Login): Page => {
      const window = windows.get(login);
      if (!window) throw new Error(`${login} has no window`);
      return window.page;
    };
    let list = '';
    let batch = '';
    let run = '';

    beforeAll(async () => {
      system = await startSystem();
      const looks: [Login, { script?: boolean; narrow?: boolean }][] = [
        ['lap.bang', {}],
        ['ke.toan.truong', { script: false }],
        ['chu.tai.khoan', { narrow: true }],
        ['giam.sat', {}],
      ];
      for (const [login, look] of looks) {
        const window = await browser().open({ ...look, baseUrl: system.url });
        await signInAt(window, system.url, { login, password: SYSTEM_PASSWORD });
        windows.set(login, window);
      }
    }, 120_000);
    afterAll(async () => {
      for (const window of windows.values()) await window.close();
      await system.stop();
    }, 60_000);

    it('an Excel file is sent, and its errors are told by their cells', async () => {
      const page = at('lap.bang');
      const persons = [
        ...people(4, 1, { ending: '000001' }),
        ...people(1, 11, { ending: '990101' }),
        { ...people(1, 21, { ending: '000001' })[0]!, amount: '1,624' },
        { ...people(1, 31, { ending: '000001' })[0]!, number: '02000000' },
      ];
      await page.goto('/imports/new');
      await page.setInputFiles('[name=file]', {
        name: 'danh-sach.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: await excelList(persons, PERIOD),
      });
      await page.fill('[name=controlRows]', '7');
      await page.locator('form[action="/imports"] button[type=submit]').click();
      await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
      list = new URL(page.url()).pathname;
      await lookUntil(page, list, /Kiểm tra xong/);
      await page.goto(`${list}/errors`);
      const errors = await said(page);
      expect(errors).toContain('G8');
      expect(errors).toContain('C9');
      expect(errors).toContain('1,624');
    }, 120_000);

    it('the marked copy bears the errors as comments', async () => {
      const page = at('lap.bang');
      await page.goto(list);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator(`a[href^="${list}/annotated"]`).first().click(),
      ]);
      const comments = await commentsIn(await readFile(await download.path()));
      expect(comments.some((comment) => comment.startsWith('G8: '))).toBe(true);
      expect(comments.some((comment) => comment.startsWith('C9: '))).toBe(true);
    });

    it('a cell is mended in place; the other bad row waits while the good ones are applied', async () => {
      const page = at('lap.bang');
      await page.goto(`${list}/errors?severity=error`);
      const form = await unfold(page, 'form[action*="/cells/amount"]');
      await form.locator('[name=value]').fill('1.624.000');
      await send(page, 'form[action*="/cells/amount"]');
      expect(await told(page)).toContain('Đã xong');
      expect(await said(page)).not.toContain('1,624');
      await page.goto(list);
      await send(page, 'form[action$="/applications"]');
      await lookUntil(page, list, /Đã nhập/);
    }, 120_000);

    it('a batch is built and proposed; its preparer cannot sign it and is told why', async () => {
      const page = at('lap.bang');
      await page.goto('/batches/new');
      await page.selectOption('[name=programme]', 'NCC_MONTHLY');
      await page.fill('[name=period]', PERIOD);
      await send(page, 'form[action="/batches"]');
      batch = new URL(page.url()).pathname;
      expect(batch).toMatch(/^\/batches\/[0-9a-f-]{36}$/);
      await send(page, 'form[action$="/proposals"]');
      await page.goto(`${batch}/sign`);
      expect(await page.locator('form[action$="/signatures"]').count()).toBe(0);
      expect(await said(page)).toMatch(/Sáu|sáu|6/);
    }, 120_000);

    it('without script: the accountant returns it with a reason, it comes again, and is signed', async () => {
      const page = at('ke.toan.truong');
      await page.goto(`${batch}/sign`);
      const form = await unfold(page, 'form[action$="/returns"]');
      await form.locator('[name=reason]').fill('Xin ghi chú kỳ chi vào đợt này');
      await send(page, 'form[action$="/returns"]');
      const preparer = at('lap.bang');
      await preparer.goto(batch);
      expect(await said(preparer)).toContain('Xin ghi chú kỳ chi vào đợt này');
      await send(preparer, 'form[action$="/proposals"]');
      await page.goto(`${batch}/sign`);
      expect(await said(page)).toContain('Mười lăm triệu năm trăm sáu mươi chín nghìn đồng chẵn');
      await send(page, 'form[action$="/signatures"]');
      await page.goto(`${batch}/sign`);
      expect(await page.locator('form[action$="/signatures"]').count()).toBe(0);
    }, 120_000);

    it('whoever watches may not sign, not even by sending the form', async () => {
      const page = at('giam.sat');
      await page.goto(`${batch}/sign`);
      expect(await page.locator('form[action$="/signatures"]').count()).toBe(0);
      const answer = await page.request.post(`${system.url}${batch}/signatures`, {
        form: {
          _key: 'a-hand-made-form',
          _from: batch,
          digest: '0'.repeat(64),
          lineCount: '6',
          total: '1',
        },
      });
      expect(answer.url()).toContain(batch);
      expect(await answer.text()).toContain('không có quyền');
      await page.goto('/batches/new');
      expect(await said(page)).toContain('không có quyền');
    });

    it('on a telephone: the account holder signs, and it is paid', async () => {
      const page = at('chu.tai.khoan');
      await page.goto(`${batch}/sign`);
      await send(page, 'form[action$="/signatures"]');
      await lookUntil(page, '/runs', /NCC_MONTHLY-2026-11-01/);
      await page.locator('main a[href^="/runs/"]').first().click();
      run = new URL(page.url()).pathname;
      // This page stays open: what changes is sent to it.
      const preparer = at('lap.bang');
      await preparer.goto(run);
      await preparer
        .locator('.live')
        .getByText('Đã xong')
        .first()
        .waitFor({ timeout: PATIENCE_MS });
      await lookUntil(page, run, /Đã xong/);
      expect(await said(preparer)).toMatch(/12\.780\.000|13\.945\.000|12\.780/);
    }, 120_000);

    it('what the bank refused is mended and paid by a follow-up batch of its own signatures', async () => {
      const page = at('lap.bang');
      await lookUntil(page, '/mending', /Số tài khoản không đúng/);
      await page.locator('main a[href^="/mending/AC01"]').first().click();
      await page.locator('main a[href^="/mending/payments/"]').first().click();
      const one = page.url();
      const form = await unfold(page, 'form[action$="/account"]');
      await form.locator('[name=bank]').selectOption('970405');
      await form.locator('[name=accountNumber]').fill('000777000001');
      await form.locator('[name=reason]').fill('Giấy đề nghị của người hưởng, xã xác nhận');
      await send(page, 'form[action$="/account"]');
      expect(page.url().split('?')[0]).toBe(one.split('?')[0]);
      await page.goto('/mending/AC01');
      await send(page, 'form[action="/mending/reissues"]', 'button[value=all]');
      await page.locator('main a[href^="/batches/"]').first().click();
      const again = new URL(page.url()).pathname;
      await send(page, 'form[action$="/proposals"]');
      for (const signer of ['ke.toan.truong', 'chu.tai.khoan'] as const) {
        await at(signer).goto(`${again}/sign`);
        await send(at(signer), 'form[action$="/signatures"]');
      }
      await lookUntil(page, '/', /bị từ chối\s*2\.789\.000/);
      await lookUntil(page, '/', /Không có lượt chi nào đang chạy/);
    }, 180_000);

    it('the bank’s statement proves it, and the day is closed', async () => {
      const page = at('lap.bang');
      await page.goto('/reconciliation');
      await send(page, 'form[action="/reconciliation/runs"]');
      const day = new URL(page.url()).pathname;
      await lookUntil(page, day, /Khóa sổ những ngày này/);
      await send(page, 'form[action$="/closings"]');
      expect(await said(page)).toContain('Đã khóa sổ');
    }, 120_000);

    it('no page had a fault, of script or of the server', () => {
      for (const [login, { faults }] of windows)
        expect({ login, faults }).toEqual({ login, faults: [] });
    });
  },
);
