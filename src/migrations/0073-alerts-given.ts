import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An alert can be given to a colleague, who then finds it among what waits for them. */
export class AlertsGiven1764000000073 implements MigrationInterface {
  name = 'AlertsGiven1764000000073';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table alert_history drop constraint alert_history_happened_check;
      alter table alert_history add constraint alert_history_happened_check
        check (happened in ('opened', 'worsened', 'eased', 'acknowledged', 'given', 'resolved'));
      -- Whose it became; a login, as everywhere in histories.
      alter table alert_history add column owner_name text;
      alter table alert_history add constraint given_to_somebody
        check (happened <> 'given' or owner_name is not null);
      create index alert_in_hand on alert (owner_id) where state = 'acknowledged';
    `);
  }

  // What was given meanwhile stays in the history: the old promise holds for new rows only.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index alert_in_hand;
      alter table alert_history drop column owner_name;
      alter table alert_history drop constraint alert_history_happened_check;
      alter table alert_history add constraint alert_history_happened_check
        check (happened in ('opened', 'worsened', 'eased', 'acknowledged', 'resolved')) not valid;
    `);
  }
}
