import type { Permission } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';

export interface NavigationItem {
  readonly href: string;
  readonly text: Bilingual;
  /** Shown to whoever may do this; to everybody signed in without it. */
  readonly permission?: Permission;
}

export interface NavigationGroup {
  readonly text: Bilingual;
  readonly items: readonly NavigationItem[];
}

/** The console's places, in the order in which the money walks. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    text: { vi: 'Công việc', en: 'Work' },
    items: [
      { href: '/', text: { vi: 'Trang chính', en: 'Home' } },
      {
        href: '/imports',
        text: { vi: 'Danh sách gửi vào', en: 'Lists in' },
        permission: 'import.read',
      },
      { href: '/batches', text: { vi: 'Đợt chi', en: 'Batches' }, permission: 'batch.read' },
      {
        href: '/runs',
        text: { vi: 'Lượt chi trả', en: 'Payment runs' },
        permission: 'payment.read',
      },
      { href: '/mending', text: { vi: 'Cần sửa', en: 'To mend' }, permission: 'payment.read' },
      {
        href: '/doubts',
        text: { vi: 'Chưa rõ kết quả', en: 'Unknown outcomes' },
        permission: 'payment.read',
      },
      {
        href: '/reconciliation',
        text: { vi: 'Đối chiếu', en: 'Reconciliation' },
        permission: 'reconciliation.read',
      },
      { href: '/alerts', text: { vi: 'Cảnh báo', en: 'Alerts' }, permission: 'alert.read' },
    ],
  },
  {
    text: { vi: 'Tra cứu', en: 'Look up' },
    items: [
      {
        href: '/beneficiaries',
        text: { vi: 'Người hưởng', en: 'Beneficiaries' },
        permission: 'beneficiary.read',
      },
      {
        href: '/entitlements',
        text: { vi: 'Khoản được hưởng', en: 'Entitlements' },
        permission: 'entitlement.read',
      },
      { href: '/payments', text: { vi: 'Khoản chi', en: 'Payments' }, permission: 'payment.read' },
      { href: '/reports', text: { vi: 'Báo cáo', en: 'Reports' }, permission: 'payment.read' },
    ],
  },
  {
    text: { vi: 'Quản trị', en: 'Administration' },
    items: [
      { href: '/admin/banks', text: { vi: 'Ngân hàng', en: 'Banks' }, permission: 'bank.read' },
      {
        href: '/admin/funds',
        text: { vi: 'Nguồn kinh phí', en: 'Funds' },
        permission: 'fund.read',
      },
      {
        href: '/admin/files',
        text: { vi: 'Tệp với ngân hàng', en: 'Bank files' },
        permission: 'bank.read',
      },
      {
        href: '/admin/notices',
        text: { vi: 'Thông báo đến', en: 'Inbound notices' },
        permission: 'notice.read',
      },
      { href: '/admin/calendar', text: { vi: 'Lịch làm việc', en: 'Calendar' } },
      { href: '/admin/users', text: { vi: 'Người dùng', en: 'Users' }, permission: 'user.manage' },
      {
        href: '/admin/api-keys',
        text: { vi: 'Khóa API', en: 'API keys' },
        permission: 'user.manage',
      },
      {
        href: '/admin/audit',
        text: { vi: 'Nhật ký kiểm toán', en: 'Audit trail' },
        permission: 'audit.read',
      },
    ],
  },
  {
    text: { vi: 'Trợ giúp', en: 'Help' },
    items: [
      { href: '/guide', text: { vi: 'Hướng dẫn', en: 'Guide' } },
      { href: '/account', text: { vi: 'Tài khoản của tôi', en: 'My account' } },
    ],
  },
];
