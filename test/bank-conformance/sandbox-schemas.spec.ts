import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOODS } from '../../src/banks/sandbox/moods.js';
import { aFileOfOrders } from './hand-written-orders.js';
import { describeWithSchemas, schemaFaults } from '../setup/iso20022-schemas.js';
import { eventually } from './harness.js';
import { startSandboxHarness } from './sandbox-harness.js';

const BANK = 'sandbox-file';
/** What an independent bank lays out must be right, or what we read of it proves nothing. */
describeWithSchemas(
  'what the sandbox bank lays out, by the schemas',
  ['pain.001.001.09', 'pain.002.001.10', 'camt.053.001.08', 'camt.054.001.08'],
  () => {
    it('has no fault, whatever became of the payments', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'chitra-bank-'));
      const bank = await startSandboxHarness({
        SANDBOX_FILES_DIR: folder,
        SANDBOX_FILE_BANKS: BANK,
      });
      const place = (part: string, name = '') => join(folder, BANK, part, name);
      try {
        await bank.own('PUT', '/sandbox/mood', { notify: 'all' });
        const endings = [...MOODS].filter(([, { after }]) => after !== 'garbage');
        const orders = endings.map(([ending], at) => ({
          reference: `R${at}`,
          ending,
          amount: '1',
        }));
        const xml = aFileOfOrders('ALL', orders);
        expect(await schemaFaults('pain.001.001.09', [xml])).toEqual([]);
        // Twice: what some accounts keep out on the first arrival is taken in on the second.
        for (const [name, text] of [
          ['all.xml', xml],
          ['none.xml', xml.replace('<CtrlSum>', '<CtrlSum>9')],
        ] as const) {
          await writeFile(place('orders', `${name}.part`), text);
          await rename(place('orders', `${name}.part`), place('orders', name));
        }
        const atRest = () =>
          eventually(async () => {
            const { changesToCome, noticesWaiting } = await bank.own('GET', '/sandbox/books');
            const waiting = (await readdir(place('orders'))).length;
            return Number(changesToCome) + Number(noticesWaiting) + waiting === 0
              ? true
              : undefined;
          });
        await atRest();
        await bank.own('POST', `/sandbox/statements/${BANK}`);
        await atRest();
        const names = (await readdir(place('reports'))).sort();
        for (const [start, schema] of [
          ['PAIN002', 'pain.002.001.10'],
          ['CAMT053', 'camt.053.001.08'],
          ['CAMT054', 'camt.054.001.08'],
        ] as const) {
          const ofKind = names.filter((name) => name.startsWith(start));
          expect(ofKind.length).toBeGreaterThan(0);
          const texts = await Promise.all(
            ofKind.map((name) => readFile(place('reports', name), 'utf8')),
          );
          expect(await schemaFaults(schema, texts)).toEqual([]);
        }
      } finally {
        await bank.stop();
        await rm(folder, { recursive: true });
      }
    }, 30_000);
  },
);
