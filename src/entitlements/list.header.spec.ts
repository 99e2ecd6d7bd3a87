import fc from 'fast-check';
import type { Cell, SheetRow } from '../platform/spreadsheet/index.js';
import { compareControls } from './control.rules.js';
import { FIELDS, LIST_FIELDS, fieldOfHeading, headingKey, type Field } from './list.columns.js';
import { findHeader } from './list.header.js';
import { noLine } from './list.lines.js';

const NOTHING = new Set<Field>();
const NO_MAPPING = new Map<string, Field>();

function row(number: number, texts: readonly (string | null)[]): SheetRow {
  const cells = texts.flatMap((text, at): [number, Cell][] =>
    text === null || text === '' ? [] : [[at + 1, { kind: 'text', text }]],
  );
  return { number, cells: new Map(cells), width: texts.length };
}

const NEEDED = FIELDS.filter((field) => LIST_FIELDS[field].need !== 'no').map(
  (field) => LIST_FIELDS[field].heading,
);

describe('headings', () => {
  it('no two fields share one heading', () => {
    const all = FIELDS.flatMap((field) => [
      ...new Set([field, LIST_FIELDS[field].heading, ...LIST_FIELDS[field].also].map(headingKey)),
    ]);
    expect(all).toHaveLength(new Set(all).size);
  });

  it('are known however they are written: case, marks, line breaks, decomposed, with a remark', () => {
    const mangle = (text: string, how: number): string =>
      [
        text.toUpperCase(),
        text.toLowerCase(),
        text.normalize('NFD'),
        text.normalize('NFD').replace(/\p{M}/gu, ''),
        text.replaceAll(' ', '\n'),
        text.replaceAll(' ', '\u00a0 '),
        `  ${text} (*)`,
        `${text}:`,
        `${text}\n(ghi đủ)`,
      ][how] ?? text;
    const anyHeading = fc.constantFrom(
      ...FIELDS.flatMap((field) =>
        [LIST_FIELDS[field].heading, ...LIST_FIELDS[field].also].map((text) => ({ field, text })),
      ),
    );
    fc.assert(
      fc.property(anyHeading, fc.nat(8), fc.nat(5), ({ field, text }, one, other) => {
        expect(fieldOfHeading(mangle(mangle(text, other), one))).toBe(field);
      }),
    );
  });

  it('an officer’s mapping goes before ours', () => {
    const mapping = new Map<string, Field>([[headingKey('Ghi chú'), 'decisionNumber']]);
    expect(fieldOfHeading('GHI  CHÚ', mapping)).toBe('decisionNumber');
  });

  it('are found below any titles, in any order, among unknown columns', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(NEEDED, { minLength: NEEDED.length }),
        fc.nat(25),
        fc.nat(NEEDED.length),
        (headings, titles, at) => {
          const withUnknown = [...headings.slice(0, at), 'Điện thoại', ...headings.slice(at)];
          const rows = [
            ...Array.from({ length: titles }, (_, nr) =>
              row(nr + 1, ['SỞ NỘI VỤ', 'Kỳ', 'Số tiền']),
            ),
            row(titles + 1, withUnknown),
            row(titles + 2, ['x', 'y']),
          ];
          const search = findHeader(rows, NOTHING, NO_MAPPING);
          expect(search).toMatchObject({
            found: true,
            header: {
              rowNumber: titles + 1,
              unknown: [{ column: at + 1, heading: 'Điện thoại' }],
            },
          });
        },
      ),
    );
  });

  describe('in two rows', () => {
    const account = ['Số tài khoản', 'Tên tài khoản', 'Ngân hàng'];
    const found = (rows: readonly SheetRow[]) => {
      const search = findHeader(rows, NOTHING, NO_MAPPING);
      if (!search.found) throw new Error(JSON.stringify(search));
      return search.header;
    };
    const none = NEEDED.map(() => null);

    it('are one header: group titles above some columns, the others merged over both rows', () => {
      const header = found([
        row(3, [...NEEDED, 'Thông tin tài khoản', null, null, 'Ghi chú']),
        row(4, [...none, ...account]),
        row(5, [...NEEDED.map(() => '1')]),
      ]);
      expect(header).toMatchObject({ rowNumber: 4, unknown: [], width: NEEDED.length + 4 });
      expect(header.columns.size).toBe(NEEDED.length + 4);
      expect(header.columns.get('bank')).toBe(NEEDED.length + 3);
    });

    it('are one header also when most headings stand in the lower row', () => {
      const [name, ...others] = NEEDED;
      const header = found([
        row(1, [name ?? '', ...others.map((_, at) => (at === 0 ? 'Thông tin' : null))]),
        row(2, [null, ...others]),
      ]);
      expect(header).toMatchObject({ rowNumber: 2, unknown: [] });
    });

    it('keep the upper heading where a unit stands under it', () => {
      const units = NEEDED.map((heading) => (heading === 'Số tiền' ? '(đồng)' : null));
      const header = found([
        row(1, [...NEEDED, 'Tài khoản', null, null]),
        row(2, [...units, ...account]),
      ]);
      expect(header.columns.get('amount')).toBe(NEEDED.indexOf('Số tiền') + 1);
      expect(header.columns.size).toBe(NEEDED.length + 3);
    });

    it('are never made of a header and a line about a person', () => {
      const line = row(2, [...NEEDED.map(() => 'x'), 'Agribank', 'Ngân hàng', '020150000001']);
      expect(found([row(1, NEEDED), line])).toMatchObject({ rowNumber: 1, width: NEEDED.length });
    });

    it('are not made of a title and a header that is whole', () => {
      const header = found([row(1, ['DANH SÁCH', null, 'Kỳ']), row(2, NEEDED)]);
      expect(header).toMatchObject({ rowNumber: 2, width: NEEDED.length, unknown: [] });
    });

    it('that both have the amount are refused: nobody chooses', () => {
      const search = findHeader(
        [
          row(1, [...NEEDED, 'Tài khoản', null, null, null]),
          row(2, [...none, ...account, 'Số tiền']),
        ],
        NOTHING,
        NO_MAPPING,
      );
      expect(search).toMatchObject({ found: false, twice: [{ field: 'amount' }] });
    });
  });

  it('each mandatory one that is missing is named, unless it was declared with the list', () => {
    const without = (left: string) => [
      row(
        1,
        NEEDED.filter((heading) => heading !== left),
      ),
    ];
    for (const field of FIELDS.filter((f) => LIST_FIELDS[f].need !== 'no')) {
      const rows = without(LIST_FIELDS[field].heading);
      expect(findHeader(rows, NOTHING, NO_MAPPING)).toMatchObject({
        found: false,
        missing: [field],
      });
      const declared = new Set<Field>(['programme', 'period']);
      expect(findHeader(rows, declared, NO_MAPPING).found).toBe(
        LIST_FIELDS[field].need === 'or-declared',
      );
    }
  });

  it('two columns of one meaning are never chosen between', () => {
    const search = findHeader([row(1, [...NEEDED, 'Amount'])], NOTHING, NO_MAPPING);
    expect(search).toMatchObject({ found: false, twice: [{ field: 'amount' }] });
  });
});

