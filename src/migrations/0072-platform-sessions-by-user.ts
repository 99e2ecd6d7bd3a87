import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions by whose they are: an administrator sees where somebody is signed in. */
export class PlatformSessionsByUser1764000000072 implements MigrationInterface {
  name = 'PlatformSessionsByUser1764000000072';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index session_by_user on session ((sess #>> '{signedIn,userId}'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index session_by_user`);
  }
}
