import { step, text, trouble, type Topic } from './topic.js';

const RECONCILIATION = { href: '/reconciliation', permission: 'reconciliation.read' } as const;
const DOUBTS = { href: '/doubts', permission: 'payment.read' } as const;
const ALERTS = { href: '/alerts', permission: 'alert.read' } as const;
const FILES = { href: '/admin/files', permission: 'reconciliation.read' } as const;

/** What proves that the money arrived, and what to do when something is wrong. */
export const doubts: Topic = {
  title: text('Khoản chưa rõ kết quả', 'An unknown outcome'),
  summary: text(
    'Đã gửi mà chưa biết ngân hàng đã chi hay chưa: không gửi lại, phải tìm sự thật.',
    'Sent, and nobody knows whether it was paid: it is never sent again before the truth is found.',
  ),
  steps: [
    step(
      'Chờ: hệ thống tự hỏi ngân hàng, ngày càng thưa. Phần lớn tự có kết quả.',
      'Wait: the bank is asked again and again. Most end by themselves.',
      DOUBTS,
    ),
    step(
      'Khoản để lâu: gọi ngân hàng theo số khoản chi, xin văn bản trả lời.',
      'What stays: ask the bank by the payment’s reference, and for an answer on paper.',
    ),
    step(
      'Đề nghị kết luận, đính kèm văn bản của ngân hàng.',
      'Propose how it ends, with the bank’s paper.',
    ),
    step(
      'Một người khác xem chứng từ và ký kết luận.',
      'Somebody else looks at the evidence and signs.',
    ),
  ],
  troubles: [
    trouble(
      text('Người hưởng giục vì chưa nhận tiền', 'The person asks where the money is'),
      text(
        'Xem dòng thời gian của khoản chi và nói đúng những gì đã biết. Không lập khoản chi khác.',
        'Look at the payment’s timeline and tell what is known. Do not build another payment.',
      ),
    ),
  ],
};

export const reconciliation: Topic = {
  title: text('Đối chiếu với sao kê', 'Reconcile with the statement'),
  summary: text(
    'Sao kê là bằng chứng: từng dòng khớp với từng khoản chi, chỗ lệch có người theo dõi.',
    'The statement is the proof: entry by entry against payment by payment; what differs has an owner.',
  ),
  steps: [
    step(
      'Gửi sao kê của ngân hàng vào, hoặc để hệ thống tự lấy.',
      'Bring the statement, or let it be fetched.',
      RECONCILIATION,
    ),
    step(
      'Xem từng nhóm: khớp, thiếu, thừa, lệch số tiền.',
      'Look at each group: matched, missing, extra, another amount.',
    ),
    step(
      'Mỗi khoản lệch: nhận theo dõi, ghi chú, giải trình.',
      'Each exception: own it, note what you find, explain it.',
    ),
    step('Hết lệch thì khóa sổ ngày đó.', 'When nothing is open, close the day.'),
  ],
  troubles: [
    trouble(
      text('Sao kê không đọc được', 'The statement cannot be read'),
      text(
        'Xem lý do ở Tệp với ngân hàng. Thường do tệp bị mở và lưu lại: xin tệp gốc.',
        'See why under Bank files. It was usually opened and saved: ask for the original.',
      ),
    ),
    trouble(
      text('Tiền hoàn trả mấy ngày sau mới về', 'Money comes back days later'),
      text(
        'Bình thường. Sao kê của ngày đó sẽ chuyển khoản chi thành Bị hoàn trả, rồi nằm ở Cần sửa.',
        'That is usual. That day’s statement turns the payment into Returned, and it is found under To mend.',
      ),
    ),
  ],
};

export const alerts: Topic = {
  title: text('Nhận và đóng cảnh báo', 'Take over and close an alert'),
  summary: text(
    'Cảnh báo nào cũng cần một người nhận, để không ai tưởng người khác đang lo.',
    'Every alert needs an owner, so that nobody thinks that somebody else sees to it.',
  ),
  steps: [
    step(
      'Mở Cảnh báo; nặng và cũ đứng trước.',
      'Open Alerts; grave and old ones stand first.',
      ALERTS,
    ),
    step('Bấm Nhận xử lý và ghi bạn sẽ làm gì.', 'Take it over and note what you will do.'),
    step(
      'Theo đường dẫn tới nguyên nhân và làm việc cần làm.',
      'Follow the link to the cause and do what is needed.',
    ),
    step('Ghi đã làm gì rồi đóng.', 'Note what was done, and close it.'),
  ],
  troubles: [
    trouble(
      text('Ngân hàng không liên lạc được', 'A bank cannot be reached'),
      text(
        'Không cần làm gì ngay: khoản chưa gửi thì chờ, hệ thống tự thử lại. Kéo dài thì gọi ngân hàng.',
        'Nothing at once: what is not sent waits, and the bank is tried again. If it goes on, call the bank.',
      ),
    ),
    trouble(
      text('Nghi hệ thống bị can thiệp', 'Somebody may have tampered'),
      text(
        'Tạm dừng lượt chi, giữ nguyên hiện trạng, kiểm tra chuỗi nhật ký, báo thủ trưởng.',
        'Pause the run, leave everything as it is, verify the audit chain, tell the head of the office.',
      ),
    ),
  ],
};

