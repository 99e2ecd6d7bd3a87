import type { Bilingual } from '../../kernel/index.js';
import type { CashlessGroup, Dimension, Measure, Term, UnpaidReason } from '../../reports/index.js';

export { REASON_TEXTS } from '../../reports/index.js';

export const DIMENSION_TEXTS: Readonly<Record<Dimension, Bilingual>> = {
  programme: { vi: 'Chế độ', en: 'Programme' },
  commune: { vi: 'Xã, phường', en: 'Commune' },
  bank: { vi: 'Ngân hàng chi', en: 'Paying bank' },
  payeeBank: { vi: 'Ngân hàng người nhận', en: 'Payee’s bank' },
  fund: { vi: 'Nguồn kinh phí', en: 'Fund' },
  month: { vi: 'Tháng ngân sách', en: 'Budget month' },
  period: { vi: 'Kỳ chi trả', en: 'Period' },
};

export const TERM_HEADS: Readonly<Record<Term, Bilingual>> = {
  paid: { vi: 'Đã vào tài khoản', en: 'Paid' },
  failed: { vi: 'Bị từ chối', en: 'Failed' },
  returned: { vi: 'Bị hoàn trả', en: 'Returned' },
  inFlight: { vi: 'Đang chi', en: 'In flight' },
  unknown: { vi: 'Chưa rõ kết quả', en: 'Unknown' },
  cancelled: { vi: 'Đã hủy', en: 'Cancelled' },
};

export const MEASURE_TEXTS: Readonly<Record<Measure, Bilingual>> = {
  account: { vi: 'Có tài khoản', en: 'Have an account' },
  verified: { vi: 'Tài khoản đã xác minh', en: 'Verified account' },
  credited: { vi: 'Được chi qua tài khoản', en: 'Paid into an account' },
};

export const NEXT_STEPS: Readonly<Record<UnpaidReason, Bilingual>> = {
  'no-account': {
    vi: 'Vận động mở tài khoản; kỳ này chi tiền mặt.',
    en: 'Ask them to open an account; this time paid in cash.',
  },
  failed: {
    vi: 'Sửa tài khoản ở mục Cần sửa rồi chi lại.',
    en: 'Mend the account under To mend and pay again.',
  },
  held: {
    vi: 'Xem lý do giữ ở trang người hưởng, rồi bỏ giữ hoặc thôi chi.',
    en: 'See why on the person’s page; release the hold, or do not pay.',
  },
  deceased: {
    vi: 'Thôi chi, hoặc chi cho thân nhân theo quyết định.',
    en: 'Do not pay, or pay the heirs by decision.',
  },
  unknown: {
    vi: 'Chờ ngân hàng trả lời; không chi lại trước đó.',
    en: 'Wait for the bank’s answer; do not pay again before.',
  },
  'being-paid': { vi: 'Chờ kết quả của ngân hàng.', en: 'Wait for the bank’s result.' },
  'waits-for-signature': { vi: 'Nhắc người ký.', en: 'Remind the signers.' },
  'in-draft': { vi: 'Trình đợt chi.', en: 'Propose the batch.' },
  'not-in-batch': { vi: 'Lập đợt chi.', en: 'Put together a batch.' },
};

/** How far somebody has come on the way from cash to an account. */
export const STANDING_TEXTS = {
  none: { vi: 'Chưa có tài khoản', en: 'No account' },
  unpaid: { vi: 'Có tài khoản, chưa được chi qua tài khoản', en: 'An account, not paid into it' },
  credited: MEASURE_TEXTS.credited,
} as const;

export function standingOf(person: {
  readonly hasAccount: boolean;
  readonly isCredited: boolean;
}): keyof typeof STANDING_TEXTS {
  if (person.isCredited) return 'credited';
  return person.hasAccount ? 'unpaid' : 'none';
}

/** Whom a list of people holds. */
export const GROUP_TEXTS: Readonly<Record<CashlessGroup | 'cash', Bilingual>> = {
  cash: { vi: 'Người chưa được chi qua tài khoản', en: 'People not paid into an account' },
  all: { vi: 'Mọi người được chi', en: 'Everybody owed' },
  account: { vi: 'Người có tài khoản', en: 'People with an account' },
  verified: {
    vi: 'Người có tài khoản đã xác minh',
    en: 'People with a verified account',
  },
  credited: { vi: 'Người được chi qua tài khoản', en: 'People paid into an account' },
  own: { vi: 'Người tự nhận qua tài khoản', en: 'People paid into their own account' },
  recipient: {
    vi: 'Người được chi qua tài khoản người nhận thay',
    en: 'People paid into their recipient’s account',
  },
  none: { vi: 'Người chưa có tài khoản', en: 'People without an account' },
  unpaid: {
    vi: 'Người có tài khoản, chưa được chi qua tài khoản',
    en: 'People with an account, not paid into it',
  },
};

/** `85,3 %` */
export function percent(share: string | null, language: 'vi' | 'en'): string {
  if (share === null) return '–';
  return `${language === 'vi' ? share.replace('.', ',') : share}\u00a0%`;
}
