import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { bankReportRead, OpenBankFile, type ReportReading } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { OnEvent } from '../platform/queue/index.js';
import { NoticeMetrics } from './notice.metrics.js';
import { rowsOf } from './notice.rules.js';
import { insertItems, insertNotices, type NewNotice } from './notice.store.js';
import { noticeReceived } from './settlements.events.js';

/** Items that are applied in one transaction; a report of thousands becomes several notices. */
const ITEMS_PER_PART = 2_000;

/**
 * What a bank said in a file is kept as notices, as if the bank had sent them, and applied like them: once, whatever
 * the order, however often the file comes. The parts of a file are named by it and by the message that it answers, so
 * that receiving it twice adds none, and naming another message reads it anew.
 */
@OnEvent(bankReportRead, { subscriber: 'settlements.receive-report' })
@Injectable()
export class ReceiveReport {
  constructor(
    private readonly files: OpenBankFile,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly metrics: NoticeMetrics,
  ) {}

  async handle({ bank, fileId }: { bank: string; fileId: string }): Promise<void> {
    await this.files.read(fileId, async (reading) => {
      if (reading.kind !== 'report') return;
      const parts = partsOf(reading.report);
      const kept = await this.database.transaction((tx) => this.keep(tx, { bank, fileId, parts }));
      for (const each of kept) this.metrics.arrived(bank, each ? 'received' : 'repeated');
    });
  }

  private async keep(
    tx: Tx,
    given: { bank: string; fileId: string; parts: readonly ReportReading[] },
  ): Promise<boolean[]> {
    const { bank, fileId, parts } = given;
    const notices = parts.map((part, at) => ({
      part,
      row: this.rowOf(part, { bank, fileId, nth: at + 1 }),
    }));
    const rows = notices.map(({ row }) => row);
    const stored = await insertNotices(tx, rows, 'received');
    for (const { part, row } of notices) {
      if (!stored.has(row.id)) continue;
      const items = rowsOf({ ...part, sentAt: part.madeAt });
      await insertItems(
        tx,
        items.map((item) => ({ ...item, bankNoticeId: row.id })),
      );
    }
    const [bankNoticeId] = stored;
    if (bankNoticeId) await this.outbox.publish(tx, noticeReceived, { bank, bankNoticeId });
    return rows.map(({ id }) => stored.has(id));
  }

  private rowOf(part: ReportReading, of: { bank: string; fileId: string; nth: number }): NewNotice {
    const { bank, fileId, nth } = of;
    const answering = part.answers === undefined ? '' : ` for ${part.answers}`;
    const body = Buffer.from(JSON.stringify({ fileId, part: nth, report: part.id }));
    return {
      id: newId(),
      bank,
      noticeId: `file ${fileId}${answering} ${nth}`,
      body,
      bodySha256: createHash('sha256').update(body).digest('hex'),
      sentAt: part.madeAt,
      receivedAt: this.clock.now(),
      itemCount: part.items.length,
      unreadCount: part.unread.length,
      fileId,
    };
  }
}

/** The report in parts that one transaction can take on; at least one, so that an empty report is seen, too. */
function partsOf(report: ReportReading): ReportReading[] {
  const parts: ReportReading[] = [];
  for (let start = 0; start < report.items.length; start += ITEMS_PER_PART) {
    parts.push({
      ...report,
      items: report.items.slice(start, start + ITEMS_PER_PART),
      unread: [],
    });
  }
  for (let start = 0; start < report.unread.length; start += ITEMS_PER_PART) {
    parts.push({
      ...report,
      items: [],
      unread: report.unread.slice(start, start + ITEMS_PER_PART),
    });
  }
  return parts.length === 0 ? [{ ...report, items: [], unread: [] }] : parts;
}
