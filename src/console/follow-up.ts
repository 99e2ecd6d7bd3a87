import { AlertsModule } from '../alerts/index.js';
import { AlertExports } from './alerts/alerts-export.controller.js';
import { AlertPages } from './alerts/alerts.controller.js';
import { DoubtExports } from './doubts/doubts-export.controller.js';
import { DoubtPages } from './doubts/doubts.controller.js';
import { RulingPages } from './doubts/rulings.controller.js';
import { MendOnePages } from './mending/mend-one.controller.js';
import { MendingPages } from './mending/mending.controller.js';
import { DayExports } from './reconciliation/days-export.controller.js';
import { ExceptionExports } from './reconciliation/exceptions-export.controller.js';
import { ExceptionPages } from './reconciliation/exceptions.controller.js';
import { ReconciliationPages } from './reconciliation/reconciliation.controller.js';
import { StatementExports } from './reconciliation/statement-exports.controller.js';
import { StatementPages } from './reconciliation/statements.controller.js';

/** What comes after the sending: failures, doubts, statements, alerts. Fixed addresses stand before those with an id. */
export const FOLLOW_UP = {
  imports: [AlertsModule],
  controllers: [
    DoubtExports,
    DayExports,
    ExceptionExports,
    StatementExports,
    AlertExports,
    MendOnePages,
    MendingPages,
    RulingPages,
    DoubtPages,
    ExceptionPages,
    ReconciliationPages,
    StatementPages,
    AlertPages,
  ],
};
