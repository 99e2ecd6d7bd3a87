export { ApplyNotices } from './apply-notices.js';
export { NOTICE_STATES, noticeLifecycle, type NoticeState } from './notice.lifecycle.js';
export {
  ITEMS_SHOWN,
  NoticeRead,
  type NoticeItemRow,
  type NoticeRow,
  type RefusalKey,
  type RefusalRow,
} from './notice.read.js';
export { ITEM_RESULTS, type FactKind, type ItemResult } from './notice.rules.js';
export { ReceiveNotice, type NoticeReceipt } from './receive-notice.js';
export { REFUSAL_FAULTS, type RefusalFault } from './refusal.store.js';
export { unknownNotice } from './settlements.errors.js';
export { noticeReceived } from './settlements.events.js';
export { SettlementsModule } from './settlements.module.js';
export { TimelineRead, type Happening, type PaymentStanding } from './timeline.read.js';
export { ViewNoticeBody } from './view-notice-body.js';
