import { Injectable } from '@nestjs/common';
import { Database, one, rows } from '../platform/database/index.js';
import type { NoticeState } from './notice.lifecycle.js';
import type { FactKind, ItemResult } from './notice.rules.js';
import type { RefusalFault } from './refusal.store.js';

export interface NoticeRow {
  readonly id: string;
  readonly bank: string;
  readonly noticeId: string;
  readonly state: NoticeState;
  readonly sentAt: Date;
  readonly receivedAt: Date;
  readonly appliedAt: Date | null;
  readonly repeated: number;
  readonly lastSeenAt: Date;
  readonly items: number;
  readonly unread: number;
  readonly applyFailures: number;
  /** The file of the bank that says it; null for a message over HTTP. */
  readonly fileId: string | null;
}

/** Messages that were refused at the door within an hour, for one fault; nothing of them is kept. */
export interface RefusalRow {
  readonly hour: Date;
  readonly bank: string;
  readonly fault: RefusalFault;
  /** bigint, as text. */
  readonly times: string;
  readonly lastAt: Date;
}

/** Where a page of refusals begins. */
export interface RefusalKey {
  readonly hour: string;
  readonly bank: string;
  readonly fault: string;
}

export interface NoticeItemRow {
  readonly position: number;
  readonly reference: string | null;
  readonly fact: FactKind | null;
  readonly why: string | null;
  readonly reasonCode: string | null;
  readonly happenedAt: Date | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly result: ItemResult | null;
  readonly paymentId: string | null;
}

/** What one notice says about one payment, in the bank's own words as far as they are kept. */
export interface NoticeOfPayment {
  readonly bankNoticeId: string;
  readonly noticeId: string;
  readonly receivedAt: Date;
  readonly repeated: number;
  readonly fact: FactKind | null;
  readonly why: string | null;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly bankReference: string | null;
  readonly happenedAt: Date | null;
  readonly amount: string | null;
  readonly result: ItemResult | null;
}

const COLUMNS = `
  n.id, n.bank, n.notice_id as "noticeId", n.state, n.sent_at as "sentAt", n.received_at as "receivedAt",
  n.applied_at as "appliedAt", n.repeated, n.last_seen_at as "lastSeenAt", n.item_count as items,
  n.unread_count as unread, n.apply_failures as "applyFailures", n.file_id as "fileId"`;

/** Items of a notice that are shown with it; longer ones are read by page. */
export const ITEMS_SHOWN = 200;
/** Notices about one payment beyond these are not shown. */
const NOTICES_SHOWN = 100;

/** Notices as banks sent them and what they did; the signed bytes stay in the table. */
@Injectable()
export class NoticeRead {
  constructor(private readonly database: Database) {}

  /**
   * Newest first, at most `limit + 1` of them. `result` finds notices with at least one such item, `isRepeated` those
   * that came more than once.
   */
  list(filter: {
    bank?: string;
    state?: NoticeState;
    result?: ItemResult;
    isRepeated?: boolean;
    before: string | null;
    limit: number;
  }): Promise<NoticeRow[]> {
    return rows(
      this.database.reader,
      `select ${COLUMNS} from bank_notice n
        where ($1::text is null or n.bank = $1) and ($2::text is null or n.state = $2)
          and ($3::text is null
               or exists (select 1 from notice_item i where i.bank_notice_id = n.id and i.result = $3))
          and ($4::uuid is null or n.id < $4) and (not $6::boolean or n.repeated > 0)
        order by n.id desc limit $5`,
      [
        filter.bank ?? null,
        filter.state ?? null,
        filter.result ?? null,
        filter.before,
        filter.limit + 1,
        filter.isRepeated ?? false,
      ],
    );
  }

  /** The latest hour first. */
  refusals(of: {
    bank: string | null;
    before: RefusalKey | null;
    limit: number;
  }): Promise<RefusalRow[]> {
    return rows(
      this.database.reader,
      `select hour, bank, fault, times, last_at as "lastAt" from notice_refusal
        where ($1::text is null or bank = $1) and ($2::timestamptz is null or (hour, bank, fault) < ($2, $3, $4))
        order by hour desc, bank desc, fault desc limit $5`,
      [
        of.bank,
        of.before?.hour ?? null,
        of.before?.bank ?? null,
        of.before?.fault ?? null,
        of.limit,
      ],
    );
  }

  find(id: string): Promise<NoticeRow | null> {
    return one(this.database.reader, `select ${COLUMNS} from bank_notice n where n.id = $1`, [id]);
  }

  items(given: {
    bankNoticeId: string;
    result?: ItemResult;
    after: number;
    limit: number;
  }): Promise<NoticeItemRow[]> {
    return rows(
      this.database.reader,
      `select position, reference, fact, why, reason_code as "reasonCode", happened_at as "happenedAt", amount,
              currency, result, payment_id as "paymentId"
         from notice_item
        where bank_notice_id = $1 and position > $2 and ($3::text is null or result = $3)
        order by position limit $4`,
      [given.bankNoticeId, given.after, given.result ?? null, given.limit + 1],
    );
  }

  /** Every notice that speaks of the payment, the oldest first. */
  ofPayment(paymentId: string): Promise<NoticeOfPayment[]> {
    return rows<NoticeOfPayment>(
      this.database.reader,
      `select n.id as "bankNoticeId", n.notice_id as "noticeId", n.received_at as "receivedAt", n.repeated, i.fact,
              i.why, i.reason_code as "reasonCode", i.reason_text as "reasonText",
              i.bank_reference as "bankReference", i.happened_at as "happenedAt", i.amount, i.result
         from notice_item i join bank_notice n on n.id = i.bank_notice_id
        where i.payment_id = $1
        order by n.received_at, i.position limit ${NOTICES_SHOWN}`,
      [paymentId],
    );
  }
}
