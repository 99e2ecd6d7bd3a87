import type { AlertState } from '../../alerts/index.js';
import type { BankFileState } from '../../banks/index.js';
import type { BatchState } from '../../batches/index.js';
import type { EntitlementState, ImportState } from '../../entitlements/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { PaymentState, RulingState, RunState } from '../../payments/index.js';
import type { NoticeState } from '../../settlements/index.js';

/** How a state stands to the person who reads it. */
export type StateTone = 'waiting' | 'moving' | 'good' | 'bad' | 'doubt' | 'over';

export interface StateText extends Bilingual {
  readonly tone: StateTone;
}

type Texts<State extends string> = Readonly<Record<State, StateText>>;

const imports: Texts<ImportState> = {
  received: { vi: 'Đang kiểm tra', en: 'Being checked', tone: 'moving' },
  checked: { vi: 'Đã kiểm tra, chờ nhập', en: 'Checked, to be applied', tone: 'waiting' },
  applied: { vi: 'Đã nhập', en: 'Applied', tone: 'good' },
  refused: { vi: 'Không nhận', en: 'Refused', tone: 'over' },
};

const entitlement: Texts<EntitlementState> = {
  open: { vi: 'Chờ chi', en: 'Open', tone: 'waiting' },
  in_batch: { vi: 'Đang trong đợt chi', en: 'In a batch', tone: 'moving' },
  paid: { vi: 'Đã chi', en: 'Paid', tone: 'good' },
  ended: { vi: 'Đã thôi hưởng', en: 'Ended', tone: 'over' },
};

const batch: Texts<BatchState> = {
  draft: { vi: 'Đang lập', en: 'Draft', tone: 'waiting' },
  proposed: { vi: 'Chờ ký', en: 'To be signed', tone: 'moving' },
  approved: { vi: 'Đã ký đủ', en: 'Approved', tone: 'good' },
  cancelled: { vi: 'Đã hủy', en: 'Cancelled', tone: 'over' },
};

const run: Texts<RunState> = {
  scheduled: { vi: 'Đã lên lịch', en: 'Scheduled', tone: 'waiting' },
  running: { vi: 'Đang chi', en: 'Running', tone: 'moving' },
  paused: { vi: 'Tạm dừng', en: 'Paused', tone: 'doubt' },
  finished: { vi: 'Đã xong', en: 'Finished', tone: 'good' },
};

const payment: Texts<PaymentState> = {
  ready: { vi: 'Chờ gửi ngân hàng', en: 'To be sent', tone: 'waiting' },
  sending: { vi: 'Đang gửi', en: 'Being sent', tone: 'moving' },
  accepted: { vi: 'Ngân hàng đã nhận lệnh', en: 'Accepted by the bank', tone: 'moving' },
  settled: { vi: 'Đã vào tài khoản', en: 'Credited', tone: 'good' },
  rejected: { vi: 'Ngân hàng từ chối', en: 'Rejected by the bank', tone: 'bad' },
  returned: { vi: 'Bị hoàn trả', en: 'Returned', tone: 'bad' },
  unknown: { vi: 'Chưa rõ kết quả', en: 'Outcome unknown', tone: 'doubt' },
  cancelled: { vi: 'Đã hủy', en: 'Cancelled', tone: 'over' },
};

const alert: Texts<AlertState> = {
  open: { vi: 'Chưa ai nhận', en: 'Open', tone: 'bad' },
  acknowledged: { vi: 'Đang xử lý', en: 'Acknowledged', tone: 'moving' },
  resolved: { vi: 'Đã xử lý', en: 'Resolved', tone: 'good' },
};

const ruling: Texts<RulingState> = {
  proposed: { vi: 'Chờ người thứ hai ký', en: 'To be countersigned', tone: 'waiting' },
  confirmed: { vi: 'Đã xác nhận', en: 'Confirmed', tone: 'good' },
  refused: { vi: 'Không đồng ý', en: 'Refused', tone: 'bad' },
  withdrawn: { vi: 'Đã rút', en: 'Withdrawn', tone: 'over' },
  overtaken: { vi: 'Ngân hàng đã trả lời trước', en: 'Overtaken by the bank', tone: 'over' },
};

const notice: Texts<NoticeState> = {
  received: { vi: 'Đã nhận, chờ xử lý', en: 'Received', tone: 'moving' },
  applied: { vi: 'Đã áp dụng', en: 'Applied', tone: 'good' },
  conflict: { vi: 'Mâu thuẫn với sổ', en: 'Contradicts the books', tone: 'bad' },
};

const bankFile: Texts<BankFileState> = {
  made: { vi: 'Đã lập, chưa giao', en: 'Made', tone: 'waiting' },
  delivering: { vi: 'Đang giao', en: 'Being delivered', tone: 'moving' },
  delivered: { vi: 'Đã giao ngân hàng', en: 'Delivered', tone: 'good' },
  'not-delivered': { vi: 'Chưa giao được', en: 'Not delivered', tone: 'bad' },
  uncertain: { vi: 'Chưa rõ đã giao chưa', en: 'Perhaps delivered', tone: 'doubt' },
  void: { vi: 'Đã bỏ', en: 'Void', tone: 'over' },
  downloaded: { vi: 'Đã tải về', en: 'Downloaded', tone: 'moving' },
  uploaded: { vi: 'Đã nộp cho ngân hàng', en: 'Handed to the bank', tone: 'good' },
  received: { vi: 'Đã nhận, chờ đọc', en: 'Received', tone: 'moving' },
  read: { vi: 'Đã đọc', en: 'Read', tone: 'good' },
  quarantined: { vi: 'Không đọc được', en: 'Cannot be read', tone: 'bad' },
};

const reconciliation: Texts<'requested' | 'finished' | 'closed' | 'failed'> = {
  requested: { vi: 'Đang đối chiếu', en: 'Under way', tone: 'moving' },
  finished: { vi: 'Chờ khóa sổ', en: 'To be closed', tone: 'waiting' },
  closed: { vi: 'Đã khóa sổ', en: 'Closed', tone: 'good' },
  failed: { vi: 'Không đối chiếu được', en: 'Failed', tone: 'bad' },
};

const breaker: Texts<'closed' | 'open' | 'probing'> = {
  closed: { vi: 'Thông suốt', en: 'Reachable', tone: 'good' },
  open: { vi: 'Tạm ngắt vì lỗi liên tiếp', en: 'Cut off after failures', tone: 'bad' },
  probing: { vi: 'Đang thử lại', en: 'Being probed', tone: 'doubt' },
};

/** What each state of each thing is called. */
export const STATE_TEXTS = {
  import: imports,
  entitlement,
  batch,
  run,
  payment,
  alert,
  ruling,
  notice,
  bankFile,
  reconciliation,
  breaker,
} as const;

export type Thing = keyof typeof STATE_TEXTS;

export function stateText(thing: Thing, state: string): StateText {
  const texts: Readonly<Record<string, StateText>> = STATE_TEXTS[thing];
  return texts[state] ?? { vi: state, en: state, tone: 'over' };
}
