import { aMessage } from '../../../../test/builders/file-message.js';
import { kinds, reportDesk, rows, whys } from '../../../../test/builders/report-desk.js';
import { statusReport } from '../../../../test/builders/status-report.js';
import { describeWithSchemas, schemaFaults } from '../../../../test/setup/iso20022-schemas.js';
import { Money } from '../../../kernel/index.js';

const message = aMessage({ count: 4, funds: ['NSTW_NCC', 'NSDP'] });
const { reference: answers } = message;
/** Of NSTW_NCC, NSDP, NSTW_NCC, NSDP. */
const [r1 = '', r2 = '', r3 = '', r4 = ''] = message.orders.map(({ reference }) => reference);

describe('a status report', () => {
  let desk: Awaited<ReturnType<typeof reportDesk>>;
  beforeAll(async () => {
    desk = await reportDesk(message);
  });
  afterAll(() => desk.remove());

  it('that is not whole, not ours to read or hostile is broken, and says where', async () => {
    const whole = statusReport({ answers, ...rows({ reference: r1, status: 'ACCC' }) });
    expect((await desk.refusal(whole.slice(0, -40))).where).toMatch(/^line \d+/);
    expect((await desk.refusal(whole.replace('?>', '?><!DOCTYPE a>'))).why.en).toMatch(/DOCTYPE/);
    const older = await desk.refusal(whole.replace('pain.002.001.10', 'pain.002.001.03'));
    expect(older.why.en).toMatch(/pain\.002\.001\.03.*expected.*pain\.002\.001\.10/);
    expect((await desk.refusal('<html/>')).why.vi).toMatch(/Document/);
    expect(await desk.refusal(whole.replace(/<OrgnlMsgId>.*?<\/OrgnlMsgId>/, ''))).toMatchObject({
      why: { en: 'OrgnlMsgId is missing or malformed.' },
      where: expect.stringMatching(/^line 4:\d+, .*OrgnlGrpInfAndSts$/),
    });
    expect((await desk.refusal(whole.replace('2026-11-21T', '2026-13-21T'))).where).toMatch(
      /CreDtTm$/,
    );
    expect((await desk.refusal(whole.replace(answers, 'x'.repeat(9000)))).why.en).toMatch(/longer/);
  });

  it('repeats amounts, times and the bank’s reference, and orders itself by its own time', async () => {
    const at = '2026-11-21T08:30:00.5';
    const read = await desk.report(
      rows({ reference: r1, status: 'ACCC', amount: 'VND 1000000.00', at, bankReference: 'FT-1' }),
    );
    expect(read).toMatchObject({ id: 'BANK-1', answers, madeAt: new Date('2026-11-21T01:00:00Z') });
    expect(read.items).toEqual([
      {
        reference: r1,
        amount: Money.of('1000000'),
        fact: {
          kind: 'settled',
          at: new Date('2026-11-21T01:30:00.500Z'),
          bankReference: 'FT-1',
          sequence: Date.UTC(2026, 10, 21, 1),
        },
      },
    ]);
    const abroad = await desk.report({ madeAt: '2026-11-21T08:00:00+09:00' });
    expect(abroad.madeAt).toEqual(new Date('2026-11-20T23:00:00Z'));
  });

  it('of the whole message is one of every payment in it', async () => {
    const refused = await desk.report({
      group: { status: 'RJCT', code: 'AM04', text: 'het tien' },
    });
    expect(refused.items).toHaveLength(4);
    expect(refused.items[3]?.fact).toMatchObject({ reason: { code: 'AM04', text: 'het tien' } });
    const duplicate = await desk.report({ group: { status: 'RJCT', code: 'DUPL' } });
    expect(duplicate.items).toEqual([]);
    expect(whys(duplicate)).toEqual([
      expect.stringMatching(/OrgnlGrpInfAndSts: .*DUPL.*\(4 payments\)$/),
    ]);
  });

  it('of a block goes before that of the message, and a transaction’s before both', async () => {
    const read = await desk.report({
      group: { status: 'ACSP' },
      blocks: [
        { status: 'PDNG', rows: [{ reference: r3, status: 'ACCC' }] },
        { fund: 'NSDP', status: 'RJCT', code: 'AC04' },
      ],
    });
    expect(kinds(read)).toEqual({
      [r1]: 'accepted',
      [r2]: 'rejected',
      [r3]: 'settled',
      [r4]: 'rejected',
    });
  });

  it('that accepts in part speaks of those only that it names', async () => {
    const read = await desk.report({
      group: { status: 'PART' },
      blocks: [
        {
          fund: 'NSTW_NCC',
          status: 'PART',
          rows: [{ reference: r3, status: 'RJCT', code: 'AC01' }],
        },
      ],
    });
    expect(kinds(read)).toEqual({ [r3]: 'rejected' });
    expect(read.unread).toEqual([]);
  });

  it('that speaks of one payment twice, differently, leaves a doubt of it', async () => {
    const twice = await desk.report(
      rows(
        { reference: r1, status: 'ACCC' },
        { reference: r1, status: 'RJCT', code: 'AC01' },
        { reference: r3, status: 'ACCC' },
        { reference: r3, status: 'ACCC' },
      ),
    );
    expect(kinds(twice)).toEqual({ [r3]: 'settled' });
    expect(twice.unread).toEqual([
      { reference: r1, why: expect.stringMatching(/line 7.*twice, differently; also at line 6/) },
    ]);
    const blocks = await desk.report({
      blocks: [{ status: 'ACSP' }, { status: 'RJCT', code: 'AC01' }],
    });
    expect(kinds(blocks)).toEqual({});
    expect(whys(blocks)[0]).toMatch(/block is spoken of twice.*\(2 payments\)/);
  });

  it('about a message or payments that are not ours moves nothing', async () => {
    const stranger = await desk.report({
      answers: 'CM-STRANGER',
      group: { status: 'RJCT', code: 'AC01' },
      ...rows({ reference: r1, status: 'RJCT', code: 'AC01' }),
    });
    expect(stranger.items).toEqual([]);
    expect(stranger.unread).toEqual([
      { why: expect.stringMatching(/CM-STRANGER is not ours/) },
      { reference: r1, why: expect.stringMatching(/TxInfAndSts: .*not ours/) },
    ]);
    const mixed = await desk.report(
      rows(
        { reference: 'OTHER', status: 'ACCC' },
        { status: 'ACCC' },
        { reference: 'a b', status: 'ACCC' },
      ),
    );
    expect(mixed.items).toEqual([]);
    expect(mixed.unread.map(({ reference }) => reference)).toEqual(['OTHER', undefined, undefined]);
    const blocks = await desk.report({
      blocks: [{ id: 'PI-STRANGER', status: 'RJCT', code: 'AC01' }],
    });
    expect(whys(blocks)).toEqual([expect.stringMatching(/no block PI-STRANGER/)]);
    const elsewhere = await desk.report({
      blocks: [{ fund: 'NSDP', rows: [{ reference: r1, status: 'ACCC' }] }],
    });
    expect(whys(elsewhere)).toEqual([expect.stringMatching(/another block/)]);
    expect(elsewhere.items).toEqual([]);
  });

  it('with other counts and sums than we sent is told, and used', async () => {
    const read = await desk.report({
      group: { status: 'ACSP', count: '5', sum: '4000006.00000' },
      blocks: [{ count: '2', sum: '1', status: 'ACSP' }],
    });
    expect(whys(read)).toEqual([
      expect.stringMatching(/OrgnlNbOfTxs says 5, and it was 4/),
      expect.stringMatching(/OrgnlCtrlSum says 1, and it was 2000002/),
    ]);
    expect(read.items).toHaveLength(4);
  });

  it('about another kind of message than ours is nothing, unless it names a message of ours', async () => {
    const about = 'camt.055.001.08';
    const stranger = await desk.read(statusReport({ answers: 'CM-STRANGER', about }));
    expect(stranger).toMatchObject({ kind: 'nothing', why: expect.stringMatching(/camt\.055/) });
    // That a cancellation was refused is no refusal of what it would have cancelled.
    const ours = await desk.report({ about, group: { status: 'RJCT', code: 'AM04' } });
    expect(ours.items).toEqual([]);
    expect(whys(ours)).toEqual([expect.stringMatching(/OrgnlMsgNmId: .*camt\.055/)]);
  });

  it.each([
    'pain.001',
    'PAIN001.001.09',
    'pain00100103',
    'NOTPROVIDED',
    'urn:iso:std:iso:20022:tech:xsd:pain',
    'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09',
  ])('that names the kind of our message %s is read', async (about) => {
    const read = await desk.report({ about, group: { status: 'RJCT', code: 'AM04' } });
    expect(Object.values(kinds(read))).toEqual(Array(4).fill('rejected'));
  });

  it('has its counts compared as numbers, and names that stand for none passed over', async () => {
    const read = await desk.report({
      group: { status: 'ACCP', count: '000004', sum: '0004000006.00' },
      blocks: [
        {
          id: 'NOTPROVIDED',
          rows: [
            { reference: 'NOTPROVIDED', instruction: r1, status: 'ACCC' },
            { reference: r2, instruction: 'NOTPROVIDED', status: 'ACCC' },
          ],
        },
      ],
    });
    expect(read.unread).toEqual([]);
    expect(kinds(read)).toMatchObject({ [r1]: 'settled', [r2]: 'settled', [r3]: 'accepted' });
    const speaking = await desk.report({ blocks: [{ id: 'NOTPROVIDED', status: 'ACCP' }] });
    expect(whys(speaking)).toEqual([expect.stringMatching(/no block NOTPROVIDED/)]);
  });

  it('whose rows only repeat the orders speaks by the word above them', async () => {
    const read = await desk.report({
      group: { status: 'ACCP' },
      blocks: [
        { rows: [{ reference: r1, amount: 'VND 1000000' }, { reference: r3 }] },
        {
          fund: 'NSDP',
          rows: [{ reference: r2 }, { reference: r4 }, { reference: r4, status: 'ACCC' }],
        },
      ],
    });
    expect(read.unread).toEqual([]);
    expect(kinds(read)).toEqual({
      [r1]: 'accepted',
      [r2]: 'accepted',
      [r3]: 'accepted',
      [r4]: 'settled',
    });
    expect(read.items[0]?.amount).toEqual(Money.of('1000000'));
    const silent = await desk.report({ group: { status: 'PART' }, ...rows({ reference: r1 }) });
    expect([...silent.items, ...silent.unread]).toEqual([]);
  });

  it('of 5,000 payments is read whole', async () => {
    const many = aMessage({ count: 5000 });
    const said = many.orders.map(({ reference }, at) => ({
      reference,
      status: at % 10 === 0 ? 'RJCT' : 'ACSC',
      ...(at % 10 === 0 && { code: 'AC04' }),
    }));
    const ofMany = await reportDesk(many);
    const read = await ofMany.report(rows(...said));
    await ofMany.remove();
    expect(read.items.filter(({ fact }) => fact.kind === 'rejected')).toHaveLength(500);
    expect(read.items).toHaveLength(5000);
    expect(read.unread).toEqual([]);
  });

  describeWithSchemas('of these specs', ['pain.002.001.10'], () => {
    it('is one by the schema', async () => {
      const xml = statusReport({
        answers,
        group: { status: 'PART', count: '4', sum: '4000006', tally: { RJCT: '4' } },
        blocks: [
          {
            status: 'PART',
            tally: { RJCT: '2' },
            rows: [
              {
                reference: r1,
                instruction: r1,
                status: 'RJCT',
                code: 'AC04',
                text: 'x',
                at: '2026-11-21T08:00:00',
                bankReference: 'FT',
                amount: 'VND 1',
              },
            ],
          },
        ],
      });
      expect(await schemaFaults('pain.002.001.10', [xml])).toEqual([]);
    });
  });
});
