import { Injectable } from '@nestjs/common';
import { Database, one } from '../platform/database/index.js';
import { keptSessions, type KeptSession } from '../platform/http/index.js';

export type LiveSession = KeptSession;

/** Where somebody is signed in at this moment. */
@Injectable()
export class LiveSessions {
  constructor(private readonly database: Database) {}

  /** The last seen first. None of a disabled person, none of an epoch that has ended. */
  async of(userId: string, limit: number): Promise<LiveSession[]> {
    const tx = this.database.reader;
    const user = await one<{ epoch: number }>(
      tx,
      `select session_epoch as epoch from app_user where id = $1 and disabled_at is null`,
      [userId],
    );
    return user ? keptSessions(tx, { userId, epoch: user.epoch, limit }) : [];
  }
}
