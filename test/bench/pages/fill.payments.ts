import type { FillOrder } from './fill.order.js';

const FILE_BANKS = `('agribank', 'h2h-iso20022')`;

/** Runs, messages, payments and every attempt. */
export const paymentSteps = ({ now, officers }: FillOrder): string => `
  insert into payment_run (id, batch_id, approval_id, batch_number, programme, period, state, payment_count, total_amount, currency, scheduled_for, deadline_at, created_at, started_at, finished_at)
    select bench.id(t.assembled_at + interval '6 hours', 'run', t.b), b.id, b.approval_id, b.number, b.programme, b.period, case when t.is_running then 'running' else 'finished' end,
           b.line_count, b.total_amount, 'VND', t.assembled_at + interval '6 hours', case when t.is_running then timestamptz '${now}' + interval '2 days' else t.assembled_at + interval '5 days' end,
           t.assembled_at + interval '6 hours', t.assembled_at + interval '6 hours', case when not t.is_running then t.assembled_at + interval '1 day 9 hours' end
      from bench.batch t join batch b on b.id = bench.id(t.assembled_at, 'batch', t.b) where t.state = 'approved' order by t.assembled_at;
  insert into run_history (run_id, at, happened, from_state, to_state, actor_kind, actor_id, actor_name)
    select r.id, h.at, h.happened, h.from_state, h.to_state, 'system', 'system', 'system'
      from payment_run r cross join lateral (values (r.created_at, 'created', null, 'scheduled'), (r.started_at, 'started', 'scheduled', 'running'), (r.finished_at, 'finished', 'running', 'finished')) as h (at, happened, from_state, to_state)
     where h.at is not null order by h.at;
  alter table bench.sub add column id uuid, add column state text;
  update bench.sub s set id = bench.id(s.run_at, 'submission', s.s),
         state = (select case l.outcome when 'ready' then 'waiting' when 'sending' then 'sending' else 'answered' end from bench.line l where l.s = s.s limit 1)
    where exists (select from bench.batch t where t.b = s.b and t.state = 'approved');
  insert into submission (id, run_id, bank_code, mode, reference, state, payment_count, total_amount, tries, not_before, lease_until, created_at, rail)
    select s.id, bench.id(s.run_at, 'run', s.b), s.bank, case s.bank when 'sandbox-instant' then 'single' else 'bulk' end, 'CTM' || upper(replace(s.id::text, '-', '')), s.state, s.payments,
           s.total, case s.state when 'waiting' then 0 else 1 end, s.run_at, case s.state when 'sending' then timestamptz '${now}' + interval '1 hour' end, s.run_at,
           case when s.bank in ${FILE_BANKS} then 'default' else 'instant' end
      from bench.sub s where s.id is not null order by s.run_at, s.s;
  insert into payment (id, run_id, approval_id, batch_id, batch_line_id, line_no, entitlement_id, beneficiary_id, account_id, reference, bank_code, bank_bin, account_number, account_name,
                       narrative, amount, currency, programme, period, fund, commune_code, state, submission_id, reason_code, reason_text, bank_reference, first_sent_at, last_sent_at, unknown_since,
                       settled_at, enquiries, next_enquiry_at, reissue_of, created_at, changed_at, budget_month, rail, answer_due_at)
    select l.id, bench.id(l.run_at, 'run', l.b), b.approval_id, b.id, md5('line' || l.n)::uuid, l.line_no, o.id, p.id, p.account_id, 'CT' || upper(replace(l.id::text, '-', '')), l.bank, p.bin,
           p.account_number, upper(p.folded_name), left(o.programme || ' ' || o.period, 25), l.amount, 'VND', o.programme, o.period, o.fund, o.commune, l.outcome, s.id,
           case when l.outcome in ('rejected', 'returned', 'cancelled') then l.reason end, case when l.outcome in ('rejected', 'returned') then 'refused' end,
           case when l.outcome in ('settled', 'returned') then 'FT' || l.n end, case when l.outcome not in ('ready', 'cancelled') then l.sent_at end,
           case when l.outcome not in ('ready', 'cancelled') then l.sent_at end, case when l.outcome = 'unknown' then l.sent_at + interval '1 second' end,
           case when l.outcome in ('settled', 'returned') then l.done_at end, case l.outcome when 'unknown' then 5 else 0 end,
           case when l.outcome in ('unknown', 'accepted') then timestamptz '${now}' + interval '1 hour' end, (select f.id from bench.line f where f.n = l.reissue_of), l.run_at,
           case l.outcome when 'ready' then l.run_at when 'settled' then l.done_at when 'rejected' then l.done_at when 'returned' then l.done_at + interval '2 days' else l.sent_at + interval '1 second' end,
           a.budget_month, case when l.bank in ${FILE_BANKS} then 'default' else 'instant' end, case when l.outcome = 'unknown' and l.bank in ${FILE_BANKS} then l.sent_at + interval '2 days' end
      from bench.line l join bench.owed o on o.n = l.owed join bench.person p on p.n = l.person join bench.sub s on s.s = l.s
      join bench.batch t on t.b = l.b join batch b on b.id = bench.id(t.assembled_at, 'batch', t.b) join approval a on a.id = b.approval_id
     where l.outcome is not null order by l.run_at, l.n;
  insert into attempt (id, bank_code, kind, submission_id, number, payment_count, started_at, ended_at, outcome)
    select bench.id(s.sent_at, 'attempt', s.s), s.bank, 'pay', s.id, 1, s.payments, s.sent_at, case s.state when 'sending' then null else s.sent_at + interval '1 second' end,
           case when s.state = 'sending' then null when s.bank in ${FILE_BANKS} then 'delivered' else 'answered' end
      from bench.sub s where s.state <> 'waiting' order by s.sent_at;
  insert into attempt (id, bank_code, kind, number, payment_count, started_at, ended_at, outcome)
    select bench.id(p.unknown_since + e.nr * interval '1 hour', 'enquiry' || e.nr, p.line_no), p.bank_code, 'enquire', e.nr, 1, p.unknown_since + e.nr * interval '1 hour',
           p.unknown_since + e.nr * interval '1 hour 1 second', 'answered'
      from payment p, generate_series(1, 5) as e (nr) where p.state = 'unknown' and p.answer_due_at is null
    on conflict do nothing;
  insert into enquiry_answer (attempt_id, payment_id, answer, at)
    select bench.id(p.unknown_since + e.nr * interval '1 hour', 'enquiry' || e.nr, p.line_no), p.id, 'unknown', p.unknown_since + e.nr * interval '1 hour 1 second'
      from payment p, generate_series(1, 5) as e (nr) where p.state = 'unknown' and p.answer_due_at is null;
  insert into payment_conflict (payment_id, at, state, says, cause, reason_code)
    select p.id, p.changed_at + interval '1 hour', p.state, 'rejected', 'notice', 'AC01' from payment p where p.state = 'settled' and bench.dice(p.line_no, 70) < 0.01
     order by p.changed_at limit 200;
  insert into doubt_ruling (id, bank_code, outcome, reason_code, evidence_reference, evidence_as_of, payment_count, total_amount, currency, digest, state, proposed_by, proposed_login, proposed_at, decided_by, decided_login, decided_at, decision_reason)
    select bench.id(timestamptz '${now}' - (41 - g.nr) * interval '1 hour', 'ruling', g.nr), 'sandbox', 'rejected', 'AC01', 'CV-' || g.nr, timestamptz '${now}' - interval '50 hours', count(*), sum(g.amount), 'VND', repeat('0', 64),
           case when g.nr <= 30 then 'refused' else 'proposed' end, '${officers.preparer}', 'lap.bang', timestamptz '${now}' - (41 - g.nr) * interval '1 hour',
           case when g.nr <= 30 then '${officers.accountant}'::uuid end, case when g.nr <= 30 then 'ke.toan.truong' end, case when g.nr <= 30 then timestamptz '${now}' end, case when g.nr <= 30 then 'chưa đủ' end
      from (select amount, 1 + row_number() over (order by id) / 6 as nr from payment where state = 'unknown' and bank_code = 'sandbox') g where g.nr <= 40 group by g.nr;
  insert into doubt_ruling_item (ruling_id, payment_id, last_sent_at, result)
    select bench.id(timestamptz '${now}' - (41 - g.nr) * interval '1 hour', 'ruling', g.nr), g.id, g.last_sent_at, case when g.nr <= 30 then 'released' else 'pending' end
      from (select id, last_sent_at, 1 + row_number() over (order by id) / 6 as nr from payment where state = 'unknown' and bank_code = 'sandbox') g where g.nr <= 40;
  insert into doubt_ruling_history (ruling_id, at, happened, actor_kind, actor_id, actor_name)
    select id, proposed_at, 'proposed', 'user', proposed_by::text, proposed_login from doubt_ruling;`;

