import fc from 'fast-check';
import { Money } from '../kernel/index.js';
import {
  batchDigest,
  canonicalHeader,
  canonicalLine,
  lineDigest,
  type BatchHeader,
  type SignedLine,
} from './canonical-form.js';

const text = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 12 });
const tricky = fc.oneof(text, fc.constantFrom('","', '\n', '"]\n["', '\\', 'null', '', ' ', '1'));
const optional = fc.option(tricky, { nil: null });
const money = fc.bigInt({ min: 1n, max: 10n ** 12n }).map((n) => Money.of(n.toString()));

const anyLine: fc.Arbitrary<SignedLine> = fc.record({
  lineNo: fc.integer({ min: 1, max: 100_000 }),
  entitlementId: fc.uuid(),
  beneficiaryId: fc.uuid(),
  accountId: fc.uuid(),
  personalNumber: tricky,
  payeeName: tricky,
  bankBin: tricky,
  accountNumber: tricky,
  accountName: tricky,
  amount: money,
  fund: tricky,
  communeCode: tricky,
  programme: tricky,
  period: tricky,
  kind: tricky,
  decisionNumber: tricky,
  recipientName: optional,
  recipientPersonalNumber: optional,
  authorisedUntil: optional,
  reissueOf: optional,
});

const anyHeader: fc.Arbitrary<BatchHeader> = fc.record({
  id: fc.uuid(),
  number: tricky,
  round: fc.integer({ min: 1, max: 99 }),
  programme: tricky,
  period: tricky,
  payOn: optional,
  followUpOf: optional,
  lineCount: fc.integer({ min: 1, max: 100_000 }),
  total: money,
});

const anyBatch = fc.record({
  header: anyHeader,
  lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
});
type AnyBatch = { header: BatchHeader; lines: SignedLine[] };

const digestOf = ({ header, lines }: AnyBatch): string =>
  batchDigest(header, lines.map(lineDigest));

/** Two values that a person would call the same: NFC and NFD of one name are. */
const same = (a: unknown, b: unknown): boolean => {
  if (a instanceof Money && b instanceof Money) return a.equals(b);
  if (typeof a === 'string' && typeof b === 'string')
    return a.normalize('NFC') === b.normalize('NFC');
  return a === b;
};
const sameFields = <T extends object>(a: T, b: T): boolean =>
  (Object.keys(a) as (keyof T)[]).every((key) => same(a[key], b[key]));

describe('the canonical form of a batch', () => {
  it('has another digest when any field of any line is another', () => {
    fc.assert(
      fc.property(anyBatch, anyLine, fc.nat(), fc.nat(), (batch, other, at, which) => {
        const index = at % batch.lines.length;
        const line = batch.lines[index]!;
        const fields = Object.keys(line) as (keyof SignedLine)[];
        const field = fields[which % fields.length]!;
        fc.pre(!same(line[field], other[field]));
        const lines = batch.lines.with(index, { ...line, [field]: other[field] });
        expect(digestOf({ ...batch, lines })).not.toBe(digestOf(batch));
      }),
      { numRuns: 500 },
    );
  });

  it('has another digest when any field of the header is another', () => {
    fc.assert(
      fc.property(anyBatch, anyHeader, fc.nat(), (batch, other, which) => {
        const fields = Object.keys(batch.header) as (keyof BatchHeader)[];
        const field = fields[which % fields.length]!;
        fc.pre(!same(batch.header[field], other[field]));
        const header = { ...batch.header, [field]: other[field] };
        expect(digestOf({ ...batch, header })).not.toBe(digestOf(batch));
      }),
    );
  });

  it('has another digest in another order, with a line more or a line less', () => {
    fc.assert(
      fc.property(anyBatch, anyLine, (batch, extra) => {
        const [first, ...rest] = batch.lines;
        const turned = [...rest, first!];
        if (!turned.every((line, i) => sameFields(line, batch.lines[i]!))) {
          expect(digestOf({ ...batch, lines: turned })).not.toBe(digestOf(batch));
        }
        expect(digestOf({ ...batch, lines: rest })).not.toBe(digestOf(batch));
        expect(digestOf({ ...batch, lines: [...batch.lines, extra] })).not.toBe(digestOf(batch));
      }),
    );
  });

  it('gives two different lines or headers never one text, whatever they contain', () => {
    fc.assert(
      fc.property(anyLine, anyLine, (a, b) => {
        expect(canonicalLine(a) === canonicalLine(b)).toBe(sameFields(a, b));
      }),
    );
    fc.assert(
      fc.property(anyHeader, anyHeader, (a, b) => {
        expect(canonicalHeader(a) === canonicalHeader(b)).toBe(sameFields(a, b));
      }),
    );
  });

  it('lets no content pass for the end of its field', () => {
    const shifty = fc.string({
      unit: fc.constantFrom('"', ',', '|', '\\', '\n', 'a'),
      maxLength: 4,
    });
    const pair = fc.record({ payeeName: shifty, bankBin: shifty });
    fc.assert(
      fc.property(anyLine, pair, pair, (line, one, other) => {
        const texts = [one, other].map((fields) => canonicalLine({ ...line, ...fields }));
        expect(texts[0] === texts[1]).toBe(sameFields(one, other));
      }),
      { numRuns: 2000 },
    );
  });

  it('is one line of text, so that no name can begin a new line', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        expect(canonicalLine(line)).not.toContain('\n');
      }),
    );
  });

  it('is the same for a name composed or decomposed, and for nothing else than what it holds', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const decomposed = batch.lines.map((line) => ({
          ...line,
          payeeName: line.payeeName.normalize('NFD'),
          note: 'not part of the form',
        }));
        expect(digestOf({ ...batch, lines: decomposed })).toBe(digestOf(batch));
      }),
    );
  });

  it('tells an absent recipient from an empty one', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        expect(lineDigest({ ...line, recipientName: null })).not.toBe(
          lineDigest({ ...line, recipientName: '' }),
        );
      }),
    );
  });

  it('is the documented text, so that another program can digest it', () => {
    const line: SignedLine = {
      lineNo: 1,
      entitlementId: '0197aaaa-0000-7000-8000-000000000001',
      beneficiaryId: '0197aaaa-0000-7000-8000-000000000002',
      accountId: '0197aaaa-0000-7000-8000-000000000003',
      personalNumber: '020000000001',
      payeeName: 'Lý Thị Thử',
      bankBin: '970405',
      accountNumber: '0012345678',
      accountName: 'LY THI THU',
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
    };
    expect(canonicalLine(line)).toBe(
      '["chitra-batch-line/1","1","0197aaaa-0000-7000-8000-000000000001","0197aaaa-0000-7000-8000-000000000002",' +
        '"0197aaaa-0000-7000-8000-000000000003","020000000001","Lý Thị Thử","970405","0012345678","LY THI THU",' +
        '"2789000","VND","NSTW_NCC","05977","NCC_MONTHLY","2026-11","regular","12/QĐ",null,null,null,null]',
    );
    const header: BatchHeader = {
      id: '0197aaaa-0000-7000-8000-000000000004',
      number: 'NCC_MONTHLY-2026-11-01',
      round: 1,
      programme: 'NCC_MONTHLY',
      period: '2026-11',
      payOn: null,
      followUpOf: null,
      lineCount: 1,
      total: Money.of('2789000'),
    };
    expect(canonicalHeader(header)).toBe(
      '["chitra-batch/1","0197aaaa-0000-7000-8000-000000000004","NCC_MONTHLY-2026-11-01","1","NCC_MONTHLY",' +
        '"2026-11",null,null,"VND","1","2789000"]',
    );
  });
});
