import type { FillOrder, NamePart } from './fill.order.js';

/** What stands between the steps of a fill and is dropped at its end. */
export const SCAFFOLD = `
  create schema bench;
  -- A UUIDv7 of that instant, the same whenever it is asked for.
  create function bench.id(at timestamptz, kind text, n bigint) returns uuid language sql immutable parallel safe as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || n), 1, 3)
            || '8' || substr(md5(kind || n), 4, 15))::uuid
  $$;
  -- 0 ≤ dice < 1, the same for the same number and seed.
  create function bench.dice(n bigint, seed int) returns float8 language sql immutable parallel safe as $$
    select (hashint8extended(n, seed) & 16777215)::float8 / 16777216
  $$;
  create function bench.pick(list text[], dice float8) returns text language sql immutable parallel safe as $$
    select list[1 + floor(dice * cardinality(list))::int]
  $$;`;

/** 24 months up to the current one, and the next one, whose lists are being prepared. */
export const LAST_MONTH = 23;

/** People, of whom most have an account; some come in later than others. */
export const peoplePlan = ({ people, now, names, communes }: FillOrder): string => `
  create table bench.month as
    select i, (date_trunc('month', timestamptz '${now}' - interval '20 days') - (${LAST_MONTH} - i) * interval '1 month') as first
      from generate_series(0, ${LAST_MONTH + 1}) i;

  create unlogged table bench.person as
    select n, bench.id((select first from bench.month where i = 0) - interval '30 days' + n * interval '1 second', 'person', n) as id,
           '020' || lpad((n * 7919 % 1000000000)::text, 9, '0') as personal_number,
           f.name || ' ' || m.name || ' ' || g.name || ' ' || h.name || ' Mẫu' as full_name,
           f.folded || ' ' || m.folded || ' ' || g.folded || ' ' || h.folded || ' mau' as folded_name,
           bench.pick(array[${communes.map((code) => `'${code}'`).join(', ')}], power(bench.dice(n, 1), 1.6)) as commune,
           case when bench.dice(n, 2) < 0.12 then floor(bench.dice(n, 3) * ${LAST_MONTH + 1})::int else 0 end as joined,
           bench.dice(n, 4) < 0.93 as has_account,
           b.bin, b.bank, lpad(n::text, 7, '0') || lpad(floor(bench.dice(n, 5) * 1000000)::text, 6, '0') as account_number
      from generate_series(1, ${people}) n
      cross join lateral (select floor(bench.dice(n, 6) * 100)::int as share) s
      join lateral (
        select * from (values ('970405', 'agribank', 44), ('970415', 'sandbox', 57), ('970418', 'h2h-iso20022', 70),
                              ('970436', 'sandbox-instant', 80), ('970449', 'sandbox', 90),
                              ('970407', 'sandbox-instant', 95), ('970422', 'sandbox', 100)) as v (bin, bank, below)
         where s.share < v.below order by v.below limit 1) b on true
      ${names.map((list, at) => nameJoin('fmgh'.charAt(at), list, 7 + at)).join('\n')};
  alter table bench.person add primary key (n);`;

const nameJoin = (alias: string, list: readonly NamePart[], seed: number): string => `
      join (values ${list.map(({ name, folded }, at) => `(${at}, '${name}', '${folded}')`).join(', ')}) as ${alias} (nr, name, folded)
        on ${alias}.nr = floor(power(bench.dice(n, ${seed}), 1.5) * ${list.length})::int`;

