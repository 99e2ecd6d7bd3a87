import fc from 'fast-check';
import { bankText } from '../kernel/index.js';
import {
  checksAtOnce,
  judge,
  markDifference,
  nameVerdict,
  takesOver,
  type StandingCheck,
} from './account-check.rules.js';

const syllable = fc.constantFrom(
  'Nguyễn',
  'Văn',
  'Thị',
  'Hoà',
  'Hòa',
  'Hoa',
  'Đức',
  'Ðức',
  'Duc',
  'Mẫu',
  'Mau',
  'AN',
  'Lý',
  '李',
  "O'An",
  '\u200bAn',
);
const name = fc.array(syllable, { minLength: 0, maxLength: 7 }).map((parts) => parts.join(' '));
const anyName = fc.oneof(name, fc.string({ unit: 'grapheme', maxLength: 30 }));

describe('the verdict on a name that a bank gave', () => {
  it.each([
    ['Nguyễn Văn Mẫu', 'TRAN VAN MAU', 'another family'],
    ['Nguyễn Thị Mẫu', 'NGUYEN VAN MAU', 'another middle name'],
    ['Nguyễn Văn Mẫu', 'NGUYEN', 'only the family'],
    ['Nguyễn Văn Mẫu', 'NGUOI KHAC', 'somebody else'],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAM MAI', 'two letters'],
    ['Mẫu', 'NGUYEN MAU', 'one word is too little to go by'],
  ])('%s and %s are different: %s', (ours, bank) => {
    expect(nameVerdict(ours, bank)).toBe('different');
  });

  it.each([
    ['Nguyễn Thị Hòa', 'Nguyễn Thị Hoa', 'both written with marks, and the marks differ'],
    ['Đặng Thị Mẫu', 'Dặng Thị Mẫu', 'D is not Đ where marks are written'],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN MAI', 'one letter'],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN MAUU', 'one letter too many'],
    ['Nguyễn Văn Mẫu', 'NGUYEN MAU', 'one word less'],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN', 'the given name is missing'],
    ['Nguyễn Văn Mẫu', 'VAN MAU', 'the family is missing'],
    ['Nguyễn Văn Mẫu', 'ONG NGUYEN VAN MAU', 'one word more'],
    ['Nguyễn Văn Mẫu', 'NGUYEN MAU VAN', 'swapped words'],
  ])('%s and %s are close: %s', (ours, bank) => {
    expect(nameVerdict(ours, bank)).toBe('close');
  });

  it.each([
    ['Đặng Đức Đạo', 'DANG DUC DAO', 'đ and Đ as banks write them'],
    ['Đặng Đức Đạo', 'Ðặng Ɖức Đạo', 'the look-alikes Ð and Ɖ'],
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa', 'the tone on the other vowel'],
    ['Nguyễn Thị Hoà', 'NGUYEN THI HOA', 'no marks'],
    ['Nguyễn Thị Hòa', 'NGUYỄN THỊ HOÀ'.normalize('NFD'), 'decomposed'],
    ['NGUYEN VAN MAU', 'Nguyễn Văn Mẫu', 'ours without marks'],
    ['Nguyễn Văn Mẫu', '  nguyen  van-mau. ', 'blanks, a dash, a dot'],
  ])('%s and %s are the same name: %s', (ours, bank) => {
    expect(nameVerdict(ours, bank)).toBe('exact');
  });

  it('a name is itself in any normal form and as the rail writes it', () => {
    fc.assert(
      fc.property(
        name.filter((text) => !/[^\u0000-\u1eff]/.test(text.replace(/\u200b/g, ''))),
        (text) => {
          if (bankText(text, 140) === '') return;
          expect(nameVerdict(text, text.normalize('NFD'))).toBe('exact');
          expect(nameVerdict(text.normalize('NFD'), bankText(text, 140))).toBe('exact');
        },
      ),
    );
  });

  it('it does not matter whose name comes first', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        expect(nameVerdict(a, b)).toBe(nameVerdict(b, a));
      }),
    );
  });

  it('one letter put in, taken out or changed is never exact', () => {
    const letters = fc.array(fc.constantFrom(...'ABCDEGHIKLMNOPQRSTUVXY'), {
      minLength: 3,
      maxLength: 8,
    });
    fc.assert(
      fc.property(letters, letters, fc.nat(), fc.constantFrom('Z', ''), (family, given, at, by) => {
        const ours = `${family.join('')} ${given.join('')}`;
        const slip = [...given];
        slip[at % given.length] = by;
        expect(nameVerdict(ours, `${family.join('')} ${slip.join('')}`)).toBe('close');
      }),
    );
  });
});

