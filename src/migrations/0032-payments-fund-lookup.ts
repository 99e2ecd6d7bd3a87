import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The promise of migration 0018 that a payment is paid from its approved fund, with each line looked up by its id: a
 * batch that has just been made has no statistics, and the join was planned to compare every payment with every line.
 */
export class PaymentsFundLookup1764000000032 implements MigrationInterface {
  name = 'PaymentsFundLookup1764000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      promise(`
        cross join lateral (
          select l.fund, a.budget_month
            from approved_batch_line_view l, approval_view a
           where l.id = p.batch_line_id and a.approval_id = p.approval_id
          offset 0) signed
       where (p.fund, p.budget_month) is distinct from (signed.fund, signed.budget_month)`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      promise(`
        join approved_batch_line_view l on l.id = p.batch_line_id
        join approval_view a on a.approval_id = p.approval_id
       where (p.fund, p.budget_month) is distinct from (l.fund, a.budget_month)`),
    );
  }
}

const promise = (signed: string): string => `
  create or replace function payment_is_paid_from_its_fund() returns trigger language plpgsql as $$
  declare
    stray uuid;
  begin
    select p.id into stray
      from born p
      ${signed}
     limit 1;
    if stray is not null then
      raise exception 'payment % is paid from another fund or month than was approved', stray
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
`;
