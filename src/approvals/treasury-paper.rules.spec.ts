import { someFacts, someLine } from '../../test/builders/paper-sample.js';
import type { ChangedPerson } from '../batches/index.js';
import { Money } from '../kernel/index.js';
import { changeRow, changeTexts, paperRow, rowTexts, sumTexts } from './paper-line.rules.js';
import { paperOf } from './treasury-paper.rules.js';

const counts = someFacts().counts;
const noted = (differs: Parameters<typeof someLine>[0], source = ''): string =>
  paperRow(someLine(differs), { bank: 'Agribank', period: '2026-11', source }).note;

describe('the treasury’s paper', () => {
  it('says form and number, whose it is, from which account, and the total in words', () => {
    const paper = paperOf(someFacts());
    expect(paper.corner).toEqual(['Mẫu số 09', 'Mã hiệu: ……………', 'Số: NCC_MONTHLY-2026-11-01']);
    expect(paper.title).toBe('BẢNG THANH TOÁN CHO ĐỐI TƯỢNG THỤ HƯỞNG');
    expect(paper.head.slice(0, 2)).toEqual([
      '1. Đơn vị sử dụng ngân sách: Sở Nội vụ tỉnh Mẫu Sơn',
      '2. Mã đơn vị (mã QHNS): 1000002',
    ]);
    expect(paper.head[3]).toBe(
      'Nguồn kinh phí: Ngân sách trung ương: 5.578.000 đồng, tài khoản 9523.1.1000002 tại Kho bạc Nhà nước khu vực Mẫu',
    );
    expect(paper.accountKinds.map(({ ticked }) => ticked)).toEqual([true, false]);
    expect(paper.totalInWords).toBe(
      'Tổng số tiền bằng chữ: Năm triệu năm trăm bảy mươi tám nghìn đồng chẵn.',
    );
  });

  it('leaves the place of an account that the office has not named to be filled in by hand', () => {
    const amount = Money.of('1');
    const funds = [
      { code: 'TAI_TRO', name: 'Tài trợ', amount },
      { code: 'QUY_DODN', name: 'Quỹ Đền ơn', amount },
    ];
    const paper = paperOf(someFacts({ funds }));
    expect(paper.head.slice(3)).toEqual([
      expect.stringContaining('Nguồn 1: Tài trợ: 1 đồng, tài khoản …………… tại'),
      expect.stringContaining('Nguồn 2: Quỹ Đền ơn: 1 đồng, tài khoản 3713.0.1000002 tại'),
    ]);
    expect(paper.accountKinds.map(({ ticked }) => ticked)).toEqual([false, true]);
  });

  it('names who signed and when, by the office’s clock, each under their own title', () => {
    const facts = someFacts();
    const second = {
      name: 'Phó chủ',
      at: new Date('2026-11-24T17:00:00Z'),
      signature: 'first',
    } as const;
    const paper = paperOf({ ...facts, signatures: [...facts.signatures, second] });
    expect(paper.signers.map(({ title }) => title)).toEqual([
      'Người lập bảng',
      'Kế toán trưởng/phụ trách kế toán',
      'Thủ trưởng đơn vị',
    ]);
    expect(paper.signers.map(({ signed }) => signed)).toEqual([
      [{ name: 'Nguyễn Thị Lập', how: 'Đã lập và trình lúc 15:00:00 ngày 23/11/2026' }],
      [{ name: 'Trần Văn Kế', how: 'Đã ký điện tử lúc 08:02:03 ngày 24/11/2026' }],
      [
        { name: 'Lê Thị Chủ', how: 'Đã ký điện tử lúc 10:34:06 ngày 24/11/2026' },
        { name: 'Phó chủ', how: 'Đã ký điện tử lúc 00:00:00 ngày 25/11/2026' },
      ],
    ]);
    expect(paper.placeAndDate).toBe('Mẫu Sơn, ngày 24 tháng 11 năm 2026');
    expect(paper.proof).toContain(facts.batch.digest);
    expect(paper.foot).toContain(facts.batch.digest.slice(0, 16));
  });

  it('says the changes against the last period, or that there is nothing to compare with', () => {
    expect(paperOf(someFacts()).changes).toEqual([
      'Kỳ trước (10/2026): 2 người, 5.478.000 đồng. Kỳ này (11/2026): 2 người, 5.578.000 đồng. Chênh lệch: +100.000 đồng.',
      '1. Tăng mới: 1 người, 2.789.000 đồng.   2. Giảm: 1 người, 2.589.000 đồng.   ' +
        '3. Đổi mức: 1 người, chênh lệch -100.000 đồng.   4. Đổi tài khoản: 0 người.',
    ]);
    const first = paperOf(someFacts({ counts: { ...counts, peopleBefore: 0, amountBefore: '0' } }));
    expect(first).toMatchObject({
      hasChanges: false,
      changes: ['Kỳ trước (10/2026): không có danh sách nào được ký trước đợt này để so sánh.'],
    });
    const followed = { comparedWith: { batchId: 'b' }, followedNumber: 'NCC_MONTHLY-2026-11-01' };
    expect(paperOf(someFacts(followed)).changes[0]).toContain('Đợt trước (NCC_MONTHLY-2026-11-01)');
  });
});

