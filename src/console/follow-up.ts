import { AlertsModule } from '../alerts/index.js';
import { AlertPages } from './alerts/alerts.controller.js';
import { DoubtPages } from './doubts/doubts.controller.js';
import { RulingPages } from './doubts/rulings.controller.js';
import { MendOnePages } from './mending/mend-one.controller.js';
import { MendingPages } from './mending/mending.controller.js';
import { ExceptionPages } from './reconciliation/exceptions.controller.js';
import { ReconciliationPages } from './reconciliation/reconciliation.controller.js';
import { StatementPages } from './reconciliation/statements.controller.js';

/** What comes after the sending: failures, doubts, statements, alerts. Fixed addresses stand before those with an id. */
export const FOLLOW_UP = {
  imports: [AlertsModule],
  controllers: [
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
