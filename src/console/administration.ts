import { BankFilesModule } from '../banks/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { SettlementsModule } from '../settlements/index.js';
import { AuditPages } from './audit/audit.controller.js';
import { AuditQuestions } from './audit/audit.query.js';
import { UserPages } from './users/users.controller.js';

/** The pages of administration, and what they need. */
export const ADMINISTRATION = {
  imports: [BankFilesModule, LedgerModule, PaymentsModule, ReconciliationModule, SettlementsModule],
  controllers: [AuditPages, UserPages],
  providers: [AuditQuestions],
};
