import type { Bilingual } from '../../kernel/index.js';
import type { ReasonFamily } from '../../organisation/index.js';

/** What kind of cause it is. */
export const FAMILIES: Readonly<Record<ReasonFamily, Bilingual>> = {
  account: { vi: 'Tài khoản', en: 'Account' },
  amount: { vi: 'Số tiền', en: 'Amount' },
  authority: { vi: 'Thẩm quyền', en: 'Authority' },
  beneficiary: { vi: 'Người hưởng', en: 'Beneficiary' },
  cancel: { vi: 'Bị hủy', en: 'Cancelled' },
  compliance: { vi: 'Quy định, tuân thủ', en: 'Compliance' },
  date: { vi: 'Ngày giờ', en: 'Date' },
  duplicate: { vi: 'Trùng khoản chi', en: 'Duplicate' },
  funding: { vi: 'Nguồn tiền', en: 'Funding' },
  message: { vi: 'Nội dung lệnh', en: 'Message' },
  name: { vi: 'Họ tên', en: 'Name' },
  'own-setup': { vi: 'Thiết lập của cơ quan', en: 'Our own set-up' },
  routing: { vi: 'Đường chuyển tiền', en: 'Routing' },
  technical: { vi: 'Kỹ thuật', en: 'Technical' },
  unspecified: { vi: 'Ngân hàng không nói rõ', en: 'Not specified' },
};

/** Why a payment does not go yet, and what to do; reasons of follow-up batches are among them. */
export const NOT_YET: Readonly<Record<string, Bilingual & { todo: Bilingual }>> = {
  entitlement_not_open: {
    vi: 'Khoản được hưởng không còn chờ chi',
    en: 'Nothing is owed any more',
    todo: {
      vi: 'Không phải làm gì: khoản này đã vào đợt khác, đã chi hoặc đã thôi.',
      en: 'Nothing to do: it is in another batch, paid, or has ended.',
    },
  },
  deceased: {
    vi: 'Người hưởng đã mất',
    en: 'The beneficiary has died',
    todo: {
      vi: 'Xem hồ sơ người hưởng; nếu báo mất nhầm thì sửa lại, nếu đúng thì thôi hưởng.',
      en: 'Look at the person’s file: take a mistaken death back, or end the entitlement.',
    },
  },
  held: {
    vi: 'Người hưởng đang tạm giữ',
    en: 'The beneficiary is on hold',
    todo: {
      vi: 'Hỏi xã/phường, rồi bỏ tạm giữ trong trang sửa của khoản đó.',
      en: 'Ask the commune, then release the hold on the payment’s page.',
    },
  },
  paid_after_all: {
    vi: 'Ngân hàng sau đó báo đã chi',
    en: 'The bank said later that it paid',
    todo: {
      vi: 'Hỏi ngân hàng tiền có đi không; chỉ chi lại khi chắc chắn tiền chưa đi, và ghi rõ vì sao.',
      en: 'Ask the bank whether the money went; pay again only when it is certain that it did not.',
    },
  },
  no_account: {
    vi: 'Chưa có tài khoản',
    en: 'There is no account',
    todo: {
      vi: 'Lấy số tài khoản từ xã/phường và nhập vào.',
      en: 'Have the commune collect an account and enter it.',
    },
  },
  account_not_mended: {
    vi: 'Tài khoản chưa được thay',
    en: 'The account is still the same',
    todo: {
      vi: 'Thay tài khoản; nếu tài khoản cũ dùng được thì ghi rõ vì sao.',
      en: 'Replace the account, or say why the same one will do.',
    },
  },
  ended: {
    vi: 'Đã thôi hưởng',
    en: 'The entitlement has ended',
    todo: { vi: 'Không phải làm gì.', en: 'Nothing to do.' },
  },
  already_paid: {
    vi: 'Đã được chi rồi',
    en: 'Paid already',
    todo: { vi: 'Không phải làm gì.', en: 'Nothing to do.' },
  },
  in_another_batch: {
    vi: 'Đang nằm trong đợt chi khác',
    en: 'In another batch',
    todo: { vi: 'Xem đợt chi đó.', en: 'Look at that batch.' },
  },
  no_route: {
    vi: 'Chưa có ngân hàng nào chuyển được đến ngân hàng này',
    en: 'No bank of ours pays to this bank',
    todo: {
      vi: 'Nhờ quản trị khai báo đường chuyển, hoặc thay tài khoản ở ngân hàng khác.',
      en: 'Have the administrator add a route, or use an account at another bank.',
    },
  },
  no_rail: {
    vi: 'Số tiền ngoài mức chuyển được',
    en: 'No rail carries this amount',
    todo: {
      vi: 'Nhờ quản trị xem hạn mức kênh chuyển.',
      en: 'Have the limits of the rails looked at.',
    },
  },
  recipient_expired: {
    vi: 'Giấy ủy quyền nhận thay đã hết hạn',
    en: 'The recipient’s paper has expired',
    todo: {
      vi: 'Gia hạn giấy ủy quyền, hoặc chi vào tài khoản của chính người hưởng.',
      en: 'Renew the paper, or pay into the person’s own account.',
    },
  },
  over_ceiling: {
    vi: 'Vượt mức trần của chế độ',
    en: 'Above the programme’s ceiling',
    todo: {
      vi: 'Xem lại số tiền trong quyết định.',
      en: 'Look at the amount in the decision again.',
    },
  },
};

const OTHER = {
  vi: 'Chưa đủ điều kiện chi',
  en: 'Not ready to be paid',
  todo: { vi: 'Xem trang của khoản chi.', en: 'Look at the payment’s page.' },
};

export function notYetWords(why: string): Bilingual & { todo: Bilingual } {
  return NOT_YET[why] ?? OTHER;
}

/** What the look at an account came to. */
export const VERDICTS: Readonly<
  Record<string, Bilingual & { tone: 'good' | 'bad' | 'doubt' | 'over' }>
> = {
  exact: { vi: 'Ngân hàng xác nhận đúng tên', en: 'The bank confirms the name', tone: 'good' },
  confirmed: { vi: 'Cán bộ đã xác nhận bằng giấy tờ', en: 'Confirmed by an officer', tone: 'good' },
  close: { vi: 'Tên gần giống, cần người xem', en: 'The name is close: look at it', tone: 'doubt' },
  different: { vi: 'Ngân hàng báo tên khác', en: 'The bank has another name', tone: 'bad' },
  'no-such-account': {
    vi: 'Ngân hàng báo không có tài khoản này',
    en: 'The bank has no such account',
    tone: 'bad',
  },
  'cannot-tell': { vi: 'Ngân hàng không trả lời được', en: 'The bank cannot tell', tone: 'over' },
};
