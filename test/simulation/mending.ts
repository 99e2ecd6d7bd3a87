import { one } from '../../src/platform/database/index.js';
import { INSTANT_BIN } from '../builders/payment-desk.js';
import { act } from './acts.js';
import type { Option } from './decisions.js';
import type { World } from './world.js';

/** Holds are released and accounts replaced, so that what failed may be paid again. */
export function mendingOf(world: World): Option[] {
  const { replacing, releasing, database } = world.desk;
  const { preparer } = world.office;
  const held = world.seen.held.map((beneficiaryId) =>
    act(world, {
      key: `release the hold on ${world.personName(beneficiaryId)}`,
      weight: 1.2,
      run: async () => {
        await releasing.release({ beneficiaryId, reason: 'asked the commune' }, preparer);
        world.fault('hold released');
      },
    }),
  );
  const failed = new Set(
    world.seen.payments
      .filter(({ state }) => state === 'rejected' || state === 'returned')
      .map(({ beneficiary }) => beneficiary),
  );
  const replace = [...failed].map((beneficiaryId) =>
    act(world, {
      key: `mend the account of ${world.personName(beneficiaryId)}`,
      weight: 0.6,
      extra: ['1', '2', '3', '4'],
      run: async (which) => {
        const nth = world.people.findIndex((one) => one.beneficiaryId === beneficiaryId);
        await replacing.replace(
          {
            beneficiaryId,
            version: await versionOf(database.reader, beneficiaryId),
            bank: Number(which) % 2 === 0 ? INSTANT_BIN : '970405',
            accountNumber: `9${which}${String(nth).padStart(8, '0')}`,
            accountName: 'NGUOI THU',
            reason: 'mended',
            otherNameConfirmed: true,
            verified: true,
          },
          preparer,
        );
        world.fault('account mended');
      },
    }),
  );
  return [...held, ...replace];
}

async function versionOf(
  tx: World['desk']['database']['reader'],
  beneficiaryId: string,
): Promise<number> {
  const sql = 'select version from beneficiary where id = $1';
  const found = await one<{ version: number }>(tx, sql, [beneficiaryId]);
  return found?.version ?? 0;
}
