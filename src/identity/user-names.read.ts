import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/database/index.js';

/** What people call each other: histories hold ids and logins, pages show names. */
@Injectable()
export class UserNames {
  constructor(private readonly database: Database) {}

  /** Display names by id and by login; other systems' keys and the system itself are not among them. */
  async of(idsOrLogins: Iterable<string | null>): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(idsOrLogins)].filter((one) => one !== null);
    if (wanted.length === 0) return new Map();
    const found = await rows<{ id: string; login: string; name: string }>(
      this.database.reader,
      `select id, login, display_name as name from app_user where id::text = any($1::text[]) or login = any($1::text[])`,
      [wanted],
    );
    return new Map(
      found.flatMap(({ id, login, name }): [string, string][] => [
        [id, name],
        [login, name],
      ]),
    );
  }
}
