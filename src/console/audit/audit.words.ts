import type { Bilingual } from '../../kernel/index.js';

/** What the trail is searched by: the part of the work that an act belongs to. */
export const AREAS = {
  lists: { vi: 'Danh sách gửi vào', en: 'Lists in' },
  people: { vi: 'Người hưởng', en: 'Beneficiaries' },
  batches: { vi: 'Đợt chi và chữ ký', en: 'Batches and signatures' },
  payments: { vi: 'Chi trả', en: 'Payments' },
  doubts: { vi: 'Khoản chưa rõ kết quả', en: 'Unknown outcomes' },
  reconciliation: { vi: 'Đối chiếu', en: 'Reconciliation' },
  banks: { vi: 'Ngân hàng và tệp', en: 'Banks and files' },
  funds: { vi: 'Nguồn kinh phí', en: 'Funds' },
  alerts: { vi: 'Cảnh báo', en: 'Alerts' },
  access: { vi: 'Đăng nhập và người dùng', en: 'Signing in and users' },
} as const satisfies Record<string, Bilingual>;

export type Area = keyof typeof AREAS;

interface ActWords extends Bilingual {
  readonly area: Area;
}

const act = (area: Area, vi: string, en: string): ActWords => ({ area, vi, en });

/** What was done, after the name of who did it. `{name}` is a figure of the entry's detail. */
export const ACT_WORDS: Readonly<Record<string, ActWords>> = {
  'import.received': act('lists', 'gửi danh sách vào', 'brought a list'),
  'import.applied': act(
    'lists',
    'nhập danh sách: {appliedRows} dòng tốt, {badRows} dòng lỗi',
    'applied a list: {appliedRows} good rows, {badRows} bad ones',
  ),
  'import.refused': act('lists', 'không nhận danh sách', 'refused a list'),
  'import.cell-corrected': act(
    'lists',
    'sửa một ô của danh sách gửi vào',
    'mended a cell of a list',
  ),
  'entitlement.ended': act(
    'people',
    'cho thôi hưởng một khoản, theo quyết định {decisionNumber}',
    'ended an entitlement by decision {decisionNumber}',
  ),
  'beneficiary.viewed': act('people', 'xem hồ sơ người hưởng', 'looked at a beneficiary'),
  'beneficiary.account-replaced': act(
    'people',
    'đổi tài khoản của người hưởng',
    'replaced an account of a beneficiary',
  ),
  'beneficiary.account-confirmed': act(
    'people',
    'xác nhận tài khoản bằng giấy tờ',
    'confirmed an account by a paper',
  ),
  'beneficiary.account-check-requested': act(
    'people',
    'yêu cầu hỏi ngân hàng tên chủ tài khoản',
    'had a bank asked whose an account is',
  ),
  'beneficiary.death-recorded': act(
    'people',
    'ghi nhận người hưởng đã mất',
    'recorded a beneficiary’s death',
  ),
  'beneficiary.hold-released': act(
    'people',
    'cho chi lại người hưởng đang tạm giữ',
    'released a beneficiary from hold',
  ),
  'beneficiary.name-corrected': act('people', 'sửa tên người hưởng', 'corrected a name'),
  'batch.assembled': act(
    'batches',
    'lập đợt chi {number}: {lineCount} dòng, {total}',
    'assembled batch {number}: {lineCount} lines, {total}',
  ),
  'batch.rebuilt': act(
    'batches',
    'lập lại đợt chi: {lineCount} dòng, {total}',
    'rebuilt a batch: {lineCount} lines, {total}',
  ),
  'batch.lines-removed': act(
    'batches',
    'bỏ dòng khỏi đợt chi, còn {lineCount} dòng',
    'removed lines of a batch; {lineCount} remain',
  ),
  'batch.account-checks-requested': act(
    'batches',
    'yêu cầu kiểm tra {requested} tài khoản của đợt chi',
    'had {requested} accounts of a batch checked',
  ),
  'batch.proposed': act(
    'batches',
    'trình đợt chi: {lineCount} dòng, {total}',
    'proposed a batch: {lineCount} lines, {total}',
  ),
  'batch.signed': act('batches', 'ký đợt chi ({signature})', 'signed a batch ({signature})'),
  'batch.approved': act(
    'batches',
    'ký đủ đợt chi; tiền của nguồn được giữ cho tháng {budgetMonth}',
    'completed the signatures; the funds of {budgetMonth} are reserved',
  ),
  'batch.returned': act('batches', 'trả lại đợt chi', 'returned a batch'),
  'batch.cancelled': act('batches', 'hủy đợt chi', 'cancelled a batch'),
  'batch.treasury-paper-made': act(
    'batches',
    'tải bảng kê Mẫu 09 ({lineCount} dòng)',
    'made the treasury’s list ({lineCount} lines)',
  ),
  'payments.reissued': act(
    'payments',
    'đưa {reissued} khoản lỗi vào đợt chi bổ sung',
    'put {reissued} failed payments into a follow-up batch',
  ),
  'run.paused': act('payments', 'tạm dừng lượt chi', 'paused a payment run'),
  'run.resumed': act('payments', 'cho lượt chi chạy tiếp', 'resumed a payment run'),
  'run.cancelled': act('payments', 'hủy phần chưa gửi', 'cancelled what was not sent'),
  'list.handed-over': act(
    'payments',
    'lập danh sách giao ngân hàng {bank}: {payments} khoản, {total}',
    'made a list for bank {bank}: {payments} payments, {total}',
  ),
  'list.uploaded': act(
    'payments',
    'ghi nhận đã nộp danh sách cho ngân hàng {bank}',
    'noted that a list was uploaded at bank {bank}',
  ),
  'list.withdrawn': act(
    'payments',
    'bỏ danh sách chưa giao của ngân hàng {bank}',
    'gave up a list for bank {bank}',
  ),
  'doubt-ruling.proposed': act(
    'doubts',
    'đề nghị kết luận {payments} khoản chưa rõ kết quả',
    'proposed how {payments} unknown outcomes end',
  ),
  'doubt-ruling.confirmed': act(
    'doubts',
    'ký kết luận {moved} khoản chưa rõ kết quả',
    'signed how {moved} unknown outcomes end',
  ),
  'doubt-ruling.overtaken': act(
    'doubts',
    'ký kết luận, nhưng ngân hàng đã trả lời trước',
    'signed a ruling that the bank had overtaken',
  ),
  'doubt-ruling.refused': act('doubts', 'không đồng ý kết luận', 'refused a ruling'),
  'doubt-ruling.withdrawn': act('doubts', 'rút đề nghị kết luận', 'withdrew a ruling'),
  'statement.received': act(
    'reconciliation',
    'nhận sao kê ngân hàng {bank}: {entries} dòng',
    'brought a statement of bank {bank}: {entries} entries',
  ),
  'reconciliation.requested': act(
    'reconciliation',
    'yêu cầu đối chiếu ngân hàng {bank}',
    'had bank {bank} reconciled',
  ),
  'reconciliation.closed': act('reconciliation', 'khóa sổ đối chiếu', 'closed a reconciliation'),
  'reconciliation-exception.explained': act(
    'reconciliation',
    'giải trình {exceptions} khoản lệch',
    'explained {exceptions} exceptions',
  ),
  'reconciliation-exception.noted': act(
    'reconciliation',
    'ghi chú một khoản lệch',
    'noted something of an exception',
  ),
  'reconciliation-exception.owned': act(
    'reconciliation',
    'giao một khoản lệch cho {login}',
    'gave an exception to {login}',
  ),
  'bank.switched-off': act('banks', 'ngừng gửi tới ngân hàng', 'switched a bank off'),
  'bank.switched-on': act('banks', 'mở lại việc gửi tới ngân hàng', 'switched a bank on'),
  'bank-file.received': act('banks', 'nhận tệp của ngân hàng {bank}', 'took a file of bank {bank}'),
  'bank-file.read-again': act(
    'banks',
    'cho đọc lại tệp của ngân hàng {bank}',
    'had a file of bank {bank} read again',
  ),
  'bank-file.answers-named': act(
    'banks',
    'nói tệp của ngân hàng {bank} trả lời danh sách nào',
    'named the list that a file of bank {bank} answers',
  ),
  'bank-file.downloaded': act(
    'banks',
    'tải tệp với ngân hàng {bank}',
    'downloaded a file of bank {bank}',
  ),
  'notice.body-viewed': act(
    'banks',
    'xem nguyên văn thông báo của ngân hàng {bank}',
    'looked at a notice of bank {bank} as it was sent',
  ),
  'notices.replayed': act(
    'banks',
    'cho áp dụng lại {count} thông báo của ngân hàng {bank}',
    'had {count} notices of bank {bank} applied again',
  ),
  'run.doubted-after-restore': act(
    'payments',
    'sau khi khôi phục từ bản sao lưu: tạm dừng lượt chi, hỏi lại ngân hàng về {doubted} khoản',
    'after restoring a backup: paused a run, to ask the bank about {doubted} payments first',
  ),
  'work.rung-again': act(
    'payments',
    'cho gọi lại việc đang chờ: {submissions} lượt gửi, {accountChecks} tài khoản, {events} sự kiện',
    'had waiting work rung for again: {submissions} submissions, {accountChecks} accounts, {events} events',
  ),
  'partition.archived': act(
    'access',
    'chuyển {part} vào kho lưu trữ, hết thời hạn lưu giữ',
    'moved {part} into the archive, its time being over',
  ),
  'partition.dropped': act(
    'access',
    'xóa {part}: sự kiện đã xử lý xong, hết thời hạn lưu giữ',
    'dropped {part}: events that are done, their time being over',
  ),
  'fund.allotted': act(
    'funds',
    'ghi quyết định giao {amount} cho nguồn {fund}, kỳ {period}',
    'entered an allotment of {amount} to fund {fund}, {period}',
  ),
  'list.exported': act('access', 'tải một danh sách ra ngoài', 'took a list out'),
  'alert.acknowledged': act('alerts', 'nhận xử lý cảnh báo', 'took over an alert'),
  'alert.given': act('alerts', 'giao cảnh báo cho {login}', 'gave an alert to {login}'),
  'alert.resolved': act('alerts', 'đóng cảnh báo', 'resolved an alert'),
  'session.opened': act('access', 'đăng nhập', 'signed in'),
  'session.closed': act('access', 'đăng xuất', 'signed out'),
  'session.refused': act(
    'access',
    'từ chối một lần đăng nhập sai',
    'refused an attempt to sign in',
  ),
  'session.all-ended': act('access', 'kết thúc mọi phiên của mình', 'ended all their sessions'),
  'user.created': act('access', 'tạo người dùng {login} ({roles})', 'created {login} ({roles})'),
  'user.disabled': act('access', 'khóa tài khoản người dùng', 'disabled a user'),
  'session.all-ended-by-other': act(
    'access',
    'kết thúc mọi phiên của một người dùng',
    'ended all sessions of a user',
  ),
  'user.enabled': act(
    'access',
    'mở lại tài khoản {login} ({roles})',
    'enabled {login} again ({roles})',
  ),
  'user.roles-changed': act(
    'access',
    'đổi vai trò của {login} từ {before} thành {roles}',
    'changed the roles of {login} from {before} to {roles}',
  ),
  'user.password-changed': act('access', 'đặt mật khẩu mới', 'set a new password'),
  'signatory.registered': act(
    'access',
    'đăng ký {signature} cho người dùng',
    'registered a user for the {signature}',
  ),
  'api-key.created': act('access', 'tạo khóa API {name}', 'made the API key {name}'),
  'api-key.rotated': act(
    'access',
    'thay khóa API {name} bằng {successor}',
    'replaced the API key {name} by {successor}',
  ),
  'api-key.revoked': act('access', 'thu hồi khóa API', 'revoked an API key'),
};

/** The acts of one part of the work. */
export function actsOf(area: Area): string[] {
  return Object.entries(ACT_WORDS)
    .filter(([, words]) => words.area === area)
    .map(([action]) => action);
}

const OTHER: Bilingual = { vi: 'làm một việc', en: 'did something' };

export function wordsOfAct(action: string): Bilingual {
  return ACT_WORDS[action] ?? OTHER;
}
