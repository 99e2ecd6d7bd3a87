import type { Bilingual } from '../../kernel/index.js';
import type { RulingOutcome } from '../../payments/index.js';

/** What a bank answered when it was asked. */
export const ANSWERS: Readonly<Record<string, Bilingual>> = {
  settled: { vi: 'Đã chi', en: 'Paid' },
  accepted: { vi: 'Đã nhận lệnh, đang xử lý', en: 'Accepted, under way' },
  rejected: { vi: 'Từ chối', en: 'Rejected' },
  returned: { vi: 'Đã hoàn trả', en: 'Returned' },
  'not-found': { vi: 'Không tìm thấy lệnh', en: 'Not found' },
  unknown: { vi: 'Không trả lời được', en: 'It could not tell' },
};

/** What came of one sending. */
export const SENDINGS: Readonly<Record<string, Bilingual>> = {
  answered: { vi: 'Ngân hàng đã trả lời', en: 'The bank answered' },
  partly: { vi: 'Ngân hàng trả lời một phần', en: 'The bank answered in part' },
  'not-sent': { vi: 'Chắc chắn chưa gửi đi', en: 'Surely not sent' },
  unknown: { vi: 'Không rõ ngân hàng đã nhận chưa', en: 'Nobody knows whether it arrived' },
  lost: { vi: 'Mất liên lạc khi đang gửi', en: 'Contact was lost while sending' },
};

export const OUTCOMES: Readonly<Record<RulingOutcome, Bilingual>> = {
  settled: { vi: 'Tiền đã vào tài khoản người hưởng', en: 'The money arrived' },
  rejected: { vi: 'Tiền không đi, sẽ phải chi lại', en: 'No money went; it is owed again' },
};

/** What a ruling did to one payment. */
export const RESULTS: Readonly<Record<string, Bilingual>> = {
  pending: { vi: 'Chờ ký', en: 'Waits for the signature' },
  moved: { vi: 'Đã kết luận', en: 'Ruled' },
  overtaken: { vi: 'Ngân hàng đã trả lời trước', en: 'The bank answered first' },
  released: { vi: 'Không kết luận', en: 'Nothing was ruled' },
};

export const AGES = ['hour', 'day', 'three-days', 'older'] as const;
export type DoubtAgeGroup = (typeof AGES)[number];

export const AGE_TEXTS: Readonly<Record<DoubtAgeGroup, Bilingual>> = {
  hour: { vi: 'Dưới 1 giờ', en: 'Under an hour' },
  day: { vi: '1 giờ đến 1 ngày', en: 'An hour to a day' },
  'three-days': { vi: '1 đến 3 ngày', en: '1 to 3 days' },
  older: { vi: 'Trên 3 ngày', en: 'Over 3 days' },
};

const HOUR_MS = 3_600_000;

/** Since when a doubt of this age is one: after `from`, before `before`. */
export function bordersOf(
  age: DoubtAgeGroup | undefined,
  now: Date,
): { from: Date | null; before: Date | null } {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);
  // A border belongs to the younger side in SQL as it does here: one millisecond more is the next group.
  const until = (hours: number) => new Date(ago(hours).getTime() + 1);
  switch (age) {
    case undefined:
      return { from: null, before: null };
    case 'hour':
      return { from: until(1), before: null };
    case 'day':
      return { from: until(24), before: until(1) };
    case 'three-days':
      return { from: until(72), before: until(24) };
    case 'older':
      return { from: null, before: until(72) };
  }
}
