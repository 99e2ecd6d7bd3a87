import type { Bilingual } from '../kernel/index.js';

/** Why something is not sent yet, for people. A code that is not listed is shown as it is. */
const TEXTS: Readonly<Record<string, Bilingual>> = {
  'closed-day': {
    vi: 'Hôm nay kênh chuyển tiền nghỉ; sẽ gửi khi kênh mở lại.',
    en: 'The rail has a day off; it is sent when the rail opens again.',
  },
  'before-hours': {
    vi: 'Kênh chuyển tiền chưa đến giờ mở; sẽ gửi khi mở.',
    en: 'The rail is not open yet; it is sent when it opens.',
  },
  'after-cut-off': {
    vi: 'Đã quá giờ chốt của kênh; sẽ gửi vào ngày làm việc kế tiếp của kênh.',
    en: 'The cut-off of the rail has passed; it is sent on the rail’s next day.',
  },
  'after-hours': {
    vi: 'Đã hết giờ của kênh; sẽ gửi vào ngày làm việc kế tiếp của kênh.',
    en: 'The hours of the rail are over; it is sent on the rail’s next day.',
  },
  'day-limit': {
    vi: 'Kênh đã hết hạn mức trong ngày; sẽ gửi vào ngày kế tiếp.',
    en: 'The rail has carried what it may in a day; it is sent on its next day.',
  },
  'no-such-rail': {
    vi: 'Kênh đã chọn không còn trong cấu hình ngân hàng: xin báo quản trị khôi phục.',
    en: 'The chosen rail is no longer in the bank’s file: please ask the administrator to restore it.',
  },
  schedule: { vi: 'Chưa đến ngày chi.', en: 'Its pay day has not come.' },
  retry: {
    vi: 'Lần gửi trước chắc chắn chưa đi; sẽ gửi lại.',
    en: 'The last try surely did not leave; it is tried again.',
  },
  due: { vi: 'Đến lượt gửi.', en: 'About to be sent.' },
};

export function waitText(because: string): Bilingual {
  return TEXTS[because] ?? { vi: because, en: because };
}
