import { LAST_RELEASED } from '../../src/migrations/released.js';
import {
  breaches,
  KnownSchema,
  recorded,
  statementsOf,
  type RecordedMigration,
} from './migrations.rules.js';

const BY_MONTH =
  'a table of the same name, columns, checks and triggers, whose first part is the old one; nobody asks for a row of history by its number alone';

const SAME_PROMISE = 'the promise that was there, in other words';
const IN_KEYS =
  'payment_key promises the same under the same names, and is written by every insert and update of a payment';
const ADDS_UP = 'refuses nothing: it adds up, whoever writes';

/** Breaches that the code of the release before bears: by number and statement, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "0087 alter table alert_history add constraint alert_history_happened_check check ( happened in ('', '', '', '', '', '', ''))":
    'takes one word more than before',
  "0087 alter table alert_delivery add constraint alert_delivery_happened_check check ( happened in ('', '', '', '', ''))":
    'takes two words more than before',
  '0088 drop index payment_one_live_per_entitlement, payment_reissued_once, payment_by_state, payment_cancelled, payment_withheld, payment_in_doubt, payment_settled_by_change, payment_to_enquire, payment_failed, payment_by_run':
    'each is there again in the same transaction, told by columns made of the state; old code is slower meanwhile, not wrong',
  '0088 create unique index payment_one_live_per_entitlement on payment (entitlement_id) where is_live':
    SAME_PROMISE,
  '0088 create unique index payment_reissued_once on payment (reissue_of) where reissue_of is not null and a':
    SAME_PROMISE,
  '0088 create trigger payment_tally_of_births after insert on payment referencing new table as born for eac':
    ADDS_UP,
  '0088 create trigger payment_tally_of_moves after update on payment referencing old table as before_move n':
    ADDS_UP,
  '0088 create trigger payment_tally_of_losses after delete on payment referencing old table as lost for eac':
    ADDS_UP,
  '0088 alter table payment enable always trigger payment_tally_of_losses': ADDS_UP,
  "0096 do ''": BY_MONTH,
  '0096 create trigger attempt_is_never_deleted before delete or truncate on attempt for each statement exec':
    'nobody deletes an attempt',
  '0096 create trigger enquiry_answer_has_its_attempt after insert on enquiry_answer referencing new table a':
    'promises what the foreign key did, under the same SQLSTATE',
  "0096 create or replace function doubt_ends_with_proof() returns trigger language plpgsql as ''":
    'asks the same in two steps',
  "0097 do ''": BY_MONTH,
  "0098 do ''": BY_MONTH,
  "0099 do ''": BY_MONTH,
  '0100 alter table payment drop constraint payment_reference_key': IN_KEYS,
  '0100 alter table payment drop constraint payment_batch_line_id_key': IN_KEYS,
  '0100 drop index payment_one_live_per_entitlement, payment_reissued_once, payment_by_entitlement':
    IN_KEYS,
  '0100 alter table payment add constraint payment_reissue_of_fkey foreign key (reissue_of) references payment_key (payment_id)':
    SAME_PROMISE,
  '0100 alter table payment_conflict add constraint payment_conflict_payment_id_fkey foreign key (payment_id) references payment_key (payment_id)':
    SAME_PROMISE,
  '0100 alter table doubt_ruling_item add constraint doubt_ruling_item_payment_id_fkey foreign key (payment_id) references payment_key (payment_id)':
    SAME_PROMISE,
  '0100 alter table reissue_order_item add constraint reissue_order_item_payment_id_fkey foreign key (payment_id) references payment_key (payment_id)':
    SAME_PROMISE,
  '0100 create trigger payment_history_has_its_payment after insert on payment_history referencing new table':
    SAME_PROMISE,
  '0100 create trigger enquiry_answer_has_its_payment after insert on enquiry_answer referencing new table a':
    SAME_PROMISE,
  '0100 create trigger payment_key_of_births after insert on payment referencing new table as born for each ':
    IN_KEYS,
  '0100 create trigger payment_key_of_moves after update on payment for each row when (new.is_live <> old.is':
    IN_KEYS,
  '0100 alter table payment enable always trigger payment_key_of_births': IN_KEYS,
  '0100 alter table payment enable always trigger payment_key_of_moves': IN_KEYS,
  '0100 create trigger payment_is_written_by_its_name before insert or update on payment for each statement ':
    'old code knows no part by its name',
  '0101 create or replace function add_month_partition(of_table text, month date) returns text language plpg':
    'makes the same parts, and such as have generated columns',
  "0101 do ''": BY_MONTH,
  '0101 create trigger payment_stays_archived before insert or update or delete or truncate on archive.payme':
    'nobody writes to the archive',
  '0101 alter table payment enable always trigger payment_tally_of_losses': ADDS_UP,
  '0101 alter table payment enable always trigger payment_key_of_births': IN_KEYS,
  '0101 alter table payment enable always trigger payment_key_of_moves': IN_KEYS,
  "0102 do ''": 'nobody writes to the archive',
};

/** Number and statement of everything that the code before may trip over. */
function breachesAfter(all: readonly RecordedMigration[], released: string): string[] {
  const schema = new KnownSchema();
  return all.flatMap(({ number, sql }) => {
    const statements = statementsOf(sql);
    const found = number > released ? breaches(statements, schema) : [];
    statements.forEach((statement) => schema.learn(statement));
    return found.map((breach) => `${number} ${breach}`);
  });
}

