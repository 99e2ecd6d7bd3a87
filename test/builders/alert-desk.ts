import { AcknowledgeAlert } from '../../src/alerts/acknowledge-alert.js';
import { AlertMetrics } from '../../src/alerts/alert.metrics.js';
import { AlertRead } from '../../src/alerts/alert.read.js';
import { AlertWriter } from '../../src/alerts/alert-writer.js';
import { Causes } from '../../src/alerts/causes.read.js';
import { DeliverAlerts } from '../../src/alerts/deliver-alerts.js';
import { EvaluateAlerts } from '../../src/alerts/evaluate-alerts.js';
import { GiveAlert } from '../../src/alerts/give-alert.js';
import { ResolveAlert } from '../../src/alerts/resolve-alert.js';
import { Webhook } from '../../src/alerts/webhook.js';
import { AuditTrail } from '../../src/audit/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { HandOverReads } from '../../src/payments/hand-over.read.js';
import { HandOverAlarms, HeldBanks, PaymentAlarms } from '../../src/payments/index.js';
import { AppConfig, readSettings } from '../../src/platform/config/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { Metrics } from '../../src/platform/metrics/index.js';
import { testBanks } from './banks.js';
import { repositoryReference } from './reference.js';

/** Everything that alarms, on a real database; told to `webhook` when one is given. */
export function alertDesk(
  database: Database,
  clock: Clock,
  webhook?: { url: string; secret: string },
  metrics = new Metrics(),
  banks = testBanks(clock),
) {
  const settings = readSettings({
    NODE_ENV: 'test',
    ALERT_WEBHOOK_URL: webhook?.url,
    ALERT_WEBHOOK_SECRET: webhook?.secret,
  });
  const config = new AppConfig(settings, {}, 'postgres://unused');
  const read = new AlertRead(database);
  const audit = new AuditTrail(clock);
  const writer = new AlertWriter(repositoryReference().reasons, config);
  const sender = new Webhook();
  const handOvers = new HandOverAlarms(banks, new HandOverReads());
  const causes = new Causes(new PaymentAlarms(), new HeldBanks(), handOvers);
  const alertMetrics = new AlertMetrics(metrics, read);
  return {
    metrics,
    read,
    writer,
    sender,
    evaluating: new EvaluateAlerts(database, causes, config, clock),
    acknowledging: new AcknowledgeAlert(database, read, audit, clock),
    giving: new GiveAlert(database, read, audit, clock),
    resolving: new ResolveAlert(database, read, audit, config, clock),
    delivering: new DeliverAlerts(database, read, writer, sender, config, clock, alertMetrics),
  };
}
