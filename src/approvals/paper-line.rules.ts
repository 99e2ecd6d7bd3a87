import type { ChangedPerson, SignedLine } from '../batches/index.js';
import { foldText, formatPeriod, Money } from '../kernel/index.js';

/*
 * The long parts of form Mẫu 09: its lines, and who is not as in the last period. An allowance stands in column 5 (the
 * line's sum) and 10 (other allowances), as forms.json reads the form.
 */

/** One line of the list. Column 5 and 10 carry the same amount. */
export interface PaperRow {
  readonly no: string;
  readonly name: string;
  readonly account: string;
  readonly bank: string;
  readonly amount: Money;
  readonly note: string;
}

/** One person who is not as in the last period. */
export interface ChangeRow {
  readonly name: string;
  readonly change: string;
  readonly amountBefore: Money | null;
  readonly accountBefore: string;
  readonly amountNow: Money | null;
  readonly accountNow: string;
  readonly note: string;
}

/** Texts of one row of the list, column by column; an allowance's amount stands in columns 5 and 10. */
export function rowTexts(row: PaperRow): string[] {
  const amount = figures(row.amount);
  const { no, name, account, bank, note } = row;
  return [no, name, account, bank, amount, '', '', '', '', amount, '', '', note];
}

/** Texts of a row of sums: a label over the first four columns, and the sum in columns 5 and 10. */
export function sumTexts(label: string, sum: Money): { text: string; span?: number }[] {
  const amount = figures(sum);
  const texts = [amount, '', '', '', '', amount, '', '', ''];
  return [{ text: label, span: 4 }, ...texts.map((text) => ({ text }))];
}

export const CHANGE_TITLES = [
  'STT',
  'Họ và tên',
  'Thay đổi',
  'Số tiền kỳ trước',
  'Tài khoản kỳ trước',
  'Số tiền kỳ này',
  'Tài khoản kỳ này',
  'Ghi chú',
];

export function changeTexts(no: number, change: ChangeRow): string[] {
  const amount = (money: Money | null): string => (money === null ? '' : figures(money));
  return [
    String(no),
    change.name,
    change.change,
    amount(change.amountBefore),
    change.accountBefore,
    amount(change.amountNow),
    change.accountNow,
    change.note,
  ];
}

/** What a line is on the paper, beside the name of the payee's bank and, where there are several, of the source. */
export function paperRow(
  line: SignedLine,
  { bank, period, source }: { bank: string; period: string; source: string },
): PaperRow {
  const notes = [
    line.kind === 'arrears' ? 'Truy lĩnh' : '',
    line.kind === 'one_off' ? 'Một lần' : '',
    line.period === period ? '' : `Kỳ ${formatPeriod(line.period)}`,
    line.reissueOf === null ? '' : 'Chi lại',
    payedTo(line),
    source,
  ];
  return {
    no: String(line.lineNo),
    name: line.payeeName,
    account: line.accountNumber,
    bank,
    amount: line.amount,
    note: notes.filter((note) => note !== '').join('; '),
  };
}

/** Who stands behind the account, when that is not the payee. */
function payedTo({ payeeName, recipientName, accountName }: SignedLine): string {
  if (recipientName !== null) return `Nhận thay: ${recipientName}`;
  return foldText(accountName) === foldText(payeeName) ? '' : `Chủ tài khoản: ${accountName}`;
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  no_account: 'Chưa có tài khoản',
  no_route: 'Chưa có ngân hàng chuyển đến',
  held: 'Đang tạm giữ',
  deceased: 'Đã mất',
  ended: 'Có quyết định dừng hưởng',
  recipient_expired: 'Giấy ủy quyền hết hạn',
  failed_before: 'Đã chi không thành công',
  over_ceiling: 'Vượt mức tối đa',
  in_another_batch: 'Thuộc đợt chi khác',
  already_paid: 'Đã chi',
  removed: 'Người lập rút khỏi danh sách',
};

/** What changed of a person, old beside new; `bankName` names a bank by its BIN. */
export function changeRow(person: ChangedPerson, bankName: (bin: string) => string): ChangeRow {
  const { changes } = person;
  const otherAccount = !changes.includes('other_amount') || changes.includes('other_account');
  const account = (bin: string | null, number: string | null): string =>
    otherAccount && bin !== null && number !== null ? `${number} ${bankName(bin)}` : '';
  return {
    name: person.payeeName,
    change: changeSaid(changes),
    amountBefore: person.amountBefore === null ? null : Money.of(person.amountBefore),
    accountBefore: account(person.bankBinBefore, person.accountBefore),
    amountNow: person.amountNow === null ? null : Money.of(person.amountNow),
    accountNow: account(person.bankBinNow, person.accountNow),
    note: person.leftOutBecause === null ? '' : (LEFT_OUT[person.leftOutBecause] ?? ''),
  };
}

function changeSaid(changes: ChangedPerson['changes']): string {
  if (changes.includes('new')) return 'Tăng mới';
  if (changes.includes('gone')) return 'Giảm';
  if (!changes.includes('other_amount')) return 'Đổi tài khoản';
  return changes.includes('other_account') ? 'Đổi mức và tài khoản' : 'Đổi mức';
}

/** `1.234.567`, without the unit. */
export function figures(amount: Money): string {
  return amount.format('vi').replace(/ đ$/, '');
}
