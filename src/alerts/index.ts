export { AcknowledgeAlert } from './acknowledge-alert.js';
export {
  AlertRead,
  type AlertFilter,
  type AlertRow,
  type DeliveryRow,
  type HistoryRow,
  type LivingAlerts,
} from './alert.read.js';
export { AlertWriter, type AlertMessage, type ShownAlert } from './alert-writer.js';
export { ALERT_STATES, alertLifecycle, type AlertState } from './alert.lifecycle.js';
export { ALERT_RULES, SEVERITIES, type AlertRule, type Severity } from './alert.rules.js';
export { AlertsModule } from './alerts.module.js';
export { DeliverAlerts } from './deliver-alerts.js';
export { EvaluateAlerts, type Evaluation } from './evaluate-alerts.js';
export type { Letter, Matter } from './channels/letter.js';
export { KeepDigests, type DueDigest } from './keep-digests.js';
export { GiveAlert } from './give-alert.js';
export { runbookOf, runbooks, type Runbook } from './runbooks.js';
export { ResolveAlert } from './resolve-alert.js';
