import { BankFilesModule } from '../banks/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { SettlementsModule } from '../settlements/index.js';
import { AccountPages } from './account/account.controller.js';
import { ApiKeyPages } from './api-keys/api-keys.controller.js';
import { MadeKeyInterceptor } from './api-keys/made-key.interceptor.js';
import { AuditExportPages } from './audit/audit-export.controller.js';
import { AuditPages } from './audit/audit.controller.js';
import { AuditQuestions } from './audit/audit.query.js';
import { BankPages } from './banks/banks.controller.js';
import { CalendarPages } from './calendar/calendar.controller.js';
import { AllotmentPages } from './funds/allotments.controller.js';
import { FundPages } from './funds/funds.controller.js';
import { GuidePages } from './guide/guide.controller.js';
import { FilePages } from './inbound/files.controller.js';
import { HandOverPages } from './inbound/lists.controller.js';
import { NoticePages } from './inbound/notices.controller.js';
import { QueueBoardPages } from './queues/queue-board.controller.js';
import { UserPages } from './users/users.controller.js';

/** The pages of administration, and what they need. Whose addresses are narrower stand first: `lists` before `:id`. */
export const ADMINISTRATION = {
  imports: [BankFilesModule, LedgerModule, PaymentsModule, ReconciliationModule, SettlementsModule],
  controllers: [
    CalendarPages,
    GuidePages,
    HandOverPages,
    FilePages,
    NoticePages,
    AllotmentPages,
    FundPages,
    AccountPages,
    ApiKeyPages,
    AuditExportPages,
    AuditPages,
    BankPages,
    QueueBoardPages,
    UserPages,
  ],
  providers: [AuditQuestions, MadeKeyInterceptor],
};