describe('a line of the paper', () => {
  it('has its amount in columns 5 and 10, and in no other', () => {
    const row = paperRow(someLine(), { bank: 'Agribank', period: '2026-11', source: '' });
    expect(rowTexts(row)).toEqual([
      ...['1', 'Nông Thị Thuỳ', '0088001234567', 'Agribank', '2.789.000'],
      ...['', '', '', '', '2.789.000', '', '', ''],
    ]);
    const sum = sumTexts('Tổng cộng', Money.of('2789000'));
    expect(sum.map(({ span = 1 }) => span).reduce((a, b) => a + b)).toBe(13);
    expect([sum[1]?.text, sum[6]?.text]).toEqual(['2.789.000', '2.789.000']);
  });

  it('notes what the treasury or the bank may ask about, and nothing of an ordinary line', () => {
    expect(noted({})).toBe('');
    expect(noted({ kind: 'arrears', period: '2026-09' })).toBe('Truy lĩnh; Kỳ 09/2026');
    expect(noted({ kind: 'one_off', reissueOf: 'p' })).toBe('Một lần; Chi lại');
    expect(noted({ accountName: 'TRUNG TAM MAU' })).toBe('Chủ tài khoản: TRUNG TAM MAU');
    const recipient = { recipientName: 'Nông Văn Nhận', accountName: 'NONG VAN NHAN' };
    expect(noted(recipient, 'Nguồn 2')).toBe('Nhận thay: Nông Văn Nhận; Nguồn 2');
  });
});

describe('a change on the paper', () => {
  const person = (differs: Partial<ChangedPerson>): ChangedPerson => ({
    personalNumber: '020000000001',
    beneficiaryId: 'b',
    payeeName: 'Nông Thị Thuỳ',
    changes: [],
    amountBefore: '2689000',
    amountNow: '2789000',
    bankBinBefore: '970405',
    accountBefore: '001',
    bankBinNow: '970415',
    accountNow: '002',
    leftOutBecause: null,
    ...differs,
  });
  const texts = (differs: Partial<ChangedPerson>): string[] =>
    changeTexts(
      1,
      changeRow(person(differs), (bin) => `NH ${bin}`),
    ).slice(2);

  it('shows old beside new, and the account only where it is another', () => {
    expect(texts({ changes: ['other_amount'] })).toEqual([
      ...['Đổi mức', '2.689.000', '', '2.789.000', '', ''],
    ]);
    const accounts = ['001 NH 970405', '002 NH 970415'];
    expect(texts({ changes: ['other_account'] })).toEqual([
      ...['Đổi tài khoản', '2.689.000', accounts[0], '2.789.000', accounts[1], ''],
    ]);
    expect(texts({ changes: ['other_amount', 'other_account'] })[0]).toBe('Đổi mức và tài khoản');
  });

  it('of who is new has no before, and of who is gone no after, but why', () => {
    const none = { amountBefore: null, bankBinBefore: null, accountBefore: null };
    expect(texts({ changes: ['new'], ...none })).toEqual([
      ...['Tăng mới', '', '', '2.789.000', '002 NH 970415', ''],
    ]);
    const gone = { amountNow: null, bankBinNow: null, accountNow: null };
    expect(texts({ changes: ['gone'], ...gone, leftOutBecause: 'deceased' })).toEqual([
      ...['Giảm', '2.689.000', '001 NH 970405', '', '', 'Đã mất'],
    ]);
  });
});