/** Which programme is due to whom in which period, and what it comes to: one row per entitlement. */
export const owedPlan = ({ people }: FillOrder): string => `
  create table bench.due as
    select i as month, programme, fund, to_char(first at time zone 'UTC' + interval '12 hours', 'YYYY-MM') as period, from_n, to_n, 'regular' as kind
      from bench.month, (values ('BTXH_MONTHLY', 'NSDP_BTXH', 0.00, 0.47), ('SOCIAL_PENSION', 'NSDP_BTXH', 0.47, 0.78),
                                ('NCC_MONTHLY', 'NSTW_NCC', 0.78, 0.92)) as v (programme, fund, from_n, to_n)
    union all
    select i, 'NCC_GIFT', 'NSDP', to_char(first at time zone 'UTC' + interval '12 hours', 'YYYY-') || 'D'
             || (1 + count(*) over (partition by extract(year from first) order by first) - 1), 0.78, 0.92, 'one_off'
      from bench.month where i <= ${LAST_MONTH} and to_char(first at time zone 'UTC' + interval '12 hours', 'MM') in ('01', '07')
    union all
    select i, 'EMERGENCY', 'DU_PHONG', to_char(first at time zone 'UTC' + interval '12 hours', 'YYYY') || '-D1', 0.0, 1.0, 'one_off'
      from bench.month where i = ${LAST_MONTH - 2};

  create unlogged table bench.owed as
    select row_number() over (order by d.month, d.programme, p.commune, p.n) as n, p.n as person, d.month, d.programme,
           d.fund, d.period, case when d.kind = 'regular' and bench.dice(p.n * 100 + d.month, 20) < 0.01 then 'arrears' else d.kind end as kind,
           p.commune, p.has_account,
           case d.programme
             when 'NCC_MONTHLY' then (1500 + 250 * floor(bench.dice(p.n, 21) * 20)) * 1000
             when 'BTXH_MONTHLY' then 270000 * (2 + floor(bench.dice(p.n, 22) * 4)) + case when d.month > 18 then 40000 else 0 end
             when 'SOCIAL_PENSION' then case when d.month > 18 then 540000 else 500000 end
             when 'NCC_GIFT' then 300000 * (1 + floor(bench.dice(p.n, 23) * 2)) else 1000000 end::numeric(20,0) as amount,
           null::bigint as import, null::bigint as b, null::timestamptz as taken_at, null::uuid as id
      from bench.due d
      join bench.person p on p.n > d.from_n * ${people} and p.n <= d.to_n * ${people} and p.joined <= d.month;`;

/** A list per commune, programme and period. */
export const importPlan = `
  create unlogged table bench.import as
    select row_number() over (order by o.month, o.programme, o.commune) as n, o.month, o.programme, o.period, o.commune, count(*)::int as row_count,
           sum(o.amount) as total,
           m.first + interval '1 day 2 hours' + row_number() over (partition by o.month order by o.programme, o.commune) * interval '1 minute' as received_at
      from bench.owed o join bench.month m on m.i = o.month
     group by o.month, o.programme, o.period, o.commune, m.first;
  update bench.owed o set import = i.n, taken_at = i.received_at,
         id = bench.id(i.received_at + (o.n % 60000) * interval '1 millisecond', 'owed', o.n)
    from bench.import i
   where i.month = o.month and i.programme = o.programme and i.commune = o.commune;
  alter table bench.owed add primary key (n);`;

/** One batch per programme and period; of one programme one per commune as well. */
export const batchPlan = (now: string): string => `
  create unlogged table bench.batch as
    select row_number() over (order by s.assembled_at, s.programme, s.commune) as b, s.*, null::bigint as follows,
           case when s.month > ${LAST_MONTH} then case s.programme when 'BTXH_MONTHLY' then 'proposed' else 'draft' end
                when s.month = ${LAST_MONTH} and s.programme = 'NCC_MONTHLY' then
                  case when s.nr <= 20 then 'proposed' when s.nr <= 28 then 'draft' when s.nr <= 30 then 'cancelled' else 'approved' end
                else 'approved' end as state,
           s.month = ${LAST_MONTH} and s.programme = 'SOCIAL_PENSION' as is_running
      from (select g.*, row_number() over (partition by g.month, g.programme order by g.commune) as nr,
                   case when g.month > ${LAST_MONTH} then timestamptz '${now}' - interval '2 days'
                        when g.month = ${LAST_MONTH} and g.programme = 'SOCIAL_PENSION' then timestamptz '${now}' - interval '1 day'
                        else m.first + interval '3 days 1 hour'
                             + case g.programme when 'NCC_MONTHLY' then interval '2 days' when 'EMERGENCY' then interval '9 days' else interval '0' end
                             + row_number() over (partition by g.month order by g.programme, g.commune) * interval '3 minutes' end as assembled_at
              from (select month, programme, period, case when programme = 'NCC_MONTHLY' then commune end as commune
                      from bench.owed where month <= ${LAST_MONTH} or programme <> 'NCC_MONTHLY' group by 1, 2, 3, 4) g
              join bench.month m on m.i = g.month) s;
  update bench.owed o set b = t.b from bench.batch t
   where t.month = o.month and t.programme = o.programme and (t.commune is null or t.commune = o.commune);`;

const PER_MESSAGE = `case bank when 'sandbox-instant' then 1 when 'agribank' then 5000 when 'h2h-iso20022' then 50000 else 1000 end`;

