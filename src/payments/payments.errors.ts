import { DomainError, type Bilingual } from '../kernel/index.js';
import type { RunState } from './run.lifecycle.js';

const STATES: Readonly<Record<RunState, Bilingual>> = {
  scheduled: { vi: 'đang chờ đến ngày chi', en: 'scheduled' },
  running: { vi: 'đang chạy', en: 'running' },
  paused: { vi: 'đang tạm dừng', en: 'paused' },
  finished: { vi: 'đã kết thúc', en: 'finished' },
};

export const runNotFound = (runId: string): DomainError =>
  new DomainError(
    'not-found',
    'payments.run-not-found',
    {
      vi: 'Không có lượt chi này; xin chọn lại trong danh sách lượt chi.',
      en: 'There is no such run; please choose one from the list of runs.',
    },
    { runId },
  );

export const paymentNotFound = (paymentId: string): DomainError =>
  new DomainError(
    'not-found',
    'payments.payment-not-found',
    {
      vi: 'Không có khoản chi này; xin chọn lại trong danh sách.',
      en: 'There is no such payment; please choose one from the list.',
    },
    { paymentId },
  );

export const runCannot = (runId: string, state: RunState, act: Bilingual): DomainError =>
  new DomainError(
    'conflict',
    'payments.run-not-in-state',
    {
      vi: `Lượt chi ${STATES[state].vi} nên không ${act.vi} được; xin tải lại trang để xem trạng thái mới.`,
      en: `The run is ${STATES[state].en} and cannot be ${act.en}; please reload to see where it stands.`,
    },
    { runId, state },
  );

export const alreadyCancelled = (runId: string): DomainError =>
  new DomainError(
    'conflict',
    'payments.run-already-cancelled',
    {
      vi: 'Lượt chi này đã được hủy trước đó; phần đã gửi ngân hàng vẫn được theo dõi đến cùng.',
      en: 'This run was cancelled before; what was already sent is still followed to its end.',
    },
    { runId },
  );

export const notAsSigned = (runId: string): DomainError =>
  new DomainError(
    'conflict',
    'payments.not-as-signed',
    {
      vi: 'Danh sách hiện tại khác danh sách đã ký nên không thể chạy tiếp; xin hủy lượt chi và báo quản trị viên.',
      en: 'The list is not the one that was signed, so the run cannot go on; please cancel it and tell the administrator.',
    },
    { runId },
  );

export const nothingToReissue = (batchId: string): DomainError =>
  new DomainError(
    'unprocessable',
    'payments.nothing-to-reissue',
    {
      vi: 'Không có khoản chi hỏng nào của đợt này đang chờ chi lại.',
      en: 'No failed payment of this batch is waiting to be paid again.',
    },
    { batchId },
  );

export const notMended = (
  batchId: string,
  left: readonly { paymentId: string; reasonCode: string; why: string }[],
): DomainError =>
  new DomainError(
    'unprocessable',
    'payments.not-mended',
    {
      vi: 'Chưa khoản nào được sửa: xin sửa tài khoản, bỏ tạm giữ, hoặc ghi rõ vì sao chi lại vào tài khoản cũ, hay vì sao chắc chắn tiền chưa đi.',
      en: 'None of them is mended yet: please mend the account, release the hold, or say why the same account will do, or why it is certain that no money is out.',
    },
    { batchId, left },
  );

export const nothingSelected = (): DomainError =>
  new DomainError('unprocessable', 'payments.nothing-selected', {
    vi: 'Chưa chọn khoản nào, hoặc các khoản đã chọn không còn chờ xử lý; xin chọn lại trong danh sách.',
    en: 'Nothing is chosen, or what was chosen waits no longer; please choose from the list again.',
  });

export const tooManySelected = (most: number): DomainError =>
  new DomainError(
    'unprocessable',
    'payments.too-many-selected',
    {
      vi: `Một lần chi lại tối đa ${most.toLocaleString('de-DE')} khoản; xin lọc bớt theo xã, chương trình hoặc kỳ rồi làm từng phần.`,
      en: `At most ${most.toLocaleString('en-US')} payments are paid again at once; please narrow the filter and do it in parts.`,
    },
    { most },
  );

export const otherCountNow = (count: {
  seen: { count: number; total: string };
  now: { count: number; total: string };
}): DomainError =>
  new DomainError(
    'precondition-failed',
    'payments.other-count-now',
    {
      vi: `Danh sách đã thay đổi: bạn thấy ${count.seen.count} khoản, bây giờ là ${count.now.count} khoản hoặc số tiền khác, nên chưa làm gì. Xin xem lại danh sách rồi làm lại.`,
      en: `The list has changed: you saw ${count.seen.count} payments, now there are ${count.now.count}, or of another amount, so nothing was done. Please look at the list and do it again.`,
    },
    count,
  );
