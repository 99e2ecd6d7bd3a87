import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BREAKAGES } from '../../src/banks/sandbox/files/breakages.js';
import { aBlock, aFileOfOrders, aMessage } from './hand-written-orders.js';
import { startSandboxHarness, type SandboxHarness } from './sandbox-harness.js';

const BANK = 'sandbox-file';
const [FIRST, SECOND] = ['1000000001', '1000000002'];

/** The file side of the sandbox bank, met with files written by hand from the schema. */
describe('the file side of the sandbox bank', () => {
  let bank: SandboxHarness;
  let folder: string;

  let before: Record<string, unknown>;
  let tried = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitra-bank-'));
    bank = await startSandboxHarness({
      SANDBOX_FILES_DIR: folder,
      SANDBOX_FILE_BANKS: BANK,
      SANDBOX_FILE_ACCOUNTS: `${FIRST},${SECOND}`,
    });
  });
  beforeEach(async () => {
    tried += 1;
    await mood({
      outage: 'none',
      notices: 'normal',
      reports: 'whole',
      duplicateFile: 'DU01',
      settleAfterMs: 100,
      laterMs: 200,
    });
    before = await bank.own('GET', '/sandbox/books');
  });
  afterEach(async () => {
    for (const part of ['orders', 'reports', 'archive']) {
      for (const name of await readdir(place(part))) await rm(place(part, name));
    }
  });
  afterAll(async () => {
    await bank.stop();
    await rm(folder, { recursive: true });
  });

  const place = (part: string, name = '') => join(folder, BANK, part, name);
  const drop = async (name: string, content: string) => {
    await writeFile(place('orders', `${name}.part`), mine(content));
    await rename(place('orders', `${name}.part`), place('orders', name));
  };
  const mood = (change: Record<string, unknown>) => bank.own('PUT', '/sandbox/mood', change);
  /** What the books say since the test began. */
  const books = async () => {
    const now = await bank.own('GET', '/sandbox/books');
    const since = Object.entries(now).map(([key, value]) => [
      key,
      Number(value) - Number(before[key]),
    ]);
    return Object.fromEntries(since) as Record<string, number>;
  };
  /** The same names in another test are other orders and messages. */
  const mine = (xml: string) => xml.replace(/>([AM])(\d)</g, `>$1${tried}-$2<`);
  const reports = async () => {
    const names = (await readdir(place('reports'))).filter((name) => !name.startsWith('.')).sort();
    return Promise.all(
      names.map(async (name) => ({ name, text: await readFile(place('reports', name), 'utf8') })),
    );
  };
  const textOf = async () => (await reports()).map(({ text }) => text).join('\n');
  const atRest = () =>
    until(async () => {
      const totals = await bank.own('GET', '/sandbox/books');
      return totals.changesToCome === 0 && totals.noticesWaiting === 0;
    });
  const taken = (name: string) => until(() => Promise.resolve(existsSync(place('archive', name))));
  const statusOf = (text: string, reference: string) =>
    [...text.matchAll(/<OrgnlEndToEndId>([\w-]+)<\/OrgnlEndToEndId><TxSts>(\w+)</g)]
      .filter(([, of]) => of === reference.replace('A', `A${tried}-`))
      .map(([, , status]) => status);

  it('takes a file by its final name only, acknowledges it and tells what became of each order', async () => {
    const xml = aFileOfOrders('M1', [
      { reference: 'A1', ending: '123456', amount: '1000' },
      { reference: 'A2', ending: '990104', amount: '2000' },
    ]);
    await writeFile(place('orders', 'm1.xml.part'), xml);
    await writeFile(place('orders', '.m1.xml'), xml);
    await new Promise((wake) => setTimeout(wake, 200));
    expect(await readdir(place('archive'))).toEqual([]);
    await drop('m1.xml', xml);
    await taken('m1.xml');
    await atRest();
    const text = await textOf();
    expect(text).toContain('<GrpSts>ACTC</GrpSts>');
    expect(text).toContain('<GrpSts>PART</GrpSts>');
    expect(statusOf(text, 'A1').sort()).toEqual(['ACCC', 'ACSP']);
    expect(statusOf(text, 'A2')).toEqual(['RJCT']);
    expect(text).toMatch(/<Cd>AC04<\/Cd><\/Rsn><AddtlInf>Tai khoan da dong</);
    expect(await books()).toMatchObject({ credits: 1, creditedAmount: 1000, rejected: 1 });
  });

  it('credits a file that comes again once, and refuses the second with the reason it was told to use', async () => {
    const xml = aFileOfOrders('M1', [{ reference: 'A1', ending: '123456', amount: '1000' }]);
    for (const [at, code] of ['', 'DU01', 'DU03', 'AM05'].entries()) {
      if (code !== '') await mood({ duplicateFile: code });
      await drop(`m${at}.xml`, xml);
      await taken(`m${at}.xml`);
      await atRest();
      if (code !== '') expect(await textOf()).toContain(`<Cd>${code}</Cd>`);
    }
    expect(await books()).toMatchObject({ credits: 1, creditedTwice: 0 });
  });

  it.each<[string, string, (xml: string) => string]>([
    ['a control sum', 'AM10', (xml) => xml.replace('<CtrlSum>3000<', '<CtrlSum>3001<')],
    ['a count', 'AM18', (xml) => xml.replace('<NbOfTxs>2<', '<NbOfTxs>3<')],
    ['a decimal', 'AM12', (xml) => xml.replace('>1000</InstdAmt>', '>1000.5</InstdAmt>')],
    ['an amount of nothing', 'AM12', (xml) => xml.replace('>1000</InstdAmt>', '>0</InstdAmt>')],
    ['another currency', 'AM03', (xml) => xml.replace('Ccy="VND"', 'Ccy="USD"')],
    ['a reference twice', 'DU04', (xml) => xml.replace('>A2<', '>A1<')],
    ['half a file', 'FF01', (xml) => xml.slice(0, xml.length / 2)],
    ['a DOCTYPE', 'FF01', (xml) => xml.replace('?>', '?><!DOCTYPE Document>')],
    ['another message', 'FF01', (xml) => xml.replaceAll('pain.001.001.09', 'pain.001.001.03')],
    ['no payee', 'FF01', (xml) => xml.replace(/<Cdtr>.*?<\/Cdtr>/, '')],
    ['letters it does not take', 'CH16', (xml) => xml.replace('NGUYEN VAN', 'NGUYỄN VĂN')],
  ])('refuses %s as a whole: %s, and nothing is booked', async (_, code, change) => {
    const xml = aFileOfOrders('M1', [
      { reference: 'A1', ending: '123456', amount: '1000' },
      { reference: 'A2', ending: '123456', amount: '2000' },
    ]);
    await drop('m1.xml', change(xml));
    await taken('m1.xml');
    await atRest();
    expect(await textOf()).toMatch(
      new RegExp(`<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>${code}</Cd>`),
    );
    expect(await books()).toMatchObject({ credits: 0, pending: 0 });
  });

  it('refuses a block of an unknown account or with a wrong sum, and takes the others', async () => {
    const block = (id: string, account: string, reference: string) =>
      aBlock(id, account, [{ reference, ending: '123456', amount: '1000' }]);
    const xml = aMessage('M1', { count: 3, total: '3000' }, [
      block('B1', FIRST, 'A1'),
      block('B2', '9999999999', 'A2'),
      block('B3', SECOND, 'A3').replace('<CtrlSum>1000<', '<CtrlSum>999<'),
    ]);
    await drop('m1.xml', xml);
    await taken('m1.xml');
    await atRest();
    const text = await textOf();
    for (const [id, code] of [
      ['B2', 'AC02'],
      ['B3', 'AM10'],
    ]) {
      expect(text).toMatch(
        new RegExp(
          `<OrgnlPmtInfId>${id}</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>${code}<`,
        ),
      );
    }
    expect(await books()).toMatchObject({ credits: 1, creditedAmount: 1000 });
  });

  it('a return comes by camt.054 with its reason, and each account has its own statement', async () => {
    const xml = aMessage('M1', { count: 2, total: '3000' }, [
      aBlock('B1', FIRST, [{ reference: 'A1', ending: '993007', amount: '1000' }]),
      aBlock('B2', SECOND, [{ reference: 'A2', ending: '123456', amount: '2000' }]),
    ]);
    await drop('m1.xml', xml);
    await taken('m1.xml');
    await atRest();
    const notice = (await reports()).find(({ name }) => name.startsWith('CAMT054'));
    expect(notice?.text).toMatch(/<EndToEndId>A\d+-1<.*<RtrInf><Rsn><Cd>MD07</);
    await bank.own('POST', `/sandbox/statements/${BANK}`);
    await bank.own('POST', `/sandbox/statements/${BANK}?format=mt940`);
    await bank.own('POST', `/sandbox/statements/${BANK}`);
    await atRest();
    const laid = await reports();
    expect(laid.filter(({ name }) => name.startsWith('CAMT053'))).toHaveLength(2);
    const camt = laid.find(({ name }) => name.startsWith('CAMT053'))?.text ?? '';
    expect(camt.match(/<Stmt>/g)).toHaveLength(2);
    const refs = [...camt.matchAll(/<NtryRef>(\w+)</g)].map(([, ref]) => ref);
    const mt940 = laid.find(({ name }) => name.startsWith('MT940'))?.text ?? '';
    expect([...mt940.matchAll(/\/\/(SB\d+)/g)].map(([, ref]) => ref)).toEqual(refs);
    expect(refs.length).toBeGreaterThanOrEqual(3);
  });

  it('what was told late when it came first is told after what came later', async () => {
    await mood({ reports: 'reordered' });
    const orders = [{ reference: 'A1', ending: '123456', amount: '1' }];
    await drop('m1.xml', aFileOfOrders('M1', orders));
    await until(async () => statusOf(await textOf(), 'A1').length === 1);
    expect(statusOf(await textOf(), 'A1')).toEqual(['ACCC']);
    await until(async () => statusOf(await textOf(), 'A1').length === 2);
  });

  it('says one word about an order in a report, also when two fell due together', async () => {
    await mood({ notices: 'off', settleAfterMs: 10, laterMs: 10 });
    const orders = [{ reference: 'A1', ending: '992013', amount: '1' }];
    await drop('m1.xml', aFileOfOrders('M1', orders));
    await taken('m1.xml');
    await new Promise((wake) => setTimeout(wake, 200));
    await mood({ notices: 'normal' });
    await atRest();
    const words = (await reports()).map(({ text }) => statusOf(text, 'A1'));
    expect(words.filter((of) => of.length > 0).sort()).toEqual([['ACCC'], ['ACSP'], ['ACSP']]);
  });

  it('touches no folder while it is gone, and forgets nothing over its restart', async () => {
    await mood({ outage: 'gone', closedMs: 3_600_000 });
    await drop(
      'm1.xml',
      aFileOfOrders('M1', [{ reference: 'A1', ending: '123456', amount: '1000' }]),
    );
    await new Promise((wake) => setTimeout(wake, 300));
    expect(await readdir(place('orders'))).toEqual(['m1.xml']);
    await mood({ outage: 'none', notices: 'off' });
    await taken('m1.xml');
    await bank.restart();
    await atRest();
    expect(statusOf(await textOf(), 'A1').sort()).toEqual(['ACCC', 'ACSP']);
    expect(await books()).toMatchObject({ credits: 1 });
  });

  it.each([
    ['partial', 3],
    ['doubled', 3],
    ['broken', BREAKAGES.length + 1],
    ['reordered', 1],
    ['late', 1],
    ['group-only', 1],
    ['none', 0],
  ])('%s reports: %i files of what became of the orders at first', async (way, count) => {
    await mood({ reports: way, settleAfterMs: 60_000 });
    await drop(
      'm1.xml',
      aFileOfOrders(
        'M1',
        ['A1', 'A2', 'A3'].map((reference) => ({ reference, ending: '123456', amount: '1' })),
      ),
    );
    await taken('m1.xml');
    const inFolder = async () =>
      (await reports()).filter(({ name }) => name.includes('.RPT')).length;
    if (way === 'reordered') await new Promise((wake) => setTimeout(wake, 300));
    else await until(async () => (await inFolder()) === count);
    expect(await inFolder()).toBe(way === 'reordered' ? 0 : count);
  });
});

async function until(reached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 8000;
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('it did not come to that in time');
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
