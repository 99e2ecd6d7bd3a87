import type { Bilingual } from '../kernel/index.js';
import type { UnpaidReason } from './unpaid.read.js';

/** Why something owed is not paid, in a few words. */
export const REASON_TEXTS: Readonly<Record<UnpaidReason, Bilingual>> = {
  'no-account': { vi: 'Chưa có tài khoản', en: 'No account' },
  failed: { vi: 'Ngân hàng không chi được', en: 'The bank could not pay' },
  held: { vi: 'Đang tạm giữ', en: 'On hold' },
  deceased: { vi: 'Đã mất', en: 'Deceased' },
  unknown: { vi: 'Đã gửi, chưa rõ kết quả', en: 'Sent, outcome unknown' },
  'being-paid': { vi: 'Đang chi', en: 'Being paid' },
  'waits-for-signature': { vi: 'Chờ ký duyệt', en: 'Waits for signatures' },
  'in-draft': { vi: 'Trong đợt chi đang lập', en: 'In a draft batch' },
  'not-in-batch': { vi: 'Chưa đưa vào đợt chi', en: 'In no batch yet' },
};
