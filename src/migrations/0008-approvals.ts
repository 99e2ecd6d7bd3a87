import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Other people's signatures on a frozen batch.
 *
 * Promises kept here and not only in code: nobody signs what they prepared; nobody signs twice; each signs only
 * with the kind they are registered for, in the chain's order, over the digest, count and total that the batch
 * has; no approval without every signature of its chain, a second and a first among them; a batch is approved
 * only by its own approval, of its own round and digest. Signatures and approvals are never changed.
 */
export class Approvals1764000000008 implements MigrationInterface {
  name = 'Approvals1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(CHAIN_PROMISES);
    await runner.query(SIGNATURE_PROMISES);
    await runner.query(APPROVAL_PROMISES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table batch drop constraint approved_by_its_own_approval;
      drop view signature_view;
      drop table approval, signature, approval_chain;
      drop function approval_chain_keep_promise();
      drop function signature_keep_promise();
      drop function approval_keep_promise();
    `);
  }
}

const TABLES = `
  -- The steps that a round of a batch needs, as the configuration said when its first signer acted.
  create table approval_chain (
    batch_id uuid not null references batch (id),
    round int not null check (round > 0),
    step int not null check (step > 0),
    signature_kind text not null check (signature_kind in ('second', 'first')),
    role text not null,
    primary key (batch_id, round, step),
    constraint approval_chain_kind unique (batch_id, round, step, signature_kind)
  );

  create table signature (
    id uuid primary key,
    batch_id uuid not null references batch (id),
    round int not null,
    step int not null,
    signature_kind text not null,
    signer_id uuid not null references app_user (id),
    signer_login text not null,
    digest char(64) not null,
    line_count int not null,
    total_amount numeric(20,0) not null,
    currency char(3) not null,
    comment text check (char_length(comment) <= 1000),
    signed_at timestamptz not null,
    constraint signature_of_the_chain foreign key (batch_id, round, step, signature_kind)
      references approval_chain (batch_id, round, step, signature_kind),
    constraint one_signature_per_step unique (batch_id, round, step),
    constraint nobody_signs_twice unique (batch_id, round, signer_id)
  );
  create index signature_by_signer on signature (signer_id, batch_id);

  create table approval (
    id uuid primary key,
    batch_id uuid not null references batch (id),
    round int not null,
    digest char(64) not null,
    line_count int not null,
    total_amount numeric(20,0) not null,
    currency char(3) not null,
    approved_at timestamptz not null,
    constraint one_approval_per_batch unique (batch_id),
    constraint approval_identity unique (id, batch_id, round, digest)
  );

  alter table batch add constraint approved_by_its_own_approval
    foreign key (approval_id, id, round, digest) references approval (id, batch_id, round, digest);
`;

const CHAIN_PROMISES = `
  create function approval_chain_keep_promise() returns trigger language plpgsql as $$
  declare
    b record;
  begin
    select state, round into b from batch_view where batch_id = new.batch_id for share;
    if b.state <> 'proposed' or b.round <> new.round then
      raise exception 'batch % does not wait for signatures of round %', new.batch_id, new.round
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger approval_chain_keep_promise before insert on approval_chain
    for each row execute function approval_chain_keep_promise();
  create trigger approval_chain_stays before update or delete on approval_chain
    for each statement execute function refuse_change();
`;

const SIGNATURE_PROMISES = `
  create function signature_keep_promise() returns trigger language plpgsql as $$
  declare
    b record;
  begin
    -- Waits for whoever is returning, cancelling or signing the batch, and then reads it anew.
    select state, round, digest, line_count, total_amount, currency into b
      from batch_view where batch_id = new.batch_id for share;
    if b.state <> 'proposed' or b.round <> new.round then
      raise exception 'batch % does not wait for signatures of round %', new.batch_id, new.round
        using errcode = 'integrity_constraint_violation';
    end if;
    if (new.digest, new.line_count, new.total_amount, new.currency)
       is distinct from (b.digest, b.line_count, b.total_amount, b.currency) then
      raise exception 'the signature is on something else than batch %', new.batch_id
        using errcode = 'integrity_constraint_violation';
    end if;
    if exists (select 1 from batch_preparer_view
                where batch_id = new.batch_id and person_id = new.signer_id::text) then
      raise exception 'nobody signs what they prepared: batch %', new.batch_id
        using errcode = 'integrity_constraint_violation';
    end if;
    if not exists (select 1 from signatory_view s
                    where s.user_id = new.signer_id and s.signature = new.signature_kind) then
      raise exception 'the signer of batch % is not registered for the % signature', new.batch_id,
        new.signature_kind using errcode = 'integrity_constraint_violation';
    end if;
    if exists (select 1 from approval_chain c
                where c.batch_id = new.batch_id and c.round = new.round and c.step < new.step
                  and not exists (select 1 from signature s
                                   where s.batch_id = c.batch_id and s.round = c.round and s.step = c.step)) then
      raise exception 'batch % is signed in the order of its chain', new.batch_id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger signature_keep_promise before insert on signature
    for each row execute function signature_keep_promise();
  create trigger signature_stays before update or delete on signature
    for each statement execute function refuse_change();
`;

const APPROVAL_PROMISES = `
  create function approval_keep_promise() returns trigger language plpgsql as $$
  declare
    b record;
    missing int;
    firsts int;
    seconds int;
  begin
    select state, round, digest, line_count, total_amount, currency into b
      from batch_view where batch_id = new.batch_id for share;
    if b.state <> 'proposed'
       or (new.round, new.digest, new.line_count, new.total_amount, new.currency)
          is distinct from (b.round, b.digest, b.line_count, b.total_amount, b.currency) then
      raise exception 'the approval is of something else than batch % as proposed', new.batch_id
        using errcode = 'integrity_constraint_violation';
    end if;
    select count(*) filter (where s.id is null),
           count(distinct s.signer_id) filter (where s.signature_kind = 'first'),
           count(distinct s.signer_id) filter (where s.signature_kind = 'second')
      into missing, firsts, seconds
      from approval_chain c
      left join signature s on s.batch_id = c.batch_id and s.round = c.round and s.step = c.step
       and s.digest = new.digest
     where c.batch_id = new.batch_id and c.round = new.round;
    if missing > 0 or firsts = 0 or seconds = 0 then
      raise exception 'batch % lacks signatures', new.batch_id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger approval_keep_promise before insert on approval
    for each row execute function approval_keep_promise();
  create trigger approval_stays before update or delete on approval
    for each statement execute function refuse_change();
`;

const VIEWS = `
  create view signature_view as
    select id as signature_id, batch_id, round, step, signature_kind, signer_id, signer_login, signed_at
      from signature;
`;