export const settingUp: Topic = {
  title: text('Quản trị: người, quyền, ngân hàng', 'Administer: people, rights, banks'),
  summary: text(
    'Ai vào được, ai ký được, phần mềm nào được nối, và xem lại ai đã làm gì.',
    'Who comes in, who signs, which programs are connected, and who did what.',
  ),
  steps: [
    step(
      'Tạo người dùng, chọn vai trò, đưa mật khẩu tận tay.',
      'Create users, choose roles, hand passwords over in person.',
      {
        href: '/admin/users',
        permission: 'user.manage',
      },
    ),
    step(
      'Đăng ký chữ ký thứ nhất và thứ hai: đăng ký rồi không đổi được.',
      'Register first and second signatures: they never change.',
      { href: '/admin/users', permission: 'user.manage' },
    ),
    step(
      'Người nghỉ việc: khóa tài khoản ngay trong ngày.',
      'Somebody leaves: disable them the same day.',
    ),
    step(
      'Phần mềm khác cần nối: tạo khóa API, chỉ quyền thật cần.',
      'Another program: make an API key with what it needs only.',
      {
        href: '/admin/api-keys',
        permission: 'user.manage',
      },
    ),
    step(
      'Mỗi tháng: kiểm tra chuỗi nhật ký, in đầu chuỗi cất vào hồ sơ.',
      'Each month: verify the audit chain and file its head.',
      {
        href: '/admin/audit/verification',
        permission: 'audit.read',
      },
    ),
    step(
      'Khi có lịch nghỉ năm sau: bỏ dấu "dự kiến" trong tệp lịch.',
      'When next year’s days off are announced: take the marks out of the calendar file.',
      {
        href: '/admin/calendar',
      },
    ),
  ],
  troubles: [
    trouble(
      text('Có người quên mật khẩu', 'Somebody forgot the password'),
      text(
        'Mở trang của người đó, đặt mật khẩu mới, đưa tận tay. Phiên cũ của họ kết thúc hết.',
        'Open their page, set a new one, hand it over in person. Their sessions end.',
      ),
    ),
    trouble(
      text('Khóa API bị lộ', 'An API key became known'),
      text(
        'Thu hồi ngay, rồi xem nhật ký của khóa đó đã làm gì.',
        'Revoke it at once, then look at what the key did.',
      ),
    ),
  ],
};

export const bankTrouble: Topic = {
  title: text('Ngân hàng gặp sự cố', 'A bank in trouble'),
  summary: text(
    'Xem tình trạng, ngừng gửi khi cần, và biết điều gì không bao giờ xảy ra.',
    'See how it stands, switch it off when needed, and know what never happens.',
  ),
  steps: [
    step(
      'Mở Ngân hàng: bình thường, phải chờ, hay không liên lạc được.',
      'Open Banks: as usual, waiting, or unreachable.',
      {
        href: '/admin/banks',
        permission: 'bank.read',
      },
    ),
    step(
      'Ngân hàng báo bảo trì: kế toán trưởng hoặc chủ tài khoản ngừng gửi, ghi lý do.',
      'The bank announced maintenance: a chief accountant or account holder switches it off, with the reason.',
    ),
    step(
      'Xong thì mở lại; khoản đang chờ tự đi.',
      'Switch it on afterwards; what waits goes by itself.',
    ),
    step(
      'Tệp của ngân hàng bị để riêng: xem lý do và cho đọc lại.',
      'A file was set aside: see why, and have it read again.',
      FILES,
    ),
  ],
  troubles: [
    trouble(
      text('Có chuyển sang ngân hàng khác cho nhanh không?', 'May it go through another bank?'),
      text(
        'Không. Khoản đã gắn với ngân hàng nào thì chỉ đi ngân hàng đó, để không bao giờ chi hai lần.',
        'No. A payment goes only the way it was born for, so that nothing is ever paid twice.',
      ),
    ),
  ],
};
