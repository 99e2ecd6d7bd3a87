import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether a bank keeps an account under the name we hold, and what a person has confirmed with a paper.
 *
 * Promises kept here and not in code: results only grow; a bank's word names the bank and a confirmation its person
 * and paper; `exact` is said by banks only; a request is one row per account, however often it is asked for.
 */
export class BeneficiariesAccountChecks1764000000022 implements MigrationInterface {
  name = 'BeneficiariesAccountChecks1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(HISTORY_WORDS);
    await runner.query(VIEW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view account_check_view;
      drop table account_check_request, account_check;
      alter table beneficiary_history drop constraint beneficiary_history_happened_check,
        add constraint beneficiary_history_happened_check check (happened in (
          'registered', 'details_changed', 'account_opened', 'account_replaced', 'recipient_authorised',
          'recipient_ended', 'held', 'released', 'death_recorded', 'name_corrected')) not valid;
    `);
  }
}

const TABLES = `
  create table account_check (
    id uuid primary key,
    -- The order in which results were written; the clocks of two machines may differ.
    seq bigint generated always as identity unique,
    account_id uuid not null references payment_account (id),
    verdict text not null check (verdict in (
      'exact', 'close', 'different', 'no-such-account', 'cannot-tell', 'confirmed')),
    our_name text not null,
    bank_name text check (char_length(bank_name) between 1 and 140),
    -- Who says so: a bank, a person with a paper, or nobody, because no bank offers it.
    source text not null check (source in ('bank', 'person', 'none')),
    bank_code text,
    why text check (char_length(why) between 1 and 200),
    -- Of a confirmation: the bank's result that the person saw.
    confirms uuid references account_check (id),
    paper_reference text check (char_length(paper_reference) between 1 and 140),
    note text check (char_length(note) <= 1000),
    -- It took the place of what stood before when it was written.
    stands boolean not null,
    -- Who asked, or confirmed.
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    at timestamptz not null,
    constraint a_bank_has_its_code check ((source = 'bank') = (bank_code is not null)),
    constraint a_person_confirms check (
      (source = 'person') = (verdict = 'confirmed') and (source = 'person') = (paper_reference is not null)
      and (source <> 'person' or actor_kind = 'user')),
    constraint nobody_knows_nothing check (source <> 'none' or verdict = 'cannot-tell'),
    constraint a_name_was_given check (
      verdict not in ('exact', 'close', 'different') or bank_name is not null),
    constraint not_knowing_has_a_why check ((verdict = 'cannot-tell') = (why is not null)),
    constraint not_knowing_never_stands check (not (stands and verdict = 'cannot-tell')),
    constraint only_a_confirmation_confirms check (confirms is null or source = 'person')
  );
  create index account_check_by_account on account_check (account_id, seq desc);
  create index account_check_standing on account_check (account_id, seq desc) where stands;
  create trigger account_check_only_grows before update or delete on account_check
    for each statement execute function refuse_change();

  -- Accounts that wait to be checked. The row goes when its result is written, in one transaction.
  create table account_check_request (
    account_id uuid primary key references payment_account (id),
    bank_bin text not null,
    -- The bank that will be asked; null until it is looked up in the banks' configuration.
    bank_code text,
    -- A person waits for it.
    urgent boolean not null,
    requested_at timestamptz not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    rings int not null default 0,
    rung_at timestamptz,
    claim_id uuid,
    claimed_until timestamptz,
    constraint a_claim_ends check ((claim_id is null) = (claimed_until is null))
  );
  create index account_check_request_unrouted on account_check_request (bank_bin) where bank_code is null;
  create index account_check_request_in_order
    on account_check_request (bank_code, urgent desc, requested_at, account_id);
`;

const HISTORY_WORDS = `
  alter table beneficiary_history drop constraint beneficiary_history_happened_check,
    add constraint beneficiary_history_happened_check check (happened in (
      'registered', 'details_changed', 'account_opened', 'account_replaced', 'recipient_authorised',
      'recipient_ended', 'held', 'released', 'death_recorded', 'name_corrected', 'account_confirmed'));
`;

// Two look-ups by index for an account; a batch joins it once for its lines.
const VIEW = `
  create view account_check_view as
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
