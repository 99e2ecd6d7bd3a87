import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { AllotFunds } from './allot-funds.js';
import { FundControl } from './fund-control.js';
import { FundMetrics } from './fund.metrics.js';
import { FundMovements } from './fund-movements.read.js';
import { FundPositions } from './fund-positions.read.js';
import { LedgerController } from './http/ledger.controller.js';
import { Ledger } from './ledger.js';
import { VerifyLedger } from './verify-ledger.read.js';

/** Double entry over funds. It has never heard of a payment. */
@Module({
  imports: [AuditModule, OrganisationModule],
  controllers: [LedgerController],
  providers: [
    AllotFunds,
    FundControl,
    FundMetrics,
    FundMovements,
    FundPositions,
    Ledger,
    VerifyLedger,
  ],
  exports: [AllotFunds, FundControl, FundMovements, FundPositions, Ledger, VerifyLedger],
})
export class LedgerModule {}
