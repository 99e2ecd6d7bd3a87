import type { FillOrder } from './fill.order.js';
import { LAST_MONTH } from './fill.plan.js';

/** The list's rule that some rows break, with a text as the check writes it. */
const BAD_ROWS = 25;

/** People, their accounts, who looked at them, and what happened to them. */
export const peopleSteps = ({ now, officers }: FillOrder): string => `
  insert into beneficiary (id, personal_number, full_name, folded_name, date_of_birth, commune_code, deceased_on, hold_reason, held_at, created_at)
    select id, personal_number, full_name, folded_name, (1930 + n % 60)::text || case when n % 8 = 0 then '' else '-' || lpad((1 + n % 12)::text, 2, '0') || '-15' end,
           commune, case when bench.dice(n, 40) < 0.01 then date '${now.slice(0, 10)}' - (n % 600)::int end,
           case when bench.dice(n, 41) < 0.01 then 'AC04' end, case when bench.dice(n, 41) < 0.01 then timestamptz '${now}' - n % 90 * interval '1 day' end,
           '${now}'::timestamptz - interval '750 days' + n * interval '1 second'
      from bench.person;
  -- The present account, and for some the one before.
  insert into payment_account (id, beneficiary_id, bank_bin, account_number, account_name, source, valid_from, replaced_at, verified_at, verified_how)
    select bench.id(b.created_at, 'account' || a.nr, p.n), p.id, p.bin, case a.nr when 1 then p.account_number else reverse(p.account_number) end,
           upper(p.folded_name), 'import', b.created_at + case a.nr when 1 then interval '100 days' else interval '0' end,
           case when a.nr = 2 then b.created_at + interval '100 days' end,
           case when a.nr = 1 and bench.dice(p.n, 42) < 0.9 then b.created_at + interval '101 days' end,
           case when a.nr = 1 and bench.dice(p.n, 42) < 0.9 then 'bank' end
      from bench.person p join beneficiary b on b.id = p.id, (values (1), (2)) as a (nr)
     where p.has_account and (a.nr = 1 or bench.dice(p.n, 43) < 0.1);
  alter table bench.person add column account_id uuid;
  update bench.person p set account_id = a.id from payment_account a where a.beneficiary_id = p.id and a.replaced_at is null;
  insert into authorised_recipient (id, beneficiary_id, full_name, personal_number, authorised_until, created_at)
    select bench.id('${now}'::timestamptz - interval '300 days', 'recipient', n), id, 'Người nhận thay ' || n || ' Mẫu', '020' || lpad((n + 500000)::text, 9, '0'),
           date '${now.slice(0, 10)}' - 100 + (n % 700)::int, '${now}'::timestamptz - interval '300 days'
      from bench.person where bench.dice(n, 44) < 0.05;
  insert into beneficiary_history (id, beneficiary_id, at, happened, actor_kind, actor_id, actor_name, cause)
    select bench.id(a.valid_from, 'happened' || h.nr, p.n), p.id, a.valid_from, h.happened, 'user', '${officers.preparer}', 'lap.bang', 'list applied'
      from bench.person p join payment_account a on a.id = p.account_id, (values (1, 'registered'), (2, 'account_opened'), (3, 'details_changed')) as h (nr, happened);
  insert into account_check (id, account_id, verdict, our_name, bank_name, source, bank_code, stands, actor_kind, actor_id, actor_name, at)
    select bench.id(c.at, 'check' || c.nr, p.n), a.id,
           case when bench.dice(p.n, 45) < 0.94 then 'exact' when bench.dice(p.n, 45) < 0.98 then 'close' else 'different' end,
           a.account_name, a.account_name, 'bank', p.bank, true, 'system', 'system', 'system', c.at
      from bench.person p join payment_account a on a.id = p.account_id
      cross join lateral (select nr, timestamptz '${now}' - ((3 - nr) * 100 + 20 + p.n % 170) * interval '1 day' as at from generate_series(1, 3) nr) c
     where bench.dice(p.n, 46) < 0.95 order by c.at;
  insert into account_standing (account_id, check_id, check_seq, verdict, checked_at, last_check_id, last_seq, last_verdict, last_at)
    select distinct on (account_id) account_id, id, seq, verdict, at, id, seq, verdict, at from account_check order by account_id, seq desc;`;