describe('the answer of a bank', () => {
  it('that knows no such account, or cannot tell, is no name', () => {
    expect(judge('Nguyễn Văn Mẫu', { kind: 'no-such-account' })).toEqual({
      verdict: 'no-such-account',
      bankName: null,
      why: null,
    });
    expect(
      judge('Nguyễn Văn Mẫu', { kind: 'cannot-tell', why: 'closed '.repeat(100) }),
    ).toMatchObject({
      verdict: 'cannot-tell',
      bankName: null,
      why: expect.stringMatching(/^closed.{190,200}$/),
    });
    expect(judge('Nguyễn Văn Mẫu', { kind: 'found', accountName: ' \u200b ' })).toMatchObject({
      verdict: 'cannot-tell',
    });
  });

  it('is kept as the bank wrote it', () => {
    expect(judge('Nguyễn Văn Mẫu', { kind: 'found', accountName: ' NGUYEN  VAN MAI ' })).toEqual({
      verdict: 'close',
      bankName: 'NGUYEN VAN MAI',
      why: null,
    });
  });
});

describe('the marked difference', () => {
  const marked = (ours: string, bank: string) =>
    markDifference(ours, bank).map(
      ({ ours: a, bank: b, same }) => `${a ?? '–'}${same ? '=' : '≠'}${b ?? '–'}`,
    );

  it.each([
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN MAU', ['Nguyễn=NGUYEN', 'Văn=VAN', 'Mẫu=MAU']],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN MAI', ['Nguyễn=NGUYEN', 'Văn=VAN', 'Mẫu≠MAI']],
    ['Nguyễn Văn Mẫu', 'NGUYEN MAU', ['Nguyễn=NGUYEN', 'Văn≠–', 'Mẫu=MAU']],
    ['Nguyễn Mẫu', 'NGUYEN VAN MAU', ['Nguyễn=NGUYEN', '–≠VAN', 'Mẫu=MAU']],
    ['Nguyễn Thị Mẫu', 'NGUYEN VAN MAU', ['Nguyễn=NGUYEN', 'Thị≠VAN', 'Mẫu=MAU']],
    ['Nguyễn Văn Mẫu', 'NGUYEN MAU VAN', ['Nguyễn=NGUYEN', 'Văn≠–', 'Mẫu=MAU', '–≠VAN']],
    ['Nguyễn Thị Hòa', 'Nguyễn Thị Hoa', ['Nguyễn=Nguyễn', 'Thị=Thị', 'Hòa≠Hoa']],
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa', ['Nguyễn=Nguyễn', 'Thị=Thị', 'Hoà=Hòa']],
    ['Mẫu', '', ['Mẫu≠–']],
  ])('of %s and %s', (ours, bank, places) => {
    expect(marked(ours, bank)).toEqual(places);
  });

  it('is nowhere exactly when the verdict is exact', () => {
    fc.assert(
      fc.property(anyName, anyName, (ours, bank) => {
        const nowhere = markDifference(ours, bank).every(({ same }) => same);
        expect(nowhere).toBe(nameVerdict(ours, bank) === 'exact');
      }),
    );
  });

  it('loses no word and keeps the order of both names', () => {
    fc.assert(
      fc.property(name, name, (ours, bank) => {
        const places = markDifference(ours, bank);
        const side = (of: 'ours' | 'bank') => places.flatMap((place) => place[of] ?? []).join(' ');
        const words = (text: string) => text.replace(/\u200b/g, '').replace(/'/g, ' ');
        if (words(ours) === '' || words(bank) === '') return;
        expect(side('ours')).toBe(words(ours));
        expect(side('bank')).toBe(words(bank));
      }),
    );
  });
});

describe('what stands', () => {
  const answer = (verdict: 'exact' | 'close' | 'different', bankName: string) => ({
    verdict,
    bankName,
    why: null,
  });
  const confirmed: StandingCheck = {
    id: '1',
    verdict: 'confirmed',
    sawVerdict: 'close',
    bankName: 'NGUYEN VAN MAI',
  };

  it('is not changed by a bank that cannot tell', () => {
    const silent = { verdict: 'cannot-tell', bankName: null, why: 'closed' } as const;
    expect(takesOver(null, silent)).toBe(false);
    expect(takesOver({ ...confirmed, verdict: 'exact', sawVerdict: null }, silent)).toBe(false);
  });

  it('is the newest answer', () => {
    expect(takesOver(null, answer('different', 'X Y'))).toBe(true);
    expect(
      takesOver({ ...confirmed, verdict: 'exact', sawVerdict: null }, answer('close', 'X')),
    ).toBe(true);
  });

  it('a confirmation holds against what the person saw, and falls with what they did not see', () => {
    expect(takesOver(confirmed, answer('close', 'Nguyen Van Mai'))).toBe(false);
    expect(takesOver(confirmed, answer('exact', 'NGUYEN VAN MAU'))).toBe(false);
    expect(takesOver(confirmed, answer('close', 'NGUYEN VAN MAO'))).toBe(true);
    expect(takesOver(confirmed, answer('different', 'TRAN VAN MAI'))).toBe(true);
    expect(takesOver(confirmed, { verdict: 'no-such-account', bankName: null, why: null })).toBe(
      true,
    );
    const unseen = { ...confirmed, sawVerdict: null, bankName: null };
    expect(takesOver(unseen, answer('close', 'NGUYEN VAN MAI'))).toBe(true);
  });

  it('checks leave half of a bank’s connections to payments', () => {
    expect([1, 2, 4, 5, 16].map((concurrency) => checksAtOnce({ concurrency }))).toEqual([
      1, 1, 2, 2, 8,
    ]);
  });
});