/** What moved each payment, with the posting that says so: VerifyBooks finds both to agree. */
export const historySteps = `
  insert into payment_history (payment_id, at, from_state, to_state, cause, source_id, reason_code, bank_at, posting_id)
    select l.id, h.at, h.from_state, h.to_state, h.cause, h.source, h.reason, h.bank_at, h.posting
      from bench.line l
      cross join lateral (select case when l.bank in ${FILE_BANKS} then 'unknown' else 'accepted' end as mid) m
      cross join lateral (values
        (l.run_at, null, 'ready', 'run', bench.id(l.run_at, 'run', l.b)::text, null, null, null),
        (case when l.outcome = 'cancelled' then l.sent_at end, 'ready', 'cancelled', 'sending', null, l.reason, null, bench.id(l.sent_at, 'sent', l.s)),
        (case when l.outcome not in ('ready', 'cancelled') then l.sent_at end, 'ready', 'sending', 'sending', bench.id(l.sent_at, 'attempt', l.s)::text, null, null, bench.id(l.sent_at, 'sent', l.s)),
        (case when l.outcome not in ('ready', 'cancelled', 'sending') then l.sent_at + interval '1 second' end, 'sending', case l.outcome when 'unknown' then 'unknown' else m.mid end, 'answer', bench.id(l.sent_at, 'attempt', l.s)::text, null, null, null),
        (case when l.outcome in ('settled', 'returned') then l.done_at end, m.mid, 'settled', 'notice', bench.id(l.done_at, 'notice', l.s * 1000 + l.chunk)::text, null, l.done_at, bench.id(l.done_at, 'told', l.s * 1000 + l.chunk)),
        (case when l.outcome = 'rejected' then l.done_at end, m.mid, 'rejected', 'notice', bench.id(l.done_at, 'notice', l.s * 1000 + l.chunk)::text, l.reason, l.done_at, bench.id(l.done_at, 'told', l.s * 1000 + l.chunk)),
        (case when l.outcome = 'returned' then l.done_at + interval '2 days' end, 'settled', 'returned', 'notice', bench.id(l.done_at + interval '2 days', 'back', l.s * 1000 + l.chunk)::text, l.reason, l.done_at + interval '2 days', bench.id(l.done_at + interval '2 days', 'return', l.s * 1000 + l.chunk)))
          as h (at, from_state, to_state, cause, source, reason, bank_at, posting)
     where l.outcome is not null and h.at is not null order by h.at, l.n;`;
