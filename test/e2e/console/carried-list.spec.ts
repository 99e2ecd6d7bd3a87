import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { resultWorkbook, rowsOfList } from '../../builders/bank-lists.js';
import {
  accessibilityFaults,
  describeWithBrowser,
  signInAt,
  type Window,
} from '../../setup/browser.js';
import { assembleAndPropose, importAndApply, listOf, people, signBoth } from '../month.js';
import { startSystem, SYSTEM_PASSWORD, type Login, type System } from '../system.js';

const PATIENCE_MS = 30_000;
const LISTS = '/admin/files/lists';
const RESULT_HEAD = [
  'Mã giao dịch KH',
  'Số tài khoản thụ hưởng',
  'Số tiền',
  'Trạng thái',
  'Lý do từ chối',
];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A copy of the configuration in which the only bank is one whose portal takes lists. */
async function configOfLists(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'chitra-carried-'));
  await cp('config', dir, { recursive: true });
  const banks = join(dir, 'banks');
  for (const file of await readdir(banks)) {
    if (file.endsWith('.yaml')) await rm(join(banks, file));
  }
  await cp('config/banks/examples/vietinbank-list.yaml', join(banks, 'vietinbank.yaml'));
  return dir;
}

const said = async (page: Page): Promise<string> =>
  (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');

async function lookUntil(page: Page, path: string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    await page.goto(path);
    const text = await said(page);
    if (pattern.test(text)) return text;
    if (Date.now() > deadline) throw new Error(`${path} never said ${pattern}: ${text}`);
    await page.waitForTimeout(200);
  }
}

async function send(page: Page, form: string): Promise<void> {
  const button = page.locator(`${form} button[type=submit]`).first();
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

/** From the signed batch to money told as paid, by the pages alone: one officer with script, the other without. */
describeWithBrowser('a list carried to a bank’s portal, at the console', (browser) => {
  let system: System;
  let configDir: string;
  const windows: Window[] = [];
  let preparer: Page;
  let accountant: Page;
  let list: string[][];

  beforeAll(async () => {
    configDir = await configOfLists();
    system = await startSystem({ configDir });
    const api = await system.signIn('lap.bang');
    await importAndApply(api, listOf(people(4, 1, { ending: '000001' }), '11/2026'));
    const batch = await assembleAndPropose(api, '11/2026');
    await signBoth(system, batch.id);
    const enter = async (login: Login, script: boolean): Promise<Page> => {
      const window = await browser().open({ script, baseUrl: system.url });
      await signInAt(window, system.url, { login, password: SYSTEM_PASSWORD });
      windows.push(window);
      return window.page;
    };
    preparer = await enter('lap.bang', true);
    accountant = await enter('ke.toan.truong', false);
  }, 120_000);
  afterAll(async () => {
    for (const window of windows) await window.close();
    await system.stop();
    await rm(configDir, { recursive: true });
  }, 60_000);

  it('is made by one act and downloaded; the page leads on', async () => {
    await lookUntil(preparer, LISTS, /Chờ lập danh sách/);
    await send(preparer, `form[method=post][action="${LISTS}"]`);
    expect(await said(preparer)).toContain('4 khoản, 11.156.000 đ');
    const [download] = await Promise.all([
      preparer.waitForEvent('download'),
      preparer.locator('form[action$="/downloads"] button').click(),
    ]);
    list = (await rowsOfList(await readFile(await download.path()))).slice(2);
    expect(list).toHaveLength(4);
    await preparer.getByRole('link', { name: 'Đã tải xong: bước tiếp theo' }).click();
    await preparer.waitForLoadState('load');
    expect(await said(preparer)).toContain('Chờ nộp cho ngân hàng');
    expect(await accessibilityFaults(preparer)).toEqual([]);
  }, 60_000);

  it('is noted as uploaded by a colleague; a time that is none is told at its field', async () => {
    await accountant.goto(LISTS);
    await accountant.fill('[name=time]', '25:00');
    await send(accountant, 'form[action$="/uploads"]');
    expect(await said(accountant)).toContain('Ghi giờ và phút, ví dụ 14:05.');
    await accountant.goto(LISTS);
    await accountant.fill('[name=note]', 'biên nhận 0042');
    await send(accountant, 'form[action$="/uploads"]');
    expect(await said(accountant)).toContain('Chờ ngân hàng trả kết quả');
    expect(await said(accountant)).toContain('Cán bộ lập bảng gửi tệp kết quả vào');
  }, 60_000);

  it('its result settles and rejects, and what the bank did not name is told by its place', async () => {
    await preparer.goto(LISTS);
    await preparer.getByRole('link', { name: 'Gửi tệp kết quả vào' }).click();
    await preparer.waitForLoadState('load');
    const answer = (row: string[], ...said_: string[]) => [
      row[1] ?? '',
      row[2] ?? '',
      row[6] ?? '',
      ...said_,
    ];
    const [one = [], two = [], three = []] = list;
    const rows = [
      RESULT_HEAD,
      answer(one, 'Thành công', ''),
      answer(two, 'Thành công', ''),
      answer(three, 'Thất bại', 'Tài khoản đã đóng'),
      ['', '0099999999', '2789000', 'Thành công', ''],
    ];
    await preparer.setInputFiles('[name=file]', {
      ...{ name: 'ket-qua.xlsx', mimeType: XLSX, buffer: await resultWorkbook(rows) },
    });
    await preparer.locator('form[action="/admin/files"] button[type=submit]').click();
    await preparer.waitForURL(/\/admin\/files\/[0-9a-f-]{36}/);
    const file = new URL(preparer.url()).pathname;
    const did = await lookUntil(preparer, file, /Dòng cần xem lại[\s\S]*Ô D5/);
    expect(did).toContain('Kết quả chi');
    expect(did).not.toContain('Cell D5');
    expect(await accessibilityFaults(preparer)).toEqual([]);
    await lookUntil(preparer, '/payments?state=settled', /Người Mẫu[\s\S]*Người Mẫu/);
    expect(await preparer.locator('tbody tr').count()).toBe(2);
    expect(await lookUntil(preparer, '/mending', /Tài khoản/)).toContain('1 khoản');
    expect(await lookUntil(preparer, LISTS, /Chờ ngân hàng trả kết quả/)).toContain('1 khoản');
  }, 60_000);
});
