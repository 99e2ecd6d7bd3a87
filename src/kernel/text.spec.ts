import fc from 'fast-check';
import { bankText, foldText, maskTail, tidyText } from './text.js';

const vietnamese = fc
  .array(fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệ ', ' '))
  .map((letters) => letters.join(''));
const anything = fc.string({ unit: 'binary', maxLength: 60 });

describe('folded text', () => {
  it.each([
    ['Đặng Thị Hoà', 'dang thi hoa'],
    ['Đặng Thị Hòa', 'dang thi hoa'],
    ['\u00D0ặng', 'dang'],
    ['\u0189ặng', 'dang'],
    ['\u00F0ặng', 'dang'],
    ['NGUYỄN  VĂN\u00A0\tẢNH ', 'nguyen van anh'],
    ['Nguy\u200Bễn V\u00ADăn', 'nguyen van'],
    ['', ''],
  ])('of %j is %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('is the same for composed and decomposed letters, and for upper and lower case', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const folded = foldText(text);
        expect(foldText(text.normalize('NFD'))).toBe(folded);
        expect(foldText(text.normalize('NFC').toUpperCase())).toBe(folded);
        expect(folded).toMatch(/^([a-z]+( [a-z]+)*)?$/);
      }),
    );
  });

  it('is folded already when it is folded', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
      }),
    );
  });
});

describe("a bank's text", () => {
  it('has the letters, digits and single blanks of its alphabet only, and no more than it may', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 40 }), (text, most) => {
        const sent = bankText(text, most);
        expect(sent).toMatch(/^([A-Z0-9]+( [A-Z0-9]+)*)?$/);
        expect(sent.length).toBeLessThanOrEqual(most);
        expect(bankText(sent, most)).toBe(sent);
      }),
    );
  });

  it.each([
    ['Đặng Thị Hoà', 140, 'DANG THI HOA'],
    ['Trợ cấp tháng 11/2026 – Lạng Sơn', 140, 'TRO CAP THANG 11 2026 LANG SON'],
    ["K'Brểu", 140, 'K BREU'],
    ['Nguyễn Văn Ảnh', 7, 'NGUYEN'],
  ])('of %j within %i is %j', (text, most, sent) => {
    expect(bankText(text, most)).toBe(sent);
  });
});

describe('tidy text', () => {
  it('keeps letters as they are and drops what nobody sees', () => {
    expect(tidyText(' Đặng\u00A0\u00A0Thị\n Hoà\u0000\u202E ')).toBe('Đặng Thị Hoà');
    expect(tidyText('Hoà'.normalize('NFD'))).toBe('Hoà'.normalize('NFC'));
  });

  it('can be stored: no NUL, and tidy already when it is tidy', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const tidy = tidyText(text);
        expect(tidy).not.toContain('\u0000');
        expect(tidyText(tidy)).toBe(tidy);
      }),
    );
  });
});

describe('a masked account', () => {
  it('shows its tail only', () => {
    expect(maskTail('8100012345')).toBe('••••2345');
    expect(maskTail('8100012345', 2)).toBe('••••45');
  });
});
