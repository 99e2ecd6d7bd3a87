import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What tables of months are made of. Months are those of the treasury's clock; where a month begins is the smallest UUIDv7
 * of its first millisecond, so that keys and what refers to them stay as they are.
 */
export class PlatformPartitions1764000000095 implements MigrationInterface {
  name = 'PlatformPartitions1764000000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FUNCTIONS);
    await runner.query('create schema archive');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop schema archive cascade;
      drop function add_month_partition(text, date);
      drop function month_floor(date);
      drop function uuidv7_time(uuid);
    `);
  }
}

const FUNCTIONS = `
  create function uuidv7_time(id uuid) returns timestamptz language sql immutable strict as $$
    select to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
  $$;

  create function month_floor(month date) returns uuid language sql stable strict as $$
    select (lpad(to_hex((extract(epoch from month::timestamp at time zone 'Asia/Ho_Chi_Minh') * 1000)::bigint), 12, '0')
            || repeat('0', 20))::uuid
  $$;

  -- A part for a month, or with null the one for what fits in none. Attached, not made in place: so the parts there are
  -- can be written to meanwhile. Keys, indexes, references and triggers for rows come down by themselves; a trigger for
  -- statements speaks of the table that the statement names, so that every part gets its own.
  create function add_month_partition(of_table text, month date) returns text language plpgsql as $$
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
`;
