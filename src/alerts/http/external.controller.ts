import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../../platform/http/index.js';
import { alertmanagerBody } from '../external.rules.js';
import { TakeExternal } from '../take-external.js';
import { AlertmanagerTokenGuard } from './external-token.guard.js';

const taken = z.object({
  opened: z.number().int().describe('alerts that were not living'),
  resolved: z.number().int(),
});

@ApiTags('alerts')
@Controller('api/v1/alertmanager')
export class AlertmanagerController {
  constructor(private readonly taking: TakeExternal) {}

  @Post()
  @Public()
  @UseGuards(AlertmanagerTokenGuard)
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Take in what Prometheus’ Alertmanager watches',
    description:
      'Its webhook, version 4, with ALERTMANAGER_TOKEN as bearer token. Each alert is one of rule `external`, known by its fingerprint: the same again changes nothing, `resolved` ends it. Our own alerts that come back are left out.',
  })
  @ApiOkResponse({ standardSchema: taken })
  take(
    @Body({ schema: alertmanagerBody }) body: z.infer<typeof alertmanagerBody>,
  ): Promise<z.infer<typeof taken>> {
    return this.taking.take(body);
  }
}