/** Lines of batches (`where` says which), each with its place in a message to its bank. */
export const linePlan = (lines: string): string => `
  create unlogged table bench.new_line as
    select *, (row_number() over (partition by b, bank order by line_no) - 1) / (${PER_MESSAGE}) as message
      from (${lines}) l;
  create unlogged table bench.new_sub as
    select (select coalesce(max(s), 0) from bench.sub) + row_number() over (order by t.b, g.bank, g.message) as s, g.*,
           t.assembled_at + interval '6 hours' as run_at,
           t.assembled_at + interval '6 hours 5 minutes' + g.message * case g.bank when 'sandbox-instant' then interval '20 milliseconds' else interval '2 seconds' end as sent_at
      from (select b, bank, message, count(*)::int as payments, sum(amount) as total from bench.new_line group by 1, 2, 3) g
      join bench.batch t on t.b = g.b;
  insert into bench.line
    select (select coalesce(max(n), 0) from bench.line) + row_number() over (order by l.b, l.line_no), l.b, l.line_no, l.owed, l.person, l.bank,
           l.amount, l.reissue_of, s.s, l.message, s.run_at, s.sent_at,
           s.sent_at + case when l.bank in ('agribank', 'h2h-iso20022') then interval '1 day' else interval '10 minutes' end
             + (row_number() over (partition by s.s order by l.line_no) - 1) / 500 * interval '1 second',
           (row_number() over (partition by s.s order by l.line_no) - 1) / 500, null, null, null
      from bench.new_line l join bench.new_sub s on s.b = l.b and s.bank = l.bank and s.message = l.message;
  insert into bench.sub select * from bench.new_sub;
  drop table bench.new_line, bench.new_sub;`;

export const LINE_TABLES = `
  create unlogged table bench.sub (s bigint, b bigint, bank text, message bigint, payments int, total numeric, run_at timestamptz, sent_at timestamptz);
  create unlogged table bench.line (n bigint, b bigint, line_no int, owed bigint, person int, bank text, amount numeric(20,0),
    reissue_of bigint, s bigint, message bigint, run_at timestamptz, sent_at timestamptz, done_at timestamptz, chunk bigint,
    outcome text, reason text, id uuid);`;

export const FIRST_LINES = `
  select o.b, row_number() over (partition by o.b order by o.commune, p.personal_number)::int as line_no, o.n as owed, o.person, p.bank,
         o.amount, null::bigint as reissue_of
    from bench.owed o join bench.person p on p.n = o.person
   where o.b is not null and o.has_account`;

/** What became of each payment: 4 % fail; some hundred are in doubt; one run is under way. */
export const outcomePlan = (of: 'first' | 'follow-up'): string => `
  update bench.line l
     set id = bench.id(l.run_at + l.line_no * interval '0.1 milliseconds', 'payment', l.n),
         outcome = case
           when t.state <> 'approved' then null
           when t.is_running and bench.dice(l.s, 31) < 0.3 then 'ready'
           when t.is_running and bench.dice(l.s, 31) < 0.4 and l.bank not in ('agribank', 'h2h-iso20022') then 'sending'
           when t.is_running and bench.dice(l.s, 31) < 0.6 then case when l.bank in ('agribank', 'h2h-iso20022') then 'unknown' else 'accepted' end
           when t.month >= ${LAST_MONTH - 1} and bench.dice(l.n, 32) < 0.006 then 'unknown'
           when bench.dice(l.n, 33) < 0.0002 then 'cancelled'
           when bench.dice(l.n, 33) < 0.03 then 'rejected'
           when bench.dice(l.n, 33) < 0.04 and ${of === 'first'} then 'returned'
           else 'settled' end,
         reason = bench.pick(array['AC01', 'AC01', 'AC04', 'AC04', 'AC06', 'BE01', 'BE01', 'MD07', 'AG01', 'RR04'], bench.dice(l.n, 34))
    from bench.batch t where t.b = l.b and l.outcome is null and t.state = 'approved';
  update bench.line set reason = 'MD07' where outcome = 'cancelled';`;

/** Failures older than two months were mostly paid again, each batch's in a batch that follows it up. */
export const FOLLOW_UPS = `
  create unlogged table bench.again as
    select l.n, l.b, l.owed, l.person, l.bank, l.amount from bench.line l join bench.batch t on t.b = l.b
     where l.outcome in ('rejected', 'returned') and t.month <= ${LAST_MONTH - 2} and bench.dice(l.n, 35) < 0.9;
  insert into bench.batch
    select (select max(b) from bench.batch) + row_number() over (order by t.assembled_at, t.b), t.month, t.programme, t.period, t.commune, t.nr,
           t.assembled_at + interval '17 days', t.b, 'approved', false
      from bench.batch t where t.b in (select b from bench.again);`;

export const FOLLOW_UP_LINES = `
  select f.b, row_number() over (partition by f.b order by a.n)::int as line_no, a.owed, a.person, a.bank, a.amount, a.n as reissue_of
    from bench.again a join bench.batch f on f.follows = a.b`;
