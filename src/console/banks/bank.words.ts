import type { ClosedBecause, HealthEntry, Standing } from '../../banks/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { BankCallRow } from '../../payments/index.js';
import type { StateTone } from '../kit/index.js';

export const STANDINGS: Readonly<Record<Standing, Bilingual & { readonly tone: StateTone }>> = {
  sending: { vi: 'Đang gửi bình thường', en: 'Sending as usual', tone: 'good' },
  paused: { vi: 'Ngân hàng xin chờ', en: 'The bank asked us to wait', tone: 'doubt' },
  unreachable: { vi: 'Không liên lạc được', en: 'Cannot be reached', tone: 'bad' },
  off: { vi: 'Đã ngừng gửi', en: 'Switched off', tone: 'bad' },
};

/** Ways on which money goes, by the usual codes; another one is shown as the bank's file calls it. */
const RAILS: Readonly<Record<string, Bilingual>> = {
  default: { vi: 'Kênh thường', en: 'Usual rail' },
  instant: { vi: 'Chuyển nhanh', en: 'Instant transfer' },
  'high-value': { vi: 'Giá trị cao', en: 'High value' },
  internal: { vi: 'Trong cùng ngân hàng', en: 'Within the bank' },
};

export const railText = (code: string): Bilingual => RAILS[code] ?? { vi: code, en: code };

export const CLOSED: Readonly<Record<ClosedBecause, Bilingual>> = {
  'closed-day': { vi: 'hôm nay nghỉ', en: 'a day off' },
  'before-hours': { vi: 'chưa đến giờ', en: 'not open yet' },
  'after-cut-off': { vi: 'đã quá giờ chốt', en: 'past the cut-off' },
  'after-hours': { vi: 'hết giờ', en: 'closed for today' },
};

export const HAPPENED: Readonly<Record<HealthEntry['happened'], Bilingual>> = {
  opened: {
    vi: 'Tạm ngừng gọi: nhiều lần liền không trả lời',
    en: 'Left alone: several calls in a row went unanswered',
  },
  probing: { vi: 'Thử gọi lại một lần', en: 'Tried once' },
  'probe-withdrawn': { vi: 'Không cần thử lại nữa', en: 'The try was not needed' },
  reopened: { vi: 'Thử lại chưa được', en: 'The try went unanswered' },
  closed: { vi: 'Đã liên lạc lại được', en: 'Answers again' },
  paused: { vi: 'Ngân hàng xin chờ', en: 'The bank asked us to wait' },
  'switched-off': { vi: 'Cán bộ ngừng gửi', en: 'An officer switched it off' },
  'switched-on': { vi: 'Cán bộ mở lại', en: 'An officer switched it on' },
};

export const CALL_KINDS: Readonly<Record<BankCallRow['kind'], Bilingual>> = {
  pay: { vi: 'Gửi lệnh chi', en: 'Sent orders' },
  enquire: { vi: 'Hỏi kết quả', en: 'Asked for outcomes' },
};

type Outcome = NonNullable<BankCallRow['outcome']> | 'open';

export const CALL_OUTCOMES: Readonly<Record<Outcome, Bilingual & { readonly tone: StateTone }>> = {
  answered: { vi: 'Đã trả lời', en: 'Answered', tone: 'good' },
  partly: { vi: 'Trả lời một phần', en: 'Answered in part', tone: 'doubt' },
  'not-sent': { vi: 'Chắc chắn chưa gửi', en: 'Surely not sent', tone: 'bad' },
  unknown: { vi: 'Không rõ', en: 'Unknown', tone: 'doubt' },
  lost: { vi: 'Đứt giữa chừng', en: 'Lost on the way', tone: 'doubt' },
  open: { vi: 'Đang gọi', en: 'Under way', tone: 'moving' },
};
