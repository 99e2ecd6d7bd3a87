import { newId } from '../../src/kernel/index.js';
import { permissionsOf, type Actor, type Role } from '../../src/identity/index.js';
import { execute, type Tx } from '../../src/platform/database/index.js';

/** A person with a login and roles, registered for a signature when one is given. */
export async function anOfficer(
  tx: Tx,
  officer: { login: string; roles: Role[]; signature?: 'first' | 'second' },
): Promise<Actor> {
  const id = newId();
  const at = new Date('2026-01-01T00:00:00Z');
  await execute(
    tx,
    `insert into app_user (id, login, display_name, password_hash, roles, created_at, password_changed_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [id, officer.login, `Cán bộ ${officer.login}`, '$argon2id$not-a-hash', officer.roles, at],
  );
  if (officer.signature) {
    await execute(
      tx,
      `insert into signatory (user_id, signature, registered_at) values ($1, $2, $3)`,
      [id, officer.signature, at],
    );
  }
  return { kind: 'user', id, name: officer.login, permissions: permissionsOf(officer.roles) };
}

const FUNDS = ['NSTW_NCC', 'NSDP', 'NSDP_BTXH', 'QUY_DODN', 'DU_PHONG', 'TAI_TRO'];
const FIRST_YEAR = 2020;
const LAST_YEAR = 2095;
const PLENTY = '900000000000000';

/** Every fund has more than enough in every year that a test may think of. */
export async function fundsHavePlenty(tx: Tx): Promise<void> {
  await execute(
    tx,
    `with year as (
       select fund, year, gen_random_uuid() as id
         from unnest($1::text[]) as fund, generate_series($2::int, $3::int) as year),
     head as (
       insert into ledger_transaction (id, kind, source_type, at)
       select id, 'allotment', 'test', $5::timestamptz from year returning id)
     insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
     select head.id, year.fund, year.year || '-01', e.stage, e.amount, 'VND'
       from head join year using (id),
            (values ('allotted', -$4::numeric), ('available', $4::numeric)) as e (stage, amount)`,
    [FUNDS, FIRST_YEAR, LAST_YEAR, PLENTY, new Date('2020-01-01T00:00:00Z')],
  );
}

/** The office: a preparer, a second preparer, a chief accountant, an account holder and a delegate of theirs; and its funds. */
export async function anOffice(tx: Tx, odd: { withoutFunds?: boolean } = {}) {
  if (!odd.withoutFunds) await fundsHavePlenty(tx);
  return {
    preparer: await anOfficer(tx, { login: 'lap.bang', roles: ['preparer'] }),
    colleague: await anOfficer(tx, { login: 'lap.bang2', roles: ['preparer'] }),
    accountant: await anOfficer(tx, {
      login: 'ke.toan.truong',
      roles: ['chief_accountant'],
      signature: 'second',
    }),
    holder: await anOfficer(tx, {
      login: 'chu.tai.khoan',
      roles: ['account_holder'],
      signature: 'first',
    }),
    delegate: await anOfficer(tx, {
      login: 'uy.quyen',
      roles: ['account_holder'],
      signature: 'first',
    }),
    otherAccountant: await anOfficer(tx, {
      login: 'ke.toan.pho',
      roles: ['chief_accountant'],
      signature: 'second',
    }),
  };
}

export type Office = Awaited<ReturnType<typeof anOffice>>;
