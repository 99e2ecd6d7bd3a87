import { Injectable } from '@nestjs/common';
import { logger } from '../../logging/index.js';
import { Sweeper, type SweepRunner } from '../../queue/index.js';
import { MakeParts } from '../make-parts.js';

const log = logger('partitions');

/** Every hour, not every day: a sweep comes first after its time, and some workers are started anew each night. */
@Sweeper({ name: 'partitions.make-ahead', everyMs: 3_600_000 })
@Injectable()
export class MakePartsAhead implements SweepRunner {
  constructor(private readonly parts: MakeParts) {}

  async sweep(): Promise<void> {
    const { made, blocked } = await this.parts.make();
    if (made.length > 0) log.info({ made }, 'made parts of tables ahead');
    if (blocked.length > 0) log.error({ blocked }, 'rows in the default part are in the way');
  }
}
