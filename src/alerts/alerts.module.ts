import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BatchesModule } from '../batches/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentsModule } from '../payments/index.js';
import { AppConfig } from '../platform/config/index.js';
import { AcknowledgeAlert } from './acknowledge-alert.js';
import { AlertMetrics } from './alert.metrics.js';
import { AlertRead } from './alert.read.js';
import { AlertWriter } from './alert-writer.js';
import { Causes } from './causes.read.js';
import { DeliverAlerts } from './deliver-alerts.js';
import { EvaluateAlerts } from './evaluate-alerts.js';
import { GiveAlert } from './give-alert.js';
import { AlertmanagerController } from './http/external.controller.js';
import { TakeExternal } from './take-external.js';
import { AlertsController } from './http/alerts.controller.js';
import { EvaluateOnFailure } from './jobs/evaluate-on-failure.js';
import { SweepAlerts } from './jobs/sweep-alerts.js';
import { SweepBeat } from './jobs/sweep-beat.js';
import { SweepChain } from './jobs/sweep-chain.js';
import { SweepDeliveries } from './jobs/sweep-deliveries.js';
import { WatchFromWeb } from './jobs/watch-from-web.js';
import { LeaveBeat } from './leave-beat.js';
import { ResolveAlert } from './resolve-alert.js';
import { AlertSettings } from './alert.settings.js';
import { SystemCauses } from './system-causes.read.js';
import { Alertmanager } from './channels/prometheus.js';
import { HttpPost } from './channels/http-post.js';
import { Mailer } from './channels/mailer.js';
import { Webhook } from './channels/webhook.js';
import { KeepDigests } from './keep-digests.js';
import { EscalateAlerts } from './escalate-alerts.js';
import { SweepAlertmanager } from './jobs/sweep-prometheus.js';
import { SweepEscalations } from './jobs/sweep-escalations.js';
import { PlanDeliveries } from './plan-deliveries.js';
import { RefreshAlertmanager } from './refresh-prometheus.js';
import { TellReceiver } from './tell-receiver.js';

/** Who must be told, and was. */
@Module({
  imports: [AuditModule, BatchesModule, LedgerModule, OrganisationModule, PaymentsModule],
  controllers: [AlertsController, AlertmanagerController],
  providers: [
    AcknowledgeAlert,
    AlertMetrics,
    AlertRead,
    AlertWriter,
    Causes,
    DeliverAlerts,
    EvaluateAlerts,
    EvaluateOnFailure,
    GiveAlert,
    LeaveBeat,
    ResolveAlert,
    SystemCauses,
    SweepAlerts,
    SweepBeat,
    SweepChain,
    SweepDeliveries,
    WatchFromWeb,
    Alertmanager,
    EscalateAlerts,
    HttpPost,
    KeepDigests,
    Mailer,
    PlanDeliveries,
    RefreshAlertmanager,
    SweepAlertmanager,
    SweepEscalations,
    TakeExternal,
    TellReceiver,
    Webhook,
    {
      provide: AlertSettings,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => AlertSettings.load(config),
    },
  ],
  exports: [
    AcknowledgeAlert,
    AlertRead,
    AlertWriter,
    DeliverAlerts,
    EvaluateAlerts,
    GiveAlert,
    KeepDigests,
    ResolveAlert,
  ],
})
export class AlertsModule {}
