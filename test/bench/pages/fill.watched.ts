import type { FillOrder } from './fill.order.js';

const ALERTS = 3_000;
const LIVING = 80;

/** Thousands of alerts, of which some live, each with its history and deliveries. */
export const alertSteps = ({ now, officers }: FillOrder): string => `
  insert into alert (id, rule, fingerprint, severity, state, bank, batch_id, reason_code, particulars, count, amount, currency, link, first_at, last_at, opened_at, changed_at,
                     acknowledged_at, owner_id, owner_name, resolved_at, resolved_by_kind, resolved_by_id, resolved_by_name)
    select bench.id(a.at, 'alert', a.nr), a.rule, a.rule || ' ' || a.nr, case when a.nr % 10 = 0 then 'critical' else 'warning' end,
           case when a.nr <= ${ALERTS - LIVING} then 'resolved' when a.nr % 4 = 0 then 'acknowledged' else 'open' end,
           case a.nr % 4 when 0 then 'sandbox' when 1 then 'agribank' else null end, b.id, case when a.rule in ('payments-failed', 'payments-returned') then 'AC01' end,
           jsonb_build_object('batchNumber', b.number), 1 + a.nr % 40, 1000000 * (a.nr % 40), 'VND', '/api/v1/payments?batchId=' || b.id, a.at, a.at, a.at, a.at,
           case when a.nr > ${ALERTS - LIVING} and a.nr % 4 = 0 then a.at end, case when a.nr > ${ALERTS - LIVING} and a.nr % 4 = 0 then '${officers.accountant}' end, case when a.nr > ${ALERTS - LIVING} and a.nr % 4 = 0 then 'ke.toan.truong' end,
           case when a.nr <= ${ALERTS - LIVING} then a.at + interval '5 hours' end, case when a.nr <= ${ALERTS - LIVING} then 'user' end, case when a.nr <= ${ALERTS - LIVING} then '${officers.accountant}' end, case when a.nr <= ${ALERTS - LIVING} then 'ke.toan.truong' end
      from (select nr, timestamptz '${now}' - (${ALERTS} - nr) * interval '5 hours 45 minutes' as at,
                   bench.pick(array['payments-failed', 'payments-failed', 'payments-returned', 'run-late', 'statement-entries', 'payments-unproven'], bench.dice(nr, 90)) as rule
              from generate_series(1, ${ALERTS}) nr) a
      join (select id, number, row_number() over (order by id) - 1 as nr, count(*) over () as n from batch) b on b.nr = a.nr % b.n order by a.nr;
  insert into alert_history (alert_id, at, happened, from_state, to_state, severity, count, actor_kind, actor_id, actor_name)
    select id, opened_at, 'opened', null, 'open', severity, count, 'system', 'system', 'system' from alert
    union all select id, resolved_at, 'resolved', 'open', 'resolved', severity, count, 'user', resolved_by_id, resolved_by_name from alert where resolved_at is not null;
  insert into alert_delivery (id, alert_id, happened, state, tries, due_at, created_at, ended_at)
    select bench.id(a.opened_at, 'delivery' || h.happened, row_number() over (order by a.id)), a.id, h.happened, 'delivered', 1, a.opened_at, a.opened_at, a.opened_at
      from alert a, (values ('opened'), ('resolved')) as h (happened);
  insert into alert_delivery_attempt (delivery_id, try, at, duration_ms, status) select id, 1, created_at, 40, 200 from alert_delivery;`;

const ACTIONS = `array['session.opened', 'session.opened', 'session.closed', 'beneficiary.viewed', 'beneficiary.viewed', 'beneficiary.viewed', 'beneficiary.account-replaced',
  'beneficiary.account-confirmed', 'import.received', 'import.applied', 'batch.assembled', 'batch.proposed', 'batch.signed', 'batch.approved', 'bank-file.downloaded', 'list.handed-over',
  'alert.acknowledged', 'alert.resolved', 'payments.reissued', 'fund.allotted']`;

/** As many audit entries as payments, in a chain that verifies. */
export const auditSteps = ({ payments, now, officers }: FillOrder): string => `
  create unlogged table bench.audit as
    select n, timestamptz '${now}' - interval '730 days' + n * (interval '729 days' / ${payments}) as at, bench.pick(${ACTIONS}, bench.dice(n, 95)) as action from generate_series(1, ${payments}) n;
  insert into audit_entry (id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, detail)
    select bench.id(at, 'audit', n), at, 'user', case n % 3 when 0 then '${officers.preparer}' when 1 then '${officers.accountant}' else '${officers.holder}' end,
           case n % 3 when 0 then 'lap.bang' when 1 then 'ke.toan.truong' else 'chu.tai.khoan' end, action, split_part(action, '.', 1),
           case split_part(action, '.', 1) when 'beneficiary' then (select p.id::text from bench.person p where p.n = 1 + a.n % (select max(n) from bench.person)) else bench.id(at, 'subject', n)::text end,
           jsonb_build_object('count', n % 1000)
      from bench.audit a order by n;
  do $$
  declare
    entry record;
    last_seq bigint := 0;
    last_hash text := repeat('0', 64);
    next_hash text;
  begin
    select seq, hash into last_seq, last_hash from audit_link order by seq desc limit 1;
    if last_seq is null then last_seq := 0; last_hash := repeat('0', 64); end if;
    for entry in select * from audit_entry e where not exists (select from audit_link l where l.entry_id = e.id) order by id loop
      last_seq := last_seq + 1;
      next_hash := encode(sha256(convert_to(jsonb_build_array(last_seq, last_hash::char(64), entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        entry.actor_kind, entry.actor_id, entry.actor_name, entry.action, entry.subject_type, entry.subject_id, entry.detail)::text, 'UTF8')), 'hex');
      insert into audit_link (seq, entry_id, previous_hash, hash) values (last_seq, entry.id, last_hash, next_hash);
      last_hash := next_hash;
    end loop;
  end $$;`;
