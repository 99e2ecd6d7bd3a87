import type { Bilingual } from '../../kernel/index.js';
import type { FactKind, ItemResult, NoticeState, RefusalFault } from '../../settlements/index.js';
import type { StateTone } from '../kit/index.js';

type Toned = Bilingual & { readonly tone: StateTone };

/** What became of one thing that a bank said. */
export const RESULT_TEXTS: Readonly<Record<ItemResult, Toned>> = {
  moved: { vi: 'Đã ghi vào khoản chi', en: 'Applied to the payment', tone: 'good' },
  repeated: { vi: 'Đã biết từ trước', en: 'Known already', tone: 'over' },
  late: { vi: 'Đến sau tin mới hơn', en: 'Came after newer news', tone: 'over' },
  conflict: { vi: 'Mâu thuẫn với sổ', en: 'Contradicts the books', tone: 'bad' },
  'unknown-reference': { vi: 'Không khớp khoản chi nào', en: 'Matches no payment', tone: 'bad' },
  unread: { vi: 'Không nói điều gì chắc chắn', en: 'Says nothing certain', tone: 'doubt' },
};

export const FACT_TEXTS: Readonly<Record<FactKind, Bilingual>> = {
  accepted: { vi: 'đã nhận lệnh', en: 'accepted' },
  settled: { vi: 'đã vào tài khoản', en: 'credited' },
  rejected: { vi: 'từ chối', en: 'rejected' },
  returned: { vi: 'hoàn trả', en: 'returned' },
};

export const FAULT_TEXTS: Readonly<Record<RefusalFault, Bilingual>> = {
  signature: {
    vi: 'Chữ ký sai: không chắc do ngân hàng gửi, hoặc khóa bí mật hai bên khác nhau',
    en: 'A wrong signature: perhaps not from the bank, or the two secrets differ',
  },
  'replay-window': {
    vi: 'Giờ gửi lệch quá 5 phút: đồng hồ hai bên khác nhau, hoặc tin cũ bị gửi lại',
    en: 'More than 5 minutes off: the clocks differ, or an old message was sent again',
  },
  malformed: {
    vi: 'Không đúng mẫu đã thỏa thuận với ngân hàng',
    en: 'Not of the form that was agreed with the bank',
  },
  'too-large': { vi: 'Quá lớn', en: 'Too large' },
};

interface Showing {
  readonly text: Bilingual;
  readonly state?: NoticeState;
  readonly result?: ItemResult;
  readonly isRepeated?: boolean;
}

/** What people look for among the notices, and how that is asked. */
export const SHOWINGS = {
  waiting: { text: { vi: 'Đang chờ xử lý', en: 'Waiting' }, state: 'received' },
  applied: { text: { vi: 'Đã áp dụng', en: 'Applied' }, state: 'applied' },
  duplicate: { text: { vi: 'Gửi lại nhiều lần', en: 'Came more than once' }, isRepeated: true },
  contradicting: {
    text: { vi: 'Cùng số nhưng khác nội dung', en: 'One number, two contents' },
    state: 'conflict',
  },
  unmatched: {
    text: { vi: 'Có khoản không khớp', en: 'With unmatched items' },
    result: 'unknown-reference',
  },
  conflicts: {
    text: { vi: 'Có khoản mâu thuẫn với sổ', en: 'With items against the books' },
    result: 'conflict',
  },
  unread: {
    text: { vi: 'Có khoản không rõ nghĩa', en: 'With items that say nothing certain' },
    result: 'unread',
  },
} as const satisfies Record<string, Showing>;

export type ShowingKey = keyof typeof SHOWINGS;

export function askedBy(show: ShowingKey | undefined): Omit<Showing, 'text'> {
  if (show === undefined) return {};
  const { text: _, ...asked }: Showing = SHOWINGS[show];
  return asked;
}
