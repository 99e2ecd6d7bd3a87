import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * No approval without the money for it: each names the posting that reserved its funds, of exactly its total.
 * Approvals of before the books were opened have none; payments' own migration opens the books over them.
 */
export class ApprovalsFunds1764000000014 implements MigrationInterface {
  name = 'ApprovalsFunds1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table approval
        -- Of which month's budget the batch is paid: yyyy-mm.
        add column budget_month char(7) check (budget_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        add column reservation_id uuid unique references ledger_transaction (id);
      alter table approval disable trigger approval_stays;
      update approval a
         set budget_month = case when b.period ~ '^[0-9]{4}-[0-9]{2}$' then b.period
               else to_char(coalesce(b.pay_on::timestamp, a.approved_at at time zone 'Asia/Ho_Chi_Minh'), 'YYYY-MM')
             end
        from batch_view b where b.batch_id = a.batch_id;
      alter table approval enable trigger approval_stays;
      alter table approval
        alter column budget_month set not null,
        add constraint approval_reserves_its_funds check (reservation_id is not null) not valid;

      create function approval_is_reserved_for() returns trigger language plpgsql as $$
      declare
        reserved numeric;
      begin
        select coalesce(sum(e.amount), 0) into reserved from ledger_entry_view e
         where e.transaction_id = new.reservation_id and e.stage = 'reserved' and e.month = new.budget_month
           and e.kind = 'reservation' and e.source_id = new.id::text;
        if reserved <> new.total_amount then
          raise exception 'the funds of batch % are not reserved', new.batch_id
            using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end $$;
      -- After the one that looks at the signatures: triggers fire in the order of their names.
      create trigger approval_reserves_its_funds before insert on approval
        for each row execute function approval_is_reserved_for();

      create view approval_view as
        select id as approval_id, batch_id, round, line_count, total_amount, currency, budget_month, reservation_id,
               approved_at
          from approval;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view approval_view;
      drop trigger approval_reserves_its_funds on approval;
      drop function approval_is_reserved_for();
      alter table approval drop column reservation_id, drop column budget_month;
    `);
  }
}
