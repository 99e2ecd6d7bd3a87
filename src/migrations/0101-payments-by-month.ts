import type { MigrationInterface, QueryRunner } from 'typeorm';
import { joinMonths, partitionByMonth } from './by-month.js';

/** Payments by month. What must hold over all months stands in `payment_key` (0100). */
export class PaymentsByMonth1764000000101 implements MigrationInterface {
  name = 'PaymentsByMonth1764000000101';

  async up(runner: QueryRunner): Promise<void> {
    // With years of payments, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(PARTS);
    await runner.query(partitionByMonth({ table: 'payment', key: 'id' }));
    await runner.query(ALWAYS);
    await runner.query(ARCHIVE_STAYS);
    await runner.query(FOR_THE_RELEASE_BEFORE);
    await runner.query(postings('(table payment union all table archive.payment)'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(postings('payment'));
    await runner.query(`
      drop index payment_first_by_reference;
      alter table payment_first disable trigger user;
    `);
    await runner.query(joinMonths({ table: 'payment', key: 'id' }));
    await runner.query(`
      alter table payment enable trigger user;
      ${ALWAYS}
    `);
    await runner.query(PARTS_BEFORE);
  }
}

/*
 * A part is made as those beside it: with generated columns and with room for moves in place. Rows that lay in the part
 * for what fits in none go into a new one before it is part of its table, so that nothing is counted twice.
 */
const PARTS = `
  create function add_month_partition_with(of_table text, month date, strays text, strays_of date)
    returns text language plpgsql as $$
  declare
    part text := of_table || coalesce(to_char(month, '"_"YYYY_MM'), '_default');
    settings text[];
    cut name;
    columns text;
    guard record;
  begin
    execute format(
      'create table %I (like %I including defaults including constraints including generated including storage '
      'including comments)', part, of_table);
    select c.reloptions into settings from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = of_table::regclass and c.reloptions is not null order by c.oid desc limit 1;
    if settings is not null then
      execute format('alter table %I set (%s)', part, array_to_string(settings, ', '));
    end if;
    if strays is not null then
      select a.attname into cut from pg_partitioned_table t
        join pg_attribute a on a.attrelid = t.partrelid and a.attnum = t.partattrs[0]
       where t.partrelid = of_table::regclass;
      select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
       where attrelid = part::regclass and attnum > 0 and not attisdropped and attgenerated = '';
      execute format(
        'insert into %I (%s) overriding system value select %s from %I where (%I >= %L and %I < %L) = %L',
        part, columns, columns, strays, cut, month_floor(strays_of), cut,
        month_floor((strays_of + interval '1 month')::date), month is not null);
    end if;
    for guard in select pg_get_triggerdef(oid) as words from pg_trigger
                  where tgrelid = of_table::regclass and not tgisinternal and tgtype & 1 = 0
                    and tgoldtable is null and tgnewtable is null loop
      execute regexp_replace(guard.words, ' ON \\S+ ', format(' ON %I ', part));
    end loop;
    execute format('alter table %I attach partition %I ', of_table, part)
      || case when month is null then 'default'
              else format('for values from (%L) to (%L)', month_floor(month),
                          month_floor((month + interval '1 month')::date)) end;
    return part;
  end $$;

  create or replace function add_month_partition(of_table text, month date) returns text language plpgsql as $$
  begin
    return add_month_partition_with(of_table, month, null, null);
  end $$;
`;

const PARTS_BEFORE = `
  create or replace function add_month_partition(of_table text, month date) returns text language plpgsql as $$
  declare
    part text := of_table || coalesce(to_char(month, '"_"YYYY_MM'), '_default');
    guard record;
  begin
    execute format(
      'create table %I (like %I including defaults including constraints including storage including comments)',
      part, of_table);
    for guard in select pg_get_triggerdef(oid) as words from pg_trigger
                  where tgrelid = of_table::regclass and not tgisinternal and tgtype & 1 = 0
                    and tgoldtable is null and tgnewtable is null loop
      execute regexp_replace(guard.words, ' ON \\S+ ', format(' ON %I ', part));
    end loop;
    execute format('alter table %I attach partition %I ', of_table, part)
      || case when month is null then 'default'
              else format('for values from (%L) to (%L)', month_floor(month),
                          month_floor((month + interval '1 month')::date)) end;
    return part;
  end $$;
  drop function add_month_partition_with(text, date, text, date);
`;

// Also while a restore or a repair has switched triggers off.
const ALWAYS = `
  alter table payment enable always trigger payment_tally_of_losses;
  alter table payment enable always trigger payment_key_of_births;
  alter table payment enable always trigger payment_key_of_moves;
`;

// Nothing is written there: parts come and stay.
const ARCHIVE_STAYS = `
  create trigger payment_stays_archived before insert or update or delete or truncate on archive.payment
    for each statement execute function refuse_change();
`;

// It looks payments up by their references, and those that it knows are all in the first part.
const FOR_THE_RELEASE_BEFORE = `
  create index payment_first_by_reference on payment_first (reference);
`;

// The books are proven with what lies in the archive.
const postings = (payments: string): string => `
  create or replace view payment_posting_view as
    select h.posting_id, h.payment_id, h.from_state, h.to_state, p.fund, p.budget_month, p.amount
      from (table payment_history union all table archive.payment_history) h join ${payments} p on p.id = h.payment_id
     where h.posting_id is not null;
`;
