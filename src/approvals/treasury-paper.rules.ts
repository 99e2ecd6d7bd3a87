import type { Basis, ChangeCounts, ChangedPerson, SignedLine } from '../batches/index.js';
import {
  amountInWords,
  foldText,
  formatDate,
  formatPeriod,
  officeDate,
  officeTime,
  Money,
} from '../kernel/index.js';
import type { Office, PaymentListForm, TreasuryAccount } from '../organisation/index.js';

/*
 * Form Mẫu 09 of Decree 11/2020/NĐ-CP, appendix II: the list that goes to the State Treasury with a withdrawal.
 * The treasury checks its form and its totals; the office alone answers for names, accounts and amounts. An
 * allowance stands in column 5 (the line's sum) and 10 (other allowances), as forms.json reads the form.
 * Everything here is decided by what was signed, so the same batch gives the same paper for ever.
 */

/** Who signed, and when. */
export interface SignedBy {
  readonly name: string;
  readonly at: Date;
}

/** What of a signed batch its paper is made of, besides its lines. */
export interface PaperFacts {
  readonly form: PaymentListForm;
  readonly batch: {
    readonly number: string;
    readonly period: string;
    readonly round: number;
    readonly digest: string;
    readonly lineCount: number;
    readonly total: Money;
  };
  readonly programme: string;
  readonly approvedAt: Date;
  readonly preparer: SignedBy;
  /** In the order of the chain. */
  readonly signatures: readonly (SignedBy & { readonly signature: 'first' | 'second' })[];
  readonly office: Office;
  readonly funds: readonly {
    readonly code: string;
    readonly name: string;
    readonly amount: Money;
  }[];
  readonly comparedWith: Basis;
  /** Number of the batch that this one follows up, when it does. */
  readonly followedNumber: string | null;
  readonly counts: ChangeCounts;
}

/** A place to sign, and the names of those who did. */
export interface PaperSigner {
  readonly title: string;
  readonly note: string;
  readonly signed: readonly { readonly name: string; readonly how: string }[];
}

/** The paper without its lines: every text as it is printed. */
export interface TreasuryPaper {
  readonly form: PaymentListForm;
  readonly fileStem: string;
  readonly at: Date;
  /** Upper right: form, code, number. */
  readonly corner: readonly string[];
  readonly title: string;
  readonly subject: string;
  readonly accountKinds: readonly { readonly label: string; readonly ticked: boolean }[];
  readonly head: readonly string[];
  readonly lineCount: number;
  readonly total: Money;
  readonly totalInWords: string;
  readonly changes: readonly string[];
  /** Whether there is a last period to compare with. */
  readonly hasChanges: boolean;
  readonly placeAndDate: string;
  readonly signers: readonly PaperSigner[];
  readonly proof: string;
  /** At the foot of every page. */
  readonly foot: string;
}

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

const BLANK = '……………';
const DIGEST_SHOWN = 16;

