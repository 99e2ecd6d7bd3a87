import { Injectable } from '@nestjs/common';
import { OnEvent } from '../../platform/queue/index.js';
import { CheckImport } from '../check-import.js';
import { importReceived } from '../entitlements.events.js';

/** Checks a list as soon as it is stored. Told twice, it checks once. */
@OnEvent(importReceived, { subscriber: 'entitlements.check-received' })
@Injectable()
export class CheckReceived {
  constructor(private readonly checkImport: CheckImport) {}

  async handle({ importId }: { importId: string }): Promise<void> {
    await this.checkImport.check(importId);
  }
}
