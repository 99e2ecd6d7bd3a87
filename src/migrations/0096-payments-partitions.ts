import type { MigrationInterface, QueryRunner } from 'typeorm';
import { joinMonths, partitionByMonth, type ByMonth } from './by-month.js';

/**
 * What grows with every payment, by month. The history of a payment and what a bank said of it lie in the month in which
 * the payment was born, so that who asks about a payment looks into one part only.
 */
export class PaymentsPartitions1764000000096 implements MigrationInterface {
  name = 'PaymentsPartitions1764000000096';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create trigger attempt_is_never_deleted before delete or truncate on attempt
        for each statement execute function refuse_change();
      alter table enquiry_answer drop constraint enquiry_answer_attempt_id_fkey;
    `);
    for (const table of TABLES) await runner.query(partitionByMonth(table));
    await runner.query(PROMISES);
    await runner.query(postings('(table payment_history union all table archive.payment_history)'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(PROMISES_BEFORE);
    await runner.query(postings('payment_history'));
    for (const table of TABLES.toReversed()) await runner.query(joinMonths(table));
    await runner.query(`
      alter table enquiry_answer
        add constraint enquiry_answer_attempt_id_fkey foreign key (attempt_id) references attempt (id);
      drop trigger attempt_is_never_deleted on attempt;
    `);
  }
}

const TABLES: readonly ByMonth[] = [
  { table: 'payment_history', key: 'payment_id', historyIndex: 'payment_history_by_payment' },
  { table: 'enquiry_answer', key: 'payment_id' },
  { table: 'attempt', key: 'id' },
];

// The books are proven with what lies in the archive.
const postings = (history: string): string => `
  create or replace view payment_posting_view as
    select h.posting_id, h.payment_id, h.from_state, h.to_state, p.fund, p.budget_month, p.amount
      from ${history} h join payment p on p.id = h.payment_id
     where h.posting_id is not null;
`;

// A reference to a table in parts looks through all of them anew for every row: three times as slow for a thousand answers
// of one enquiry. One look for each statement promises the same, as attempts stay. The proof at the end of a doubt looks
// up its attempts by their ids, for the same reason.
const PROMISES = `
  create function enquiry_answer_has_its_attempt() returns trigger language plpgsql as $$
  declare
    asked uuid[] := array(select distinct attempt_id from said);
  begin
    if (select count(*) from attempt a where a.id = any(asked)) <> cardinality(asked) then
      raise exception 'an answer belongs to no attempt' using errcode = 'foreign_key_violation';
    end if;
    return null;
  end $$;
  create trigger enquiry_answer_has_its_attempt after insert on enquiry_answer
    referencing new table as said for each statement execute function enquiry_answer_has_its_attempt();

  create or replace function doubt_ends_with_proof() returns trigger language plpgsql as $$
  declare
    asked uuid[];
  begin
    asked := array(select attempt_id from enquiry_answer e where e.payment_id = old.id and e.answer = 'not-found');
    if new.state <> 'ready'
       or not exists (select 1 from attempt a where a.id = any(asked) and a.started_at > old.last_sent_at) then
      raise exception 'payment % is in doubt and is not sent again without proof', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
`;

const PROMISES_BEFORE = `
  create or replace function doubt_ends_with_proof() returns trigger language plpgsql as $$
  begin
    if new.state <> 'ready' or not exists (
      select 1 from enquiry_answer e join attempt a on a.id = e.attempt_id
       where e.payment_id = old.id and e.answer = 'not-found' and a.started_at > old.last_sent_at) then
      raise exception 'payment % is in doubt and is not sent again without proof', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  drop trigger enquiry_answer_has_its_attempt on enquiry_answer;
  drop function enquiry_answer_has_its_attempt();
`;
