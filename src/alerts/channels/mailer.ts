import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import { AppConfig } from '../../platform/config/index.js';
import { beginTry, CHANNEL_TIMEOUT_MS, nameOf, type ChannelAnswer } from './answer.js';

export interface Mail {
  /** The same over all tries of one message. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const SUBJECT_MOST = 200;

/** One e-mail by SMTP_URL. Never throws for what a server or a network does. */
@Injectable()
export class Mailer implements OnModuleDestroy {
  private transport: Transporter<SMTPTransport.SentMessageInfo> | null = null;

  constructor(private readonly config: AppConfig) {}

  async send(mail: Mail): Promise<ChannelAnswer> {
    const end = beginTry();
    const { SMTP_URL: url, SMTP_FROM: from } = this.config.settings;
    if (!url || !from) return end(false, null, 'SMTP_URL is unset');
    this.transport ??= createTransport({
      url,
      connectionTimeout: CHANNEL_TIMEOUT_MS,
      greetingTimeout: CHANNEL_TIMEOUT_MS,
      socketTimeout: CHANNEL_TIMEOUT_MS,
      // A text is a text: nothing in it is ever fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const sent = await this.transport.sendMail({
        from: { name: 'ChiTra', address: from },
        to: [...mail.to],
        subject: oneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.id}@${from.split('@')[1] ?? 'chitra'}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      const refused = sent.rejected.length;
      const status = Number(/^\d{3}/.exec(sent.response)?.[0] ?? 250);
      return end(
        true,
        status,
        refused > 0 ? `${refused} of ${mail.to.length} addresses refused` : null,
      );
    } catch (error) {
      const { responseCode } = Object(error) as { responseCode?: unknown };
      const status = typeof responseCode === 'number' ? responseCode : null;
      return end(false, status, status === null ? nameOf(error) : `SMTP ${status}`);
    }
  }

  onModuleDestroy(): void {
    this.transport?.close();
  }
}

/** A header is one line, whatever a bank, a file or another system wrote into a title. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, SUBJECT_MOST);
}
