import fc from 'fast-check';
import { bankText } from '../kernel/index.js';
import { compareNames } from './name.rules.js';

const syllable = fc.constantFrom('Nguyễn', 'Văn', 'Thị', 'Hoà', 'Đức', 'Ường', 'Quý', 'Mẫu', 'An');
const name = fc.array(syllable, { minLength: 2, maxLength: 6 }).map((parts) => parts.join(' '));

describe('comparing names', () => {
  it.each([
    ['Nguyễn Thị Hòa', 'Nguyễn Thị Hoa', 'two people whose marks differ'],
    ['Nguyễn Văn Mẫu', 'Nguyễn Mẫu Văn', 'the same words in another order'],
    ['Nguyễn Văn Đức Mẫu', 'NGUYEN MAU', 'middle names left out'],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN MAUU', 'one letter too many'],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN MAI', 'one other letter'],
    ['李 An', '王 An', 'letters of other scripts are letters, too'],
  ])('%s and %s are only close: %s', (ours, theirs) => {
    expect(compareNames(ours, theirs)).toBe('close');
  });

  it.each([
    ['Nguyễn Văn Mẫu', 'Trần Văn Mẫu'],
    ['Nguyễn Văn Mẫu', 'Nguyễn Văn'],
    ['Nguyễn Văn Mẫu', ''],
    ['Nguyễn Văn Mẫu', 'Nguyễn Thử Dụ'],
    ['李 An', 'AN'],
  ])('%s and %s are different', (ours, theirs) => {
    expect(compareNames(ours, theirs)).toBe('different');
  });

  it.each([
    ['李明', '李明 ', 'the very same in other letters'],
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa', 'the tone on the other vowel'],
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hoà'.normalize('NFD'), 'decomposed letters'],
    ['Đỗ Văn Mẫu', 'Ðỗ Văn Mẫu', 'the look-alike Ð'],
    ['Đỗ Văn Mẫu', 'DO VAN MAU', 'as banks write it'],
    ['Đỗ Văn Mẫu', '  đỗ  văn mẫu. ', 'blanks, case and a dot'],
  ])('%s and %s are one name: %s', (ours, theirs) => {
    expect(compareNames(ours, theirs)).toBe('exact');
  });

  it('a name is itself, also in any normal form and as the rail writes it', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(compareNames(text, text.normalize('NFD'))).toBe('exact');
        expect(compareNames(text, bankText(text, 140))).toBe('exact');
      }),
    );
  });

  it('it does not matter whose name comes first', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compareNames(a, b)).toBe(compareNames(b, a));
      }),
    );
  });

  it('names of other letters are never exact', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        if (bankText(a, 140) !== bankText(b, 140)) expect(compareNames(a, b)).not.toBe('exact');
      }),
    );
  });

  it('letters that nobody sees are no name, whichever side they stand on', () => {
    const unseen = '\u200b\u200d\ufeff';
    expect(compareNames(unseen, '')).toBe('different');
    expect(compareNames('', unseen)).toBe('different');
  });
});
