import type { ChainStep } from '../../approvals/index.js';
import type { AccountState, Change } from '../../batches/index.js';
import type { Bilingual } from '../../kernel/index.js';

/** Whose signature a step is. */
export const SIGNATURES: Readonly<Record<ChainStep['signature'], Bilingual>> = {
  second: { vi: 'Kế toán trưởng (chữ ký thứ hai)', en: 'Chief accountant (second signature)' },
  first: { vi: 'Chủ tài khoản (chữ ký thứ nhất)', en: 'Account holder (first signature)' },
};

export const CHANGE_WORDS: Readonly<Record<Change, Bilingual>> = {
  new: { vi: 'Mới', en: 'New' },
  gone: { vi: 'Không còn', en: 'Gone' },
  other_amount: { vi: 'Đổi số tiền', en: 'Another amount' },
  other_account: { vi: 'Đổi tài khoản', en: 'Another account' },
};

/** What people did with a batch, as its history tells it. */
export const ACTS: Readonly<Record<string, Bilingual>> = {
  assembled: { vi: 'Lập đợt chi', en: 'Assembled' },
  line_removed: { vi: 'Rút dòng khỏi đợt chi', en: 'Lines taken out' },
  rebuilt: { vi: 'Lập lại từ danh sách hiện tại', en: 'Rebuilt' },
  proposed: { vi: 'Trình ký', en: 'Proposed' },
  returned: { vi: 'Trả lại để sửa', en: 'Returned' },
  approved: { vi: 'Đủ chữ ký', en: 'Fully signed' },
  cancelled: { vi: 'Hủy đợt chi', en: 'Cancelled' },
};

/** What is known of an account, as a word of its own. */
export const ACCOUNT_WORDS: Readonly<Record<AccountState, Bilingual>> = {
  exact: { vi: 'Đúng tên', en: 'Exact name' },
  confirmed: { vi: 'Đã xác nhận bằng giấy tờ', en: 'Confirmed by paper' },
  close: { vi: 'Tên gần giống', en: 'Close name' },
  different: { vi: 'Khác tên', en: 'Different name' },
  'no-such-account': { vi: 'Không có tài khoản này', en: 'No such account' },
  'cannot-tell': { vi: 'Ngân hàng chưa trả lời được', en: 'The bank cannot tell' },
  outdated: { vi: 'Kết quả đã cũ', en: 'Answered too long ago' },
  unchecked: { vi: 'Chưa kiểm tra', en: 'Not checked yet' },
};

/** Why a line no longer says what the payee's record says. */
export const OUTDATED_WORDS: Readonly<Record<string, Bilingual>> = {
  not_in_batch: { vi: 'Khoản này không còn thuộc đợt chi', en: 'No longer in this batch' },
  deceased: { vi: 'Người hưởng đã mất', en: 'The payee has died' },
  held: { vi: 'Người hưởng đang tạm giữ', en: 'The payee is on hold' },
  no_account: { vi: 'Không còn tài khoản', en: 'No account any more' },
  recipient_expired: { vi: 'Giấy ủy quyền đã hết hạn', en: 'The authorisation has expired' },
  account_changed: { vi: 'Đã đổi tài khoản', en: 'Another account by now' },
  name_changed: { vi: 'Đã đổi họ tên hoặc số định danh', en: 'Another name or number by now' },
};

/** Left-out reasons as short names; the sentence that says what to do stands beside them. */
export const LEFT_OUT_WORDS: Readonly<Record<string, Bilingual>> = {
  no_account: { vi: 'Chưa có tài khoản', en: 'No account' },
  no_route: { vi: 'Chưa chuyển được đến ngân hàng này', en: 'No way to this bank' },
  no_rail: { vi: 'Số tiền ngoài mức chuyển', en: 'Amount not carried' },
  held: { vi: 'Đang tạm giữ', en: 'On hold' },
  deceased: { vi: 'Đã mất', en: 'Deceased' },
  ended: { vi: 'Đã dừng hưởng', en: 'Ended' },
  recipient_expired: { vi: 'Giấy ủy quyền hết hạn', en: 'Authorisation expired' },
  failed_before: { vi: 'Lần trước chi không thành', en: 'Failed before' },
  over_ceiling: { vi: 'Vượt mức tối đa', en: 'Over the ceiling' },
  in_another_batch: { vi: 'Đã ở đợt chi khác', en: 'In another batch' },
  already_paid: { vi: 'Đã chi', en: 'Already paid' },
  removed: { vi: 'Người lập rút ra', en: 'Taken out' },
};

const UNKNOWN: Bilingual = { vi: 'khác', en: 'other' };

/** A word of one of these lists; never a code. */
export function wordOf(words: Readonly<Record<string, Bilingual>>, code: string): Bilingual {
  return words[code] ?? UNKNOWN;
}

/** `xxxxxxxx xxxxxxxx …`: eight characters at a time, so that two people can read a digest to each other. */
export function groupedDigest(digest: string): string {
  return digest.replace(/(.{8})(?=.)/g, '$1 ');
}