/** Lists that came in, their rows and errors; the last month's is checked and waits. */
export const importSteps = ({ officers }: FillOrder): string => `
  insert into entitlement_import
      (id, sender, file_name, format, byte_size, content_sha256, identity_sha256, declared_programme, declared_period, state, check_run, sheet_name, header_row,
       read_rows, good_rows, bad_rows, applied_rows, error_count, warning_count, total_amount, good_amount, apply_mode, received_by_kind, received_by_id,
       received_at, check_alive_at, checked_at, applied_at)
    select bench.id(received_at, 'import', n), 'xa-' || commune, programme || '_' || period || '.xlsx', 'xlsx', row_count * 200, encode(sha256(('c' || n)::bytea), 'hex'),
           encode(sha256(('i' || n)::bytea), 'hex'), programme, period, case when is_waiting then 'checked' else 'applied' end, 1, 'Danh sách', 1,
           row_count + bad, row_count, bad, case when is_waiting then 0 else row_count end, bad * 2, bad, total, total,
           case when not is_waiting then 'good-rows' end, 'user', '${officers.preparer}', received_at, received_at + interval '1 minute',
           received_at + interval '1 minute', case when not is_waiting then received_at + interval '20 minutes' end
      from (select i.*, month > ${LAST_MONTH} and programme = 'NCC_MONTHLY' and n % 4 = 0 as is_waiting, least(row_count, 1 + row_count / ${BAD_ROWS}) as bad from bench.import i) i;
  insert into import_history (import_id, at, from_state, to_state, actor_kind, actor_id, actor_name)
    select id, at, from_state, to_state, 'user', '${officers.preparer}', 'lap.bang'
      from entitlement_import, lateral (values (received_at, null, 'received'), (checked_at, 'received', 'checked'), (applied_at, 'checked', 'applied')) as h (at, from_state, to_state)
     where at is not null order by at;
  insert into import_row (import_id, row_number, state, entitlement_id, full_name, name_key, personal_number, commune_code, programme, period, kind, amount,
                          decision_number, decision_date, account_number, account_name, bank_bin, fund)
    select bench.id(i.received_at, 'import', i.n), row_number() over (partition by o.import order by o.n) + 1, case when i.is_waiting then 'good' else 'applied' end,
           o.id, p.full_name, p.folded_name, p.personal_number, o.commune, o.programme, o.period, o.kind, o.amount, 'QĐ-' || i.n, i.received_at::date,
           case when p.has_account then p.account_number end, case when p.has_account then upper(p.folded_name) end, case when p.has_account then p.bin end, o.fund
      from bench.owed o
      join (select *, month > ${LAST_MONTH} and programme = 'NCC_MONTHLY' and n % 4 = 0 as is_waiting from bench.import) i on i.n = o.import
      join bench.person p on p.n = o.person
     order by o.n;
  insert into import_row (import_id, row_number, state, entitlement_id, full_name, personal_number, note)
    select id, good_rows + 1 + e, 'bad', bench.id(received_at, 'bad', e), 'Dòng sai ' || e, '12345', 'x' from entitlement_import, generate_series(1, bad_rows) e;
  insert into import_error (import_id, row_number, column_name, cell, field, value, rule, severity, message_vi, message_en, remedy_vi, remedy_en)
    select r.import_id, r.row_number, v.letter, v.letter || r.row_number, v.field, 'x', v.rule, v.severity, 'Giá trị không đọc được.', 'The value cannot be read.',
           'Sửa ô này rồi gửi lại.', 'Mend the cell and send the list again.'
      from import_row r, (values ('C', 'personalNumber', 'personal-number', 'error'), ('H', 'amount', 'amount', 'error'), ('D', 'dateOfBirth', 'date', 'warning')) as v (letter, field, rule, severity)
     where r.state = 'bad' order by r.import_id, r.row_number;`;

/** Who is owed what, and where it stands; bench.line holds what became of its payments. */
export const entitlementSteps = ({ officers }: FillOrder): string => `
  create unlogged table bench.stand as
    select o.n, l.b, l.outcome, l.reason, t.state as batch_state, t.assembled_at, l.done_at, p.account_id
      from bench.owed o
      join bench.person p on p.n = o.person
      left join (select distinct on (owed) * from bench.line order by owed, n desc) l on l.owed = o.n
      left join bench.batch t on t.b = l.b;
  insert into entitlement (id, import_id, row_number, beneficiary_id, programme, period, kind, amount, currency, fund, commune_code, decision_number, decision_date,
                           state, batch_id, failed_code, failed_account_id, end_reason, created_at)
    select o.id, bench.id(i.received_at, 'import', i.n), row_number() over (partition by o.import order by o.n) + 1, p.id, o.programme, o.period, o.kind, o.amount, 'VND', o.fund,
           o.commune, 'QĐ-' || i.n, i.received_at::date, s.state,
           case when s.state in ('in_batch', 'paid') then bench.id(t.assembled_at, 'batch', t.b) end,
           case when t.outcome in ('rejected', 'returned', 'cancelled') then t.reason end,
           case when t.outcome in ('rejected', 'returned', 'cancelled') then t.account_id end,
           case when s.state = 'ended' then 'quyết định dừng' end, i.received_at + interval '20 minutes'
      from bench.owed o
      join bench.import i on i.n = o.import
      join bench.person p on p.n = o.person
      join bench.stand t on t.n = o.n
      cross join lateral (
        select case when t.b is null then case when bench.dice(o.n, 50) < 0.02 then 'ended' else 'open' end
                    when t.batch_state in ('draft', 'proposed') then 'in_batch' when t.batch_state = 'cancelled' then 'open'
                    when t.outcome = 'settled' then 'paid' when t.outcome in ('rejected', 'returned', 'cancelled') then 'open' else 'in_batch' end as state) s
     where not (i.month > ${LAST_MONTH} and i.programme = 'NCC_MONTHLY' and i.n % 4 = 0)
     order by o.n;
  insert into entitlement_history (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause, batch_id, reason_code)
    select e.id, h.at, h.from_state, h.to_state, 'user', '${officers.preparer}', 'lap.bang', h.cause, case when h.to_state <> 'open' then bench.id(t.assembled_at, 'batch', t.b) end, h.reason
      from bench.owed o join entitlement e on e.id = o.id join bench.stand t on t.n = o.n
      cross join lateral (values
        (e.created_at, null, 'open', 'list applied', null),
        (case when t.b is not null then t.assembled_at end, 'open', 'in_batch', 'batch', null),
        (case when e.state = 'paid' then t.done_at end, 'in_batch', 'paid', 'settled', null),
        (case when e.failed_code is not null then t.done_at end, 'in_batch', 'open', 'payment failed', e.failed_code)) as h (at, from_state, to_state, cause, reason)
     where h.at is not null order by h.at;`;
