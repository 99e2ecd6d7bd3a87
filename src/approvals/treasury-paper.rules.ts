import type { Basis, ChangeCounts } from '../batches/index.js';
import {
  amountInWords,
  formatDate,
  formatPeriod,
  officeDate,
  officeTime,
  Money,
} from '../kernel/index.js';
import type { Office, PaymentListForm, TreasuryAccount } from '../organisation/index.js';
import { figures } from './paper-line.rules.js';

/*
 * Form Mẫu 09 of Decree 11/2020/NĐ-CP, appendix II: the list that goes to the State Treasury with a withdrawal.
 * The treasury checks its form and its totals; the office alone answers for names, accounts and amounts.
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

function signedFigures(amount: Money): string {
  return amount.isPositive() ? `+${figures(amount)}` : figures(amount);
}

/** `5.000` */
function count(of: number): string {
  return figures(Money.of(String(of)));
}
