import { RegisterPayees, type PayeeRow } from '../../src/beneficiaries/index.js';
import { SYSTEM } from '../../src/identity/index.js';
import { newId } from '../../src/kernel/index.js';
import type { Database } from '../../src/platform/database/index.js';

const AT = new Date('2026-11-01T01:00:00Z');
let running = 0;

/** A person with an account, registered as a list would; gives the id. */
export async function aRegisteredPayee(
  database: Database,
  differs: Partial<PayeeRow> = {},
): Promise<string> {
  running += 1;
  const row: PayeeRow = {
    personalNumber: `0200001${String(running).padStart(5, '0')}`,
    fullName: 'Hoàng Thị Mẫu',
    communeCode: '05977',
    account: {
      bankBin: '970405',
      accountNumber: `8100${String(running).padStart(6, '0')}`,
      accountName: 'HOANG THI MAU',
    },
    ...differs,
  };
  const registered = await database.transaction((tx) =>
    new RegisterPayees().upsert(tx, [row], {
      at: AT,
      actor: SYSTEM,
      cause: 'import',
      source: { kind: 'import', id: newId() },
    }),
  );
  return registered.get(row.personalNumber)?.beneficiaryId ?? '';
}