export function paperOf(facts: PaperFacts): TreasuryPaper {
  const { form, batch, office, approvedAt } = facts;
  const accounts = facts.funds.map((fund) => ({ fund, account: accountOf(office, fund.code) }));
  const kindsUsed = new Set(accounts.map(({ account }) => account?.kind));
  const shownDigest = batch.digest.slice(0, DIGEST_SHOWN);
  return {
    form,
    fileStem: `mau-09-${batch.number}`,
    at: approvedAt,
    corner: [form.form, `${form.code}: ${BLANK}`, `${form.number}: ${batch.number}`],
    title: form.title.toUpperCase(),
    subject: `${facts.programme} – kỳ ${formatPeriod(batch.period)}`,
    accountKinds: [
      { label: form.budgetAccount, ticked: kindsUsed.has('budget') },
      { label: form.depositAccount, ticked: kindsUsed.has('deposit') },
    ],
    head: [
      `${form.unit}: ${office.name}`,
      `${form.unitCode}: ${office.budgetCode}`,
      `${form.payerAccount}: ${office.paymentAccount.number}, ${office.paymentAccount.bank}`,
      ...accounts.map(
        ({ fund, account }, at) =>
          `${sourceSaid(facts, at)}: ${fund.name}: ${figures(fund.amount)} đồng, tài khoản ${account?.number ?? BLANK} tại ${office.treasury}`,
      ),
    ],
    lineCount: batch.lineCount,
    total: batch.total,
    totalInWords: `${form.totalInWords}: ${amountInWords(batch.total)}.`,
    changes: changesSaid(facts),
    hasChanges: facts.counts.peopleBefore > 0,
    placeAndDate: placeAndDate(office.place, approvedAt),
    signers: [
      {
        ...form.preparer,
        signed: [{ name: facts.preparer.name, how: `Đã lập và trình ${when(facts.preparer.at)}` }],
      },
      { ...form.chiefAccountant, signed: signedAs(facts, 'second') },
      { ...form.head, signed: signedAs(facts, 'first') },
    ],
    proof:
      `Lập từ đợt chi ${batch.number} (vòng ký ${batch.round}, ${count(batch.lineCount)} dòng) đã ký điện tử trên hệ thống ` +
      `ChiTra. Mã kiểm tra SHA-256 của danh sách đã ký: ${batch.digest}`,
    foot: `Đợt ${batch.number} · mã kiểm tra ${shownDigest}`,
  };
}

/** How the paper calls the funds of a batch: by number where there are several, so that lines can name theirs. */
export function sourceSaid({ funds }: Pick<PaperFacts, 'funds'>, at: number): string {
  return funds.length > 1 ? `Nguồn ${at + 1}` : 'Nguồn kinh phí';
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

function changesSaid({ batch, comparedWith, followedNumber, counts }: PaperFacts): string[] {
  const before =
    'period' in comparedWith
      ? `Kỳ trước (${formatPeriod(comparedWith.period)})`
      : `Đợt trước (${followedNumber ?? BLANK})`;
  if (counts.peopleBefore === 0) {
    return [`${before}: không có danh sách nào được ký trước đợt này để so sánh.`];
  }
  const now = Money.of(counts.amountNow);
  const difference = now.minus(Money.of(counts.amountBefore));
  const people = (count_: number, amount: string): string =>
    `${count(count_)} người, ${figures(Money.of(amount))} đồng`;
  return [
    `${before}: ${people(counts.peopleBefore, counts.amountBefore)}. Kỳ này (${formatPeriod(batch.period)}): ` +
      `${people(counts.peopleNow, counts.amountNow)}. Chênh lệch: ${signedFigures(difference)} đồng.`,
    `1. Tăng mới: ${people(counts.newPeople, counts.newAmount)}.   ` +
      `2. Giảm: ${people(counts.gonePeople, counts.goneAmount)}.   ` +
      `3. Đổi mức: ${count(counts.otherAmountPeople)} người, chênh lệch ` +
      `${signedFigures(Money.of(counts.otherAmountDifference))} đồng.   ` +
      `4. Đổi tài khoản: ${count(counts.otherAccountPeople)} người.`,
  ];
}

function signedAs({ signatures }: PaperFacts, kind: 'first' | 'second'): PaperSigner['signed'] {
  return signatures
    .filter(({ signature }) => signature === kind)
    .map(({ name, at }) => ({ name, how: `Đã ký điện tử ${when(at)}` }));
}

function accountOf(office: Office, fund: string): TreasuryAccount | null {
  return office.accounts.find((account) => account.fund === fund) ?? null;
}

function when(at: Date): string {
  return `lúc ${officeTime(at)} ngày ${formatDate(officeDate(at))}`;
}

function placeAndDate(place: string, at: Date): string {
  const [year, month, day] = officeDate(at).split('-');
  return `${place}, ngày ${day} tháng ${month} năm ${year}`;
}

/** `1.234.567`, without the unit. */
export function figures(amount: Money): string {
  return amount.format('vi').replace(/ đ$/, '');
}

function signedFigures(amount: Money): string {
  return amount.isPositive() ? `+${figures(amount)}` : figures(amount);
}

/** `5.000` */
function count(of: number): string {
  return figures(Money.of(String(of)));
}
