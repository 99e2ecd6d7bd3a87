import type { AccountCheck, AccountOfPayee } from '../../beneficiaries/index.js';
import type { Bilingual } from '../../kernel/index.js';

/** Parts of all people that a list may be narrowed to. */
export const ONLY_TEXTS = {
  held: { vi: 'Đang tạm dừng chi', en: 'On hold' },
  deceased: { vi: 'Đã mất', en: 'Deceased' },
  'without-account': { vi: 'Chưa có tài khoản', en: 'Without an account' },
} as const;

export const SOURCES: Readonly<Record<AccountOfPayee['source'], Bilingual>> = {
  import: { vi: 'từ danh sách gửi vào', en: 'from a list' },
  officer: { vi: 'cán bộ nhập tay', en: 'entered by an officer' },
  api: { vi: 'từ phần mềm khác', en: 'from another program' },
};

export const VERIFIED_HOW: Readonly<Record<'bank' | 'officer', Bilingual>> = {
  bank: { vi: 'ngân hàng xác nhận đúng tên', en: 'the bank confirmed the name' },
  officer: { vi: 'cán bộ đối chiếu giấy tờ', en: 'an officer compared a paper' },
};

export const VERDICTS: Readonly<
  Record<AccountCheck['verdict'], Bilingual & { tone: 'good' | 'bad' | 'doubt' }>
> = {
  exact: { vi: 'Đúng tên', en: 'The same name', tone: 'good' },
  confirmed: { vi: 'Cán bộ đã xác nhận bằng giấy tờ', en: 'Confirmed with a paper', tone: 'good' },
  close: {
    vi: 'Tên gần giống, cần người xem',
    en: 'A close name: somebody must look',
    tone: 'doubt',
  },
  different: { vi: 'Tên khác', en: 'Another name', tone: 'bad' },
  'no-such-account': {
    vi: 'Ngân hàng không có tài khoản này',
    en: 'The bank has no such account',
    tone: 'bad',
  },
  'cannot-tell': { vi: 'Ngân hàng chưa trả lời được', en: 'The bank cannot tell', tone: 'doubt' },
};

const HAPPENED: Readonly<Record<string, Bilingual>> = {
  registered: { vi: 'Được đăng ký', en: 'Registered' },
  details_changed: { vi: 'Thông tin thay đổi', en: 'Details changed' },
  account_opened: { vi: 'Thêm tài khoản', en: 'Account entered' },
  account_replaced: { vi: 'Đổi tài khoản', en: 'Account replaced' },
  recipient_authorised: { vi: 'Thêm người nhận thay', en: 'Recipient authorised' },
  recipient_ended: { vi: 'Thôi ủy quyền nhận thay', en: 'Recipient ended' },
  held: { vi: 'Tạm dừng chi', en: 'Put on hold' },
  released: { vi: 'Bỏ tạm dừng chi', en: 'Hold released' },
  death_recorded: { vi: 'Ghi nhận về việc mất', en: 'Death recorded or taken back' },
  name_corrected: { vi: 'Sửa họ tên', en: 'Name corrected' },
  account_confirmed: { vi: 'Xác nhận tài khoản bằng giấy tờ', en: 'Account confirmed' },
};

export const happenedText = (happened: string): Bilingual =>
  HAPPENED[happened] ?? { vi: happened, en: happened };

const CAUSES: Readonly<Record<string, Bilingual>> = {
  answer: { vi: 'ngân hàng trả lời khi gửi lệnh', en: 'the bank’s answer' },
  notice: { vi: 'ngân hàng thông báo', en: 'a notice of the bank' },
  enquiry: { vi: 'ngân hàng trả lời khi được hỏi', en: 'the bank’s answer to an enquiry' },
  statement: { vi: 'sao kê của ngân hàng', en: 'the bank’s statement' },
  operator: { vi: 'cán bộ xác nhận kết quả', en: 'an officer’s ruling' },
};

/** What brought it about: a word of ours, or an officer's own. */
export const causeText = (cause: string): Bilingual => CAUSES[cause] ?? { vi: cause, en: cause };

/** `import <id>` and `payment <id>` lead there; anything else is an officer's own words. */
export function causeLink(cause: string): { href: string; text: Bilingual } | null {
  const [, kind, id] = /^(import|payment) ([0-9a-f-]{36})$/.exec(cause) ?? [];
  if (!id) return null;
  return kind === 'import'
    ? { href: `/imports/${id}`, text: { vi: 'theo danh sách gửi vào', en: 'by a list' } }
    : { href: `/payments/${id}`, text: { vi: 'theo kết quả một khoản chi', en: 'by a payment' } };
}
