import { aMessage } from '../../../../test/builders/file-message.js';
import { kinds, reportDesk, rows, whys } from '../../../../test/builders/report-desk.js';

const message = aMessage({ count: 4, funds: ['NSTW_NCC', 'NSDP'] });
/** Of NSTW_NCC, NSDP, NSTW_NCC, NSDP. */
const [r1 = '', r2 = '', r3 = '', r4 = ''] = message.orders.map(({ reference }) => reference);

describe('a status report', () => {
  let desk: Awaited<ReturnType<typeof reportDesk>>;
  beforeAll(async () => {
    desk = await reportDesk(message);
  });
  afterAll(() => desk.remove());

  it('whose rows are refused without a reason takes that of the block or the group', async () => {
    const refused = await desk.report({
      group: { status: 'PART' },
      blocks: [
        {
          status: 'RJCT',
          code: 'AC06',
          text: 'phong toa',
          rows: [
            { reference: r1, status: 'RJCT' },
            { reference: r3, code: 'AC01' },
          ],
        },
      ],
    });
    expect(refused.items.map(({ reference, fact }) => [reference, fact])).toEqual([
      [r1, expect.objectContaining({ reason: { code: 'AC06', text: 'phong toa' } })],
      [r3, expect.objectContaining({ reason: { code: 'AC01' } })],
    ]);
    expect(refused.unread).toEqual([]);
    const byGroup = await desk.report({
      group: { status: 'RJCT', code: 'AM04' },
      blocks: [{ status: 'RJCT', rows: [{ reference: r1, status: 'RJCT', text: 'het tien' }] }],
    });
    expect(Object.values(kinds(byGroup))).toEqual(Array(4).fill('rejected'));
    expect(byGroup.items[0]?.fact).toMatchObject({ reason: { code: 'AM04', text: 'het tien' } });
    const doubtful = await desk.report({
      blocks: [
        {
          status: 'RJCT',
          code: 'AC06',
          rows: [
            { reference: r1, status: 'RJCT' },
            { reference: r3, status: 'ACSC' },
          ],
        },
      ],
    });
    expect(kinds(doubtful)).toEqual({ [r3]: 'accepted' });
    expect(doubtful.unread).toEqual([
      { reference: r1, why: expect.stringMatching(/RJCT without a reason/) },
    ]);
  });

  const AM04 = { status: 'RJCT', code: 'AM04' };
  const r1Refused = { reference: r1, status: 'RJCT', code: 'AC01' };
  it.each<[string, Parameters<typeof desk.report>[0], Record<string, string>, number]>([
    [
      'its own tally counts others',
      { group: { ...AM04, tally: { ACSP: '3', RJCT: '1' } }, ...rows(r1Refused) },
      { [r1]: 'rejected' },
      3,
    ],
    [
      'its own tally counts fewer',
      { group: { ...AM04, tally: { RJCT: '1' } }, ...rows(r1Refused) },
      { [r1]: 'rejected' },
      3,
    ],
    ['its tally is no number', { group: { ...AM04, tally: { RJCT: '4', PDNG: 'x' } } }, {}, 4],
    [
      'the tally of a block counts others',
      { blocks: [{ ...AM04, tally: { ACSP: '1', RJCT: '1' }, rows: [r1Refused] }] },
      { [r1]: 'rejected' },
      1,
    ],
    [
      'the tally of a block below it counts others',
      { group: AM04, blocks: [{ tally: { ACSP: '2' } }] },
      {},
      4,
    ],
    [
      'a block below it says PART, which speaks for its own alone',
      { group: AM04, blocks: [{ status: 'PART', rows: [{ reference: r1, status: 'ACSC' }] }] },
      { [r1]: 'accepted' },
      2,
    ],
    [
      'a row says something else',
      { group: AM04, ...rows({ reference: r1, status: 'ACSC' }) },
      { [r1]: 'accepted' },
      3,
    ],
    [
      'a row of its block says something else',
      { blocks: [{ ...AM04, rows: [{ reference: r1, status: 'PDNG' }] }] },
      { [r1]: 'accepted' },
      1,
    ],
    [
      'a block says something else',
      { group: AM04, blocks: [{ fund: 'NSDP', status: 'ACCP' }] },
      { [r2]: 'accepted', [r4]: 'accepted' },
      2,
    ],
    ['it counts more than we sent', { group: { ...AM04, count: '5' } }, {}, 4],
    ['its sum is another', { group: { ...AM04, count: '4', sum: '999' } }, {}, 4],
    ['its block counts fewer', { blocks: [{ ...AM04, count: '1' }] }, {}, 2],
    [
      'a row of nobody that we know says something else',
      { group: AM04, ...rows({ reference: 'NOTPROVIDED', status: 'ACSC' }) },
      {},
      4,
    ],
    [
      'a block that we do not know says something else',
      { group: AM04, blocks: [{ id: 'NOTPROVIDED', status: 'ACSP' }] },
      {},
      4,
    ],
  ])('that refuses all is a doubt of those not named where %s', async (_, said, known, doubted) => {
    const read = await desk.report(said);
    expect(kinds(read)).toEqual(known);
    expect(whys(read).filter((why) => why.includes('a refusal of all, and'))).toEqual([
      expect.stringContaining(`(${doubted} payments)`),
    ]);
  });

  it('that refuses all, with everything in it agreeing, is a refusal of all', async () => {
    const read = await desk.report({
      group: { ...AM04, count: '4', sum: '4000006', tally: { RJCT: '4', ACSP: '0' } },
      blocks: [
        { ...AM04, count: '2', tally: { RJCT: '2' }, rows: [r1Refused, { reference: r3 }] },
        { fund: 'NSDP', rows: [{ reference: r2, status: 'RJCT', code: 'AC04' }] },
      ],
    });
    expect(Object.values(kinds(read))).toEqual(Array(4).fill('rejected'));
    expect(read.unread).toEqual([]);
  });
});
