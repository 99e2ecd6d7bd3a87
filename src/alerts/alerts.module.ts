import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentsModule } from '../payments/index.js';
import { AcknowledgeAlert } from './acknowledge-alert.js';
import { AlertMetrics } from './alert.metrics.js';
import { AlertRead } from './alert.read.js';
import { AlertWriter } from './alert-writer.js';
import { Causes } from './causes.read.js';
import { DeliverAlerts } from './deliver-alerts.js';
import { EvaluateAlerts } from './evaluate-alerts.js';
import { GiveAlert } from './give-alert.js';
import { AlertsController } from './http/alerts.controller.js';
import { EvaluateOnFailure } from './jobs/evaluate-on-failure.js';
import { SweepAlerts } from './jobs/sweep-alerts.js';
import { SweepDeliveries } from './jobs/sweep-deliveries.js';
import { ResolveAlert } from './resolve-alert.js';
import { Webhook } from './webhook.js';

/** Who must be told, and was. */
@Module({
  imports: [AuditModule, OrganisationModule, PaymentsModule],
  controllers: [AlertsController],
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
    ResolveAlert,
    SweepAlerts,
    SweepDeliveries,
    Webhook,
  ],
  exports: [
    AcknowledgeAlert,
    AlertRead,
    AlertWriter,
    DeliverAlerts,
    EvaluateAlerts,
    GiveAlert,
    ResolveAlert,
  ],
})
export class AlertsModule {}
