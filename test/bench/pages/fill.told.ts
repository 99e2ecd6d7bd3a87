import type { FillOrder } from './fill.order.js';

/** The ledger: every posting that the histories name, the reservations, and money enough for them. */
export const ledgerSteps = ({ officers }: FillOrder): string => `
  create unlogged table bench.moved as
    select h.posting_id as id, max(h.at) as at, max(h.cause) as cause, max(h.source_id) as source, p.fund, p.budget_month as month,
           payment_stage(h.from_state) as away, payment_stage(h.to_state) as here, sum(p.amount) as amount
      from payment_history h join payment p on p.id = h.payment_id where h.posting_id is not null
     group by h.posting_id, p.fund, p.budget_month, 7, 8;
  insert into ledger_transaction (id, kind, source_type, source_id, at)
    select reservation_id, 'reservation', 'approval', id::text, approved_at from approval
    union all select id, 'payments', max(cause), max(source), max(at) from bench.moved group by id order by 5;
  insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
    select a.reservation_id, l.fund, a.budget_month, s.stage, s.sign * sum(l.amount), 'VND'
      from approval a join batch_line l on l.batch_id = a.batch_id, (values ('available', -1), ('reserved', 1)) as s (stage, sign) group by 1, 2, 3, 4, s.sign
    union all
    select m.id, m.fund, m.month, s.stage, sum(s.amount), 'VND'
      from bench.moved m, lateral (values (m.away, -m.amount), (m.here, m.amount), (case when m.here = 'returned' then 'given_back' end, -m.amount),
                                          (case when m.here = 'returned' then 'available' end, m.amount)) as s (stage, amount)
     where s.stage is not null group by 1, 2, 3, 4;
  create unlogged table bench.need as
    select row_number() over (order by month, fund) as n, fund, month, sum(amount) * 2 as amount from (
      select a.budget_month as month, l.fund, l.amount from approval a join batch_line l on l.batch_id = a.batch_id) x group by fund, month;
  insert into ledger_transaction (id, kind, source_type, source_id, at)
    select bench.id((month || '-01')::timestamptz, 'money', n), 'allotment', 'allotment', bench.id((month || '-01')::timestamptz, 'allotment', n)::text, (month || '-01')::timestamptz from bench.need;
  insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
    select bench.id((month || '-01')::timestamptz, 'money', n), fund, month, s.stage, s.sign * amount, 'VND' from bench.need, (values ('allotted', -1), ('available', 1)) as s (stage, sign);
  insert into allotment (id, fund, period, month, amount, currency, decision_number, decision_date, transaction_id, entered_by_kind, entered_by_id, entered_by_name, entered_at)
    select bench.id((month || '-01')::timestamptz, 'allotment', n), fund, month, month, amount, 'VND', 'QĐ-NS-' || n, (month || '-01')::date, bench.id((month || '-01')::timestamptz, 'money', n),
           'user', '${officers.accountant}', 'ke.toan.truong', (month || '-01')::timestamptz from bench.need;`;

