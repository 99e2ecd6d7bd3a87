import { timingSafeEqual } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AppConfig } from '../../platform/config/index.js';
import { wrongAlertmanagerToken } from '../alerts.errors.js';

/** Before anything of the message is looked at. Without ALERTMANAGER_TOKEN nobody passes. */
@Injectable()
export class AlertmanagerTokenGuard implements CanActivate {
  constructor(private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const wanted = this.config.settings.ALERTMANAGER_TOKEN;
    const request = context.switchToHttp().getRequest<Request>();
    const given = Buffer.from(request.header('authorization') ?? '');
    const right = Buffer.from(`Bearer ${wanted ?? ''}`);
    const isRight = given.length === right.length && timingSafeEqual(given, right);
    if (!wanted || !isRight) throw wrongAlertmanagerToken();
    return true;
  }
}
