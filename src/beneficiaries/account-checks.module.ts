import { Module } from '@nestjs/common';
import { CheckAccount } from './check-account.js';
import { SweepAccountChecks } from './jobs/sweep-account-checks.js';
import { RingAccountChecks } from './ring-account-checks.js';

/** What asks the banks about accounts: apart, because it alone needs banks and queues. */
@Module({ providers: [CheckAccount, RingAccountChecks, SweepAccountChecks] })
export class AccountChecksModule {}
