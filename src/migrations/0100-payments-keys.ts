import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What must hold of payments over all months and for ever – one live payment of an entitlement, one payment of a line, a
 * reference used once, a failure reissued once (rules 1, 2 and 9 of never paying twice) – stands in `payment_key`: a key
 * of a table in parts holds in its part only. Every birth writes it by itself, and every move that matters.
 */
export class PaymentsKeys1764000000100 implements MigrationInterface {
  name = 'PaymentsKeys1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    // With years of payments, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(MADE);
    await runner.query(REFERRED_TO);
    await runner.query(FOLLOWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(UNMADE);
  }
}

const MADE = `
  lock table payment, payment_history, payment_conflict, enquiry_answer, doubt_ruling_item, reissue_order_item
    in access exclusive mode;
  alter table payment_history drop constraint payment_history_payment_id_fkey;
  alter table enquiry_answer drop constraint enquiry_answer_payment_id_fkey;
  alter table payment_conflict drop constraint payment_conflict_payment_id_fkey;
  alter table doubt_ruling_item drop constraint doubt_ruling_item_payment_id_fkey;
  alter table reissue_order_item drop constraint reissue_order_item_payment_id_fkey;
  alter table payment drop constraint payment_reissue_of_fkey;
  alter table payment drop constraint payment_reference_key;
  alter table payment drop constraint payment_batch_line_id_key;
  drop index payment_one_live_per_entitlement, payment_reissued_once, payment_by_entitlement;

  create table payment_key (
    payment_id uuid not null,
    batch_line_id uuid not null,
    entitlement_id uuid not null,
    reissue_of uuid,
    is_live boolean not null,
    is_cancelled boolean not null,
    reference text not null
  );
  insert into payment_key (payment_id, batch_line_id, entitlement_id, reissue_of, is_live, is_cancelled, reference)
    select id, batch_line_id, entitlement_id, reissue_of, is_live, state = 'cancelled', reference
      from payment order by id;
  alter table payment_key add primary key (payment_id);
  alter table payment_key add constraint payment_reference_key unique (reference);
  alter table payment_key add constraint payment_batch_line_id_key unique (batch_line_id);
  -- One entitlement, one live payment: rule 2 of never paying twice.
  create unique index payment_one_live_per_entitlement on payment_key (entitlement_id) where is_live;
  create index payment_key_not_live on payment_key (entitlement_id) where not is_live;
  create unique index payment_reissued_once on payment_key (reissue_of)
    where reissue_of is not null and not is_cancelled;
  analyze payment_key;
  create view payment_key_view as
    select payment_id, reference from payment_key;
`;

/*
 * What speaks of a payment refers to its key, which stays when the payment itself goes into the archive. Histories and
 * answers, which grow with every payment, ask once for each statement and lock nothing: keys are never deleted.
 */
const REFERRED_TO = `
  alter table payment add constraint payment_reissue_of_fkey
    foreign key (reissue_of) references payment_key (payment_id);
  alter table payment_conflict add constraint payment_conflict_payment_id_fkey
    foreign key (payment_id) references payment_key (payment_id);
  alter table doubt_ruling_item add constraint doubt_ruling_item_payment_id_fkey
    foreign key (payment_id) references payment_key (payment_id);
  alter table reissue_order_item add constraint reissue_order_item_payment_id_fkey
    foreign key (payment_id) references payment_key (payment_id);

  -- By the index, however few keys PostgreSQL takes there to be: within a transaction that bears a run it knows of none.
  create function has_its_payment() returns trigger language plpgsql set enable_seqscan = off as $$
  declare
    named uuid[] := array(select distinct payment_id from told);
  begin
    if (select count(*) from payment_key k where k.payment_id = any(named)) <> cardinality(named) then
      raise exception '% belongs to no payment', tg_table_name using errcode = 'foreign_key_violation';
    end if;
    return null;
  end $$;
  create trigger payment_history_has_its_payment after insert on payment_history
    referencing new table as told for each statement execute function has_its_payment();
  create trigger enquiry_answer_has_its_payment after insert on enquiry_answer
    referencing new table as told for each statement execute function has_its_payment();
`;

