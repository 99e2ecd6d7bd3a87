import type { Permission, Role, SignatureKind } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';

/** What people call the roles. */
export const ROLE_TEXTS: Readonly<Record<Role, Bilingual>> = {
  preparer: { vi: 'Cán bộ lập bảng', en: 'Preparer' },
  chief_accountant: { vi: 'Kế toán trưởng', en: 'Chief accountant' },
  account_holder: { vi: 'Chủ tài khoản', en: 'Account holder' },
  monitor: { vi: 'Giám sát', en: 'Monitor' },
  administrator: { vi: 'Quản trị', en: 'Administrator' },
};

export const SIGNATURE_TEXTS: Readonly<Record<SignatureKind, Bilingual>> = {
  first: { vi: 'Chữ ký thứ nhất (chủ tài khoản)', en: 'First signature (account holder)' },
  second: { vi: 'Chữ ký thứ hai (kế toán trưởng)', en: 'Second signature (chief accountant)' },
};

/** What each permission lets somebody do, as an order: "Lập và trình đợt chi". */
export const PERMISSION_TEXTS: Readonly<Record<Permission, Bilingual>> = {
  'import.read': { vi: 'Xem danh sách gửi vào', en: 'See lists that came in' },
  'import.write': { vi: 'Gửi và nhập danh sách', en: 'Bring and apply lists' },
  'entitlement.read': { vi: 'Xem khoản được hưởng', en: 'See entitlements' },
  'beneficiary.read': { vi: 'Xem hồ sơ người hưởng', en: 'See beneficiaries' },
  'beneficiary.write': {
    vi: 'Sửa hồ sơ và tài khoản người hưởng',
    en: 'Mend beneficiaries and their accounts',
  },
  'account.confirm': {
    vi: 'Xác nhận tài khoản bằng giấy tờ',
    en: 'Confirm an account by a paper',
  },
  'bank.read': { vi: 'Xem tình trạng ngân hàng', en: 'See how banks fare' },
  'bank.operate': {
    vi: 'Ngừng hoặc mở lại việc gửi tới ngân hàng',
    en: 'Switch a bank off or on',
  },
  'fund.read': { vi: 'Xem nguồn kinh phí', en: 'See the funds' },
  'fund.allot': { vi: 'Ghi quyết định giao kinh phí', en: 'Enter allotments of funds' },
  'batch.read': { vi: 'Xem đợt chi', en: 'See batches' },
  'batch.prepare': { vi: 'Lập và trình đợt chi', en: 'Prepare and propose batches' },
  'batch.sign': { vi: 'Ký hoặc trả lại đợt chi', en: 'Sign or return batches' },
  'run.operate': {
    vi: 'Điều hành lượt chi: tạm dừng, chi tiếp, hủy phần chưa gửi, tải danh sách cho ngân hàng',
    en: 'Operate payment runs: pause, resume, cancel what is not sent, take lists to banks',
  },
  'doubt.propose': {
    vi: 'Đề nghị kết luận khoản chưa rõ kết quả',
    en: 'Propose how an unknown outcome ends',
  },
  'payment.read': { vi: 'Xem khoản chi', en: 'See payments' },
  'notice.read': { vi: 'Xem thông báo của ngân hàng', en: 'See notices of banks' },
  'reconciliation.read': { vi: 'Xem đối chiếu', en: 'See reconciliations' },
  'reconciliation.operate': {
    vi: 'Nhận sao kê, đối chiếu và khóa sổ',
    en: 'Bring statements, reconcile and close',
  },
  'alert.read': { vi: 'Xem cảnh báo', en: 'See alerts' },
  'alert.handle': { vi: 'Nhận và xử lý cảnh báo', en: 'Take over and resolve alerts' },
  'audit.read': { vi: 'Xem nhật ký kiểm toán', en: 'See the audit trail' },
  'user.manage': {
    vi: 'Quản lý người dùng, chữ ký và khóa API',
    en: 'Manage people, signatures and API keys',
  },
};
