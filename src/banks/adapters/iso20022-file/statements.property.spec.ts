import fc from 'fast-check';
import { Money } from '../../../kernel/index.js';
import {
  aReference,
  aStatement,
  closingOf,
  entriesIn,
  toldAgain,
  type ToldBooking,
  type ToldStatement,
} from '../../../../test/builders/bank-statement.js';
import { camt053, camt054 } from '../../../../test/builders/camt-file.js';
import { mt940, slashed, subfields } from '../../../../test/builders/mt940-file.js';
import { statementDesk, type StatementDesk } from '../../../../test/builders/statement-desk.js';
import { readCamtNotices } from './camt-notices.js';
import { readCamtStatements } from './camt-statements.js';
import { readMt940 } from './mt940-statements.js';

const digits = fc.bigInt({ min: 1n, max: 10n ** 12n }).map(String);
const days = ['2026-11-18', '2026-11-19', '2026-11-20'] as const;
const booking: fc.Arbitrary<ToldBooking> = fc
  .record({
    direction: fc.constantFrom('debit', 'credit'),
    amount: digits,
    bookedAt: fc.constantFrom(...days),
    isOurs: fc.boolean(),
    number: fc.option(fc.stringMatching(/^FT[A-Z0-9]{1,12}$/), { nil: undefined }),
    kind: fc.constantFrom('plain', 'return', 'reversal'),
  })
  .map(({ isOurs, number, kind, ...told }) => ({
    ...told,
    ...(isOurs && { reference: aReference() }),
    ...(number !== undefined && { number }),
    ...(kind === 'reversal' && { reversal: true }),
    ...(kind === 'return' && told.direction === 'credit' && { returnCode: 'AC04' }),
  }));
const statement: fc.Arbitrary<ToldStatement> = fc
  .record({
    bookings: fc.array(booking, { maxLength: 12 }),
    opening: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(String),
  })
  .map(({ bookings, opening }) => aStatement(bookings, { opening, from: days[0], to: days[2] }));

describe('whatever a bank booked', () => {
  let camt: StatementDesk;
  let swift: StatementDesk;
  let notices: StatementDesk;
  beforeAll(async () => {
    camt = await statementDesk(readCamtStatements);
    swift = await statementDesk(readMt940);
    notices = await statementDesk(readCamtNotices);
  });
  afterAll(() => Promise.all([camt, swift, notices].map((desk) => desk.remove())));

  const forms = [
    ['camt.053', () => camt, (told: ToldStatement) => camt053(told)],
    ['MT940', () => swift, (told: ToldStatement) => mt940(told, { about: slashed })],
    [
      'MT940 with subfields',
      () => swift,
      (told: ToldStatement) => mt940(told, { about: subfields, blocks: true, lineEnd: '\n' }),
    ],
  ] as const;

  it.each(forms)('is read from %s as it was written', async (_, desk, written) => {
    await fc.assert(
      fc.asyncProperty(statement, async (told) => {
        const read = await desk().only(written(told));
        expect([read.opening.toString(), read.closing.toString()]).toEqual([
          told.opening,
          closingOf(told),
        ]);
        const entries = await entriesIn(read);
        expect(entries.map(toldAgain)).toEqual(told.bookings.map(({ number: _, ...rest }) => rest));
        expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(entries.length);
      }),
      { numRuns: 60 },
    );
  });

  it.each(forms)('the order in %s decides nothing', async (_, desk, written) => {
    await fc.assert(
      fc.asyncProperty(statement, fc.infiniteStream(fc.nat()), async (told, keys) => {
        const shuffled = told.bookings
          .map((each) => ({ each, key: keys.next().value ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ each }) => each);
        const turned = written({ ...told, bookings: shuffled });
        expect((await desk().ids(turned)).sort()).toEqual((await desk().ids(written(told))).sort());
        expect(Money.of(await desk().difference(turned)).isZero()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('both forms give one booking one id', async () => {
    await fc.assert(
      fc.asyncProperty(statement, async (told) => {
        expect(await swift.ids(mt940(told))).toEqual(await camt.ids(camt053(told)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['camt.053', () => camt, (told: ToldStatement) => camt053(told)],
    ['camt.054', () => notices, (told: ToldStatement) => camt054(told.bookings)],
    ['MT940', () => swift, (told: ToldStatement) => mt940(told)],
  ] as const)('a damaged %s is read or refused, and no other error', async (_, desk, written) => {
    const damage = fc.record({
      at: fc.nat({ max: 4000 }),
      length: fc.nat({ max: 40 }),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc
          .constantFrom(
            '<',
            '>',
            '</Ntry>',
            '<TxDtls>',
            ':61:',
            ':62F:',
            '-}',
            '{4:',
            '\r\n',
            '.5',
            '-',
            ',',
          )
          .map((text) => Buffer.from(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        statement,
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        async (told, all) => {
          const damaged = all.reduce(
            (bytes, { at, length, put }) => {
              const place = at % (bytes.length + 1);
              return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + length)]);
            },
            Buffer.from(written(told)),
          );
          expect(['read', 'refused']).toContain(await desk().outcome(damaged));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('bytes of nothing are refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const content = Buffer.from(bytes);
        for (const desk of [camt, swift, notices])
          expect(['read', 'refused']).toContain(await desk.outcome(content));
      }),
      { numRuns: 60 },
    );
  });
});
