import type { ReportReading } from '../../contract.js';
import {
  aBooking,
  aReference,
  type ToldBooking,
} from '../../../../test/builders/bank-statement.js';
import { camt054, entry, tag, txDtls } from '../../../../test/builders/camt-file.js';
import {
  statementDesk,
  type ReaderOptions,
  type StatementDesk,
} from '../../../../test/builders/statement-desk.js';
import { describeWithSchemas, schemaFaults } from '../../../../test/setup/iso20022-schemas.js';
import { readCamtNotices } from './camt-notices.js';

/** 2026-11-21T06:00 at the office, when the bank made it. */
const SEQUENCE = Date.parse('2026-11-20T23:00:00Z');

describe('a notification of a bank (camt.054)', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk(readCamtNotices);
  });
  afterAll(() => desk.remove());

  const report = async (
    content: string,
    given: Partial<ReaderOptions> = {},
  ): Promise<ReportReading> => {
    const reading = await desk.read(content, given);
    if (reading.kind !== 'report') throw new Error(reading.kind);
    return reading.report;
  };
  const told = async (...bookings: readonly (ToldBooking | string)[]) => report(camt054(bookings));
  const reference = aReference();
  const debit = aBooking({ reference, number: 'B1' });
  const credit = aBooking({ ...debit, direction: 'credit' });

  it.each([
    ['half a đồng', camt054([debit]).replace('2789000<', '2789000.5<'), /Amt/],
    ['no time of making', camt054([debit]).replaceAll(/<CreDtTm>.*?<\/CreDtTm>/g, ''), /CreDtTm/],
    ['no id', camt054([debit]).replace(/<MsgId>.*?<\/MsgId>/, ''), /MsgId/],
    [
      'another message',
      camt054([]).replaceAll('BkToCstmrDbtCdtNtfctn', 'Other'),
      /Ntfctn is missing/,
    ],
  ])('with %s is refused', async (_, content, why) => {
    expect(await desk.refusal(content)).toMatch(why);
  });

  it.each([
    ['a debit that is not booked', entry(debit, { status: 'PDNG' }), /not booked/],
    ['a return that is reversed', { ...debit, reversal: true }, /takes a credit back/],
    ['a credit that says nothing of a return', credit, /gives no payment back/],
    ['a debit of nobody', aBooking(), /without a reference/],
    [
      'a batch that does not add up',
      entry(aBooking({ amount: '5' }), { details: txDtls(debit, { withAmount: true }).repeat(2) }),
      /do not add up/,
    ],
  ])('%s moves no payment and is told', async (_, booking, why) => {
    const { items, unread } = await told(booking);
    expect(items).toEqual([]);
    expect(unread[0]?.why).toMatch(why);
    expect(unread[0]?.why).toMatch(/line 2:\d+/);
  });

  it('of an account that is not ours moves no payment', async () => {
    const { items, unread } = await report(camt054([debit], { account: '0000' }));
    expect([items, unread]).toEqual([[], [{ why: expect.stringContaining('not ours') }]]);
  });

  it('a debit says that the order was taken, not that it arrived, unless the bank promises it', async () => {
    const { id, items, unread } = await told(debit);
    expect({ id, unread }).toEqual({ id: 'M1', unread: [] });
    expect(items).toEqual([
      {
        reference,
        amount: expect.objectContaining({ currency: 'VND' }),
        fact: {
          kind: 'accepted',
          at: new Date('2026-11-19T17:00:00Z'),
          sequence: SEQUENCE,
          bankReference: 'B1',
        },
      },
    ]);
    const promised = await report(camt054([debit]), { debitNoticeMeansSettled: true });
    expect(promised.items[0]?.fact.kind).toBe('settled');
  });

  it.each([
    [
      'with its reason',
      { ...credit, returnCode: 'AC04', words: 'TK da dong' },
      'AC04',
      'TK da dong',
    ],
    ['as a reversal without a reason', { ...credit, reversal: true }, 'NARR', undefined],
  ])('a credit %s returns the payment', async (_, booking, code, text) => {
    const { items } = await told(booking);
    expect(items).toMatchObject([
      { reference, fact: { kind: 'returned', sequence: SEQUENCE, reason: { code } } },
    ]);
    expect(items[0]?.amount?.toString()).toBe('2789000');
    expect(items[0]?.fact).toHaveProperty('reason', { code, ...(text && { text }) });
  });

  it('a credit that only its code calls a return, returns', async () => {
    const code = (sub: string) =>
      tag(
        'BkTxCd',
        tag('Domn', tag('Cd', 'PMNT'), tag('Fmly', tag('Cd', 'RCDT'), tag('SubFmlyCd', sub))),
      );
    const { items } = await told(entry(credit).replace(/<BkTxCd>.*<\/BkTxCd>/, code('RRTN')));
    expect(items[0]?.fact.kind).toBe('returned');
  });

  it('a batch tells of each payment in it', async () => {
    const parts = [
      aBooking({ reference: aReference(), amount: '3' }),
      aBooking({ reference, amount: '4' }),
    ];
    const details = parts.map((each) => txDtls(each, { withAmount: true })).join('');
    const { items } = await told(entry(aBooking({ amount: '7' }), { details }));
    expect(items.map((item) => [item.reference, item.amount?.toString()])).toEqual(
      parts.map((part) => [part.reference, part.amount]),
    );
  });

  describeWithSchemas('what these tests take for a camt.054', ['camt.054.001.08'], () => {
    it('is one by its schema', async () => {
      const message = camt054([debit, { ...credit, returnCode: 'AC04', words: 'TK đóng' }]);
      expect(await schemaFaults('camt.054.001.08', [message])).toEqual([]);
    });
  });
});
