export * from './contract.js';
export { askAccount, canVerify } from './ask-account.js';
export { bankQueueName } from './bank-queue-name.js';
export { BankRegistry, type AdapterKind, type Bank } from './bank.registry.js';
export type { SendsFiles } from './file-bank.js';
export { enquiryDelayMs, notFoundIsProof, retryDelayMs } from './bank.rules.js';
export { bankFileSchema, type BankFile, type BankSettings } from './bank.settings.js';
export { BanksModule } from './banks.module.js';
export {
  messageBounds,
  nextDayOf,
  openAt,
  railFor,
  railOf,
  unboundedRail,
  worksOnWorkingDaysOnly,
  type ClosedBecause,
  type Opening,
  type Routed,
} from './rail.rules.js';
export { DEFAULT_RAIL, railSchema, type AmountRange, type Rail } from './rail.settings.js';
