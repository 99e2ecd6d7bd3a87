import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BankRegistry, NoticeRefused, type BankNotice, type RawNotice } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { NoticeMetrics } from './notice.metrics.js';
import { NoticeRefusals } from './notice-refusals.js';
import { rowsOf, NOTICE_MAX_BYTES } from './notice.rules.js';
import { countRepeat, insertItems, insertNotice, type NewNotice } from './notice.store.js';
import type { RefusalFault } from './refusal.store.js';
import { noticeRefused, noticesNotOffered, noticeTooLarge } from './settlements.errors.js';
import { noticeReceived } from './settlements.events.js';

/** What the bank is told: its message is kept, whether for the first time or again. */
export interface NoticeReceipt {
  readonly noticeId: string;
  readonly kept: 'received' | 'repeated' | 'conflict';
}

/**
 * Takes a bank's notice in: checks who signed it, and keeps it. Nothing is applied here, so that the bank is
 * answered within milliseconds, and only after the row is durable.
 */
@Injectable()
export class ReceiveNotice {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly metrics: NoticeMetrics,
    private readonly refusals: NoticeRefusals,
  ) {}

  /** @throws DomainError banks.unknown-bank, settlements.notices-not-offered, .notice-* when it must not be kept. */
  async receive(bankCode: string, raw: RawNotice): Promise<NoticeReceipt> {
    const notice = this.read(bankCode, raw);
    const row = this.rowOf(bankCode, raw, notice);
    const kept = await this.database.transaction((tx) => this.keep(tx, row, notice));
    this.metrics.arrived(bankCode, kept);
    return { noticeId: notice.id, kept };
  }

  private read(bankCode: string, raw: RawNotice): BankNotice {
    const { adapter } = this.banks.of(bankCode);
    if (!adapter.verifyNotice) throw noticesNotOffered(bankCode);
    if (raw.body.length > NOTICE_MAX_BYTES) {
      this.countRefusal(bankCode, 'too-large');
      throw noticeTooLarge(NOTICE_MAX_BYTES);
    }
    try {
      return adapter.verifyNotice(raw, this.clock.now());
    } catch (error) {
      if (!(error instanceof NoticeRefused)) throw error;
      this.countRefusal(bankCode, error.fault);
      throw noticeRefused(error.fault);
    }
  }

  private countRefusal(bankCode: string, fault: RefusalFault): void {
    this.metrics.refused(bankCode, fault);
    this.refusals.note(bankCode, fault);
  }

  private rowOf(bank: string, raw: RawNotice, notice: BankNotice): NewNotice {
    return {
      id: newId(),
      bank,
      noticeId: notice.id,
      body: raw.body,
      bodySha256: createHash('sha256').update(raw.body).digest('hex'),
      sentAt: notice.sentAt,
      receivedAt: this.clock.now(),
      itemCount: notice.items.length,
      unreadCount: notice.unread.length,
      fileId: null,
    };
  }

  private async keep(tx: Tx, row: NewNotice, notice: BankNotice): Promise<NoticeReceipt['kept']> {
    if (await insertNotice(tx, row, 'received')) {
      await insertItems(tx, row.id, rowsOf(notice));
      await this.outbox.publish(tx, noticeReceived, { bank: row.bank, bankNoticeId: row.id });
      return 'received';
    }
    if (await countRepeat(tx, { ...row, at: row.receivedAt })) return 'repeated';
    if (await insertNotice(tx, row, 'conflict')) {
      await insertItems(tx, row.id, rowsOf(notice));
      return 'conflict';
    }
    // Another process kept the same contradicting message in this very moment.
    await countRepeat(tx, { ...row, at: row.receivedAt });
    return 'repeated';
  }
}