describe('rows that are no lines', () => {
  const found = findHeader([row(1, NEEDED)], NOTHING, NO_MAPPING);
  if (!found.found) throw new Error('the header is whole');
  const { header } = found;
  const at = (values: Partial<Record<Field, string>>): SheetRow =>
    row(
      5,
      [...header.columns].sort(([, a], [, b]) => a - b).map(([field]) => values[field] ?? null),
    );

  it.each([
    ['a total', at({ fullName: 'Tổng cộng', amount: '7.795.000.000' }), 'total'],
    ['a subtotal', at({ fullName: 'Cộng xã A', amount: '5' }), 'total'],
    ['a group title', at({ fullName: 'I. Xã Đồng Đăng' }), 'text-only'],
    ['a signature', at({ fullName: 'Người lập', decisionNumber: 'Kế toán trưởng' }), 'text-only'],
    ['column numbers', row(2, ['1', '2', '(3)', '4']), 'column-numbers'],
    ['the header again', row(9, NEEDED), 'repeated-header'],
    ['nothing', row(9, [' ', '']), 'empty'],
  ])('%s', (_, passed, why) => {
    expect(noLine(passed, header)).toBe(why);
  });

  it.each([
    ['a person of that name', at({ fullName: 'Tống Cộng', personalNumber: '020000000001' })],
    ['an amount without a person', at({ amount: '500.000' })],
    ['a person without anything but a number', at({ personalNumber: '020000000001' })],
  ])('%s is a line', (_, kept) => {
    expect(noLine(kept, header)).toBeNull();
  });
});

describe('control totals', () => {
  const counted = {
    rowCount: 2,
    totalAmount: '300',
    byCommune: [{ communeCode: '05983', amount: '300' }],
  };
  it('that are not declared are not compared', () => {
    const nothing = { controlRows: null, controlTotal: null, controlByCommune: null };
    expect(compareControls(nothing, counted)).toEqual([]);
  });

  it('of communes must name every commune of the list and no other', () => {
    const declared = { controlRows: 2, controlTotal: '300', controlByCommune: { '06040': '300' } };
    expect(compareControls(declared, counted)).toHaveLength(2);
  });
});
