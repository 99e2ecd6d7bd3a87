import { aMessage } from '../../../../test/builders/file-message.js';
import { kinds, reportDesk, rows, whys } from '../../../../test/builders/report-desk.js';
import { statusReport } from '../../../../test/builders/status-report.js';

const message = aMessage({ count: 4, funds: ['NSTW_NCC', 'NSDP'] });
const [r1 = '', r2 = '', r3 = '', r4 = ''] = message.orders.map(({ reference }) => reference);

describe('a transaction in a status report', () => {
  let desk: Awaited<ReturnType<typeof reportDesk>>;
  beforeAll(async () => {
    desk = await reportDesk(message);
  });
  afterAll(() => desk.remove());

  it.each([
    ['an unlisted word', { status: 'GOOD' }, 'the status GOOD is not listed'],
    ['the word of a group', { status: 'PART' }, 'PART is not listed'],
    ['a reason and no status', { code: 'AC04' }, 'it has a reason and no status'],
    ['a duplicate without a status', { code: 'AM05' }, 'RJCT for AM05'],
    ['a cancellation', { status: 'CANC', code: 'CUST' }, 'CANC'],
    ['a return', { status: 'RTRN', code: 'AC04' }, 'a statement only'],
    ['a refusal without a reason', { status: 'RJCT', text: 'sorry' }, 'without a reason'],
    ['a time-out', { status: 'RJCT', code: 'AB05' }, 'RJCT for AB05'],
    ['a duplicate', { status: 'RJCT', code: 'AM05' }, 'RJCT for AM05'],
    ['a duplicate as a reason of its own', { status: 'RJCT', own: 'DUPL' }, 'RJCT for DUPL'],
    [
      'a duplicate in words only',
      { status: 'RJCT', code: 'NARR', text: 'Duplicate payment, original FT123' },
      'RJCT with "duplic" in its words',
    ],
    ['a duplicate in Vietnamese', { status: 'RJCT', code: 'MS03', text: 'LỆNH TRÙNG' }, '"trung"'],
    [
      'a time-out in words',
      { status: 'RJCT', code: 'MS02', text: 'Request Timed-Out' },
      '"timed out"',
    ],
    [
      'a time-out in one word',
      { status: 'BLCK', code: 'NARR', text: 'TIMEOUT at NAPAS' },
      'BLCK with "timeout"',
    ],
    [
      'a time-out in Vietnamese',
      { status: 'RJCT', code: 'NARR', text: 'Quá thời gian' },
      'qua thoi gian',
    ],
    ['another one', { status: 'RJCT', code: 'NARR', text: 'hết thời gian chờ' }, 'het thoi gian'],
    ['an enquiry', { status: 'RJCT', code: 'NARR', text: 'cần tra  soát' }, 'tra soat'],
    ['a duplicate and no code', { status: 'RJCT', text: 'duplicated' }, '"duplic"'],
    ['a reason of its own', { status: 'RJCT', own: 'E-17' }, 'options.reasons does not list'],
    ['a reason that is no code', { status: 'RJCT', code: 'ac4' }, 'which is no code'],
    [
      'an amount with decimals',
      { status: 'ACCC', amount: 'VND 1000000.5' },
      'none of its currency',
    ],
    [
      'an amount without a known currency',
      { status: 'ACCC', amount: 'XXX 5' },
      'none of its currency',
    ],
    ['two names', { status: 'ACCC', instruction: 'OTHER' }, 'name two payments'],
  ])('with %s leaves a doubt of this payment, with its line', async (_, said, why) => {
    const read = await desk.report({
      group: { status: 'ACCC' },
      ...rows({ reference: r1, ...said }),
    });
    expect(read.unread).toEqual([
      { reference: r1, why: expect.stringMatching(/^line 6:\d+, .*TxInfAndSts: /) },
    ]);
    expect(whys(read)[0]).toContain(why);
    expect(kinds(read)).toEqual({ [r2]: 'settled', [r3]: 'settled', [r4]: 'settled' });
  });

  it.each([
    ...['RCVD', 'PDNG', 'ACTC', 'ACCP', 'ACSP', 'ACSC', 'ACWC', 'ACWP', 'ACFC', 'PATC'].map(
      (status) => [status, 'accepted'] as const,
    ),
    ['ACCC', 'settled'] as const,
  ])('with %s means %s', async (status, kind) => {
    expect(kinds(await desk.report(rows({ reference: r1, status })))).toEqual({ [r1]: kind });
  });

  it('tells a refusal in the words of the bank, and in the words of its options', async () => {
    const refused = await desk.report(
      rows(
        { reference: r1, status: 'RJCT', code: 'AC04', text: 'Tai khoan  &#10; da dong' },
        { instruction: r3, status: 'BLCK', own: 'E-17', text: 'sai' },
      ),
      { reasons: { 'E-17': 'BE01' } },
    );
    expect(refused.items.map(({ reference, fact }) => [reference, fact])).toEqual([
      [r1, expect.objectContaining({ reason: { code: 'AC04', text: 'Tai khoan da dong' } })],
      [r3, expect.objectContaining({ reason: { code: 'BE01', text: 'E-17 sai' } })],
    ]);
    const timedOut = await desk.report(rows({ reference: r1, status: 'RJCT', own: 'TO' }), {
      reasons: { TO: 'AB06', '*': 'NARR' },
    });
    expect(kinds(timedOut)).toEqual({});
    const others = await desk.report(rows({ reference: r1, status: 'RJCT', own: 'constructor' }), {
      reasons: { '*': 'NARR' },
    });
    expect(kinds(others)).toEqual({ [r1]: 'rejected' });
  });

  it('with a duplicate in the words of a reason that any word translates leaves a doubt', async () => {
    const own = { reference: r1, status: 'RJCT', own: 'E_DUPLICATE' };
    const any = await desk.report(rows(own), { reasons: { '*': 'AC01' } });
    expect(kinds(any)).toEqual({});
    expect(whys(any)).toEqual([expect.stringContaining('duplic')]);
    const chosen = await desk.report(rows(own), { reasons: { E_DUPLICATE: 'AC01' } });
    expect(kinds(chosen)).toEqual({ [r1]: 'rejected' });
    const text = 'Trung tam bao sai so tai khoan';
    const certain = await desk.report(rows({ reference: r1, status: 'RJCT', code: 'AC01', text }));
    expect(kinds(certain)).toEqual({ [r1]: 'rejected' });
    const cut = statusReport({
      answers: message.reference,
      ...rows({ reference: r1, status: 'RJCT', code: 'NARR', text: 'xx dupli|cate of FT1' }),
    }).replace('|', '</AddtlInf><AddtlInf>');
    expect(await desk.read(cut)).toMatchObject({ report: { items: [] } });
  });
});
