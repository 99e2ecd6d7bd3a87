import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Money } from '../kernel/index.js';
import { AllowanceRates, BankDirectory, Places } from '../organisation/index.js';
import { openSpreadsheet } from '../platform/spreadsheet/index.js';
import { SAMPLE_MOODS } from './sample-accounts.js';
import { SAMPLE_FAULTS } from './sample-faults.js';
import { sampleList } from './sample-list.js';
import { sampleWorkbook } from './sample-workbook.js';

const source = { configDir: 'config', variable: () => undefined };
const reference = {
  places: Places.load(source),
  banks: BankDirectory.load(source),
  rates: AllowanceRates.load(source),
};
const list = sampleList(reference);

describe('the sample list', () => {
  it('holds 4,092 payable people and exactly 7,795,000,000 đồng', () => {
    expect(list.payable).toHaveLength(4092);
    expect(list.total.toString()).toBe('7795000000');
    expect(Money.sum(list.payable.map((line) => line.amount)).toString()).toBe('7795000000');
  });

  it('every amount is a rate of the table, and most are low ones', () => {
    const rates = new Set(reference.rates.monthly('2789000').map((rate) => rate.amount.toString()));
    const amounts = list.payable.map((line) => line.amount.toString());
    expect(amounts.filter((amount) => !rates.has(amount))).toEqual([]);
    expect(new Set(amounts).size).toBeGreaterThan(40);
    expect(amounts.sort()[2046]! < '2000000').toBe(true);
  });

  it('all 65 communes of the province have people, and no other place', () => {
    const communes = new Set(list.payable.map((line) => line.person.communeCode));
    const province = reference.places.all('2026-11-30').filter((c) => c.provinceCode === '20');
    expect([...communes].sort()).toEqual(province.map((commune) => commune.code));
    expect(communes.size).toBe(65);
  });

  it('no person and no account stands twice', () => {
    expect(new Set(list.payable.map((line) => line.person.personalNumber)).size).toBe(4092);
    expect(new Set(list.payable.map((line) => line.account.number)).size).toBe(4092);
  });

  it('nobody in it can be taken for a real person', () => {
    for (const { person } of list.payable) {
      expect(person.fullName).toMatch(/ Mẫu$/);
      expect(person.personalNumber).toMatch(/^020000\d{6}$/);
    }
  });

  it('the sandbox bank meets each mood as often as promised', () => {
    const met = new Map<string, number>();
    for (const { account } of list.payable) {
      if (account.mood) met.set(account.mood, (met.get(account.mood) ?? 0) + 1);
    }
    const promised = Object.entries(SAMPLE_MOODS).map(([name, { count }]) => [name, count]);
    expect(Object.fromEntries(met)).toEqual(Object.fromEntries(promised));
    const calm = list.payable.filter(({ account }) => account.mood === null);
    expect(calm.filter(({ account }) => /99\d{4}$/.test(account.number))).toEqual([]);
  });

  it('every rule is broken by a row of its own among the good ones', () => {
    const faulty = list.rows.filter((row) => row.fault);
    expect(faulty).toHaveLength(SAMPLE_FAULTS.length);
    expect(list.refused).toBe(SAMPLE_FAULTS.length);
    expect(list.rows).toHaveLength(4092 + SAMPLE_FAULTS.length);
    const gaps = faulty.map((row) => list.rows.indexOf(row));
    expect(gaps.every((at, n) => n === 0 || at - gaps[n - 1]! > 50)).toBe(true);
  });

  it('is the same list, and the same file to the byte, every time', async () => {
    expect(JSON.stringify(sampleList(reference))).toBe(JSON.stringify(list));
    const first = await sampleWorkbook(list);
    await new Promise((wake) => setTimeout(wake, 2100)); // archives count time in steps of two seconds
    expect((await sampleWorkbook(list)).equals(first)).toBe(true);
  });

  it('opens as a workbook with its header below the title', async () => {
    const bytes = await sampleWorkbook(list);
    const folder = await mkdtemp(join(tmpdir(), 'sample-'));
    const path = join(folder, 'list.xlsx');
    await writeFile(path, bytes);
    const book = await openSpreadsheet(path);
    let rows = 0;
    let headerAt = 0;
    for await (const row of book.sheets[0]!.rows()) {
      rows += 1;
      if (row.cells.get(2)?.text === 'Họ và tên') headerAt = row.number;
    }
    await book.close();
    await rm(folder, { recursive: true });
    expect(headerAt).toBe(list.title.length + 2);
    expect(rows).toBeGreaterThanOrEqual(4092 + SAMPLE_FAULTS.length);
  });
});

describe('the list of the next period', () => {
  const changes = { newcomers: 30, gone: 20, otherAmount: 40, otherAccount: 15 };
  const next = sampleList(reference, { period: '2026-12', changes, withFaults: false });
  const before = new Map(list.payable.map((line) => [line.person.personalNumber, line]));

  it('differs in as many newcomers, people gone, amounts and accounts as asked for', () => {
    const same = next.payable.flatMap((line) => {
      const earlier = before.get(line.person.personalNumber);
      return earlier ? [{ line, earlier }] : [];
    });
    const count = (differs: (pair: (typeof same)[number]) => boolean) =>
      same.filter(differs).length;
    expect(next.payable.length - same.length).toBe(changes.newcomers);
    expect(list.payable.length - same.length).toBe(changes.gone);
    expect(count((p) => !p.line.amount.equals(p.earlier.amount))).toBe(changes.otherAmount);
    expect(count((p) => p.line.account.number !== p.earlier.account.number)).toBe(
      changes.otherAccount,
    );
  });

  it('has no rows to refuse when none are wanted, and the period in every row', () => {
    expect(next.refused).toBe(0);
    expect(new Set(next.rows.map((row) => row.cells['Kỳ']))).toEqual(new Set(['12/2026']));
  });
});
