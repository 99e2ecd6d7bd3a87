import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { memoryFolder } from '../setup/memory-folder.js';

const run = promisify(execFile);
const TIMEOUT_MS = 240_000;

/** `npm run demo -- --once`, as the built program that it starts. */
async function demo(dataDir: string): Promise<Record<string, number | string | boolean>> {
  const { PATH } = process.env;
  const { stdout } = await run(process.execPath, ['dist/cli.js', 'demo', '--once'], {
    env: { PATH, DATA_DIR: dataDir },
    timeout: TIMEOUT_MS,
  });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(last) as Record<string, number | string | boolean>;
}

describe('the demo', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await memoryFolder('chitra-demo-');
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it(
    'pays 4,092 people once, tells every failure, agrees with the bank’s own books, and is harmless twice',
    async () => {
      const first = await demo(dataDir);
      expect(first).toMatchObject({
        imported: 4092,
        payments: 4092,
        unknown: 0,
        paidTwice: 0,
        ledgerOk: true,
      });
      const { settled, rejected, returned, alerts, refusedRows } = first;
      expect(Number(settled) + Number(rejected) + Number(returned)).toBe(4092);
      for (const some of [rejected, returned, alerts, refusedRows]) {
        expect(Number(some)).toBeGreaterThan(0);
      }
      expect(first.bankCredits).toBe(Number(settled) + Number(returned));
      expect(first.settledAmount).toBe(first.bankCreditedAmount);
      expect(first.returnedAmount).toBe(first.bankReturnedAmount);
      expect(first.reconciled).toBe(first.bankCredits);

      const again = await demo(dataDir);
      expect({ ...again, seconds: 0 }).toEqual({ ...first, seconds: 0 });
    },
    2 * TIMEOUT_MS,
  );
});
