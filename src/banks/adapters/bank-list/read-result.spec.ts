import { Money } from '../../../kernel/index.js';
import { FileBroken } from '../../contract.js';
import {
  LIST_MESSAGE,
  listMessage,
  readList,
  resultWorkbook,
} from '../../../../test/builders/bank-lists.js';
import {
  files,
  HEADER,
  ONE,
  readRows as read,
  reportOf,
  resultRow,
  SENT,
  THREE,
  TWO,
  type Row,
} from '../../../../test/builders/result-lists.js';

describe('a result list', () => {
  it('settles, rejects and leaves open what it says, by our reference and in any order', async () => {
    const report = await read([
      ['NGÂN HÀNG'],
      HEADER,
      resultRow(THREE, 'thành công', '', 'FT3', '22/11/2026 09:30:00'),
      resultRow(ONE, 'Thất bại', 'Tài khoản đã đóng', '', ''),
      resultRow(TWO, 'Có vấn đề', '', '', ''),
      ['Tổng cộng', '', '', '1.500.006'],
    ]);
    expect(report.items).toEqual([
      {
        reference: THREE.reference,
        amount: THREE.amount,
        fact: { kind: 'settled', bankReference: 'FT3', at: new Date('2026-11-22T02:30:00Z') },
      },
      {
        reference: ONE.reference,
        amount: ONE.amount,
        fact: { kind: 'rejected', reason: { code: 'AC04', text: 'Tài khoản đã đóng' } },
      },
    ]);
    expect(report.unread).toEqual([
      { reference: TWO.reference, why: expect.stringMatching(/^Ô E5: .+ \/ Cell E5: /) },
    ]);
  });

  it('finds our reference inside a narrative, small or broken by blanks', async () => {
    const broken =
      `mbct ${ONE.reference.slice(0, 20)} ${ONE.reference.slice(20)} tro cap`.toLowerCase();
    const row = ['', broken, ONE.accountNumber, ONE.amount.toString(), 'Thành công'];
    expect((await read([HEADER, row])).items.map((i) => i.reference)).toEqual([ONE.reference]);
  });

  it('names the payments that it leaves out: they stay in doubt', async () => {
    const report = await read([HEADER, resultRow(TWO, 'Thành công', '', 'FT2')]);
    expect(report.unread.map(({ reference }) => reference)).toEqual([
      ONE.reference,
      THREE.reference,
    ]);
  });

  it.each([
    ['a time-out', 'Quá thời gian xử lý'],
    ['a duplicate', 'Giao dịch trùng'],
    ['no reason', ''],
    ['a time-out in other words', 'Time-out'],
    ['a time-out before an account', 'Timed out: số tài khoản không tồn tại?'],
    ['to be investigated', 'Giao dịch nghi vấn, chờ tra soát'],
    ['none of the listed', 'Lỗi 0x8F'],
  ])('whose refusal is %s rejects nothing', async (_, reason) => {
    const report = await read([HEADER, resultRow(ONE, 'Thất bại', reason)]);
    expect(report.items).toEqual([]);
    expect(report.unread).toHaveLength(3);
  });

  it.each([
    ['a formula', { formula: '1+1', result: 500001 }],
    ['an amount of the other notation', '500,001'],
    ['an amount with a fraction', 500001.5],
    ['no figure', 'năm trăm nghìn'],
  ])('with %s for an amount says nothing of that row', async (_, amount) => {
    const row: Row = ['', ONE.reference, ONE.accountNumber, amount, 'Thành công'];
    const report = await read([HEADER, row]);
    expect(report.items).toEqual([]);
    expect(report.unread[0]).toEqual({
      reference: ONE.reference,
      why: expect.stringContaining('D2'),
    });
  });

  it.each(['1.500.001', '1,500,001', '1 500 001', '1500001', '1500001.00', '1,500,001.00 VND'])(
    'reads %s in one way only',
    async (amount) => {
      const order = { ...ONE, amount: Money.of('1500001') };
      const row: Row = ['', ONE.reference, ONE.accountNumber, amount, 'Thành công'];
      const content = await resultWorkbook([HEADER, row]);
      const report = reportOf(await readList(files, { content, sent: [listMessage([order])] }));
      expect(report.items).toMatchObject([{ amount: order.amount }]);
    },
  );

  it('that shows an account shortened is matched by our reference, and never taken for another account', async () => {
    const shown = [1234567890123456789, '7.00E+09', 'xxxxxxxx0001', '0070…1 - Agribank', '****01'];
    for (const account of shown) {
      const row: Row = ['', ONE.reference, account, '500001', 'Thành công'];
      expect((await read([HEADER, row])).items).toMatchObject([{ reference: ONE.reference }]);
    }
  });

  it('counts no totals and signatures as payments, however they are written', async () => {
    const report = await read([
      HEADER,
      resultRow(ONE, 'Thành công'),
      resultRow(TWO, 'Thành công'),
      resultRow(THREE, 'Thành công'),
      ['', '', 'TONG CONG', '1500006'],
      ['', '', 'NGUOI LAP BIEU', '', 'Thành công: 3'],
    ]);
    expect(report.items).toHaveLength(3);
    expect(report.unread).toEqual([]);
  });

  it('needs no column of reasons; a sheet that cannot be read is told', async () => {
    const { default: ExcelJS } = await import('exceljs');
    const workbook = new ExcelJS.Workbook();
    const paid = workbook.addWorksheet('Thành công');
    paid.addRow(HEADER.slice(0, 5));
    paid.addRow([...resultRow(ONE, 'Thành công')]);
    const odd = workbook.addWorksheet('Lỗi');
    odd.addRow(['Trạng thái', 'Lý do']);
    odd.addRow(['Thất bại', 'Tài khoản đã đóng']);
    const content = Buffer.from(await workbook.xlsx.writeBuffer());
    const report = reportOf(await readList(files, { content, sent: [SENT] }));
    expect(report.items).toMatchObject([{ reference: ONE.reference, fact: { kind: 'settled' } }]);
    expect(report.unread.at(-1)?.why).toMatch(/Trang “Lỗi” không đọc được.*Sheet “Lỗi”/);
  });

  it('of another month, named by mistake, settles and rejects nobody', async () => {
    const rows = (time: string) => [
      HEADER,
      ['', '', ONE.accountNumber, '500001', 'Thành công', '', '', time],
      ['', '', TWO.accountNumber, '500002', 'Thất bại', 'Tài khoản đã đóng', '', time],
    ];
    for (const time of ['21/10/2026 09:30:00', '20/11/2026']) {
      const report = await read(rows(time), { answers: LIST_MESSAGE });
      expect(report.items).toEqual([]);
      expect(report.unread[0]?.why).toMatch(/H?E2.*the bank did it before the list was made/);
    }
    expect(SENT.madeAt).toEqual(new Date('2026-11-21T03:00:00Z'));
    for (const time of ['21/11/2026', '21/11/2026 10:00:00', '22/11/2026 08:00:00', '']) {
      const report = await read(rows(time), { answers: LIST_MESSAGE });
      expect(report.items).toHaveLength(2);
    }
  });

  it('that speaks of nobody of the list that was named is set aside, to be named again', async () => {
    const rows = [HEADER, ['', '', '0099999999', '500001', 'Thành công']];
    await expect(read(rows, { answers: LIST_MESSAGE })).rejects.toThrow(
      'is it the result of another',
    );
  });

  it('with the bank’s own column beside ours reads ours', async () => {
    const head = [...HEADER.slice(0, 3), 'Tài khoản thụ hưởng', ...HEADER.slice(3)];
    const row = ['', ONE.reference, ONE.accountNumber, '0000000001', '500001', 'Thành công'];
    const [heading, ...rest] = [head, row];
    const report = await read([heading ?? [], ...rest]);
    expect(report.items).toMatchObject([{ reference: ONE.reference }]);
  });

  it('takes grouped amounts and numbers, and keeps zeros of a text in quotes', async () => {
    const rows = [
      ['', ONE.reference, `="${ONE.accountNumber}"`, '500.001 đ', 'Thành công'],
      ['', TWO.reference, Number(TWO.accountNumber), 500002, 'Thành công'],
    ];
    const csv = [HEADER, ...rows].map((row) =>
      row.map((c) => `"${String(c ?? '').replaceAll('"', '""')}"`).join(';'),
    );
    const content = Buffer.from(csv.join('\n'));
    const report = reportOf(await readList(files, { content, sent: [SENT] }));
    expect(report.items.map(({ amount }) => amount)).toEqual([
      Money.of('500001'),
      Money.of('500002'),
    ]);
  });

  it('without references is matched only when it is known which list it answers', async () => {
    const rows = [
      HEADER,
      ['', '', TWO.accountNumber, '500002', 'Thành công'],
      ['', '', ONE.accountNumber, '500001', 'Thành công'],
    ];
    await expect(read(rows)).rejects.toThrow('say which list it answers');
    const named = [{ answers: LIST_MESSAGE }, { fileName: `KQ_${LIST_MESSAGE}.xlsx` }];
    for (const given of named) {
      const report = await read(rows, given);
      expect(report.items.map(({ reference }) => reference)).toEqual([
        TWO.reference,
        ONE.reference,
      ]);
      expect(report.answers).toBe(LIST_MESSAGE);
      expect(report.unread.map(({ reference }) => reference)).toEqual([THREE.reference]);
    }
    const titled = await read([['Danh sách', LIST_MESSAGE], ...rows]);
    expect(titled.items).toHaveLength(2);
  });

  it('without the bank’s headings, or with a figure’s heading twice, is set aside with what is wrong', async () => {
    const refusals: [readonly Row[], RegExp, string][] = [
      [[['Họ và tên', 'Số tiền']], /Trạng thái giao dịch/, 'Kết quả: 1'],
      [[[...HEADER, 'Số tiền']], /Two columns mean the same/, 'D1, I1'],
    ];
    for (const [rows, why, where] of refusals) {
      const refusal = read(rows);
      await expect(refusal).rejects.toThrow(why);
      await expect(refusal).rejects.toMatchObject({ where });
    }
  });

  it('that is no table, or answers a list that was never sent, is set aside', async () => {
    const given = { sent: [SENT], answers: 'CM00000000000000000000000000000000' };
    const content = await resultWorkbook([HEADER, resultRow(ONE, 'Thành công')]);
    await expect(readList(files, { content, ...given })).rejects.toThrow(FileBroken);
    for (const broken of ['', '%PDF-1.7', 'PK\u0003\u0004 broken']) {
      const refusal = readList(files, { content: Buffer.from(broken), sent: [SENT] });
      await expect(refusal).rejects.toThrow(FileBroken);
    }
  });
});
