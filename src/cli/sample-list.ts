import { Money, firstDayOf, formatPeriod, lastDayOf, type Period } from '../kernel/index.js';
import type { AllowanceRates, BankDirectory, Places } from '../organisation/index.js';
import { SeededRandom } from './random.js';
import { accountFor, moodsOf, type SampleAccount } from './sample-accounts.js';
import { amountsSummingTo } from './sample-amounts.js';
import type { SampleCells } from './sample-columns.js';
import { SAMPLE_FAULTS } from './sample-faults.js';
import { accountNameOf, samplePerson, spreadOver, type SamplePerson } from './sample-people.js';

/** What Lạng Sơn paid a month in 2020: 4,092 people, 7,795 million đồng. */
export const SAMPLE_COUNT = 4092;
export const SAMPLE_TOTAL = Money.of('7795000000');
/** The last standard whose full rate tables are published (Decree 77/2024/NĐ-CP). */
export const SAMPLE_STANDARD = '2789000';
export const SAMPLE_PROGRAMME = 'NCC_MONTHLY';
const PROVINCE = '20';
const SEED = 20_201_121;

/** What is known before: the office's own reference data. */
export interface SampleReference {
  readonly places: Places;
  readonly banks: BankDirectory;
  readonly rates: AllowanceRates;
}

/** How many lines of the next period differ from those of the first. */
export interface SampleChanges {
  readonly newcomers?: number;
  readonly gone?: number;
  readonly otherAmount?: number;
  readonly otherAccount?: number;
}

export interface SampleOptions {
  /** A month; the same people are listed in every period. */
  readonly period?: Period;
  /** Present in a list that follows another: its total is then what the changes make of it. */
  readonly changes?: SampleChanges;
  /** Whether the rows that must be refused stand among the good ones; true when not said. */
  readonly withFaults?: boolean;
}

export interface PayableLine {
  readonly person: SamplePerson;
  readonly amount: Money;
  readonly account: SampleAccount;
}

export interface SampleRow {
  readonly cells: SampleCells;
  /** Set on a row that an import refuses. */
  readonly fault?: { readonly rule: string; readonly column: string };
}

export interface SampleList {
  readonly period: Period;
  readonly title: readonly string[];
  readonly rows: readonly SampleRow[];
  readonly payable: readonly PayableLine[];
  readonly total: Money;
  readonly refused: number;
}

/** A list as an office sends it: real rates, invented people. The same for the same options, every time. */
export function sampleList(reference: SampleReference, options: SampleOptions = {}): SampleList {
  const period = options.period ?? '2026-11';
  const first = firstLines(reference);
  const payable = options.changes ? changed(first, options.changes, reference) : first;
  const good = payable.map((line) => ({ cells: cellsOf(line, period) }));
  const bad = options.withFaults === false ? [] : faultyRows(good, reference, period);
  const rows = interleave(good, bad).map((row, at) => ({
    ...row,
    cells: { ...row.cells, STT: at + 1 },
  }));
  return {
    period,
    title: titleOf(period),
    rows,
    payable,
    total: Money.sum(payable.map((line) => line.amount)),
    refused: bad.length,
  };
}

function firstLines({ places, banks, rates }: SampleReference): PayableLine[] {
  const random = new SeededRandom(SEED);
  const communes = places.all('2026-11-30').filter((place) => place.provinceCode === PROVINCE);
  const where = spreadOver(communes, SAMPLE_COUNT, random);
  const people = where.map((commune, at) => samplePerson(at + 1, commune, random));
  const amounts = amountsSummingTo({
    rates: rates.monthly(SAMPLE_STANDARD).map((rate) => rate.amount),
    count: SAMPLE_COUNT,
    total: SAMPLE_TOTAL,
    random,
  });
  const moods = moodsOf(SAMPLE_COUNT, random);
  return people.map((person, at) => ({
    person,
    amount: amounts[at]!,
    account: accountFor(at + 1, moods[at] ?? null, { banks, random }),
  }));
}

const NEWCOMERS_FROM = 500_001;

