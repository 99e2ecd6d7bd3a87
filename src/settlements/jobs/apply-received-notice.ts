import { Injectable } from '@nestjs/common';
import { OnEvent } from '../../platform/queue/index.js';
import { ApplyNotices } from '../apply-notices.js';
import { noticeReceived } from '../settlements.events.js';

/** A notice rings for its bank: whatever of that bank waits by then is applied with it. */
@OnEvent(noticeReceived, { subscriber: 'settlements.apply-notices' })
@Injectable()
export class ApplyReceivedNotice {
  constructor(private readonly notices: ApplyNotices) {}

  async handle({ bank }: { bank: string }): Promise<void> {
    await this.notices.apply(bank);
  }
}
