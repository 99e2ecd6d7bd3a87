export {
  markDifference,
  type StandingVerdict,
  type WordDifference,
} from './account-check.rules.js';
export {
  listChecks,
  standingOfPayee,
  type AccountCheck,
  type AccountStanding,
} from './account-check.read.js';
export { AccountCheckRings } from './account-check-rings.js';
export { AccountChecksModule } from './account-checks.module.js';
export { BeneficiariesModule } from './beneficiaries.module.js';
export { listFound, searchBeneficiaries, type FoundPeople } from './beneficiary-search.read.js';
export type {
  AccountOfPayee,
  BeneficiaryFile,
  BeneficiaryFilter,
  BeneficiaryRow,
  HistoryOfPayee,
  RecipientOfPayee,
} from './beneficiary.read.js';
export { ConfirmAccount, type ConfirmationOrder } from './confirm-account.js';
export { CorrectName, type NameOrder } from './correct-name.js';
export { HoldBeneficiaries } from './hold-beneficiaries.js';
export { HOLDING_REASONS } from './hold.rules.js';
export { compareNames, type NameMatch } from './name.rules.js';
export { isPayeeFoundBy, payeesFoundBy } from './payee-search.read.js';
export { RecordDeath } from './record-death.js';
export {
  RegisterPayees,
  type RegisteredPayee,
  type RegistrationContext,
} from './register-payees.js';
export {
  isSameAccount,
  type AccountRow,
  type PayeeRow,
  type Reception,
  type RecipientRow,
} from './registration.rules.js';
export { ReleaseHold } from './release-hold.js';
export { RequestAccountChecks } from './request-account-checks.js';
export { ReplaceAccount, type AccountOrder } from './replace-account.js';
export { ViewBeneficiary } from './view-beneficiary.js';
