import { createHash } from 'node:crypto';
import { foldText, newId } from '../../src/kernel/index.js';
import { execute, type Tx } from '../../src/platform/database/index.js';

/** What differs from a payable person who is owed a November allowance. */
export interface Owed {
  /** 12 digits; a running number when absent. */
  readonly personalNumber?: string;
  /** Owed once more to this person, instead of to a new one. */
  readonly beneficiaryId?: string;
  readonly name?: string;
  readonly amount?: string;
  readonly programme?: string;
  readonly period?: string;
  readonly kind?: 'regular' | 'arrears' | 'one_off';
  readonly fund?: string;
  readonly communeCode?: string;
  readonly account?: { bin?: string; number?: string; name?: string } | null;
  readonly heldFor?: string;
  readonly deceasedOn?: string;
  readonly recipientUntil?: string;
  readonly failedFor?: string;
  readonly ended?: boolean;
}

export interface OwedIds {
  readonly entitlementId: string;
  readonly beneficiaryId: string;
  readonly accountId: string | null;
  readonly personalNumber: string;
}

const AT = new Date('2026-11-01T00:00:00Z');
let running = 0;

/** People who are owed something, written as an import would leave them. */
export async function areOwed(tx: Tx, owed: readonly Owed[]): Promise<OwedIds[]> {
  const importId = await anImport(tx);
  const made: OwedIds[] = [];
  for (const [index, item] of owed.entries()) {
    const person = item.beneficiaryId
      ? { beneficiaryId: item.beneficiaryId, accountId: null, personalNumber: '' }
      : await aPayee(tx, item);
    const entitlementId = newId();
    await execute(
      tx,
      `insert into entitlement
         (id, import_id, row_number, beneficiary_id, programme, period, kind, amount, currency, fund, commune_code,
          decision_number, decision_date, recipient_name, recipient_personal_number, authorised_until, state,
          failed_code, failed_account_id, end_reason, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'VND', $9, $10, '12/QĐ-SNV', '2026-01-15', $11, $12, $13, $14, $15,
               $16, $17, $18)`,
      [
        entitlementId,
        importId,
        index + 1,
        person.beneficiaryId,
        item.programme ?? 'NCC_MONTHLY',
        item.period ?? '2026-11',
        item.kind ?? 'regular',
        item.amount ?? '2789000',
        item.fund ?? 'NSTW_NCC',
        item.communeCode ?? '05977',
        item.recipientUntil ? 'Người Nhận Thay' : null,
        item.recipientUntil ? '020099999999' : null,
        item.recipientUntil ?? null,
        item.ended ? 'ended' : 'open',
        item.failedFor ?? null,
        item.failedFor ? person.accountId : null,
        item.ended ? 'quyết định dừng' : null,
        AT,
      ],
    );
    made.push({ entitlementId, ...person });
  }
  return made;
}

/** `count` ordinary payable people. */
export function peopleOwed(tx: Tx, count: number, all: Owed = {}): Promise<OwedIds[]> {
  return areOwed(
    tx,
    Array.from({ length: count }, () => all),
  );
}

/** So many people that one statement a person would take too long; each is owed the same. */
export async function multitudeOwed(
  tx: Tx,
  of: { count: number; period: string; amount: string },
): Promise<void> {
  const importId = await anImport(tx);
  await execute(
    tx,
    `with person as (
       select n, gen_random_uuid() as id from generate_series(1, $2::int) n),
     payee as (
       insert into beneficiary (id, personal_number, full_name, folded_name, commune_code, created_at)
       select id, '021' || lpad(n::text, 9, '0'), 'Người Thử Số ' || n, 'nguoi thu so ' || n, '05977', $5 from person
       returning id),
     account as (
       insert into payment_account (id, beneficiary_id, bank_bin, account_number, account_name, source, valid_from)
       select gen_random_uuid(), id, '970405', '01' || lpad(n::text, 8, '0'), 'NGUOI THU', 'import', $5 from person)
     insert into entitlement
       (id, import_id, row_number, beneficiary_id, programme, period, kind, amount, currency, fund, commune_code,
        decision_number, decision_date, state, created_at)
     select gen_random_uuid(), $1, n, person.id, 'NCC_MONTHLY', $3, 'regular', $4, 'VND', 'NSTW_NCC', '05977',
            '12/QĐ-SNV', '2026-01-15', 'open', $5
       from person join payee on payee.id = person.id`,
    [importId, of.count, of.period, of.amount, AT],
  );
}

/** Another current account in place of the one a person has. */
export async function accountReplaced(
  tx: Tx,
  beneficiaryId: string,
  by: { bin?: string; number: string; name?: string },
): Promise<string> {
  await execute(
    tx,
    `update payment_account set replaced_at = $2 where beneficiary_id = $1 and replaced_at is null`,
    [beneficiaryId, AT],
  );
  return anAccount(tx, { beneficiaryId, name: 'NGUOI THU', ...by });
}

async function aPayee(tx: Tx, item: Owed): Promise<Omit<OwedIds, 'entitlementId'>> {
  running += 1;
  const beneficiaryId = newId();
  const personalNumber = item.personalNumber ?? `020${String(running).padStart(9, '0')}`;
  const name = item.name ?? `Người Thử Số ${running}`;
  await execute(
    tx,
    `insert into beneficiary
       (id, personal_number, full_name, folded_name, commune_code, deceased_on, hold_reason, held_at, created_at)
     values ($1, $2, $3, $9, $4, $5, $6, $7, $8)`,
    [
      beneficiaryId,
      personalNumber,
      name,
      item.communeCode ?? '05977',
      item.deceasedOn ?? null,
      item.heldFor ?? null,
      item.heldFor ? AT : null,
      AT,
      foldText(name),
    ],
  );
  if (item.account === null) return { beneficiaryId, accountId: null, personalNumber };
  const accountId = await anAccount(tx, {
    beneficiaryId,
    name: item.account?.name ?? 'NGUOI THU',
    bin: item.account?.bin,
    number: item.account?.number ?? `00${String(running).padStart(8, '0')}`,
  });
  return { beneficiaryId, accountId, personalNumber };
}

async function anAccount(
  tx: Tx,
  account: { beneficiaryId: string; name: string; bin?: string; number: string },
): Promise<string> {
  const id = newId();
  await execute(
    tx,
    `insert into payment_account (id, beneficiary_id, bank_bin, account_number, account_name, source, valid_from)
     values ($1, $2, $3, $4, $5, 'import', $6)`,
    [id, account.beneficiaryId, account.bin ?? '970405', account.number, account.name, AT],
  );
  return id;
}

async function anImport(tx: Tx): Promise<string> {
  const id = newId();
  const hash = createHash('sha256').update(id).digest('hex');
  await execute(
    tx,
    `insert into entitlement_import
       (id, sender, file_name, format, byte_size, content_sha256, identity_sha256, received_by_kind, received_by_id,
        received_at)
     values ($1, 'phường thử', 'danh-sach.csv', 'csv', 1, $2, $2, 'user', 'test', $3)`,
    [id, hash, AT],
  );
  return id;
}
