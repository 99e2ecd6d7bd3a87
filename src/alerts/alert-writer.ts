import { Injectable } from '@nestjs/common';
import { ReasonCodes } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import type { AlertRow } from './alert.read.js';
import { textOf, type AlertText } from './alert.texts.js';
import type { DeliveredEvent } from './delivery.store.js';
import { runbookOf } from './runbooks.js';

export type ShownAlert = Omit<AlertRow, 'particulars'> &
  AlertText & {
    /** Address of the page that says what to do about alerts of this rule. */
    readonly runbook: string;
  };

/** What the receiver gets (Standard Webhooks: type, timestamp, data). The alert is told as it stands when it is sent. */
export interface AlertMessage {
  readonly type: `alert.${DeliveredEvent}`;
  readonly timestamp: string;
  readonly data: ShownAlert;
}

/** Puts alerts into words for people and for the receiver. */
@Injectable()
export class AlertWriter {
  constructor(
    private readonly reasons: ReasonCodes,
    private readonly config: AppConfig,
  ) {}

  shown({ particulars, ...alert }: AlertRow): ShownAlert {
    const reason = alert.reasonCode === null ? null : this.reasons.of(alert.reasonCode);
    const text = textOf({ ...alert, particulars }, reason);
    return { ...alert, ...text, runbook: runbookOf(alert.rule) };
  }

  /** Outside the house an address needs its host: PUBLIC_URL, where it is set. */
  message(happened: DeliveredEvent, alert: AlertRow, at: Date): AlertMessage {
    const base = this.config.settings.PUBLIC_URL;
    const outside = (path: string) => (base ? new URL(path, base).toString() : path);
    const shown = this.shown(alert);
    return {
      type: `alert.${happened}`,
      timestamp: at.toISOString(),
      data: { ...shown, link: outside(shown.link), runbook: outside(shown.runbook) },
    };
  }
}
