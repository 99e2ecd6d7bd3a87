/** A table that is to lie in parts, one for each month. */
export interface ByMonth {
  readonly table: string;
  /** A column of UUIDv7: its time says the month. */
  readonly key: string;
  /** Of a history whose rows are numbered by `id`: the index on (key, id), whose place the new primary key takes. */
  readonly historyIndex?: string;
}

/**
 * Makes a table one of months, with its rows where they are: it becomes the first part (all to the end of the month under
 * way) of a new table of its name, which has its columns, checks, keys, indexes, triggers, grants and views. Parts for three
 * months more are made, and one for what fits in none. The old indexes go on as parts of the new ones.
 */
export const partitionByMonth = ({ table, key, historyIndex }: ByMonth): string => `
  do $do$
  declare
    own text[] := '{}';
    around text[];
    step text;
    r record;
    starts bigint;
    ends date;
  begin
    -- To build a key and to see that every row fits takes longer than a statement is given.
    perform set_config('statement_timeout', '0', true);
    lock table ${table} in access exclusive mode;
    around := ${around(table)};
    ${dropReferences(table)}
    for r in select tgname, pg_get_triggerdef(oid) as words, tgtype & 1 = 1 as each_row from pg_trigger
              where tgrelid = '${table}'::regclass and not tgisinternal loop
      around := around || r.words;
      -- Those for rows are handed down to every part; those for statements guard the part by itself as well.
      if r.each_row then execute format('drop trigger %I on ${table}', r.tgname); end if;
    end loop;
    ${historyIndex === undefined ? '' : toLongKey({ table, key, historyIndex })}

    for r in select conname, contype, pg_get_constraintdef(oid) as words from pg_constraint
              where conrelid = '${table}'::regclass
                and (contype in ('p', 'f') or contype = 'c' and not convalidated) loop
      if r.contype = 'c' then own := own || format('alter table ${table} drop constraint %I', r.conname); end if;
      own := own || format('alter table ${table} add constraint %I %s', r.conname, r.words);
    end loop;
    for r in select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as words, indisprimary from pg_index
              where indrelid = '${table}'::regclass loop
      if not r.indisprimary then own := own || r.words; end if;
      execute format('alter index %s rename to %I', r.name, r.name || '_first');
    end loop;

    alter table ${table} rename to ${table}_first;
    create table ${table} (
      like ${table}_first including defaults including constraints including generated including storage
      including comments) partition by range (${key});
    -- Where its parts go when they are old.
    create table archive.${table} (like ${table}_first including generated) partition by range (${key});
    ${historyIndex === undefined ? '' : numberFrom(table)}
    foreach step in array own loop execute step; end loop;

    select date_trunc('month', greatest(now(), uuidv7_time((select ${key} from ${table}_first order by 1 desc limit 1)))
                               at time zone 'Asia/Ho_Chi_Minh') + interval '1 month' into ends;
    execute format('alter table ${table} attach partition ${table}_first for values from (minvalue) to (%L)',
                   month_floor(ends));
    foreach step in array around loop execute step; end loop;
    perform add_month_partition('${table}', null);
    for month in 0..2 loop
      perform add_month_partition('${table}', (ends + make_interval(months => month))::date);
    end loop;
    analyze ${table};
  end $do$`;

/** Makes it one table again, as it was: for development. */
export const joinMonths = ({ table, key, historyIndex }: ByMonth): string => `
  do $do$
  declare
    around text[];
    columns text;
    step text;
    r record;
    starts bigint;
  begin
    perform set_config('statement_timeout', '0', true);
    lock table ${table} in access exclusive mode;
    around := ${around(table)};
    ${dropReferences(table)}
    for r in select pg_get_triggerdef(oid) as words from pg_trigger
              where tgrelid = '${table}'::regclass and not tgisinternal and tgtype & 1 = 1 loop
      around := around || r.words;
    end loop;
    alter table ${table} detach partition ${table}_first;
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
     where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '';
    execute format('insert into ${table}_first (%1$s) select %1$s from ${table} union all select %1$s from archive.${table}',
                   columns);
    alter table ${table} rename to ${table}_gone;
    for r in select indexrelid::regclass::text as name from pg_index where indrelid = '${table}_gone'::regclass loop
      execute format('alter index %s rename to %I', r.name, r.name || '_gone');
    end loop;
    for r in select indexrelid::regclass::text as name from pg_index where indrelid = '${table}_first'::regclass loop
      execute format('alter index %s rename to %I', r.name, regexp_replace(r.name, '_first$', ''));
    end loop;
    alter table ${table}_first rename to ${table};
    ${historyIndex === undefined ? '' : toShortKey({ table, key, historyIndex })}
    foreach step in array around loop execute step; end loop;
    drop table ${table}_gone, archive.${table};
    ${historyIndex === undefined ? '' : numberFrom(table)}
  end $do$`;

/** Statements that make anew what stands around the table: what refers to it, its views and its grants. */
const around = (table: string): string => `array(
      select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint
       where contype = 'f' and confrelid = '${table}'::regclass and conparentid = 0
      union all
      select format('create or replace view %s as %s', v.oid::regclass, pg_get_viewdef(v.oid))
        from (select distinct w.ev_class as oid from pg_depend d join pg_rewrite w on w.oid = d.objid
               where d.classid = 'pg_rewrite'::regclass and d.refobjid = '${table}'::regclass) v
      union all
      select format('grant %s on ${table} to %s', g.privilege_type, coalesce(quote_ident(a.rolname), 'public'))
        from pg_class c cross join aclexplode(c.relacl) g left join pg_roles a on a.oid = g.grantee
       where c.oid = '${table}'::regclass and g.grantee <> c.relowner)`;

const dropReferences = (table: string): string => `
    for r in select conrelid::regclass as referrer, conname from pg_constraint
              where contype = 'f' and confrelid = '${table}'::regclass and conparentid = 0 loop
      execute format('alter table %s drop constraint %I', r.referrer, r.conname);
    end loop;`;

// A key of a table of months holds what says the month. Numbers go on where they stopped.
const toLongKey = ({ table, key, historyIndex }: ByMonth): string => `
    execute format('select last_value + is_called::int from %s', pg_get_serial_sequence('${table}', 'id')) into starts;
    alter table ${table} alter column id drop identity;
    alter table ${table} drop constraint ${table}_pkey;
    drop index ${historyIndex};
    alter table ${table} add constraint ${table}_pkey primary key (${key}, id);`;

const toShortKey = ({ table, key, historyIndex }: ByMonth): string => `
    execute format('select last_value + is_called::int from %s', pg_get_serial_sequence('${table}_gone', 'id'))
       into starts;
    alter table ${table} drop constraint ${table}_pkey;
    alter table ${table} add constraint ${table}_pkey primary key (id);
    create index ${historyIndex} on ${table} (${key}, id);`;

const numberFrom = (table: string): string =>
  `execute format('alter table ${table} alter column id add generated always as identity (start with %s)', starts);`;
