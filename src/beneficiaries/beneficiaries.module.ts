import { Module } from '@nestjs/common';
import { OrganisationModule } from '../organisation/index.js';
import { ConfirmAccount } from './confirm-account.js';
import { CorrectName } from './correct-name.js';
import { HoldBeneficiaries } from './hold-beneficiaries.js';
import { AccountChecksController } from './http/account-checks.controller.js';
import { BeneficiariesController } from './http/beneficiaries.controller.js';
import { PresentBeneficiary } from './http/present-beneficiary.js';
import { RecordDeath } from './record-death.js';
import { RegisterPayees } from './register-payees.js';
import { ReleaseHold } from './release-hold.js';
import { RequestAccountChecks } from './request-account-checks.js';
import { ReplaceAccount } from './replace-account.js';
import { ViewBeneficiary } from './view-beneficiary.js';

/** Who is paid, and into which account. */
@Module({
  imports: [OrganisationModule],
  controllers: [BeneficiariesController, AccountChecksController],
  providers: [
    RegisterPayees,
    HoldBeneficiaries,
    ReplaceAccount,
    CorrectName,
    ReleaseHold,
    RecordDeath,
    RequestAccountChecks,
    ConfirmAccount,
    ViewBeneficiary,
    PresentBeneficiary,
  ],
  exports: [
    RegisterPayees,
    HoldBeneficiaries,
    ReplaceAccount,
    CorrectName,
    ReleaseHold,
    RecordDeath,
    RequestAccountChecks,
    ConfirmAccount,
    ViewBeneficiary,
  ],
})
export class BeneficiariesModule {}
