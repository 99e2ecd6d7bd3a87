import { AcknowledgeAlert } from '../../src/alerts/acknowledge-alert.js';
import { AlertMetrics } from '../../src/alerts/alert.metrics.js';
import { AlertRead } from '../../src/alerts/alert.read.js';
import { AlertWriter } from '../../src/alerts/alert-writer.js';
import { Causes } from '../../src/alerts/causes.read.js';
import { DeliverAlerts } from '../../src/alerts/deliver-alerts.js';
import { EvaluateAlerts } from '../../src/alerts/evaluate-alerts.js';
import { GiveAlert } from '../../src/alerts/give-alert.js';
import { ResolveAlert } from '../../src/alerts/resolve-alert.js';
import { alertFileSchema } from '../../src/alerts/alert-file.schema.js';
import { AlertSettings } from '../../src/alerts/alert.settings.js';
import { SystemCauses } from '../../src/alerts/system-causes.read.js';
import { Alertmanager } from '../../src/alerts/channels/prometheus.js';
import { HttpPost } from '../../src/alerts/channels/http-post.js';
import { Mailer } from '../../src/alerts/channels/mailer.js';
import { Webhook } from '../../src/alerts/channels/webhook.js';
import { EscalateAlerts } from '../../src/alerts/escalate-alerts.js';
import { KeepDigests } from '../../src/alerts/keep-digests.js';
import { PlanDeliveries } from '../../src/alerts/plan-deliveries.js';
import { RefreshAlertmanager } from '../../src/alerts/refresh-prometheus.js';
import { TellReceiver } from '../../src/alerts/tell-receiver.js';
import { AuditTrail } from '../../src/audit/index.js';
import { BatchGate } from '../../src/batches/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { FundPositions } from '../../src/ledger/index.js';
import { HandOverReads } from '../../src/payments/hand-over.read.js';
import {
  HandOverAlarms,
  HeldBanks,
  PaymentAlarms,
  PaymentRates,
} from '../../src/payments/index.js';
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
  reach: { file?: unknown; environment?: Record<string, string> } = {},
) {
  const settings = readSettings({
    NODE_ENV: 'test',
    ALERT_WEBHOOK_URL: webhook?.url,
    ALERT_WEBHOOK_SECRET: webhook?.secret,
    ...reach.environment,
  });
  const config = new AppConfig(settings, {}, 'postgres://unused');
  const alertSettings = new AlertSettings(alertFileSchema.parse(reach.file ?? {}), settings);
  const read = new AlertRead(database);
  const audit = new AuditTrail(clock);
  const writer = new AlertWriter(repositoryReference().reasons, config);
  const handOvers = new HandOverAlarms(banks, new HandOverReads());
  const causes = new Causes(
    new PaymentAlarms(),
    new HeldBanks(),
    handOvers,
    new PaymentRates(),
    new SystemCauses(new BatchGate(), new FundPositions()),
  );
  const http = new HttpPost();
  const mailer = new Mailer(config);
  const alertmanager = new Alertmanager(http, config);
  const planning = new PlanDeliveries(alertSettings);
  const receivers = new TellReceiver(
    alertSettings,
    config,
    writer,
    mailer,
    new Webhook(http),
    alertmanager,
  );
  const alertMetrics = new AlertMetrics(metrics, read);
  return {
    metrics,
    config,
    read,
    writer,
    /** Ends what is open to receivers. */
    close: async () => {
      mailer.onModuleDestroy();
      await http.onModuleDestroy();
    },
    evaluating: new EvaluateAlerts(database, causes, alertSettings, planning, clock),
    acknowledging: new AcknowledgeAlert(database, read, audit, clock),
    giving: new GiveAlert(database, read, audit, clock),
    resolving: new ResolveAlert(database, read, audit, planning, clock),
    delivering: new DeliverAlerts(database, read, receivers, clock, alertMetrics),
    escalating: new EscalateAlerts(database, alertSettings, planning, clock),
    digests: new KeepDigests(database, alertSettings, config, mailer, clock, alertMetrics),
    refreshing: new RefreshAlertmanager(
      alertSettings,
      read,
      writer,
      alertmanager,
      clock,
      alertMetrics,
    ),
  };
}
