import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../platform/queue/index.js';
import { LeaveBeat } from '../leave-beat.js';

/** A worker's sign of life; what is silent for `worker-silent` alarms. */
@Sweeper({ name: 'worker-beat', everyMs: 5_000 })
@Injectable()
export class SweepBeat {
  constructor(private readonly beats: LeaveBeat) {}

  async sweep(): Promise<void> {
    await this.beats.leave();
  }
}
