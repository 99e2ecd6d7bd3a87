import pg from 'pg';
import type { Known } from './requests.js';

/** Where ids of an address come from: the largest first, then whichever. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'allotments.id': 'select id from allotment limit 10',
  'banks.id': `select unnest(array['sandbox', 'sandbox-instant', 'agribank'])`,
  'beneficiaries.id': 'select beneficiary_id from payment tablesample system (0.5) limit 30',
  'imports.id':
    '(select id from entitlement_import order by read_rows desc limit 5) union all (select id from entitlement_import limit 10)',
  'entitlements.id': 'select id from entitlement tablesample system (0.5) limit 30',
  'batches.id': `(select id from batch order by line_count desc limit 3)
    union all (select id from batch where state = 'proposed' order by line_count desc limit 2)
    union all (select id from batch where state = 'draft' order by line_count desc limit 1)
    union all (select id from batch where follow_up_of is not null order by line_count desc limit 2)
    union all (select id from batch limit 5)`,
  'runs.id': `(select id from payment_run where state = 'running') union all (select id from payment_run order by payment_count desc limit 5)
    union all (select id from payment_run limit 5)`,
  'payments.id': `(select id from payment tablesample system (0.5) limit 15) union all (select id from payment where state = 'unknown' limit 5)
    union all (select id from payment where reissue_of is not null limit 10)`,
  'doubts.id': `select id from payment where state = 'unknown' limit 30`,
  'doubt-rulings.id': 'select id from doubt_ruling limit 30',
  'notices.id':
    '(select id from bank_notice order by item_count desc limit 10) union all (select id from bank_notice limit 10)',
  'bank-files.id': `(select id from bank_file order by payment_count desc nulls last limit 10) union all (select id from bank_file where direction = 'in' limit 10)`,
  'reconciliations.id':
    '(select id from reconciliation order by new_entries desc limit 10) union all (select id from reconciliation limit 10)',
  'statements.id':
    '(select id from statement order by entry_count desc limit 10) union all (select id from statement limit 10)',
  'reconciliation-exceptions.id': 'select id from reconciliation_exception limit 30',
  'alerts.id':
    '(select id from alert order by id desc limit 15) union all (select id from alert limit 15)',
  'calendar.id': `select '2026'`,
};

/** What a filter is asked by; the last one stands in pairs with another filter. */
const FILTERS: Readonly<Record<string, string>> = {
  actorId: `(select 'system') union all (select id::text from app_user where login = 'lap.bang')`,
  action: `select unnest(array['user.created', 'beneficiary.viewed', 'batch.approved'])`,
  subjectType: `select unnest(array['user', 'beneficiary'])`,
  subjectId: `(select subject_id from audit_entry where subject_type = 'batch' limit 1)
    union all (select subject_id from audit_entry where subject_type = 'beneficiary' limit 1)`,
  from: `(select to_char(now() - interval '3 days', 'YYYY-MM-DD"T"00:00:00"Z"')) union all (select to_char(now() - interval '700 days', 'YYYY-MM-DD"T"00:00:00"Z"'))`,
  until: `(select to_char(now(), 'YYYY-MM-DD"T"00:00:00"Z"')) union all (select to_char(now() - interval '700 days', 'YYYY-MM-DD"T"00:00:00"Z"'))`,
  year: `select to_char(now(), 'YYYY')`,
  fund: `select unnest(array['DU_PHONG', 'NSDP_BTXH'])`,
  sourceId: 'select source_id from ledger_transaction where source_id is not null limit 2',
  search: `(select unnest(array['nguyen', 'mau', 'la van', 'hoang kim thu tam', 'zzz'])) union all (select personal_number from beneficiary limit 1)
    union all (select account_number from payment_account limit 1) union all (select 'dinh')`,
  commune: 'select commune_code from beneficiary group by 1 order by count(*) limit 1',
  communeCode: `(select commune_code from beneficiary group by 1 order by count(*) desc limit 1) union all (select '99999') union all (select commune_code from beneficiary group by 1 order by count(*) limit 1)`,
  programme: `select unnest(array['BTXH_MONTHLY', 'NCC_GIFT', 'NO_SUCH', 'NCC_MONTHLY'])`,
  period: `(select min(period) from batch where period ~ '^[0-9]{4}-[0-9]{2}$') union all (select '2031-01') union all (select max(period) from payment_run where period ~ '^[0-9]{4}-[0-9]{2}$')`,
  sender: `(select 'nobody') union all (select max(sender) from entitlement_import)`,
  rule: `select unnest(array['none', 'amount'])`,
  column: `select unnest(array['Z', 'H'])`,
  field: `select unnest(array['nothing', 'amount'])`,
  row: `select unnest(array['1', '500'])`,
  beneficiaryId: 'select beneficiary_id::text from payment limit 1',
  importId: 'select id::text from entitlement_import order by read_rows desc limit 1',
  followUpOf: 'select follow_up_of::text from batch where follow_up_of is not null limit 1',
  batchId:
    '(select id::text from batch order by line_count limit 1) union all (select batch_id::text from payment_run order by payment_count desc limit 1)',
  runId: `(select id::text from payment_run order by payment_count limit 1) union all (select id::text from payment_run where state = 'running' limit 1)
    union all (select id::text from payment_run order by payment_count desc limit 1)`,
  bankBin: `select unnest(array['970405', '970422'])`,
  personalNumber: `(select '020000000000') union all (select personal_number from batch_line limit 1)`,
  bankCode: `select unnest(array['sandbox', 'nowhere', 'sandbox-instant', 'h2h-iso20022'])`,
  bank: `select unnest(array['sandbox', 'nowhere', 'sandbox-instant', 'agribank'])`,
  reasonCode: `select unnest(array['AC01', 'ZZ99', 'RR04'])`,
  entitlementId: 'select entitlement_id::text from payment limit 1',
  reference: `(select 'CT0') union all (select reference from payment limit 1)`,
  paymentId: 'select payment_id::text from doubt_ruling_item limit 1',
  olderThan: `(select to_char(now() - interval '40 days', 'YYYY-MM-DD"T"00:00:00"Z"')) union all (select to_char(now(), 'YYYY-MM-DD"T"00:00:00"Z"'))`,
  olderThanDays: `select unnest(array['700', '0', '60'])`,
  owner: `(select 'none') union all (select id::text from app_user where login = 'ke.toan.truong')`,
  reconciliation:
    '(select id::text from reconciliation limit 1) union all (select id::text from reconciliation order by new_entries desc limit 1)',
  'deep.id': `select id::text from payment where created_at > now() - interval '360 days' limit 1`,
  'deep.time': `select to_char(now() - interval '360 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
};

/** Lists whose filters mean something else than those of the same name. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'from /api/v1/calendar': `select '2026-01-01'`,
  'to /api/v1/calendar': `select '2026-06-30'`,
  'deep.id /api/v1/beneficiaries':
    'select id::text from beneficiary order by folded_name desc, id desc offset 100 limit 1',
};

export async function knownOf(url: string): Promise<Known> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = new Map<string, string[]>();
  try {
    for (const [name, sql] of Object.entries({ ...SUBJECTS, ...FILTERS, ...ELSEWHERE })) {
      const answer = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
      found.set(
        name,
        answer.rows.map(([value]) => String(value)),
      );
    }
  } finally {
    await client.end();
  }
  return { values: (name, path) => found.get(`${name} ${path}`) ?? found.get(name) ?? [] };
}
