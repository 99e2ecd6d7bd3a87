import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../platform/queue/index.js';
import { WriteDigests } from '../write-digests.js';

@Sweeper({ name: 'digests', everyMs: 60_000 })
@Injectable()
export class SweepDigests {
  constructor(private readonly digests: WriteDigests) {}

  async sweep(): Promise<void> {
    await this.digests.write();
  }
}