describe('a migration under the code of the release before it', () => {
  let all: RecordedMigration[];
  beforeAll(async () => {
    all = await recorded();
  });

  it('only adds, or says why the code before bears it', () => {
    const found = breachesAfter(all, LAST_RELEASED);
    expect(found.filter((breach) => !(breach in EXCEPTIONS))).toEqual([]);
  });

  it('has no exception that nothing needs, and a release that is there', () => {
    const found = new Set(breachesAfter(all, LAST_RELEASED));
    expect(Object.keys(EXCEPTIONS).filter((breach) => !found.has(breach))).toEqual([]);
    expect(all.map(({ number }) => number)).toContain(LAST_RELEASED);
  });

  it('would have been seen in the past, where nothing was released yet', () => {
    const found = breachesAfter(all, '0001').join('\n');
    expect(found).toContain('alter column budget_month set not null');
    expect(found).toMatch(/add constraint attempt_outcome_check/);
    expect(found).toMatch(/add constraint uploaded_at_a_time/);
  });

  const before = new KnownSchema();
  ['create table payment (id uuid)', 'create unique index payment_one on payment (id)'].forEach(
    (statement) => before.learn(statement),
  );
  before.learn('create function payment_stage(text)');
  const found = (sql: string) => breaches(statementsOf([sql]), before);

  it.each([
    'drop table payment',
    'drop view if exists payment_view cascade',
    'drop function payment_stage(text)',
    'drop index payment_one',
    'drop trigger payment_keeps on payment',
    'alter table payment rename to paid',
    'alter table payment rename column state to stage',
    'alter view payment_view rename to paid_view',
    'alter table payment drop column state',
    'alter table payment drop constraint payment_pkey',
    'alter table payment add column rail text not null',
    'alter table payment add column a int, add column b numeric(20, 0) not null, add column c text',
    'alter table payment alter column amount type bigint',
    'alter table payment alter state set not null',
    'alter table payment alter column rail drop default',
    'alter table payment add constraint positive check (amount > 0) not valid',
    'alter table payment add unique (reference)',
    'create unique index payment_by_reference on payment (reference)',
    'create trigger payment_keeps before update on payment for each row execute function refuse()',
    "create or replace function payment_stage(text) returns text language sql as $$ select 'x' $$",
    'delete from payment',
    'with gone as (delete from payment returning id) select count(*) from gone',
    'truncate payment',
    "do $$ begin execute 'drop table payment'; end $$",
    'revoke select on payment from public',
  ])('does not: %s', (sql) => {
    expect(found(sql)).toHaveLength(1);
  });

  it.each([
    'create table note (id uuid primary key, text text not null)',
    'create table note (id uuid); alter table note add constraint c check (true); create unique index n on note (id)',
    'create table note (id uuid); create trigger t before update on note for each row execute function f()',
    'create view note_view as select 1 as a',
    'create or replace view payment_view as select 1 as a, 2 as b',
    'create index payment_by_rail on payment (rail)',
    'drop index payment_by_bank; create index payment_by_bank on payment (bank, id)',
    'alter table payment add column rail text',
    "alter table payment add column rail text not null default 'napas', add column day date",
    'alter table payment drop constraint amount_is_small',
    'alter table payment alter column rail set default 1',
    'update payment set rail = 1 where rail is null',
    "-- drop table payment\ncomment on table payment is 'drop table payment; and more'",
    'create function fresh() returns trigger language plpgsql as $$ begin delete from a; drop table b; end $$',
  ])('may: %s', (sql) => {
    expect(found(sql)).toEqual([]);
  });
});
