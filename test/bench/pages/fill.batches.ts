import type { FillOrder } from './fill.order.js';

/** Batches with their lines, who is left out, and other people's signatures. */
export const batchSteps = ({ officers }: FillOrder): string => `
  create unlogged table bench.sum as select b, count(*)::int as lines, sum(amount) as total from bench.line group by b;
  alter table bench.sum add primary key (b);
  insert into batch (id, number, programme, period, filter, pay_on, state, round, line_count, total_amount, currency, digest, prepared_by, proposed_by, proposed_at,
                     approval_id, follow_up_of, cancel_reason, version, created_at)
    select bench.id(t.assembled_at, 'batch', t.b), t.programme || '-' || t.period || '-' || lpad(row_number() over (partition by t.programme, t.period order by t.b)::text, 3, '0'),
           t.programme, t.period, case when t.commune is null then '{}' else jsonb_build_object('communeCodes', jsonb_build_array(t.commune)) end,
           (t.assembled_at + interval '1 day')::date, t.state, 1, s.lines, s.total, 'VND', case when t.state <> 'draft' then encode(sha256(('d' || t.b)::bytea), 'hex') end,
           '${officers.preparer}', case when t.state in ('proposed', 'approved') then '${officers.preparer}'::uuid end,
           case when t.state in ('proposed', 'approved') then t.assembled_at + interval '1 hour' end,
           case when t.state = 'approved' then bench.id(t.assembled_at + interval '5 hours', 'approval', t.b) end,
           (select bench.id(f.assembled_at, 'batch', f.b) from bench.batch f where f.b = t.follows),
           case when t.state = 'cancelled' then 'lập nhầm' end, 2, t.assembled_at
      from bench.batch t join bench.sum s on s.b = t.b order by t.assembled_at;
  insert into batch_numbering (programme, period, last_number)
    select programme, period, count(*) from batch group by programme, period;
  insert into batch_line (id, batch_id, line_no, entitlement_id, beneficiary_id, account_id, personal_number, payee_name, bank_bin, account_number, account_name, amount,
                          currency, fund, commune_code, programme, period, kind, decision_number, reissue_of, line_digest)
    select md5('line' || l.n)::uuid, bench.id(t.assembled_at, 'batch', t.b), l.line_no, o.id, p.id, p.account_id, p.personal_number, p.full_name, p.bin, p.account_number,
           upper(p.folded_name), l.amount, 'VND', o.fund, o.commune, o.programme, o.period, o.kind, 'QĐ-' || o.import,
           (select f.id from bench.line f where f.n = l.reissue_of), case when t.state <> 'draft' then encode(sha256(('l' || l.n)::bytea), 'hex') end
      from bench.line l join bench.batch t on t.b = l.b join bench.owed o on o.n = l.owed join bench.person p on p.n = l.person
     order by t.assembled_at, l.line_no;
  insert into batch_exclusion (batch_id, entitlement_id, beneficiary_id, personal_number, payee_name, commune_code, fund, kind, amount, currency, reason, at)
    select bench.id(t.assembled_at, 'batch', t.b), o.id, p.id, p.personal_number, p.full_name, o.commune, o.fund, o.kind, o.amount, 'VND',
           case when bench.dice(o.n, 60) < 0.9 then 'no_account' else 'held' end, t.assembled_at
      from bench.owed o join bench.batch t on t.b = o.b join bench.person p on p.n = o.person where not o.has_account;
  insert into batch_history (batch_id, at, happened, from_state, to_state, round, actor_kind, actor_id, actor_name)
    select bench.id(t.assembled_at, 'batch', t.b), h.at, h.happened, h.from_state, h.to_state, 1, 'user', h.actor_id, h.actor
      from bench.batch t
      cross join lateral (values
        (t.assembled_at, 'assembled', null, 'draft', '${officers.preparer}', 'lap.bang'),
        (case when t.state in ('proposed', 'approved') then t.assembled_at + interval '1 hour' end, 'proposed', 'draft', 'proposed', '${officers.preparer}', 'lap.bang'),
        (case when t.state = 'approved' then t.assembled_at + interval '5 hours' end, 'approved', 'proposed', 'approved', '${officers.holder}', 'chu.tai.khoan'),
        (case when t.state = 'cancelled' then t.assembled_at + interval '1 hour' end, 'cancelled', 'draft', 'cancelled', '${officers.preparer}', 'lap.bang')) as h (at, happened, from_state, to_state, actor_id, actor)
     where h.at is not null order by h.at;
  -- Approved ones are signed by both; of those that wait, every second one by the accountant.
  insert into approval_chain (batch_id, round, step, signature_kind, role)
    select bench.id(t.assembled_at, 'batch', t.b), 1, c.step, c.kind, c.role
      from bench.batch t, (values (1, 'second', 'chief_accountant'), (2, 'first', 'account_holder')) as c (step, kind, role)
     where t.state = 'approved' or (t.state = 'proposed' and t.b % 2 = 0);
  insert into signature (id, batch_id, round, step, signature_kind, signer_id, signer_login, digest, line_count, total_amount, currency, signed_at)
    select bench.id(t.assembled_at + g.step * interval '2 hours 30 minutes', 'signature' || g.step, t.b), b.id, 1, g.step, g.kind, g.signer::uuid, g.login, b.digest, b.line_count, b.total_amount, 'VND',
           t.assembled_at + g.step * interval '2 hours 30 minutes'
      from bench.batch t join batch b on b.id = bench.id(t.assembled_at, 'batch', t.b),
           (values (1, 'second', '${officers.accountant}', 'ke.toan.truong'), (2, 'first', '${officers.holder}', 'chu.tai.khoan')) as g (step, kind, signer, login)
     where t.state = 'approved' or (t.state = 'proposed' and t.b % 2 = 0 and g.step = 1);
  insert into approval (id, batch_id, round, digest, line_count, total_amount, currency, approved_at, budget_month, reservation_id)
    select b.approval_id, b.id, 1, b.digest, b.line_count, b.total_amount, 'VND', t.assembled_at + interval '5 hours',
           case when t.period ~ '^[0-9]{4}-[0-9]{2}$' then t.period else to_char(t.assembled_at, 'YYYY-MM') end,
           bench.id(t.assembled_at + interval '5 hours', 'reservation', t.b)
      from bench.batch t join batch b on b.id = bench.id(t.assembled_at, 'batch', t.b) where t.state = 'approved';`;