/** What banks said: notices over HTTP, and files out and in. */
export const noticeSteps = `
  create unlogged table bench.said as
    select bench.id(l.done_at, 'notice', l.s * 1000 + l.chunk) as id, l.done_at as at, l.bank, l.s, l.chunk, l.id as payment, l.n, l.amount,
           case l.outcome when 'rejected' then 'rejected' else 'settled' end as fact, case l.outcome when 'rejected' then l.reason end as reason
      from bench.line l where l.outcome in ('settled', 'returned', 'rejected')
    union all
    select bench.id(l.done_at + interval '2 days', 'back', l.s * 1000 + l.chunk), l.done_at + interval '2 days', l.bank, l.s, l.chunk, l.id, l.n, l.amount, 'returned', l.reason
      from bench.line l where l.outcome = 'returned';
  create unlogged table bench.message as
    select id, min(at) as at, bank, s, count(*)::int as items, bank in ('agribank', 'h2h-iso20022') as in_file, row_number() over (order by min(at), id) as n
      from bench.said group by id, bank, s;
  -- Out: a file per message to a bank of files. In: one per notice that came as a file.
  insert into bank_file (id, bank_code, direction, state, file_name, media_type, byte_size, sha256, message_reference, message_made_at, order_digest, payment_count, total_amount, currency,
                         delivered_at, uploaded_at, last_seen_at, created_at, kind, item_count)
    select bench.id(s.sent_at, 'out', s.s), s.bank, 'out', case s.bank when 'agribank' then 'uploaded' else 'delivered' end, 'lenh-' || s.s || '.xlsx', 'application/octet-stream',
           s.payments * 200, encode(sha256(('o' || s.s)::bytea), 'hex'), 'CTM' || upper(replace(s.id::text, '-', '')), s.sent_at, encode(sha256(('og' || s.s)::bytea), 'hex'), s.payments, s.total, 'VND',
           case s.bank when 'agribank' then null else s.sent_at end, case s.bank when 'agribank' then s.sent_at + interval '3 hours' end, s.sent_at, s.sent_at, null, null
      from bench.sub s where s.state = 'answered' and s.bank in ('agribank', 'h2h-iso20022')
    union all
    select bench.id(m.at, 'in', m.n), m.bank, 'in', 'read', 'ket-qua-' || m.n || '.xml', 'application/octet-stream', m.items * 300, encode(sha256(('in' || m.n)::bytea), 'hex'),
           null, null, null, null, null, null, null, null, m.at, m.at, 'report', m.items
      from bench.message m where m.in_file order by 18;
  insert into bank_file_order (file_id, position, reference, amount, currency, bank_bin, account_number, account_name, fund)
    select bench.id(l.sent_at, 'out', l.s), row_number() over (partition by l.s order by l.line_no), p.reference, p.amount, 'VND', p.bank_bin, p.account_number, p.account_name, p.fund
      from bench.line l join payment p on p.id = l.id where l.bank in ('agribank', 'h2h-iso20022') and p.state not in ('ready', 'sending', 'cancelled');
  insert into bank_file_history (file_id, at, from_state, to_state, actor_kind, actor_id, actor_name)
    select id, created_at, null, case direction when 'out' then 'made' else 'received' end, 'system', 'system', 'system' from bank_file
    union all select id, created_at + interval '1 minute', case direction when 'out' then 'made' else 'received' end, state, 'system', 'system', 'system' from bank_file order by 2;
  insert into bank_notice (id, bank, notice_id, body, body_sha256, sent_at, received_at, item_count, unread_count, state, applied_at, last_seen_at, due_at, file_id)
    select m.id, m.bank, 'msg_' || m.n, '{}'::bytea, encode(sha256(('m' || m.n)::bytea), 'hex'), m.at, m.at, m.items, 0, 'applied', m.at + interval '1 second', m.at, m.at,
           case when m.in_file then bench.id(m.at, 'in', m.n) end
      from bench.message m order by m.n;
  insert into notice_item (bank_notice_id, position, reference, fact, reason_code, bank_reference, happened_at, sequence, amount, currency, result, payment_id)
    select w.id, row_number() over (partition by w.id order by w.n) - 1, 'CT' || upper(replace(w.payment::text, '-', '')), w.fact, w.reason, 'FT' || w.n, w.at, w.n, w.amount, 'VND', 'moved', w.payment
      from bench.said w order by w.at, w.id;
  -- What no payment of ours is called, what said nothing, and an id that came with two bodies.
  insert into bank_notice (id, bank, notice_id, body, body_sha256, sent_at, received_at, item_count, unread_count, state, applied_at, last_seen_at, due_at)
    select bench.id(m.at + interval '1 hour', 'odd', m.n), 'sandbox', case m.n % 3 when 2 then 'msg_' || m.n else 'odd_' || m.n end, '{}'::bytea, encode(sha256(('odd' || m.n)::bytea), 'hex'), m.at, m.at + interval '1 hour', 1, 0,
           case m.n % 3 when 2 then 'conflict' else 'applied' end, case m.n % 3 when 2 then null else m.at end, m.at, m.at
      from bench.message m where m.n % 500 = 0 order by m.at;
  insert into notice_item (bank_notice_id, position, reference, fact, why, result, happened_at)
    select bench.id(m.at + interval '1 hour', 'odd', m.n), 0, 'XX' || m.n, case m.n % 3 when 0 then 'settled' end, case m.n % 3 when 0 then null else 'no status' end,
           case m.n % 3 when 0 then 'unknown-reference' when 1 then 'unread' end, m.at
      from bench.message m where m.n % 500 = 0 and m.n % 3 < 2;
  insert into notice_history (bank_notice_id, at, from_state, to_state)
    select id, received_at, null, 'received' from bank_notice union all select id, applied_at, 'received', 'applied' from bank_notice where applied_at is not null order by 2;`;

