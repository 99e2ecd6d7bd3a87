import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { BanksModule, type BankRegistry } from '../../src/banks/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { PaymentsModule } from '../../src/payments/index.js';
import { Doorbell } from '../../src/platform/queue/index.js';
import { OutboxOnlyModule } from './outbox-only.module.js';
import { testBanks } from './banks.js';
import { RecordingDoorbell } from './recording-doorbell.js';

/** Nobody answers the bell: jobs are run by the test itself. */
@Global()
@Module({
  providers: [{ provide: Doorbell, useValue: new RecordingDoorbell() }],
  exports: [Doorbell],
})
class SilentBellModule {}

/** What the modules after payments stand on when they are tried over HTTP. */
export function afterPayments(
  clock: Clock,
  banks: BankRegistry = testBanks(clock),
): (Type | DynamicModule)[] {
  return [OutboxOnlyModule, SilentBellModule, BanksModule.register(banks), PaymentsModule];
}
