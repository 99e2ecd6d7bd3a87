import fc from 'fast-check';
import { BankDirectory, Funds, Places, Programmes } from '../organisation/index.js';
import type { Cell } from '../platform/spreadsheet/index.js';
import { FIELDS, LIST_FIELDS } from './list.columns.js';
import type { ListHeader } from './list.header.js';
import { checkRow, type ListContext } from './list.row.js';

const source = { configDir: 'config', variable: () => undefined };
const funds = Funds.load(source);
const programmes = Programmes.load(source, funds);
const context: ListContext = {
  places: Places.load(source),
  banks: BankDirectory.load(source),
  programmes,
  funds,
  declaredProgramme: null,
  declaredPeriod: null,
  today: '2026-11-21',
};
const header: ListHeader = {
  rowNumber: 1,
  columns: new Map(FIELDS.map((field, at) => [field, at + 1])),
  unknown: [{ column: FIELDS.length + 1, heading: 'Khác' }],
  width: FIELDS.length + 1,
};

const GOOD: Readonly<Record<string, string>> = {
  fullName: 'Nguyễn Văn Thử',
  personalNumber: '020000000001',
  communeCode: '05983',
  programme: 'NCC_MONTHLY',
  period: '11/2026',
  amount: '1.624.000',
  decisionNumber: '1/QĐ',
  decisionDate: '15/01/2024',
};

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    ...Object.values(GOOD),
    '-',
    '=1',
    '1E21',
    '970405',
    'BIDV',
    '31/12/2099',
    '𝒜',
    '0',
  ),
  fc.stringMatching(/^\d{1,20}$/),
);
const anyCell: fc.Arbitrary<Cell | null> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('text', 'number', 'date', 'boolean', 'error', 'formula'),
      text: anyText,
    }),
  },
);

function check(cells: readonly (Cell | null)[], with_: Partial<ListContext> = {}) {
  const placed = cells.flatMap((cell, at): [number, Cell][] => (cell ? [[at + 1, cell]] : []));
  return checkRow({ number: 7, cells: new Map(placed), width: cells.length }, header, {
    ...context,
    ...with_,
  });
}

function written(differs: Readonly<Record<string, string>>): (Cell | null)[] {
  const texts: Readonly<Record<string, string>> = { ...GOOD, ...differs };
  return FIELDS.map((field) => (texts[field] ? { kind: 'text', text: texts[field] } : null));
}

describe('a row of a list', () => {
  it('whatever its cells hold is judged and never breaks the check', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: FIELDS.length + 3 }), (cells) => {
        const { values, problems } = check(cells);
        for (const { message, remedy } of problems) {
          expect(message.vi && message.en && remedy.vi && remedy.en).toBeTruthy();
          expect(`${message.vi}${message.en}`).not.toMatch(/\{\w+\}/);
        }
        if (problems.some(({ severity }) => severity === 'error')) return;
        expect(values).toMatchObject({
          personalNumber: expect.stringMatching(/^\d{9}(\d{3})?$/) as string,
          communeCode: expect.stringMatching(/^\d{5}$/) as string,
          amount: expect.stringMatching(/^[1-9]\d*$/) as string,
          fund: expect.any(String) as string,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('a good row with one cell of anything keeps the database’s promises when it is still good', () => {
    const base = written({
      accountNumber: '0123456789',
      accountName: 'Nguyễn Văn Thử',
      bank: 'BIDV',
      recipientName: 'Lê Thị Thay',
      recipientPersonalNumber: '020000000002',
      authorisedUntil: '31/12/2026',
    });
    fc.assert(
      fc.property(fc.nat(FIELDS.length - 1), anyCell, (at, cell) => {
        const { values, problems } = check(base.with(at, cell));
        if (problems.some(({ severity }) => severity === 'error')) return;
        for (const name of [values.fullName, values.recipientName, values.accountName]) {
          if (name === null) continue;
          expect([...name].length).toBeGreaterThanOrEqual(2);
          expect([...name].length).toBeLessThanOrEqual(140);
        }
        const account = [values.accountNumber, values.accountName, values.bankBin];
        expect(new Set(account.map((part) => part === null)).size).toBe(1);
        const recipient = [
          values.recipientName,
          values.recipientPersonalNumber,
          values.authorisedUntil,
        ];
        expect(new Set(recipient.map((part) => part === null)).size).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('every mandatory cell that is empty or holds a dash is told', () => {
    for (const field of FIELDS.filter((f) => LIST_FIELDS[f].need !== 'no')) {
      for (const nothing of ['', '-', '–', ' '])
        expect(check(written({ [field]: nothing })).problems).toMatchObject([
          { rule: 'cell.required', field },
        ]);
    }
  });

  it('what was declared with the list holds, and a cell that says otherwise is refused', () => {
    const declared = {
      declaredProgramme: programmes.find('NCC_GIFT'),
      declaredPeriod: '2026-12',
    };
    const empty = check(written({ programme: '', period: '' }), declared);
    expect(empty).toMatchObject({
      problems: [],
      values: { programme: 'NCC_GIFT', period: '2026-12' },
    });
    const other = check(written({}), declared);
    expect(other.problems.map(({ rule }) => rule)).toEqual(['programme.differs', 'period.differs']);
  });

  it('the account is compared with who receives it', () => {
    const account = { accountNumber: '0123456789', bank: 'BIDV' };
    const rulesOf = (differs: Readonly<Record<string, string>>) =>
      check(written({ ...account, ...differs })).problems.map(({ rule }) => rule);
    expect(rulesOf({ accountName: 'NGUYEN VAN THU' })).toEqual([]);
    expect(rulesOf({ accountName: 'LE THI THAY' })).toEqual(['account.name-differs']);
    expect(
      rulesOf({
        accountName: 'LE THI THAY',
        recipientName: 'Lê Thị Thay',
        recipientPersonalNumber: '020000000002',
        authorisedUntil: '31/12/2026',
      }),
    ).toEqual([]);
  });

  it('a commune merged away in the middle of a year is valid for the year and not for a later month', () => {
    const rulesOf = (differs: Readonly<Record<string, string>>) =>
      check(written({ communeCode: '05971', ...differs })).problems.map(({ rule }) => rule);
    expect(rulesOf({ programme: 'NCC_WORSHIP', period: '2025' })).toEqual([]);
    expect(rulesOf({ period: '06/2025' })).toEqual([]);
    expect(rulesOf({ period: '07/2025' })).toEqual(['commune.unknown']);
  });

  it('a formula as a note is left out with a warning', () => {
    const cells = written({}).with(FIELDS.indexOf('note'), { kind: 'formula', text: '=A1' });
    expect(check(cells)).toMatchObject({
      values: { note: null },
      problems: [{ rule: 'note.formula', severity: 'warning' }],
    });
  });
});