const FOLLOWS = `
  create function payment_key_births() returns trigger language plpgsql as $$
  begin
    insert into payment_key (payment_id, batch_line_id, entitlement_id, reissue_of, is_live, is_cancelled, reference)
    select id, batch_line_id, entitlement_id, reissue_of, is_live, state = 'cancelled', reference from born;
    return null;
  end $$;
  create trigger payment_key_of_births after insert on payment
    referencing new table as born for each statement execute function payment_key_births();

  create function payment_key_moves() returns trigger language plpgsql as $$
  begin
    update payment_key
       set batch_line_id = new.batch_line_id, entitlement_id = new.entitlement_id, reissue_of = new.reissue_of,
           is_live = new.is_live, is_cancelled = new.state = 'cancelled', reference = new.reference
     where payment_id = old.id;
    if not found then
      raise exception 'payment % has no key', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  -- On the straight way nothing of it changes.
  create trigger payment_key_of_moves after update on payment for each row
    when (new.is_live <> old.is_live or (new.state = 'cancelled') <> (old.state = 'cancelled')
          or (new.batch_line_id, new.entitlement_id, new.reissue_of, new.reference)
             is distinct from (old.batch_line_id, old.entitlement_id, old.reissue_of, old.reference))
    execute function payment_key_moves();
  -- Also while a restore or a repair has switched triggers off.
  alter table payment enable always trigger payment_key_of_births;
  alter table payment enable always trigger payment_key_of_moves;

  -- Past its name, a row would have no key: a part is not written to by itself, in the archive neither.
  create function payment_by_its_name() returns trigger language plpgsql as $$
  begin
    if tg_table_name <> 'payment' then
      raise exception '% is written to as payment only', tg_table_name using errcode = 'restrict_violation';
    end if;
    return null;
  end $$;
  create trigger payment_is_written_by_its_name before insert or update on payment
    for each statement execute function payment_by_its_name();

  create function payment_key_by_itself() returns trigger language plpgsql as $$
  begin
    raise exception 'payment_key is written by payment' using errcode = 'restrict_violation';
  end $$;
  create trigger payment_key_is_written_by_payment before insert or update on payment_key
    for each statement when (pg_trigger_depth() = 0) execute function payment_key_by_itself();
  create trigger payment_key_is_never_deleted before delete or truncate on payment_key
    for each statement execute function refuse_change();
`;

const UNMADE = `
  drop trigger payment_key_of_births on payment;
  drop trigger payment_key_of_moves on payment;
  drop trigger payment_is_written_by_its_name on payment;
  drop trigger payment_history_has_its_payment on payment_history;
  drop trigger enquiry_answer_has_its_payment on enquiry_answer;
  alter table payment drop constraint payment_reissue_of_fkey;
  alter table payment_conflict drop constraint payment_conflict_payment_id_fkey;
  alter table doubt_ruling_item drop constraint doubt_ruling_item_payment_id_fkey;
  alter table reissue_order_item drop constraint reissue_order_item_payment_id_fkey;
  drop view payment_key_view;
  drop table payment_key;
  drop function has_its_payment();
  drop function payment_key_births();
  drop function payment_key_moves();
  drop function payment_by_its_name();
  drop function payment_key_by_itself();
  alter table payment add constraint payment_reference_key unique (reference);
  alter table payment add constraint payment_batch_line_id_key unique (batch_line_id);
  create unique index payment_one_live_per_entitlement on payment (entitlement_id) where is_live;
  create unique index payment_reissued_once on payment (reissue_of)
    where reissue_of is not null and aside is distinct from 'cancelled';
  create index payment_by_entitlement on payment (entitlement_id);
  alter table payment add constraint payment_reissue_of_fkey foreign key (reissue_of) references payment (id);
  alter table payment_history add constraint payment_history_payment_id_fkey
    foreign key (payment_id) references payment (id);
  alter table enquiry_answer add constraint enquiry_answer_payment_id_fkey
    foreign key (payment_id) references payment (id);
  alter table payment_conflict add constraint payment_conflict_payment_id_fkey
    foreign key (payment_id) references payment (id);
  alter table doubt_ruling_item add constraint doubt_ruling_item_payment_id_fkey
    foreign key (payment_id) references payment (id);
  alter table reissue_order_item add constraint reissue_order_item_payment_id_fkey
    foreign key (payment_id) references payment (id);
`;
