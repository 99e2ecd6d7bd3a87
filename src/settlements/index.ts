export { ApplyNotices } from './apply-notices.js';
export { noticeLifecycle, type NoticeState } from './notice.lifecycle.js';
export { NoticeRead, type NoticeOfPayment, type NoticeRow } from './notice.read.js';
export { type ItemResult } from './notice.rules.js';
export { ReceiveNotice, type NoticeReceipt } from './receive-notice.js';
export { noticeReceived } from './settlements.events.js';
export { SettlementsModule } from './settlements.module.js';
export { TimelineRead, type Happening, type PaymentStanding } from './timeline.read.js';
export { entryOf, type Doer, type TimelineEntry } from './timeline.rules.js';
