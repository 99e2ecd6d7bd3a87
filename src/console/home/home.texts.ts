import type { Bilingual } from '../../kernel/index.js';
import type { Term, WaitingKind } from '../../reports/index.js';

/** What waits: its words, and where it is done. */
export const WAITING: Readonly<
  Record<WaitingKind, { text: Bilingual; pressing: Bilingual; href: string }>
> = {
  sign: {
    text: { vi: 'đợt chi chờ bạn ký', en: 'batches for you to sign' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/batches?waiting=mine',
  },
  'sign-ruling': {
    text: { vi: 'kết luận chờ người thứ hai ký', en: 'rulings to countersign' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/doubts',
  },
  'own-alerts': {
    text: { vi: 'cảnh báo bạn đang xử lý', en: 'alerts in your hands' },
    pressing: { vi: 'nghiêm trọng', en: 'critical' },
    href: '/alerts?state=acknowledged&mine=yes',
  },
  carry: {
    text: { vi: 'danh sách chờ mang đến ngân hàng', en: 'lists to carry to the bank' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/admin/files/lists?state=to-carry',
  },
  alerts: {
    text: { vi: 'cảnh báo chưa ai nhận', en: 'alerts that nobody has taken' },
    pressing: { vi: 'nghiêm trọng', en: 'critical' },
    href: '/alerts?state=open',
  },
  mend: {
    text: { vi: 'khoản chi cần sửa', en: 'payments to mend' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/mending',
  },
  doubts: {
    text: { vi: 'khoản chi chưa rõ kết quả', en: 'payments of unknown outcome' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/doubts',
  },
  'own-exceptions': {
    text: { vi: 'sai lệch đối chiếu bạn phụ trách', en: 'exceptions that are yours' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/reconciliation/exceptions?state=open&owner=me',
  },
  exceptions: {
    text: { vi: 'sai lệch đối chiếu chưa xong', en: 'open exceptions of reconciliation' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/reconciliation/exceptions?state=open',
  },
  propose: {
    text: { vi: 'đợt chi đang lập, chưa trình', en: 'drafts to propose' },
    pressing: { vi: 'bị trả lại', en: 'returned to you' },
    href: '/batches?state=draft',
  },
  apply: {
    text: { vi: 'danh sách đã kiểm tra, chờ nhập', en: 'checked lists to apply' },
    pressing: { vi: 'gấp', en: 'urgent' },
    href: '/imports?state=checked',
  },
};

export const TERM_TEXTS: Readonly<Record<Term | 'approved', Bilingual>> = {
  approved: { vi: 'Đã duyệt', en: 'Approved' },
  paid: { vi: 'đã vào tài khoản', en: 'paid' },
  failed: { vi: 'bị từ chối', en: 'failed' },
  returned: { vi: 'bị hoàn trả', en: 'returned' },
  inFlight: { vi: 'đang chi', en: 'in flight' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
  cancelled: { vi: 'đã hủy', en: 'cancelled' },
};

export const FAILURE_STATES: ReadonlySet<string> = new Set(['rejected', 'returned']);

export const EMPTY_MONTH = {
  title: {
    vi: 'Tháng này chưa có đợt chi nào được ký đủ.',
    en: 'No batch has been approved this month.',
  },
  text: {
    vi: 'Tiền hiện ở đây khi một đợt chi đã đủ chữ ký.',
    en: 'Money shows here as soon as a batch has all its signatures.',
  },
  link: { vi: 'Xem các đợt chi', en: 'See the batches' },
};
