import type { AlertRule, DeliveryRow, Severity } from '../../alerts/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { Choice } from '../kit/index.js';

/** How grave an alert is: a word, and the look of the kit's states. */
export const SEVERITY_TEXTS: Readonly<Record<Severity, Bilingual & { look: string }>> = {
  critical: { vi: 'Khẩn cấp', en: 'Critical', look: 'bad' },
  warning: { vi: 'Cảnh báo', en: 'Warning', look: 'doubt' },
  info: { vi: 'Để biết', en: 'For information', look: 'over' },
};

/** What each rule alarms about, in a few words. */
export const RULE_TEXTS: Readonly<Record<AlertRule, Bilingual>> = {
  'payments-failed': { vi: 'Khoản chi bị từ chối', en: 'Payments rejected' },
  'payments-returned': { vi: 'Khoản chi bị hoàn trả', en: 'Payments returned' },
  'payments-withheld': { vi: 'Khoản chi giữ lại', en: 'Payments withheld' },
  'payments-unknown': { vi: 'Chưa rõ kết quả', en: 'Outcome unknown' },
  'payments-contradicted': { vi: 'Ngân hàng nói mâu thuẫn', en: 'A bank contradicts itself' },
  'run-late': { vi: 'Lượt chi quá hạn', en: 'A run is late' },
  'run-stopped': { vi: 'Lượt chi bị dừng', en: 'A run was stopped' },
  'run-missing': { vi: 'Chưa lập được lượt chi', en: 'A run could not be made' },
  'rail-missing': { vi: 'Thiếu kênh chuyển tiền', en: 'A rail is missing' },
  'bank-unreachable': { vi: 'Không liên lạc được ngân hàng', en: 'A bank is unreachable' },
  'bank-off': { vi: 'Ngân hàng bị tạm ngắt', en: 'A bank is switched off' },
  'bank-paused': { vi: 'Ngân hàng yêu cầu ngừng gọi', en: 'A bank asks to wait' },
  'work-untaken': { vi: 'Lệnh đến hạn chưa được gửi', en: 'Due work is not taken' },
  'hand-over-waiting': { vi: 'Danh sách chờ người mang', en: 'Lists wait to be carried' },
  'notices-unmatched': { vi: 'Thông báo không khớp', en: 'Notices that match nothing' },
  'notices-contradicting': { vi: 'Thông báo mâu thuẫn', en: 'Contradicting notices' },
  'notices-stuck': { vi: 'Thông báo chưa áp dụng được', en: 'Notices that are stuck' },
  'statement-difference': { vi: 'Sao kê không cân', en: 'A statement does not add up' },
  'statement-entries': { vi: 'Bút toán không khớp sổ', en: 'Entries that do not fit' },
  'statement-gap': { vi: 'Sao kê không liền ngày', en: 'A gap between statements' },
  'payments-unproven': { vi: 'Sao kê chưa chứng minh', en: 'Payments not proven' },
  'exceptions-old': { vi: 'Sai lệch để lâu', en: 'Old exceptions' },
  'statement-missing': { vi: 'Không lấy được sao kê', en: 'A statement is missing' },
  'bank-file-quarantined': { vi: 'Tệp không đọc được', en: 'A file cannot be read' },
  'bank-file-uncertain': { vi: 'Tệp chưa rõ đã giao', en: 'A file may have arrived' },
  'bank-files-uncollected': { vi: 'Không lấy được tệp', en: 'Files are not collected' },
  'failure-rate': { vi: 'Tỷ lệ thất bại cao', en: 'Many failures at a bank' },
  'settlement-late': { vi: 'Hạch toán chậm', en: 'Settlement is late' },
  'funds-short': { vi: 'Nguồn kinh phí không đủ', en: 'A fund is short' },
  'notices-refused': { vi: 'Thông báo sai chữ ký', en: 'Notices wrongly signed' },
  'worker-silent': { vi: 'Tiến trình xử lý ngừng', en: 'A worker is silent' },
  'audit-broken': { vi: 'Nhật ký kiểm toán bị đứt', en: 'The audit chain is broken' },
  'list-refused': { vi: 'Danh sách bị từ chối', en: 'A list was refused' },
  external: { vi: 'Hệ thống giám sát báo', en: 'Told by monitoring' },
};

export const RULE_CHOICES: readonly Choice[] = Object.entries(RULE_TEXTS).map(([value, text]) => ({
  value,
  text,
}));

export const SEVERITY_CHOICES: readonly Choice[] = Object.entries(SEVERITY_TEXTS).map(
  ([value, { vi, en }]) => ({ value, text: { vi, en } }),
);

/** What happened to an alert. */
export const HAPPENINGS: Readonly<Record<string, Bilingual>> = {
  opened: { vi: 'Mở cảnh báo', en: 'Opened' },
  worsened: { vi: 'Nặng thêm', en: 'Worsened' },
  eased: { vi: 'Nhẹ bớt', en: 'Eased' },
  acknowledged: { vi: 'Có người nhận', en: 'Acknowledged' },
  given: { vi: 'Giao cho người xử lý', en: 'Given to somebody' },
  resolved: { vi: 'Đã xử lý xong', en: 'Resolved' },
  escalated: { vi: 'Chưa ai nhận: báo cấp trên', en: 'Unclaimed: passed on' },
  repeated: { vi: 'Chưa ai nhận: nhắc lại', en: 'Unclaimed: told again' },
};

/** How a message goes. */
export const CHANNEL_TEXTS: Readonly<Record<DeliveryRow['channel'], Bilingual>> = {
  email: { vi: 'thư điện tử', en: 'e-mail' },
  webhook: { vi: 'hệ thống bên ngoài', en: 'outside system' },
  alertmanager: { vi: 'Alertmanager', en: 'Alertmanager' },
};

/** Where a message to the outside receiver stands. */
export const DELIVERIES: Readonly<Record<string, Bilingual>> = {
  waiting: { vi: 'Đang gửi', en: 'Under way' },
  delivered: { vi: 'Đã gửi', en: 'Delivered' },
  given_up: { vi: 'Không gửi được', en: 'Given up' },
};
