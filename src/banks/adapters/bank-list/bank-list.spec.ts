import { SettingsError } from '../../../platform/config/index.js';
import { bankListOptionsSchema } from './index.js';
import {
  bytesOf,
  LIST_MESSAGE,
  listBank,
  listBankFile,
  listMessage,
  listOrder,
  readList,
  resultWorkbook,
  rowsOfList,
  SHIPPED_LISTS,
} from '../../../../test/builders/bank-lists.js';
import { files, ONE, reportOf, SENT, TWO } from '../../../../test/builders/result-lists.js';

const VIETINBANK = listBankFile('vietinbank-list.yaml');

describe('a list for a bank’s portal', () => {
  it('is the same to the last byte whenever it is written, and another for another message', async () => {
    for (const name of SHIPPED_LISTS) {
      const channel = listBank(listBankFile(name)).files;
      const orders = [{ ...ONE, bankBin: '970449' }, TWO];
      const [first, again] = [
        channel.write(listMessage(orders)),
        channel.write(listMessage(orders)),
      ];
      expect(first.fileName).toContain(LIST_MESSAGE);
      const bytes = await bytesOf(first.content);
      expect(bytes.equals(await bytesOf(again.content))).toBe(true);
      expect(bytes.equals(await bytesOf(channel.write(listMessage([TWO])).content))).toBe(false);
    }
  });

  it('holds every order with its digits as they are, below the titles and headings', async () => {
    const rows = await rowsOfList(await bytesOf(files.write(SENT).content));
    expect(rows[0]?.[0]).toBe('DANH SACH CHI TRA');
    expect(rows[1]?.slice(0, 3)).toEqual(['STT', 'Mã giao dịch KH', 'Số tài khoản thụ hưởng']);
    expect(rows.slice(2)).toEqual(
      SENT.orders.map((order, at) => [
        String(at + 1),
        order.reference,
        order.accountNumber,
        'DANG THI HOA',
        '970405',
        'Agribank',
        order.amount.toString(),
        'VND',
        order.narrative,
      ]),
    );
  });

  it.each(['xlsx', 'csv'] as const)('computes nothing when it is opened (%s)', async (format) => {
    const { options } = VIETINBANK;
    const bank = { ...VIETINBANK, options: { ...options, format, names: 'stored' } };
    const evil = ['=1+1', '+84', '-2', '@SUM(A1)', '\t=cmd', 'a"b;c,d'];
    const orders = evil.map((accountName, nth) => ({ ...listOrder(nth), accountName }));
    const rows = await rowsOfList(
      await bytesOf(listBank(bank).files.write(listMessage(orders)).content),
    );
    for (const [at, row] of rows.slice(2).entries()) {
      expect(row[2]).toBe(orders[at]?.accountNumber);
      expect(row[3]).not.toMatch(/^\s*[=+\-@]/);
    }
  });

  it('is refused at the start when a column would cut a figure or our reference, or name no bank', () => {
    const made =
      (columns: object[], receives: string[] | '*' = '*') =>
      () =>
        listBank({
          ...VIETINBANK,
          receives,
          options: { ...VIETINBANK.options, columns, bankNames: {} },
        });
    const account = { header: 'a', value: '{accountNumber}' };
    const amount = { header: 'b', value: '{amount}' };
    expect(made([account, amount])).not.toThrow();
    const refused: [object[], RegExp][] = [
      [[account], /\{amount\} is missing/],
      [[account, amount, { header: 'c', value: '{secret}' }], /in braces/],
      [[account, amount, { header: 'c', value: '{narrative} {reference}', maxLength: 40 }], /cut/],
      [[{ ...account, maxLength: 10 }, amount], /cut/],
      [[account, { header: 'c', value: '{amount} đ', cell: 'number' }], /numbers/],
    ];
    for (const [columns, why] of refused) expect(made(columns)).toThrow(why);
    const named = [account, amount, { header: 'c', value: '{bankName}' }];
    expect(made(named, ['970405'])).toThrow(SettingsError);
  });
});

describe('the lists that are shipped as patterns', () => {
  it('say first that the bank has to confirm them, and are five', async () => {
    const { readFileSync } = await import('node:fs');
    expect(SHIPPED_LISTS).toEqual([
      'agribank-list.yaml',
      'bidv-list.yaml',
      'post-office-list.yaml',
      'vietcombank-list.yaml',
      'vietinbank-list.yaml',
    ]);
    for (const name of SHIPPED_LISTS) {
      const [first] = readFileSync(`config/banks/examples/${name}`, 'utf8').split('\n');
      expect(first).toMatch(/^# TO BE CONFIRMED WITH THE BANK/);
    }
  });

  it.each(SHIPPED_LISTS)(
    '%s: what it writes with a status beside it is read back',
    async (name) => {
      const file = listBankFile(name);
      const channel = listBank(file).files;
      const orders = [1, 2, 3].map((nth) => listOrder(nth));
      const message = listMessage(orders);
      const list = await rowsOfList(await bytesOf(channel.write(message).content));
      const { columns, words } = bankListOptionsSchema.parse(file.options).result;
      const at = list.findIndex((row) => row.length > 3);
      const rows = list
        .slice(at)
        .map((row, nth) =>
          nth === 0
            ? [...row, columns.status[0] ?? '', columns.reason?.[0] ?? '']
            : [...row, words.settled[0] ?? '', ''],
        );
      const content = await resultWorkbook(rows);
      const report = reportOf(await readList(channel, { content, sent: [message] }));
      expect(report.unread).toEqual([]);
      expect(report.items.map(({ reference, amount }) => [reference, amount])).toEqual(
        orders.map(({ reference, amount }) => [reference, amount]),
      );
    },
  );
});