/** Spread evenly over the list, each line changed in one way only. */
function changed(
  first: readonly PayableLine[],
  changes: SampleChanges,
  reference: SampleReference,
): PayableLine[] {
  const { newcomers = 0, gone = 0, otherAmount = 0, otherAccount = 0 } = changes;
  const random = new SeededRandom(SEED + 1);
  const order = random.shuffled(first.map((_, at) => at));
  const take = (count: number) => new Set(order.splice(0, count));
  const leaving = take(gone);
  const raised = take(otherAmount);
  const moved = take(otherAccount);
  const amounts = reference.rates.monthly(SAMPLE_STANDARD).map((rate) => rate.amount);
  const context = { banks: reference.banks, random };
  const account = (serial: number) => accountFor(serial, null, context);

  const lines = first.flatMap((line, at) => {
    if (leaving.has(at)) return [];
    if (raised.has(at)) {
      const others = amounts.filter((amount) => !amount.equals(line.amount));
      return [{ ...line, amount: random.pick(others) }];
    }
    return moved.has(at) ? [{ ...line, account: account(NEWCOMERS_FROM + 100_000 + at) }] : [line];
  });
  const communes = reference.places
    .all('2026-11-30')
    .filter((place) => place.provinceCode === PROVINCE);
  for (let serial = NEWCOMERS_FROM; serial < NEWCOMERS_FROM + newcomers; serial += 1) {
    const person = samplePerson(serial, random.pick(communes), random);
    lines.push({ person, amount: random.pick(amounts), account: account(serial) });
  }
  return lines;
}

/** Every eleventh person has a relative who receives, into an account of theirs; amounts are written in two ways. */
function cellsOf({ person, amount, account }: PayableLine, period: Period): SampleCells {
  const { serial } = person;
  const written =
    serial % 5 === 0 ? amount.format('vi').replace(/\s*đ$/, '') : Number(amount.toString());
  return {
    'Họ và tên': serial % 97 === 0 ? person.fullName.normalize('NFD') : person.fullName,
    'Số định danh': person.personalNumber,
    'Ngày sinh': person.dateOfBirth,
    'Mã xã/phường': person.communeCode,
    'Chế độ': SAMPLE_PROGRAMME,
    Kỳ: formatPeriod(period),
    'Loại khoản': 'thường xuyên',
    'Số tiền': written,
    'Số quyết định': `${100 + (serial % 860)}/QĐ-SNV`,
    'Ngày quyết định': `${String(1 + (serial % 28)).padStart(2, '0')}/${serial % 2 === 0 ? '07' : '10'}/2024`,
    'Số tài khoản': account.number,
    'Tên tài khoản': accountNameOf(person),
    'Ngân hàng': account.bankAsWritten,
    ...(serial % 11 === 0 ? recipientOf(serial, period) : {}),
    ...(serial % 7 === 0 ? { 'Nguồn kinh phí': 'NSTW_NCC' } : {}),
  };
}

function recipientOf(serial: number, period: Period): SampleCells {
  const year = Number(lastDayOf(period).slice(0, 4)) + 5;
  return {
    'Người nhận thay': 'Trần Thị Thay Mẫu',
    'Tên tài khoản': 'TRAN THI THAY MAU',
    'Số định danh người nhận thay': `020001${String(serial).padStart(6, '0')}`,
    'Giấy ủy quyền đến ngày': `31/12/${year}`,
  };
}

/** A multiple of eleven, so that nobody receives for a person of a row that must be refused. */
const FAULTY_FROM = 900_009;

function faultyRows(
  good: readonly SampleRow[],
  reference: SampleReference,
  period: Period,
): SampleRow[] {
  const random = new SeededRandom(SEED + 2);
  const communes = reference.places
    .all(firstDayOf(period))
    .filter((place) => place.provinceCode === PROVINCE);
  const amount = reference.rates.monthly(SAMPLE_STANDARD)[0]!.amount;
  return SAMPLE_FAULTS.map((fault, at) => {
    const serial = FAULTY_FROM + 11 * at + 1;
    const fresh = cellsOf(
      {
        person: samplePerson(serial, random.pick(communes), random),
        amount,
        account: accountFor(serial, null, { banks: reference.banks, random }),
      },
      period,
    );
    const base = fault.of ? good[at]!.cells : fresh;
    return { cells: fault.spoil(base), fault: { rule: fault.rule, column: fault.column } };
  });
}

/** The rows that must be refused stand evenly among the good ones, each below the row that it repeats. */
function interleave(good: readonly SampleRow[], bad: readonly SampleRow[]): SampleRow[] {
  const every = Math.floor(good.length / (bad.length + 1));
  return good.flatMap((row, at) => {
    const after = (at + 1) % every === 0 ? bad[(at + 1) / every - 1] : undefined;
    return after ? [row, after] : [row];
  });
}

function titleOf(period: Period): string[] {
  return [
    'SỞ NỘI VỤ TỈNH LẠNG SƠN (DANH SÁCH MẪU, KHÔNG CÓ THẬT)',
    'DANH SÁCH CHI TRẢ TRỢ CẤP HẰNG THÁNG ĐỐI VỚI NGƯỜI CÓ CÔNG',
    `Kỳ chi trả: tháng ${formatPeriod(period)}`,
    'Đơn vị tính: đồng',
  ];
}
