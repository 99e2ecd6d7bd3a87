import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders to pay many failed payments again at once: what the officer had before them, what went into which follow-up
 * batch, and what stayed and why. Written once, with its batches; an order and its end are never changed.
 */
export class PaymentsReissueOrders1764000000052 implements MigrationInterface {
  name = 'PaymentsReissueOrders1764000000052';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reissue_order (
        id uuid primary key,
        at timestamptz not null,
        actor_kind text not null,
        actor_id text not null,
        actor_name text not null,
        -- What was chosen: filters, or how many were ticked.
        chosen jsonb not null,
        payment_count int not null check (payment_count > 0),
        total_amount numeric(20,0) not null check (total_amount > 0),
        currency char(3) not null check (currency = 'VND'),
        same_account_because text check (char_length(same_account_because) between 1 and 1000),
        paid_after_all_because text check (char_length(paid_after_all_because) between 1 and 1000)
      );
      create table reissue_order_item (
        order_id uuid not null references reissue_order (id),
        payment_id uuid not null references payment (id),
        -- The follow-up batch that it went into, or why it stayed.
        batch_id uuid references batch (id),
        stayed text check (char_length(stayed) between 1 and 40),
        primary key (order_id, payment_id),
        constraint went_or_stayed check ((batch_id is null) = (stayed is not null))
      );
      create index reissue_order_item_stayed on reissue_order_item (order_id, stayed, payment_id)
        where stayed is not null;
      create trigger reissue_order_only_grows before update or delete or truncate on reissue_order
        for each statement execute function refuse_change();
      create trigger reissue_order_item_only_grows before update or delete or truncate on reissue_order_item
        for each statement execute function refuse_change();
      -- All that the figures of what failed ask of a payment, so that none of them is fetched from among the paid.
      create index payment_failed on payment (entitlement_id)
        include (id, state, batch_id, bank_code, commune_code, programme, period, account_id, amount, changed_at)
        where state in ('rejected', 'returned', 'cancelled');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index payment_failed;
      drop table reissue_order_item, reissue_order;
    `);
  }
}
