import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BankRegistry, NoticeRefused, type BankNotice, type RawNotice } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, Together, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { NoticeMetrics } from './notice.metrics.js';
import { NoticeRefusals } from './notice-refusals.js';
import { rowsOf, NOTICE_MAX_BYTES, type ItemRow } from './notice.rules.js';
import { countRepeat, insertItems, insertNotices, type NewNotice } from './notice.store.js';
import type { RefusalFault } from './refusal.store.js';
import { noticeRefused, noticesNotOffered, noticeTooLarge } from './settlements.errors.js';
import { noticeReceived } from './settlements.events.js';

/** What the bank is told: its message is kept, whether for the first time or again. */
export interface NoticeReceipt {
  readonly noticeId: string;
  readonly kept: 'received' | 'repeated' | 'conflict';
}

/** A message with what it says. */
type Told = NewNotice & { readonly items: readonly ItemRow[] };

/** Notices that one transaction keeps; with the largest bodies, some dozens of MiB. */
const KEPT_TOGETHER = { most: 100, atOnce: 1, gatherMs: 5 };

/**
 * Takes a bank's notice in: checks who signed it, and keeps it. Nothing is applied here, so that the bank is
 * answered within milliseconds, and only after the row is durable. Notices that come at the same moment are kept in
 * one transaction: banks send one for each payment, thousands a second.
 */
@Injectable()
export class ReceiveNotice {
  private readonly keeping = new Together<Told, NoticeReceipt['kept']>(
    (told) => this.database.transaction((tx) => this.keep(tx, told)),
    KEPT_TOGETHER,
  );

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
    const kept = await this.keeping.do(this.toldIn(bankCode, raw, notice));
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

  private toldIn(bank: string, raw: RawNotice, notice: BankNotice): Told {
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
      items: rowsOf(notice),
    };
  }

  private async keep(tx: Tx, told: readonly Told[]): Promise<NoticeReceipt['kept'][]> {
    const received = await insertNotices(tx, told, 'received');
    const isNew = told.filter(({ id }) => received.has(id));
    await insertItems(tx, isNew.flatMap(itemsOf));
    // One ring for a bank: whatever of it waits by then is applied with it.
    const rings = new Map(isNew.map(({ bank, id }) => [bank, id]));
    for (const [bank, bankNoticeId] of rings) {
      await this.outbox.publish(tx, noticeReceived, { bank, bankNoticeId });
    }
    const kept: NoticeReceipt['kept'][] = [];
    for (const notice of told) {
      kept.push(received.has(notice.id) ? 'received' : await this.keepAgain(tx, notice));
    }
    return kept;
  }

  /** Of an id that was there already. */
  private async keepAgain(tx: Tx, notice: Told): Promise<'repeated' | 'conflict'> {
    const again = { ...notice, at: notice.receivedAt };
    if (await countRepeat(tx, again)) return 'repeated';
    const stored = await insertNotices(tx, [notice], 'conflict');
    if (stored.has(notice.id)) {
      await insertItems(tx, itemsOf(notice));
      return 'conflict';
    }
    // Another process kept the same contradicting message in this very moment.
    await countRepeat(tx, again);
    return 'repeated';
  }
}

const itemsOf = ({ id: bankNoticeId, items }: Told) =>
  items.map((item) => ({ ...item, bankNoticeId }));
