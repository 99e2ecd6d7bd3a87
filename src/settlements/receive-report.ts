import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { bankReportRead, OpenBankFile, type ReportReading } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { OnEvent } from '../platform/queue/index.js';
import { NoticeMetrics } from './notice.metrics.js';
import { rowsOf } from './notice.rules.js';
import { insertItems, insertNotice } from './notice.store.js';
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
    const kept: boolean[] = [];
    for (const [at, part] of parts.entries()) {
      const id = newId();
      const answering = part.answers === undefined ? '' : ` for ${part.answers}`;
      const body = Buffer.from(JSON.stringify({ fileId, part: at + 1, report: part.id }));
      const isNew = await insertNotice(
        tx,
        {
          id,
          bank,
          noticeId: `file ${fileId}${answering} ${at + 1}`,
          body,
          bodySha256: createHash('sha256').update(body).digest('hex'),
          sentAt: part.madeAt,
          receivedAt: this.clock.now(),
          itemCount: part.items.length,
          unreadCount: part.unread.length,
          fileId,
        },
        'received',
      );
      if (isNew) {
        await insertItems(tx, id, rowsOf({ ...part, id: part.id, sentAt: part.madeAt }));
        await this.outbox.publish(tx, noticeReceived, { bank, bankNoticeId: id });
      }
      kept.push(isNew);
    }
    return kept;
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
