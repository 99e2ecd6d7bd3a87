import { paperRow, type ChangeRow, type PaperRow } from '../../src/approvals/paper-line.rules.js';
import { paperOf, type PaperFacts } from '../../src/approvals/treasury-paper.rules.js';
import type { PaperLines } from '../../src/approvals/treasury-paper.source.js';
import type { SignedLine } from '../../src/batches/index.js';
import { Money } from '../../src/kernel/index.js';
import { repositoryReference } from './reference.js';

/** The longest name that a list may bring, without a place to break it. */
export const LONGEST_NAME = `Nguyễn ${'Đặng'.repeat(33)}Ỷ`;

/** What a paper of a signed batch is made of; a spec says only what differs. */
export function someFacts(differs: Partial<PaperFacts> = {}): PaperFacts {
  const { forms, offices } = repositoryReference();
  const total = Money.of('5578000');
  return {
    form: forms.paymentList,
    batch: {
      number: 'NCC_MONTHLY-2026-11-01',
      period: '2026-11',
      round: 2,
      digest: '3f'.repeat(32),
      lineCount: 2,
      total,
    },
    programme: 'Trợ cấp hằng tháng người có công',
    approvedAt: new Date('2026-11-24T03:34:06Z'),
    preparer: { name: 'Nguyễn Thị Lập', at: new Date('2026-11-23T08:00:00Z') },
    signatures: [
      { name: 'Trần Văn Kế', at: new Date('2026-11-24T01:02:03Z'), signature: 'second' },
      { name: 'Lê Thị Chủ', at: new Date('2026-11-24T03:34:06Z'), signature: 'first' },
    ],
    office: offices.on('2026-11-24'),
    funds: [{ code: 'NSTW_NCC', name: 'Ngân sách trung ương', amount: total }],
    comparedWith: { period: '2026-10' },
    followedNumber: null,
    counts: {
      peopleBefore: 2,
      amountBefore: '5478000',
      peopleNow: 2,
      amountNow: '5578000',
      newPeople: 1,
      newAmount: '2789000',
      gonePeople: 1,
      goneAmount: '2589000',
      otherAmountPeople: 1,
      otherAmountDifference: '-100000',
      otherAccountPeople: 0,
    },
    ...differs,
  };
}

/** A signed line; a spec says only what differs. */
export function someLine(differs: Partial<SignedLine> = {}): SignedLine {
  return {
    lineNo: 1,
    entitlementId: 'e',
    beneficiaryId: 'b',
    accountId: 'a',
    personalNumber: '020000000001',
    payeeName: 'Nông Thị Thuỳ',
    bankBin: '970405',
    accountNumber: '0088001234567',
    accountName: 'NONG THI THUY',
    amount: Money.of('2789000'),
    fund: 'NSTW_NCC',
    communeCode: '05977',
    programme: 'NCC_MONTHLY',
    period: '2026-11',
    kind: 'regular',
    decisionNumber: '12/QĐ',
    recipientName: null,
    recipientPersonalNumber: null,
    authorisedUntil: null,
    reissueOf: null,
    ...differs,
  };
}

export const someRow = (differs: Partial<SignedLine> = {}): PaperRow =>
  paperRow(someLine(differs), { bank: 'Agribank', period: '2026-11', source: '' });

export const someChange = (differs: Partial<ChangeRow> = {}): ChangeRow => ({
  name: 'Nông Thị Thuỳ',
  change: 'Đổi mức',
  amountBefore: Money.of('2889000'),
  accountBefore: '',
  amountNow: Money.of('2789000'),
  accountNow: '',
  note: '',
  ...differs,
});

/** Lines that are in memory. */
export function linesOf(rows: readonly PaperRow[], changes: readonly ChangeRow[] = []): PaperLines {
  return {
    rows: () => oneByOne([rows.slice(0, 20), rows.slice(20)]),
    changes: () => oneByOne(changes),
  };
}

/** A paper of so many lines of 2,789,000 đồng, and its lines. */
export function somePaper(lineCount: number, changes: readonly ChangeRow[] = []) {
  const rows = Array.from({ length: lineCount }, (_, at) => someRow({ lineNo: at + 1 }));
  const total = Money.sum(rows.map(({ amount }) => amount));
  const facts = someFacts();
  const paper = paperOf({ ...facts, batch: { ...facts.batch, lineCount, total } });
  return { paper, lines: linesOf(rows, changes), total };
}

async function* oneByOne<T>(items: readonly T[]): AsyncGenerator<T, void> {
  for (const item of items) yield await Promise.resolve(item);
}
