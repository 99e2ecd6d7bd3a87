import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * As of when the evidence behind a ruling speaks, not when it was handed in: what a bank wrote while it could still
 * book a payment is no evidence that it did not. Rulings of before count as evidence of the day they were proposed.
 */
export class PaymentsEvidence1764000000019 implements MigrationInterface {
  name = 'PaymentsEvidence1764000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AS_OF);
    await runner.query(PROMISES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(PROMISES_OF_BEFORE);
    await runner.query('alter table doubt_ruling drop column evidence_as_of');
  }
}

const AS_OF = `
  alter table doubt_ruling add column evidence_as_of timestamptz;
  alter table doubt_ruling disable trigger doubt_ruling_keep_promise;
  update doubt_ruling set evidence_as_of = proposed_at;
  -- What fires at the end of a transaction fires now: a table with such triggers waiting is not altered.
  set constraints all immediate;
  alter table doubt_ruling enable trigger doubt_ruling_keep_promise;
  alter table doubt_ruling alter column evidence_as_of set not null,
    add constraint evidence_is_of_the_past check (evidence_as_of <= proposed_at);
`;

const PROMISES = `
  create or replace function doubt_ruling_keep_promise() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'proposed' then
        raise exception 'ruling % is proposed before it is decided', new.id
          using errcode = 'integrity_constraint_violation';
      end if;
      return new;
    end if;
    if old.state <> 'proposed' or new.state = 'proposed' then
      raise exception 'ruling % was decided and stays so', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.bank_code, new.outcome, new.reason_code, new.evidence_reference, new.evidence_note,
        new.evidence_as_of, new.evidence_file_id, new.payment_count, new.total_amount, new.currency, new.digest,
        new.proposed_by, new.proposed_login, new.proposed_at)
       is distinct from
       (old.id, old.bank_code, old.outcome, old.reason_code, old.evidence_reference, old.evidence_note,
        old.evidence_as_of, old.evidence_file_id, old.payment_count, old.total_amount, old.currency, old.digest,
        old.proposed_by, old.proposed_login, old.proposed_at) then
      raise exception 'ruling % and its evidence stay as they were proposed', old.id
        using errcode = 'restrict_violation';
    end if;
    if new.state <> 'withdrawn'
       and not exists (select 1 from signatory_view s where s.user_id = new.decided_by) then
      raise exception 'ruling % is decided by a registered signatory', new.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;

  create or replace function doubt_ruling_item_is_a_doubt() returns trigger language plpgsql as $$
  declare
    stray uuid;
  begin
    select i.payment_id into stray
      from added i
      left join doubt_ruling r on r.id = i.ruling_id and r.state = 'proposed'
      left join payment p on p.id = i.payment_id and p.state = 'unknown' and p.bank_code = r.bank_code
       and p.last_sent_at = i.last_sent_at
       and (r.outcome = 'settled' or r.evidence_as_of > p.last_sent_at)
     where p.id is null or i.result <> 'pending'
     limit 1;
    if stray is not null then
      raise exception 'payment % is no doubt of this ruling', stray using errcode = 'integrity_constraint_violation';
    end if;
    select r.id into stray
      from (select distinct ruling_id from added) a
      join doubt_ruling r on r.id = a.ruling_id
     where (select count(*) from doubt_ruling_item i where i.ruling_id = r.id) > r.payment_count
     limit 1;
    if stray is not null then
      raise exception 'ruling % stays as it was proposed', stray using errcode = 'restrict_violation';
    end if;
    return null;
  end $$;
`;

const PROMISES_OF_BEFORE = `
  create or replace function doubt_ruling_keep_promise() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'proposed' then
        raise exception 'ruling % is proposed before it is decided', new.id
          using errcode = 'integrity_constraint_violation';
      end if;
      return new;
    end if;
    if old.state <> 'proposed' or new.state = 'proposed' then
      raise exception 'ruling % was decided and stays so', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.bank_code, new.outcome, new.reason_code, new.evidence_reference, new.evidence_note,
        new.evidence_file_id, new.payment_count, new.total_amount, new.currency, new.digest, new.proposed_by,
        new.proposed_login, new.proposed_at)
       is distinct from
       (old.id, old.bank_code, old.outcome, old.reason_code, old.evidence_reference, old.evidence_note,
        old.evidence_file_id, old.payment_count, old.total_amount, old.currency, old.digest, old.proposed_by,
        old.proposed_login, old.proposed_at) then
      raise exception 'ruling % and its evidence stay as they were proposed', old.id
        using errcode = 'restrict_violation';
    end if;
    if new.state <> 'withdrawn'
       and not exists (select 1 from signatory_view s where s.user_id = new.decided_by) then
      raise exception 'ruling % is decided by a registered signatory', new.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;

  create or replace function doubt_ruling_item_is_a_doubt() returns trigger language plpgsql as $$
  declare
    stray uuid;
  begin
    select i.payment_id into stray
      from added i
      left join doubt_ruling r on r.id = i.ruling_id and r.state = 'proposed'
      left join payment p on p.id = i.payment_id and p.state = 'unknown' and p.bank_code = r.bank_code
       and p.last_sent_at = i.last_sent_at
     where p.id is null or i.result <> 'pending'
     limit 1;
    if stray is not null then
      raise exception 'payment % is no doubt of this ruling', stray using errcode = 'integrity_constraint_violation';
    end if;
    select r.id into stray
      from (select distinct ruling_id from added) a
      join doubt_ruling r on r.id = a.ruling_id
     where (select count(*) from doubt_ruling_item i where i.ruling_id = r.id) > r.payment_count
     limit 1;
    if stray is not null then
      raise exception 'ruling % stays as it was proposed', stray using errcode = 'restrict_violation';
    end if;
    return null;
  end $$;
`;
