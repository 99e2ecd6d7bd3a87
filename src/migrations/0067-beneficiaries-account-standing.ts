import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What stands about each account and what was said last, in a row of its own: tens of thousands of lines of a batch are
 * joined with it at once, where each had two look-ups into all results before. Kept by the database itself with every
 * result that is written, so that it cannot say anything else than the results do.
 */
export class BeneficiariesAccountStanding1764000000067 implements MigrationInterface {
  name = 'BeneficiariesAccountStanding1764000000067';

  async up(runner: QueryRunner): Promise<void> {
    // With years of results, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(TABLE);
    await runner.query(KEPT);
    await runner.query(VIEW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(VIEW_OF_BEFORE);
    await runner.query(`
      drop trigger account_check_stands on account_check;
      drop function account_check_stands();
      drop table account_standing;
    `);
  }
}

/** The newest of these results of each account, and the newest that stands. */
const newestOf = (results: string): string => `
  select l.account_id, s.id as check_id, s.seq as check_seq, s.verdict, s.at as checked_at,
         l.id as last_check_id, l.seq as last_seq, l.verdict as last_verdict, l.at as last_at
    from (select distinct on (account_id) * from ${results} order by account_id, seq desc) l
    left join (select distinct on (account_id) * from ${results} where stands order by account_id, seq desc) s
      on s.account_id = l.account_id
   order by l.account_id`;

const TABLE = `
  create table account_standing (
    account_id uuid primary key references payment_account (id),
    -- The result that stands, if any.
    check_id uuid references account_check (id),
    check_seq bigint,
    verdict text,
    checked_at timestamptz,
    -- The last one, whether or not it says anything.
    last_check_id uuid not null references account_check (id),
    last_seq bigint not null,
    last_verdict text not null,
    last_at timestamptz not null,
    constraint stands_as_a_whole check (
      (check_id is null) = (check_seq is null) and (check_id is null) = (verdict is null)
      and (check_id is null) = (checked_at is null))
  );
  insert into account_standing
    (account_id, check_id, check_seq, verdict, checked_at, last_check_id, last_seq, last_verdict, last_at)
  ${newestOf('account_check')};
`;

// Always in the order of the accounts, so that two who write results of the same ones do not wait for each other in a
// circle; of two results the later one counts, whoever commits first.
const KEPT = `
  create function account_check_stands() returns trigger language plpgsql as $$
  begin
    insert into account_standing as t
      (account_id, check_id, check_seq, verdict, checked_at, last_check_id, last_seq, last_verdict, last_at)
    ${newestOf('added')}
    on conflict (account_id) do update set
      (check_id, check_seq, verdict, checked_at) = (
        select case when n.is_newer then excluded.check_id else t.check_id end,
               case when n.is_newer then excluded.check_seq else t.check_seq end,
               case when n.is_newer then excluded.verdict else t.verdict end,
               case when n.is_newer then excluded.checked_at else t.checked_at end
          from (select coalesce(excluded.check_seq, 0) > coalesce(t.check_seq, 0) as is_newer) n),
      (last_check_id, last_seq, last_verdict, last_at) = (
        select case when n.is_newer then excluded.last_check_id else t.last_check_id end,
               case when n.is_newer then excluded.last_seq else t.last_seq end,
               case when n.is_newer then excluded.last_verdict else t.last_verdict end,
               case when n.is_newer then excluded.last_at else t.last_at end
          from (select excluded.last_seq > t.last_seq as is_newer) n);
    return null;
  end $$;
  create trigger account_check_stands after insert on account_check
    referencing new table as added for each statement execute function account_check_stands();
`;

// What is not asked for is not joined.
const VIEW = `
  create or replace view account_check_view as
    select a.id as account_id, a.beneficiary_id,
           t.check_id, t.verdict, s.our_name, s.bank_name, s.source, s.bank_code, t.checked_at,
           t.last_check_id, t.last_verdict, l.source as last_source,
           l.bank_code as last_bank_code, l.why as last_why, t.last_at,
           r.requested_at as waiting_since
      from payment_account a
      left join account_standing t on t.account_id = a.id
      left join account_check s on s.id = t.check_id
      left join account_check l on l.id = t.last_check_id
      left join account_check_request r on r.account_id = a.id;
`;

const VIEW_OF_BEFORE = `
  create or replace view account_check_view as
    select a.id as account_id, a.beneficiary_id,
           s.id as check_id, s.verdict, s.our_name, s.bank_name, s.source, s.bank_code, s.at as checked_at,
           l.id as last_check_id, l.verdict as last_verdict, l.source as last_source,
           l.bank_code as last_bank_code, l.why as last_why, l.at as last_at,
           r.requested_at as waiting_since
      from payment_account a
      left join lateral (
        select * from account_check c where c.account_id = a.id and c.stands order by c.seq desc limit 1) s on true
      left join lateral (
        select * from account_check c where c.account_id = a.id order by c.seq desc limit 1) l on true
      left join account_check_request r on r.account_id = a.id;
`;
