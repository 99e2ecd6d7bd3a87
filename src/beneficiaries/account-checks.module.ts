import { Module } from '@nestjs/common';
import { AccountCheckRings } from './account-check-rings.js';
import { CheckAccount } from './check-account.js';
import { SweepAccountChecks } from './jobs/sweep-account-checks.js';
import { RingAccountChecks } from './ring-account-checks.js';

/** What asks the banks about accounts: apart, because it alone needs banks and queues. */
@Module({
  providers: [AccountCheckRings, CheckAccount, RingAccountChecks, SweepAccountChecks],
  exports: [AccountCheckRings],
})
export class AccountChecksModule {}
