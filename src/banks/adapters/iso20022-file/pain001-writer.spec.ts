import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { aMessage, anOrder, isoOptions, textOf } from '../../../../test/builders/file-message.js';
import { describeWithSchemas, schemaFaults } from '../../../../test/setup/iso20022-schemas.js';
import { InvariantError, Money } from '../../../kernel/index.js';
import type { FileMessage } from '../../contract.js';
import { writePain001 } from './pain001-writer.js';
import { blockIdOf } from './payment-blocks.js';

const write = (message: FileMessage, options = isoOptions()) =>
  textOf(writePain001(message, options).content);

/** Every text with its path, as another program would read it. */
function textsIn(xml: string): (readonly [path: string, text: string])[] {
  const found: [string, string][] = [];
  const open: { name: string; text: string; parent: boolean }[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const around = open.at(-1);
    if (around) around.parent = true;
    const attribute = attributes['Ccy'] === undefined ? '' : `@${attributes['Ccy']}`;
    open.push({ name: name + attribute, text: '', parent: false });
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.on('closetag', () => {
    const path = open.map(({ name }) => name).join('/');
    const ended = open.pop();
    if (ended && !ended.parent)
      found.push([path.replace('Document/CstmrCdtTrfInitn/', ''), ended.text]);
  });
  parser.write(xml).close();
  return found;
}

const valuesAt = (xml: string, end: string): string[] =>
  textsIn(xml).flatMap(([path, text]) => (path.endsWith(end) ? [text] : []));

const LETTERS =
  'aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ';

describe('a message that must not be written', () => {
  const refusal = (message: FileMessage, options = isoOptions()): unknown => {
    try {
      writePain001(message, options);
      return null;
    } catch (error) {
      return error;
    }
  };

  it('has one reference twice', () => {
    const orders = [anOrder(), anOrder({ amount: Money.of('5') })];
    expect(refusal(aMessage({ orders }))).toBeInstanceOf(InvariantError);
  });

  it('has a control sum that is not the sum of its payments', () => {
    expect(refusal({ ...aMessage(), total: Money.of('1') })).toBeInstanceOf(InvariantError);
  });

  it('has a fund that no account is named for, and there is none for the others', () => {
    const message = aMessage({ funds: ['NSTW_NCC', 'constructor'] });
    const options = isoOptions({ debtorAccounts: { NSTW_NCC: '3713000000001' } });
    expect(refusal(message, options)).toMatchObject({
      code: 'banks.no-debtor-account',
      details: { fund: 'constructor' },
    });
  });

  it.each([
    ['no amount', { amount: Money.zero() }],
    ['an amount below zero', { amount: Money.of('-1') }],
    ['a reference of 36 characters', { reference: 'R'.repeat(36) }],
    ['a reference with a blank', { reference: 'R 1' }],
    ['no reference', { reference: '' }],
    ['a BIN of five digits', { bankBin: '97040' }],
    ['no account', { accountNumber: '' }],
    ['an account with markup', { accountNumber: '1</Id>' }],
    ['a name of which nothing is left', { accountName: '—…' }],
  ])('has a payment with %s', (_, wrong) => {
    expect(refusal(aMessage({ orders: [anOrder(wrong)] }))).toBeInstanceOf(InvariantError);
  });

  it('has no payments, or a reference that leads out of its folder', () => {
    expect(refusal(aMessage({ orders: [] }))).toBeInstanceOf(InvariantError);
    expect(refusal(aMessage({ reference: '../CM1' }))).toBeInstanceOf(InvariantError);
  });

  it('tells ids when it is refused, never a name or an account', () => {
    const error = refusal(aMessage({ orders: [anOrder({ bankBin: 'x' })] }));
    expect(String(error)).toContain(anOrder().reference);
    expect(String(error)).not.toMatch(/0012345678901|Ánh/);
  });
});

describe('a message as pain.001.001.09', () => {
  it('is the same bytes whenever it is written, also from one writing twice', async () => {
    const message = aMessage({ count: 40, funds: ['NSTW_NCC', 'NSDP'] });
    const once = writePain001(message, isoOptions());
    const first = await textOf(once.content);
    expect(await textOf(once.content)).toBe(first);
    expect(await write(message)).toBe(first);
    expect(once.fileName).toBe(`${message.reference}.xml`);
  });

  it('counts and sums at both levels, a block for each fund with its own account', async () => {
    const xml = await write(aMessage({ count: 3, funds: ['NSTW_NCC', 'NSDP'] }));
    expect(valuesAt(xml, 'NbOfTxs')).toEqual(['3', '2', '1']);
    expect(valuesAt(xml, 'CtrlSum')).toEqual(['3000003', '2000002', '1000001']);
    expect(valuesAt(xml, 'DbtrAcct/Id/Othr/Id')).toEqual(['3713000000001', '3713000000002']);
    expect(valuesAt(xml, 'PmtInfId')).toEqual(
      ['NSTW_NCC', 'NSDP'].map((fund) => blockIdOf(aMessage().reference, fund)),
    );
  });

  it('carries each payment under its reference, with đồng without decimals and the BIN', async () => {
    const xml = await write(aMessage({ orders: [anOrder()] }));
    const { reference } = anOrder();
    expect(textsIn(xml).filter(([path]) => path.includes('CdtTrfTxInf'))).toEqual([
      ['PmtInf/CdtTrfTxInf/PmtId/InstrId', reference],
      ['PmtInf/CdtTrfTxInf/PmtId/EndToEndId', reference],
      ['PmtInf/CdtTrfTxInf/Amt/InstdAmt@VND', '2789000'],
      ['PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId', '970405'],
      ['PmtInf/CdtTrfTxInf/Cdtr/Nm', 'NGUYEN VAN ANH'],
      ['PmtInf/CdtTrfTxInf/CdtrAcct/Id/Othr/Id', '0012345678901'],
      ['PmtInf/CdtTrfTxInf/RmtInf/Ustrd', 'TRO CAP T11 2026'],
    ]);
  });

  it('is dated at the office: half past midnight there is the day after in UTC', async () => {
    const xml = await write(aMessage());
    expect(valuesAt(xml, 'CreDtTm')).toEqual(['2026-11-21T00:30:00+07:00']);
    expect(valuesAt(xml, 'ReqdExctnDt/Dt')).toEqual(['2026-11-21']);
  });

  it('folds every Vietnamese letter for the rail, whichever way it is composed', async () => {
    for (const letters of [LETTERS, LETTERS.toUpperCase(), LETTERS.normalize('NFD')]) {
      const orders = [...letters.normalize('NFC')].map((letter, at) =>
        anOrder({
          reference: `R${at}`,
          accountName: `x${letter}`.normalize(letters === LETTERS.normalize('NFD') ? 'NFD' : 'NFC'),
        }),
      );
      for (const name of valuesAt(await write(aMessage({ orders })), 'Cdtr/Nm'))
        expect(name).toMatch(/^X[A-Z]$/);
    }
  });

  it('writes names as stored where the bank takes them, cut between characters', async () => {
    const orders = [anOrder({ accountName: `Đặng <Thị> & "${'𝄞ễ'.repeat(40)}` })];
    const xml = await write(
      aMessage({ orders }),
      isoOptions({ names: 'vietnamese', nameLength: 30 }),
    );
    const [name = ''] = valuesAt(xml, 'Cdtr/Nm');
    expect(name).toMatch(/^Đặng <Thị> & "/);
    expect([...name]).toHaveLength(30);
  });

  it('says every amount exactly as it is, and sums to the đồng', async () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(amounts, async (given) => {
        const orders = given.map((amount, at) =>
          anOrder({ reference: `R${at}`, amount: Money.of(String(amount)) }),
        );
        const xml = await write(aMessage({ orders }));
        expect(valuesAt(xml, 'InstdAmt@VND')).toEqual(given.map(String));
        const sum = String(given.reduce((one, other) => one + other, 0n));
        expect(valuesAt(xml, 'CtrlSum')).toEqual([sum, sum]);
      }),
      { numRuns: 30 },
    );
  });
});

describeWithSchemas('a written message by the schema', ['pain.001.001.09'], () => {
  it('is right with 5,000 payments of two funds, and in every form the options give it', async () => {
    const message = aMessage({ count: 5000, funds: ['NSTW_NCC', 'NSDP'] });
    const awkward = anOrder({ accountName: 'Ð<&>"\'', narrative: '', accountNumber: '1' });
    const written = await Promise.all([
      write(message),
      write(aMessage({ orders: [awkward] })),
      write(
        aMessage({ orders: [awkward] }),
        isoOptions({
          names: 'vietnamese',
          batchBooking: true,
          chargeBearer: 'SLEV',
          debtor: { name: 'Sở & <Nội vụ>', id: '123456' },
          debtorAgent: { memberId: '970405', bic: 'VBAAVNVX' },
        }),
      ),
    ]);
    expect(await schemaFaults('pain.001.001.09', written)).toEqual([]);
  });

  it('would be told of a fault', async () => {
    const wrong = (await write(aMessage())).replace('<MsgId>', '<MsgId>'.padEnd(60, 'x'));
    expect(await schemaFaults('pain.001.001.09', [wrong])).not.toEqual([]);
  });
});
