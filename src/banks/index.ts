export * from './contract.js';
export { askAccount, canVerify } from './ask-account.js';
export { bankQueueName } from './bank-queue-name.js';
export { BankGate } from './bank-gate.js';
export { BankRegistry, type AdapterKind, type Bank } from './bank.registry.js';
export { BankFileReads, type BankFileMove, type BankFileRow } from './bank-file.read.js';
export { BANK_FILE_STATES, type BankFileState } from './bank-file.lifecycle.js';
export { BankFilesModule } from './bank-files.module.js';
export { bankFileReceived, bankReportRead, bankStatementsRead } from './banks.events.js';
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
export { fileNotFound } from './banks.errors.js';
export { CarryList } from './carry-list.js';
export { DownloadBankFile } from './download-bank-file.js';
export { HandOutChecks } from './hand-out-checks.js';
export { OpenBankFile } from './open-bank-file.js';
export { INCOMING_MAX_BYTES, ReceiveBankFile, type ReceivedBankFile } from './receive-bank-file.js';
export { RereadBankFile } from './reread-bank-file.js';
export type { Admission } from './breaker.rules.js';
export { BankHealthReads, type HealthEntry, type HealthRow } from './health.read.js';
export { NoteCall } from './note-call.js';
export { BankStandings, type BankStanding, type Standing } from './standing.read.js';
export { SwitchBank } from './switch-bank.js';
