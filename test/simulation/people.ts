import { newId } from '../../src/kernel/index.js';
import { execute, type Tx } from '../../src/platform/database/index.js';
import { INSTANT_BIN } from '../builders/payment-desk.js';
import type { Random } from './random.js';

export const PERIODS = ['2026-12', '2027-01'] as const;
export const FUNDS = ['NSTW_NCC', 'NSDP'] as const;
const AT = new Date('2026-11-01T00:00:00Z');

export interface Person {
  readonly beneficiaryId: string;
  readonly name: string;
}

export interface Settled {
  readonly people: readonly Person[];
  /** đồng by `fund period`. */
  readonly owed: ReadonlyMap<string, number>;
}

/** 5 to 14 people at two banks; some are owed for two months, so that what befalls one payment touches another. */
export async function settlePeople(tx: Tx, random: Random): Promise<Settled> {
  const people = Array.from({ length: random.between(5, 14) }, (_, nth) => ({
    id: newId(),
    accountId: newId(),
    personalNumber: `020${String(nth + 1).padStart(9, '0')}`,
    name: `Người Thử ${String.fromCharCode(65 + nth)}`,
    bin: random.chance(0.4) ? INSTANT_BIN : '970405',
    account: `00${String(nth + 1).padStart(8, '0')}`,
  }));
  const dues = people.flatMap(({ id }) =>
    PERIODS.filter((period) => period === PERIODS[0] || random.chance(0.4)).map((period) => ({
      id: newId(),
      beneficiaryId: id,
      period,
      fund: random.pick(FUNDS),
      amount: random.between(1, 9) * 100_000,
    })),
  );
  const importId = newId();
  await execute(
    tx,
    `insert into entitlement_import
       (id, sender, file_name, format, byte_size, content_sha256, identity_sha256, received_by_kind, received_by_id,
        received_at)
     values ($1, 'phường thử', 'danh-sach.csv', 'csv', 1, repeat('0', 64), repeat('0', 64), 'user', 'test', $2)`,
    [importId, AT],
  );
  await execute(
    tx,
    `with person as (
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
                  as p (id, account_id, number, name, bin, account)),
     born as (
       insert into beneficiary (id, personal_number, full_name, folded_name, commune_code, created_at)
       select id, number, name, lower(name), '05977', $7::timestamptz from person returning id)
     insert into payment_account
       (id, beneficiary_id, bank_bin, account_number, account_name, source, valid_from)
     select p.account_id, p.id, p.bin, p.account, 'NGUOI THU', 'import', $7 from person p join born using (id)`,
    [
      people.map(({ id }) => id),
      people.map(({ accountId }) => accountId),
      people.map(({ personalNumber }) => personalNumber),
      people.map(({ name }) => name),
      people.map(({ bin }) => bin),
      people.map(({ account }) => account),
      AT,
    ],
  );
  await execute(
    tx,
    `insert into entitlement
       (id, import_id, row_number, beneficiary_id, programme, period, kind, amount, currency, fund, commune_code,
        decision_number, decision_date, state, created_at)
     select d.id, $1, d.nth, d.beneficiary, 'NCC_MONTHLY', d.period, 'regular', d.amount, 'VND', d.fund, '05977',
            '12/QĐ-SNV', '2026-01-15', 'open', $7
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::numeric[], $6::text[]) with ordinality
              as d (id, beneficiary, period, amount, fund, nth)`,
    [
      importId,
      dues.map(({ id }) => id),
      dues.map(({ beneficiaryId }) => beneficiaryId),
      dues.map(({ period }) => period),
      dues.map(({ amount }) => amount),
      dues.map(({ fund }) => fund),
      AT,
    ],
  );
  const owed = new Map<string, number>();
  for (const { fund, period, amount } of dues) {
    const account = `${fund} ${period}`;
    owed.set(account, (owed.get(account) ?? 0) + amount);
  }
  return { people: people.map(({ id, name }) => ({ beneficiaryId: id, name })), owed };
}
