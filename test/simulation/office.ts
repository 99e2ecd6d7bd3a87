import { permissionsOf, type Role } from '../../src/identity/index.js';
import { execute, rows, type Tx } from '../../src/platform/database/index.js';
import { anOffice, type Office } from '../builders/officers.js';
import { beginWorld } from './chance.js';
import type { Random } from './random.js';

/** Puts the office's people into the template, under ids that are the same each time. */
export async function hireOffice(tx: Tx): Promise<void> {
  beginWorld(0, () => null);
  await anOffice(tx, { withoutFunds: true });
}

const LOGINS: Readonly<Record<string, keyof Office>> = {
  'lap.bang': 'preparer',
  'lap.bang2': 'colleague',
  'ke.toan.truong': 'accountant',
  'ke.toan.pho': 'otherAccountant',
  'chu.tai.khoan': 'holder',
  'uy.quyen': 'delegate',
};

let office: Office | undefined;

/** The office of the template; the same in every world of a run. */
export async function theOffice(tx: Tx): Promise<Office> {
  if (office) return office;
  const found = await rows<{ id: string; name: string; roles: Role[] }>(
    tx,
    'select id, login as name, roles from app_user',
  );
  const actors = found.map(({ id, name, roles }) => [
    LOGINS[name] ?? name,
    { kind: 'user', id, name, permissions: permissionsOf(roles) },
  ]);
  office = Object.fromEntries(actors) as Office;
  return office;
}

/**
 * Gives each fund something for December and for January: often less than everybody is owed, so that approvals
 * exceed it together.
 */
export async function allotFunds(
  tx: Tx,
  owed: ReadonlyMap<string, number>,
  random: Random,
): Promise<void> {
  const allotted = [...owed].map(([account, amount]) => {
    const [fund = '', month = ''] = account.split(' ');
    const share = random.pick([0.6, 1, 3, 3, 3, 3]);
    return { fund, month, amount: Math.max(1, Math.floor((amount * share) / 100_000)) * 100_000 };
  });
  await execute(
    tx,
    `with given as (
       select gen_random_uuid() as id, g.* from unnest($1::text[], $2::text[], $3::numeric[]) as g (fund, month, amount)),
     head as (
       insert into ledger_transaction (id, kind, source_type, at)
       select id, 'allotment', 'test', $4::timestamptz from given returning id)
     insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
     select head.id, given.fund, given.month, e.stage, e.sign * given.amount, 'VND'
       from head join given using (id), (values ('allotted', -1), ('available', 1)) as e (stage, sign)`,
    [
      allotted.map(({ fund }) => fund),
      allotted.map(({ month }) => month),
      allotted.map(({ amount }) => amount),
      new Date('2026-11-30T00:00:00Z'),
    ],
  );
}
