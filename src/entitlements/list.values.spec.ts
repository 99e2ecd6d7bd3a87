import fc from 'fast-check';
import type { Cell } from '../platform/spreadsheet/index.js';
import {
  cleanText,
  readAccountNumber,
  readAmount,
  readAuthorisedUntil,
  readCommuneCode,
  readDate,
  readDateOfBirth,
  readDecisionDate,
  readKind,
  readName,
  readPeriod,
  readPersonalNumber,
} from './list.values.js';

const text = (value: string): Cell => ({ kind: 'text', text: value });
const number = (value: string): Cell => ({ kind: 'number', text: value });
const date = (value: string): Cell => ({ kind: 'date', text: value });
const TODAY = '2026-11-21';

describe('amounts', () => {
  it.each([
    ['1,624', 'amount.ambiguous'],
    ['1,624,000', 'amount.ambiguous'],
    ['1.624,50', 'amount.decimals'],
    ['1624.5', 'amount.decimals'],
    ['1,624.00', 'amount.decimals'],
    ['0', 'amount.zero'],
    ['000', 'amount.zero'],
    ['-1.624.000', 'amount.negative'],
    ['(1.624.000)', 'amount.negative'],
    ['−5', 'amount.negative'],
    ['1.62.4000', 'amount.digits'],
    ['1.6240', 'amount.decimals'],
    ['một triệu', 'amount.digits'],
    ['0x10', 'amount.digits'],
    ['1E6', 'number.scientific'],
    ['1.5E+06', 'number.scientific'],
    ['1'.repeat(16), 'amount.too-large'],
    ['NaN', 'amount.digits'],
  ])('the text %s is refused: %s', (written, rule) => {
    expect(readAmount(text(written))).toEqual({ ok: false, rule });
  });

  it.each([
    ['1624000', '1624000'],
    ['1.624.000', '1624000'],
    ['500.000', '500000'],
    ['1 624 000', '1624000'],
    ['1\u00a0624\u00a0000\u00a0đ', '1624000'],
    ['１６２４０００', '1624000'],
    ['1.624.000 đồng', '1624000'],
    ['1.624.000 VNĐ', '1624000'],
    ['01624000', '1624000'],
    ["'1624000", '1624000'],
  ])('the text %s is %s', (written, amount) => {
    expect(readAmount(text(written))).toEqual({ ok: true, value: amount });
  });

  it.each([
    ['2789000.5', 'amount.decimals'],
    ['-1', 'amount.negative'],
    ['0', 'amount.zero'],
  ])('the number cell %s is refused: %s', (digits, rule) => {
    expect(readAmount(number(digits))).toEqual({ ok: false, rule });
  });

  it('every whole amount is read the same in each way of writing it', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 999_999_999_999_999n), (amount) => {
        const digits = amount.toString();
        const grouped = (mark: string) => digits.replace(/\B(?=(\d{3})+$)/g, mark);
        for (const cell of [
          text(digits),
          text(grouped('.')),
          text(grouped(' ')),
          text(`${grouped('.')} đ`),
          number(digits),
        ])
          expect(readAmount(cell)).toEqual({ ok: true, value: digits });
      }),
    );
  });

  it('no text whatever gives an amount that was not written', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        const read = readAmount(text(written));
        if (!read.ok) return;
        const digits = written.normalize('NFKC').replace(/\D/g, '');
        expect(read.value).toBe(digits.replace(/^0+/, ''));
      }),
    );
  });

  it('a comma is never guessed at', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,6},\d{1,6}$/), (written) => {
        expect(readAmount(text(written)).ok).toBe(false);
      }),
    );
  });
});

describe('personal numbers', () => {
  it.each([
    [text('02009012345'), 'personal-number.length'],
    [text('0200901234567'), 'personal-number.length'],
    [text('02009012345A'), 'personal-number.digits'],
    [number('20090123456'), 'personal-number.lost-zeros'],
    [number('1090123456'), 'personal-number.lost-zeros'],
    [text('2.00901E+10'), 'number.scientific'],
  ])('%j is refused', (cell, rule) => {
    expect(readPersonalNumber(cell)).toEqual({ ok: false, rule });
  });

  it('nine digits of the old card are read with a warning', () => {
    expect(readPersonalNumber(text('080123456'))).toEqual({
      ok: true,
      value: '080123456',
      warning: 'personal-number.old-card',
    });
  });

  it('twelve digits are read however people part them', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{12}$/),
        fc.constantFrom('', ' ', '\u00a0', '.'),
        (d, mark) => {
          const written = [d.slice(0, 3), d.slice(3, 6), d.slice(6)].join(mark);
          expect(readPersonalNumber(text(` ${written}\u200b`))).toMatchObject({
            ok: true,
            value: d,
          });
        },
      ),
    );
  });
});

