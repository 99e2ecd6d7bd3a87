export { BeneficiariesModule } from './beneficiaries.module.js';
export { HoldBeneficiaries } from './hold-beneficiaries.js';
export { HOLDING_REASONS } from './hold.rules.js';
export { compareNames, type NameMatch } from './name.rules.js';
export { RecordDeath } from './record-death.js';
export {
  RegisterPayees,
  type RegisteredPayee,
  type RegistrationContext,
} from './register-payees.js';
export type { AccountRow, PayeeRow, RecipientRow } from './registration.rules.js';
export { ReleaseHold } from './release-hold.js';
export { ReplaceAccount, type AccountOrder } from './replace-account.js';
