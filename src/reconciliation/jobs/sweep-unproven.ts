import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../platform/queue/index.js';
import { FindUnproven } from '../find-unproven.js';

/** Time alone makes a missing debit an exception, so somebody has to look. */
@Sweeper({ name: 'reconciliation-unproven', everyMs: 60_000 })
@Injectable()
export class SweepUnproven {
  constructor(private readonly unproven: FindUnproven) {}

  async sweep(): Promise<void> {
    await this.unproven.find();
  }
}
