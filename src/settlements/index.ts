export { ApplyNotices } from './apply-notices.js';
export { noticeLifecycle, type NoticeState, NOTICE_STATES } from './notice.lifecycle.js';
export {
  NoticeRead,
  type NoticeOfPayment,
  type NoticeRow,
  ITEMS_SHOWN,
  type NoticeItemRow,
  type RefusalKey,
  type RefusalRow,
} from './notice.read.js';
export { type ItemResult, ITEM_RESULTS, type FactKind } from './notice.rules.js';
export { NOTICE_DOOR } from './http/receive-notice.controller.js';
export { ReceiveNotice, type NoticeReceipt } from './receive-notice.js';
export { ReplayNotices, type Replayed } from './replay-notices.js';
export { REFUSAL_FAULTS, type RefusalFault } from './refusal.store.js';
export { unknownNotice } from './settlements.errors.js';
export { noticeReceived } from './settlements.events.js';
export { SettlementsModule } from './settlements.module.js';
export { SETTLEMENTS_BY_MONTH } from './settlements.partitions.js';
export { TimelineRead, type Happening, type PaymentStanding } from './timeline.read.js';
export { entryOf, type Doer, type TimelineEntry } from './timeline.rules.js';
export { ViewNoticeBody } from './view-notice-body.js';