describe('dates', () => {
  it.each([
    ['31/02/2024', 'date.impossible'],
    ['29/02/2023', 'date.impossible'],
    ['13/13/2024', 'date.impossible'],
    ['00/01/2024', 'date.impossible'],
    ['1/2/24', 'date.form'],
    ['15-01/2024', 'date.form'],
    ['hôm qua', 'date.form'],
    ['2024', 'date.form'],
  ])('%s is refused: %s', (written, rule) => {
    expect(readDate(text(written))).toEqual({ ok: false, rule });
  });

  it('a bare number is no date', () => {
    expect(readDate(number('45306'))).toEqual({ ok: false, rule: 'date.number-cell' });
  });

  it('every day is read the same from a text, a date cell and ISO 8601', () => {
    const anyDay = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyDay, fc.constantFrom('/', '-', '.'), (day, mark) => {
        const iso = day.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = iso.split('-');
        for (const cell of [
          text(`${dayOfMonth}${mark}${month}${mark}${year}`),
          date(iso),
          text(iso),
        ])
          expect(readDate(cell)).toEqual({ ok: true, value: iso });
      }),
    );
  });

  it('a birthday may be a year, and is neither tomorrow nor in a century long gone', () => {
    expect(readDateOfBirth(number('1950'), TODAY)).toEqual({ ok: true, value: '1950' });
    expect(readDateOfBirth(text('02/09/1945'), TODAY)).toEqual({ ok: true, value: '1945-09-02' });
    for (const written of ['22/11/2026', '2027', '1850', '01/01/1850'])
      expect(readDateOfBirth(text(written), TODAY)).toEqual({
        ok: false,
        rule: 'birth.impossible',
      });
  });

  it('a decision is not of tomorrow, an authorisation not of yesterday', () => {
    expect(readDecisionDate(text('22/11/2026'), TODAY)).toEqual({
      ok: false,
      rule: 'decision.future',
    });
    expect(readDecisionDate(text('21/11/2026'), TODAY).ok).toBe(true);
    expect(readAuthorisedUntil(text('20/11/2026'), TODAY)).toEqual({
      ok: false,
      rule: 'recipient.expired',
    });
    expect(readAuthorisedUntil(text('21/11/2026'), TODAY).ok).toBe(true);
  });
});

describe('periods, kinds and codes', () => {
  it.each([
    ['11/2026', '2026-11'],
    ['1/2026', '2026-01'],
    ['Tháng 11/2026', '2026-11'],
    ['tháng 11 năm 2026', '2026-11'],
    ['2026', '2026'],
    ['Năm 2026', '2026'],
    ['2026-D1', '2026-D1'],
    ['Đợt 2/2026', '2026-D2'],
    ['Đợt 1 năm 2026', '2026-D1'],
    ['2026-11', '2026-11'],
  ])('%s is the period %s', (written, period) => {
    expect(readPeriod(text(written))).toEqual({ ok: true, value: period });
  });

  it('the date that Excel makes of 11/2026 is November again, any other day is no period', () => {
    expect(readPeriod(date('2026-11-01'))).toEqual({ ok: true, value: '2026-11' });
    expect(readPeriod(date('2026-11-15'))).toEqual({ ok: false, rule: 'period.form' });
  });

  it.each(['13/2026', '11', '11/26', '2026-D0', 'quý 4/2026', ''])('%j is no period', (written) => {
    expect(readPeriod(text(written))).toEqual({ ok: false, rule: 'period.form' });
  });

  it.each([
    ['Thường xuyên', 'regular'],
    ['TRUY LĨNH', 'arrears'],
    ['một  lần', 'one_off'],
    ['one_off', 'one_off'],
  ])('the kind %s is %s', (written, kind) => {
    expect(readKind(text(written))).toEqual({ ok: true, value: kind });
  });

  it('another kind is refused', () => {
    expect(readKind(text('truy thu'))).toEqual({ ok: false, rule: 'kind.unknown' });
  });

  it('a commune code that a number cell has shortened says so', () => {
    expect(readCommuneCode(text('05983'))).toEqual({ ok: true, value: '05983' });
    expect(readCommuneCode(number('5983'))).toEqual({ ok: false, rule: 'commune.lost-zeros' });
    expect(readCommuneCode(text('5983'))).toEqual({ ok: false, rule: 'commune.form' });
  });

  it('accounts keep their zeros, and Excel’s damage is seen', () => {
    expect(readAccountNumber(text('0011 0012 3456'))).toEqual({ ok: true, value: '001100123456' });
    expect(readAccountNumber(number('123456789'))).toMatchObject({
      warning: 'account.number-cell',
    });
    expect(readAccountNumber(number('1234567890123450'))).toEqual({
      ok: false,
      rule: 'account.lost-digits',
    });
    for (const [written, rule] of [
      ['12345', 'account.form'],
      ['1'.repeat(20), 'account.form'],
      ['1234-5678', 'account.form'],
      ['1.23457E+11', 'number.scientific'],
    ] as const)
      expect(readAccountNumber(text(written))).toEqual({ ok: false, rule });
  });
});

describe('names', () => {
  it.each([
    ['=HYPERLINK("x")', 'name.looks-like-formula'],
    ['+84 912', 'name.looks-like-formula'],
    ['-An', 'name.looks-like-formula'],
    ['@An', 'name.looks-like-formula'],
    ['A', 'name.length'],
    ['A'.repeat(141), 'name.length'],
    ['12345', 'name.letters'],
    ['..', 'name.letters'],
  ])('%s is refused: %s', (written, rule) => {
    expect(readName(text(written))).toEqual({ ok: false, rule });
  });

  it('is stored composed, with single blanks, and with a true Đ', () => {
    const decomposed = '\u00d0ô\u0303  Thi\u0323\u00a0 Hoa\u200b '.normalize('NFD');
    expect(cleanText(decomposed)).toBe('Đỗ Thị Hoa'.normalize('NFC'));
  });

  it('any text is stored without control characters and broken halves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        expect(cleanText(written)).not.toMatch(/[\u0000-\u0008]|\p{Cs}/u);
      }),
    );
  });
});
