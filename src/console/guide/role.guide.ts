import type { Role } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';
import { step, text, type Step } from './topic.js';

/** A role's month: what it does, in which order, and what it never does. */
export interface RoleGuide {
  readonly purpose: Bilingual;
  readonly steps: readonly Step[];
  readonly never: readonly Bilingual[];
}

const AT = {
  imports: { href: '/guide/lists' },
  signing: { href: '/guide/signing' },
  mending: { href: '/guide/mending' },
  reconciliation: { href: '/guide/reconciliation' },
  doubts: { href: '/guide/doubts' },
  alerts: { href: '/guide/alerts' },
  carrying: { href: '/guide/carrying' },
  banks: { href: '/guide/banks' },
  settingUp: { href: '/guide/setting-up' },
} as const;

export const ROLE_GUIDES: Readonly<Record<Role, RoleGuide>> = {
  preparer: {
    purpose: text(
      'Bạn đưa danh sách đã được phê duyệt thành đợt chi đúng người, đúng tiền, đúng tài khoản.',
      'You turn approved lists into batches: the right people, amounts and accounts.',
    ),
    steps: [
      step('Nhận danh sách, sửa lỗi, nhập.', 'Bring lists, mend errors, apply them.', AT.imports),
      step('Lập đợt chi, so với kỳ trước, trình ký.', 'Build the batch, compare it, propose it.', {
        href: '/batches',
        permission: 'batch.read',
      }),
      step(
        'Ngân hàng chưa nối máy: mang danh sách đến.',
        'Banks by hand: carry the list.',
        AT.carrying,
      ),
      step('Sửa khoản bị từ chối, bị hoàn trả.', 'Mend what was rejected or returned.', AT.mending),
      step('Theo dõi khoản chưa rõ kết quả.', 'Follow unknown outcomes.', AT.doubts),
      step(
        'Nhận sao kê, đối chiếu, khóa sổ.',
        'Bring statements, reconcile, close.',
        AT.reconciliation,
      ),
    ],
    never: [
      text('Ký đợt chi, kể cả thay người khác.', 'Sign a batch, not even for somebody else.'),
      text(
        'Sửa đợt chi đã trình: chỉ người ký trả lại được.',
        'Change a proposed batch: a signer returns it.',
      ),
      text('Ngừng hoặc mở lại việc gửi tới ngân hàng.', 'Switch a bank off or on.'),
    ],
  },
  chief_accountant: {
    purpose: text(
      'Bạn giữ sổ nguồn kinh phí và ký thứ hai: kiểm tra trước khi chủ tài khoản quyết định chi.',
      'You keep the books of the funds and sign second: you check before the account holder decides.',
    ),
    steps: [
      step('Ghi quyết định giao kinh phí khi có.', 'Enter allotments when they come.', {
        href: '/admin/funds',
        permission: 'fund.read',
      }),
      step('Xem và ký đợt chi, hoặc trả lại.', 'Look at batches; sign or return them.', AT.signing),
      step(
        'Theo dõi lượt chi; tạm dừng nếu thấy sai.',
        'Follow the run; pause it if something is wrong.',
        {
          href: '/runs',
          permission: 'payment.read',
        },
      ),
      step(
        'Ký kết luận khoản chưa rõ do người khác đề nghị.',
        'Sign rulings on doubts that others proposed.',
        AT.doubts,
      ),
      step(
        'Ngân hàng có sự cố: ngừng gửi, rồi mở lại.',
        'A bank in trouble: switch it off, then on.',
        AT.banks,
      ),
      step('Nhận và xử lý cảnh báo.', 'Take over alerts.', AT.alerts),
    ],
    never: [
      text('Lập đợt chi.', 'Prepare a batch.'),
      text('Ký thứ nhất, hoặc ký hai lần.', 'Sign first, or sign twice.'),
      text('Ký kết luận do chính mình đề nghị.', 'Sign a ruling of your own.'),
    ],
  },
  account_holder: {
    purpose: text(
      'Bạn ký thứ nhất: chữ ký cuối cùng, sau đó tiền được giữ và gửi đi.',
      'You sign first: after this signature the money is reserved and sent.',
    ),
    steps: [
      step(
        'Đọc kỹ trang ký: tổng tiền bằng chữ, thay đổi, cảnh báo.',
        'Read the page well: the total in words, changes, warnings.',
        AT.signing,
      ),
      step('Ký, hoặc trả lại kèm lý do.', 'Sign, or return it with a reason.'),
      step(
        'Xem lượt chi và số tiền trong tháng ở Trang chính.',
        'Watch the run and the month on the home page.',
        { href: '/' },
      ),
      step(
        'Cần thì tạm dừng lượt chi hoặc ngừng gửi tới một ngân hàng.',
        'Pause a run or switch a bank off when needed.',
        AT.banks,
      ),
    ],
    never: [
      text('Lập đợt chi.', 'Prepare a batch.'),
      text('Ký thứ hai, hoặc ký hai lần.', 'Sign second, or sign twice.'),
      text('Ghi quyết định giao kinh phí.', 'Enter allotments.'),
    ],
  },
  monitor: {
    purpose: text(
      'Bạn nhìn thấy mọi thứ và báo động; bạn không làm thay đổi một đồng nào.',
      'You see everything and raise the alarm; you move not one đồng.',
    ),
    steps: [
      step(
        'Mỗi sáng: xem Trang chính và Cảnh báo.',
        'Each morning: the home page and the alerts.',
        AT.alerts,
      ),
      step(
        'Xem báo cáo: ai đã nhận, ai chưa, tỷ lệ không dùng tiền mặt.',
        'Look at reports: who was paid, who was not, the cashless share.',
        {
          href: '/reports',
          permission: 'payment.read',
        },
      ),
      step('Tra nhật ký: ai đã làm gì, lúc nào.', 'Look into the trail: who did what, and when.', {
        href: '/admin/audit',
        permission: 'audit.read',
      }),
    ],
    never: [
      text('Lập, ký, gửi, sửa hồ sơ.', 'Prepare, sign, send, mend people.'),
      text(
        'Tải tệp có tên và số tài khoản giao ngân hàng.',
        'Download files with names and accounts for banks.',
      ),
    ],
  },
  administrator: {
    purpose: text(
      'Bạn lo người và máy: ai vào được, phần mềm nào được nối. Bạn không lập và không ký.',
      'You see to people and machines: who comes in, what is connected. You neither prepare nor sign.',
    ),
    steps: [
      step(
        'Người dùng, vai trò, chữ ký, khóa API.',
        'Users, roles, signatures, API keys.',
        AT.settingUp,
      ),
      step(
        'Sửa hồ sơ người hưởng khi cán bộ lập bảng nhờ.',
        'Mend a beneficiary when a preparer asks.',
        {
          href: '/beneficiaries',
          permission: 'beneficiary.read',
        },
      ),
      step(
        'Xem tệp, thông báo của ngân hàng có đến đều không.',
        'See whether files and notices of banks come in.',
        {
          href: '/admin/notices',
          permission: 'notice.read',
        },
      ),
      step('Mỗi tháng: kiểm tra chuỗi nhật ký.', 'Each month: verify the audit chain.', {
        href: '/admin/audit/verification',
        permission: 'audit.read',
      }),
    ],
    never: [
      text(
        'Lập hoặc ký đợt chi, kết luận khoản chưa rõ.',
        'Prepare or sign batches, rule on doubts.',
      ),
      text('Đổi loại chữ ký đã đăng ký của ai.', 'Change anybody’s registered signature.'),
      text('Xóa hay sửa nhật ký kiểm toán.', 'Delete or change the audit trail.'),
    ],
  },
};
