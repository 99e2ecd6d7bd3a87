import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { decodeCursor, Idempotent, pageOf, type Page } from '../../platform/http/index.js';
import { AcknowledgeAlert } from '../acknowledge-alert.js';
import { AlertRead, type DeliveryRow, type HistoryRow } from '../alert.read.js';
import { AlertWriter, type ShownAlert } from '../alert-writer.js';
import { unknownAlert } from '../alerts.errors.js';
import { GiveAlert } from '../give-alert.js';
import { ResolveAlert } from '../resolve-alert.js';
import {
  acknowledgeBody,
  alertDetailSchema,
  alertsQuery,
  alertsSchema,
  alertSchema,
  giveBody,
  idSchema,
  resolveBody,
} from './alerts.schemas.js';

@ApiTags('alerts')
@Controller('api/v1/alerts')
export class AlertsController {
  constructor(
    private readonly alerts: AlertRead,
    private readonly writer: AlertWriter,
    private readonly acknowledging: AcknowledgeAlert,
    private readonly giving: GiveAlert,
    private readonly resolving: ResolveAlert,
  ) {}

  @Get()
  @Requires('alert.read')
  @ApiOperation({ summary: 'Alerts, newest first' })
  @ApiOkResponse({ standardSchema: alertsSchema })
  async list(
    @Query({ schema: alertsQuery }) query: z.infer<typeof alertsQuery>,
  ): Promise<Page<ShownAlert>> {
    const { cursor, limit, ...filter } = query;
    const before = decodeCursor(cursor, z.uuid());
    const found = await this.alerts.list({ ...filter, before, limit });
    return pageOf(found, limit, {
      item: (alert) => this.writer.shown(alert),
      key: ({ id }) => id,
    });
  }

  @Get(':id')
  @Requires('alert.read')
  @ApiOperation({ summary: 'One alert with its history and every try to tell the receiver' })
  @ApiOkResponse({ standardSchema: alertDetailSchema })
  async find(
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ShownAlert & { history: HistoryRow[]; deliveries: DeliveryRow[] }> {
    const alert = await this.shown(id);
    const history = await this.alerts.history(id);
    return { ...alert, history, deliveries: await this.alerts.deliveries(id) };
  }

  @Post(':id/acknowledgements')
  @Requires('alert.handle')
  @Idempotent()
  @ApiOperation({ summary: 'Take an alert on' })
  @ApiCreatedResponse({ standardSchema: alertSchema })
  async acknowledge(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: idSchema }) alertId: string,
    @Body({ schema: acknowledgeBody }) { note }: z.infer<typeof acknowledgeBody>,
  ): Promise<ShownAlert> {
    await this.acknowledging.acknowledge(actor, { alertId, note: note ?? null });
    return this.shown(alertId);
  }

  @Post(':id/owner')
  @Requires('alert.handle')
  @Idempotent()
  @ApiOperation({ summary: 'Give an alert to a colleague' })
  @ApiCreatedResponse({ standardSchema: alertSchema })
  async give(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: idSchema }) alertId: string,
    @Body({ schema: giveBody }) { userId, note }: z.infer<typeof giveBody>,
  ): Promise<ShownAlert> {
    await this.giving.give(actor, { alertId, owner: userId, note: note ?? null });
    return this.shown(alertId);
  }

  @Post(':id/resolutions')
  @Requires('alert.handle')
  @Idempotent()
  @ApiOperation({
    summary: 'Say that an alert is dealt with',
    description: 'Its cause alarms again only when something new happens.',
  })
  @ApiCreatedResponse({ standardSchema: alertSchema })
  async resolve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: idSchema }) alertId: string,
    @Body({ schema: resolveBody }) { note }: z.infer<typeof resolveBody>,
  ): Promise<ShownAlert> {
    await this.resolving.resolve(actor, { alertId, note });
    return this.shown(alertId);
  }

  private async shown(id: string): Promise<ShownAlert> {
    const alert = await this.alerts.find(id);
    if (!alert) throw unknownAlert(id);
    return this.writer.shown(alert);
  }
}
