import fc from 'fast-check';
import { digestOfRuling, type RulingContent } from './doubt.rules.js';
import { cleanEvidenceName, EVIDENCE_TYPES, evidenceTypeOf } from './evidence.rules.js';

const text = fc.option(fc.string({ maxLength: 20 }), { nil: null });
const payment = fc.record({
  paymentId: fc.uuid(),
  reference: fc.string({ maxLength: 35 }),
  amount: fc.bigInt({ min: 1n, max: 10n ** 12n }).map(String),
  lastSentAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
});
const ruling: fc.Arbitrary<RulingContent> = fc.record({
  rulingId: fc.uuid(),
  bankCode: fc.string({ maxLength: 10 }),
  outcome: fc.constantFrom('settled' as const, 'rejected' as const),
  reasonCode: text,
  evidenceReference: text,
  evidenceNote: text,
  evidenceAsOf: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
  evidenceSha256: text,
  payments: fc.uniqueArray(payment, { selector: (p) => p.paymentId, minLength: 1, maxLength: 5 }),
});

describe('the digest of a ruling', () => {
  it('does not depend on the order of its payments', () => {
    fc.assert(
      fc.property(ruling, (one) => {
        const turned = { ...one, payments: one.payments.toReversed() };
        expect(digestOfRuling(turned)).toBe(digestOfRuling(one));
      }),
    );
  });

  it('is another one as soon as anything that is signed is another', () => {
    fc.assert(
      fc.property(ruling, ruling, (one, other) => {
        for (const key of Object.keys(one) as (keyof RulingContent)[]) {
          const changed = { ...one, [key]: other[key] };
          const same = JSON.stringify(changed[key]) === JSON.stringify(one[key]);
          expect(digestOfRuling(changed) === digestOfRuling(one)).toBe(same);
        }
      }),
    );
  });

  it('does not take a text from one field for the same text in another', () => {
    const base: RulingContent = {
      rulingId: 'r',
      bankCode: 'b',
      outcome: 'settled',
      reasonCode: null,
      evidenceReference: 'CV 12',
      evidenceNote: null,
      evidenceAsOf: new Date(0),
      evidenceSha256: null,
      payments: [],
    };
    const moved = { ...base, evidenceReference: null, evidenceNote: 'CV 12' };
    expect(digestOfRuling(moved)).not.toBe(digestOfRuling(base));
  });
});

describe('a file of evidence', () => {
  const zip = (content: string) => Buffer.from(`PK\u0003\u0004${content}`, 'latin1');

  it.each<[string, Buffer, string, string | null]>([
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'x.exe', 'application/pdf'],
    ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa]), 'x', 'image/png'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'x', 'image/jpeg'],
    ['a workbook', zip('[Content_Types].xml xl/workbook.xml'), 'x.xlsx', EVIDENCE_TYPES[3]],
    ['a workbook with macros', zip('xl/workbook.xml xl/vbaProject.bin'), 'x.xlsx', null],
    ['another archive', zip('evil.exe'), 'x.xlsx', null],
    ['a table', Buffer.from('mã;số tiền\nA;1\n'), 'sao kê.CSV', 'text/csv'],
    ['a text', Buffer.from('Ngân hàng xác nhận'), 'x.txt', 'text/plain'],
    ['a mail', Buffer.from('Subject: x\r\nFrom: a@b.vn\r\n\r\nDạ'), 'x.eml', 'message/rfc822'],
    ['a page', Buffer.from(' \n<!doctype html><script>'), 'x.pdf', null],
    ['a drawing with scripts', Buffer.from('<svg onload=x>'), 'x.png', null],
    ['a page behind a byte order mark', Buffer.from('\uFEFF<html>'), 'x.txt', null],
    ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0x00]), 'x.pdf', null],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'x.xlsx', null],
    ['no UTF-8', Buffer.from([0x41, 0xe1, 0xbb]), 'x.txt', null],
    ['nothing', Buffer.from(' \n'), 'x.txt', null],
  ])('%s is known by its bytes', (_, bytes, name, type) => {
    expect(evidenceTypeOf(bytes, name)).toBe(type);
  });

  it('of any bytes is one of the kept kinds or none, and its name is short and has no path', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ unit: 'binary' }),
        (bytes, name) => {
          const type = evidenceTypeOf(Buffer.from(bytes), name);
          expect(type === null || EVIDENCE_TYPES.includes(type)).toBe(true);
          const clean = cleanEvidenceName(name);
          expect(clean).not.toMatch(/[\\/\p{Cc}\p{Cs}]/u);
          expect([...clean].length).toBeGreaterThan(0);
          expect([...clean].length).toBeLessThanOrEqual(255);
        },
      ),
    );
  });
});