/** Statements of every bank and day, which payment each entry proves, and what does not fit. */
export const statementSteps = ({ now, officers }: FillOrder): string => `
  create unlogged table bench.booked as
    select row_number() over (order by at, n, direction) as e, x.*, (at at time zone 'Asia/Ho_Chi_Minh')::date as day
      from (select l.n, l.id as payment, l.bank, l.amount, 'debit' as direction, l.done_at as at, null::text as code from bench.line l
             where l.outcome in ('settled', 'returned') and bench.dice(l.n, 80) > 0.0005
            union all
            select l.n, l.id, l.bank, l.amount, 'credit', l.done_at + interval '2 days', l.reason from bench.line l where l.outcome = 'returned'
            union all
            select l.n, null, l.bank, 12345, case when l.n % 2 = 0 then 'debit' else 'credit' end, l.done_at, null from bench.line l where l.outcome = 'settled' and bench.dice(l.n, 81) < 0.003) x;
  create index on bench.booked (e);
  create unlogged table bench.day as
    select row_number() over (order by day, bank) as n, bank, day, bench.id((day + 1)::timestamptz + interval '1 hour', 'statement', row_number() over (order by day, bank)) as id,
           count(*)::int as entries, sum(amount) filter (where direction = 'debit') as debit, coalesce(sum(amount) filter (where direction = 'credit'), 0) as credit
      from bench.booked group by bank, day;
  insert into statement (id, bank, statement_id, from_date, to_date, state, currency, opening, closing, entry_count, debit_total, credit_total, digest, started_at, ended_at)
    select id, bank, 'SK-' || n, day, day, 'complete', 'VND', 1e15, 1e15 + credit - coalesce(debit, 0), entries, coalesce(debit, 0), credit, encode(sha256(('s' || n)::bytea), 'hex'),
           (day + 1)::timestamptz + interval '1 hour', (day + 1)::timestamptz + interval '1 hour' from bench.day order by n;
  insert into statement_line (statement_row, line_no, entry_row, entry_id, reference, direction, amount, currency, booked_at, return_code)
    select d.id, row_number() over (partition by d.id order by b.e), bench.id(b.at, 'entry', b.e), 'E' || b.e, case when b.payment is null then case when b.e % 4 < 3 then 'LA' || b.e end else 'CT' || upper(replace(b.payment::text, '-', '')) end,
           b.direction, b.amount, 'VND', b.at, b.code
      from bench.booked b join bench.day d on d.bank = b.bank and d.day = b.day order by d.n;
  insert into statement_entry (id, bank, entry_id, statement_row, line_no, reference, direction, amount, currency, booked_at, return_code, bucket, bucketed_at, payment_id)
    select l.entry_row, s.bank, l.entry_id, l.statement_row, l.line_no, l.reference, l.direction, l.amount, 'VND', l.booked_at, l.return_code,
           case when l.reference is null then 'not-ours' when l.reference like 'LA%' then 'unknown-reference' when l.direction = 'debit' then 'matched' else 'returned' end, s.ended_at,
           case when l.reference like 'CT%' then (select payment from bench.booked b where b.e = substr(l.entry_id, 2)::bigint) end
      from statement_line l join statement s on s.id = l.statement_row order by s.ended_at;
  insert into payment_match (payment_id, entry_id, reconciled_at)
    select payment_id, id, bucketed_at from statement_entry where bucket = 'matched';
  insert into reconciliation (id, bank, from_date, to_date, state, statement_row, new_entries, due_at, requested_by_kind, requested_by_id, requested_at, ended_at, closed_at, closed_by_kind, closed_by_id, closed_by_name)
    select bench.id(s.started_at, 'reconciliation', d.n), d.bank, d.day, d.day, case when d.n % 20 = 0 then 'finished' else 'closed' end, s.id, d.entries, s.started_at, 'system', 'system', s.started_at, s.ended_at,
           case when d.n % 20 > 0 then s.ended_at end, case when d.n % 20 > 0 then 'user' end, case when d.n % 20 > 0 then '${officers.accountant}' end, case when d.n % 20 > 0 then 'ke.toan.truong' end
      from bench.day d join statement s on s.id = d.id order by d.n;
  insert into reconciliation_history (reconciliation_id, at, from_state, to_state)
    select id, requested_at, null, 'requested' from reconciliation union all select id, ended_at, 'requested', 'finished' from reconciliation union all select id, closed_at, 'finished', 'closed' from reconciliation where closed_at is not null;
  -- What does not fit: the newest open, the older explained.
  insert into reconciliation_exception (id, kind, fingerprint, bank, from_date, to_date, state, entry_row, payment_id, direction, amount, currency, opened_at, owner_id, owner_name, ended_at, ended_by_kind, ended_by_id, ended_by_name, explanation)
    select bench.id(x.at, 'exception', row_number() over (order by x.at)), x.kind, x.fact, x.bank, x.day, x.day, case when x.open then 'open' else 'explained' end, x.entry, x.payment, x.direction, x.amount, 'VND', x.at,
           case when x.amount::bigint % 3 = 0 then '${officers.accountant}'::uuid end, case when x.amount::bigint % 3 = 0 then 'ke.toan.truong' end,
           case when not x.open then x.at + interval '3 days' end, case when not x.open then 'user' end, case when not x.open then '${officers.accountant}' end, case when not x.open then 'ke.toan.truong' end,
           case when not x.open then 'phí của ngân hàng' end
      from (select case bucket when 'not-ours' then 'no-reference' else bucket end as kind, 'entry ' || id as fact, bank, (booked_at at time zone 'Asia/Ho_Chi_Minh')::date as day, id as entry, null::uuid as payment,
                   direction, amount, bucketed_at as at, bucketed_at > timestamptz '${now}' - interval '60 days' as open from statement_entry where bucket in ('not-ours', 'unknown-reference')
            union all
            select 'paid-missing', 'missing ' || p.id, p.bank_code, (p.settled_at at time zone 'Asia/Ho_Chi_Minh')::date, null, p.id, null, p.amount, p.settled_at + interval '1 day', p.settled_at > timestamptz '${now}' - interval '60 days'
              from payment p where p.state in ('settled', 'returned') and not exists (select from payment_match m where m.payment_id = p.id)) x order by x.at;
  insert into exception_history (exception_id, at, happened, from_state, to_state, actor_kind, actor_id, actor_name)
    select id, opened_at, 'opened', null, 'open', 'system', 'system', 'system' from reconciliation_exception
    union all select id, ended_at, 'explained', 'open', 'explained', 'user', ended_by_id, ended_by_name from reconciliation_exception where ended_at is not null;`;
