import { DomainError, formatPeriod, type Bilingual } from '../kernel/index.js';
import type { AccountCount, AccountState } from './account-state.rules.js';

/** Why an entitlement is not paid by a batch, in the officer's words. */
export const EXCLUSION_REASONS: Readonly<Record<string, Bilingual>> = {
  no_account: {
    vi: 'Chưa có tài khoản: xin bổ sung tài khoản của người hưởng.',
    en: 'No account yet: please add the payee’s account.',
  },
  no_route: {
    vi: 'Chưa có ngân hàng nào của đơn vị chuyển tiền đến ngân hàng này: xin báo quản trị bổ sung cấu hình.',
    en: 'None of our banks pays to this bank: please ask the administrator to configure one.',
  },
  no_rail: {
    vi: 'Số tiền nằm ngoài mức mà ngân hàng của đơn vị chuyển được trong một lần: xin kiểm tra số tiền, hoặc báo quản trị bổ sung kênh chuyển tiền.',
    en: 'The amount is outside what our bank carries in one payment: please check the amount, or ask the administrator to configure a rail for it.',
  },
  held: {
    vi: 'Đang tạm giữ: xin kiểm tra rồi bỏ tạm giữ ở hồ sơ người hưởng.',
    en: 'On hold: please look into it and release the hold at the payee.',
  },
  deceased: {
    vi: 'Người hưởng đã mất: xin dừng khoản này hoặc chi cho thân nhân theo quyết định.',
    en: 'The payee has died: please end this entitlement or pay the heirs by decision.',
  },
  ended: { vi: 'Đã có quyết định dừng hưởng.', en: 'Ended by a stop decision.' },
  recipient_expired: {
    vi: 'Giấy ủy quyền của người nhận thay đã hết hạn: xin bổ sung giấy mới.',
    en: 'The authorised recipient’s paper has expired: please bring a new one.',
  },
  failed_before: {
    vi: 'Đã chi không thành công: xin sửa thông tin rồi lập đợt chi bổ sung.',
    en: 'Its payment failed before: please mend it and pay it by a follow-up batch.',
  },
  over_ceiling: {
    vi: 'Vượt mức tối đa của chế độ: xin kiểm tra lại số tiền.',
    en: 'Over the programme’s ceiling: please check the amount.',
  },
  in_another_batch: {
    vi: 'Trùng: đã nằm trong đợt chi khác.',
    en: 'A duplicate: already in another batch.',
  },
  already_paid: { vi: 'Trùng: đã được chi.', en: 'A duplicate: already paid.' },
  removed: { vi: 'Người lập đã rút khỏi đợt chi.', en: 'Taken out by the preparer.' },
};

const STATES: Readonly<Record<string, Bilingual>> = {
  draft: { vi: 'đang soạn', en: 'a draft' },
  proposed: { vi: 'đang trình ký', en: 'proposed' },
  approved: { vi: 'đã được duyệt', en: 'approved' },
  cancelled: { vi: 'đã hủy', en: 'cancelled' },
};
const stateText = (state: string): Bilingual => STATES[state] ?? { vi: state, en: state };

export const batchNotFound = (batchId: string): DomainError =>
  new DomainError(
    'not-found',
    'batches.not-found',
    {
      vi: 'Không có đợt chi này; xin chọn lại trong danh sách đợt chi.',
      en: 'There is no such batch; please choose one from the list of batches.',
    },
    { batchId },
  );

export const unknownChoice = (field: string, value: string): DomainError =>
  new DomainError(
    'unprocessable',
    'batches.unknown-choice',
    {
      vi: `Không có giá trị này ở mục "${field}"; xin chọn một mã đã được cấu hình.`,
      en: `There is no such value for "${field}"; please choose a configured code.`,
    },
    { field, value },
  );

export const periodDoesNotFit = (programme: string, period: string): DomainError =>
  new DomainError(
    'unprocessable',
    'batches.period-does-not-fit',
    {
      vi: `Kỳ ${formatPeriod(period)} không hợp với nhịp chi của chế độ này; xin chọn tháng, năm hoặc đợt cho đúng.`,
      en: `The period ${period} does not fit the rhythm of this programme; please choose a month, a year or a round as it has.`,
    },
    { programme, period },
  );

export const payDayPast = (payOn: string): DomainError =>
  new DomainError(
    'unprocessable',
    'batches.pay-day-past',
    {
      vi: 'Ngày chi đã qua; xin chọn hôm nay hoặc một ngày tới.',
      en: 'The day of payment is past; please choose today or a day to come.',
    },
    { payOn },
  );

export const nothingToPay = (
  leftOut: readonly { reason: string; count: number; amount: string }[],
): DomainError =>
  new DomainError(
    'unprocessable',
    'batches.nothing-to-pay',
    leftOut.length === 0
      ? {
          vi: 'Không có khoản nào khớp với lựa chọn này; xin nhập danh sách trước hoặc chọn lại.',
          en: 'Nothing is owed that fits this choice; please import a list first or choose again.',
        }
      : {
          vi: 'Không còn khoản nào chi được; xin xem lý do từng nhóm trong "leftOut".',
          en: 'Nothing of it can be paid; please see "leftOut" for the reasons.',
        },
    { leftOut },
  );

export const notADraft = (batchId: string, state: string): DomainError =>
  new DomainError(
    'conflict',
    'batches.not-a-draft',
    {
      vi: `Đợt chi ${stateText(state).vi}, không sửa được; nếu đang trình ký, xin người ký trả lại trước.`,
      en: `The batch is ${stateText(state).en} and cannot be edited; if it is proposed, ask a signer to return it first.`,
    },
    { batchId, state },
  );

export const notProposed = (batchId: string, state: string): DomainError =>
  new DomainError(
    'conflict',
    'batches.not-proposed',
    {
      vi: `Đợt chi ${stateText(state).vi}, không chờ chữ ký nào; xin mở lại đợt chi để xem tình trạng.`,
      en: `The batch is ${stateText(state).en} and waits for no signature; please open it again to see where it stands.`,
    },
    { batchId, state },
  );

export const cannotCancel = (batchId: string, state: string): DomainError =>
  new DomainError(
    'conflict',
    'batches.cannot-cancel',
    {
      vi: `Đợt chi ${stateText(state).vi}, không hủy được nữa${state === 'approved' ? '; xin hủy lượt chi của đợt này' : ''}.`,
      en: `The batch is ${stateText(state).en} and can no longer be cancelled${state === 'approved' ? '; please cancel its run instead' : ''}.`,
    },
    { batchId, state },
  );

export const noSuchLines = (batchId: string, entitlementIds: readonly string[]): DomainError =>
  new DomainError(
    'unprocessable',
    'batches.no-such-lines',
    {
      vi: 'Có dòng không nằm trong đợt chi này; xin tải lại danh sách dòng rồi chọn lại.',
      en: 'Some of these are not lines of this batch; please load the lines again and choose anew.',
    },
    { batchId, entitlementIds },
  );

export interface OutdatedLine {
  readonly lineNo: number;
  readonly entitlementId: string;
  readonly beneficiaryId: string;
  /** Code of the exclusion that it would be now, or `account_changed`, `name_changed`, `not_in_batch`. */
  readonly change: string;
}

export const linesOutdated = (
  batchId: string,
  found: { count: number; lines: readonly OutdatedLine[] },
): DomainError =>
  new DomainError(
    'conflict',
    'batches.lines-outdated',
    {
      vi: `${found.count} dòng không còn đúng với hồ sơ người hưởng (xem "lines"); xin lập lại đợt chi hoặc rút các dòng ấy.`,
      en: `${found.count} lines no longer agree with the payees' records (see "lines"); please rebuild the batch or take those lines out.`,
    },
    { batchId, count: found.count, lines: found.lines },
  );

export const ACCOUNT_STATE_TEXTS: Readonly<Record<AccountState, Bilingual>> = {
  exact: { vi: 'đúng tên', en: 'exact' },
  confirmed: { vi: 'đã xác nhận bằng giấy tờ', en: 'confirmed by paper' },
  close: { vi: 'tên gần giống', en: 'of a close name' },
  different: { vi: 'khác tên', en: 'of a different name' },
  'no-such-account': { vi: 'không có tài khoản này', en: 'without such an account' },
  'cannot-tell': { vi: 'ngân hàng chưa trả lời được', en: 'that no bank can tell of' },
  outdated: { vi: 'kết quả đã cũ', en: 'answered too long ago' },
  unchecked: { vi: 'chưa kiểm tra', en: 'not checked yet' },
};

export const accountsNotChecked = (
  batchId: string,
  counts: readonly AccountCount[],
  lines: readonly { lineNo: number; beneficiaryId: string; state: AccountState }[],
): DomainError => {
  const total = counts.reduce((sum, count) => sum + count.lines, 0);
  const told = (language: keyof Bilingual): string =>
    counts
      .map((count) => `${count.lines} ${ACCOUNT_STATE_TEXTS[count.state][language]}`)
      .join(', ');
  return new DomainError(
    'conflict',
    'batches.accounts-not-checked',
    {
      vi: `${total} dòng có tài khoản chưa được xác minh đúng tên (${told('vi')}); xin kiểm tra với ngân hàng, sửa tài khoản, xác nhận bằng giấy tờ, hoặc rút các dòng ấy.`,
      en: `${total} lines have accounts that are not verified under the very name (${told('en')}); please check them with the bank, mend them, confirm them by paper, or take those lines out.`,
    },
    {
      batchId,
      counts,
      lines: lines.map(({ lineNo, beneficiaryId, state }) => ({ lineNo, beneficiaryId, state })),
    },
  );
};

export const noLinesLeft = (batchId: string): DomainError =>
  new DomainError(
    'unprocessable',
    'batches.no-lines-left',
    {
      vi: 'Đợt chi không còn dòng nào; xin lập lại hoặc hủy đợt chi.',
      en: 'The batch has no lines left; please rebuild or cancel it.',
    },
    { batchId },
  );

export const personNeeded = (): DomainError =>
  new DomainError('forbidden', 'batches.person-needed', {
    vi: 'Trình ký là việc của một người chịu trách nhiệm; xin đăng nhập bằng tài khoản của người lập.',
    en: 'A person answers for a proposal; please log in as the preparer.',
  });

export const notApproved = (batchId: string, state: string): DomainError =>
  new DomainError(
    'conflict',
    'batches.not-approved',
    {
      vi: `Đợt chi ${stateText(state).vi}; chỉ lập đợt chi bổ sung cho đợt đã duyệt.`,
      en: `The batch is ${stateText(state).en}; only an approved one has a follow-up batch.`,
    },
    { batchId, state },
  );

export const notAsSigned = (batchId: string): DomainError =>
  new DomainError(
    'conflict',
    'batches.not-as-signed',
    {
      vi: 'Các dòng của đợt chi không còn đúng như đã ký, nên không lập được giấy tờ; xin báo quản trị kiểm tra ngay.',
      en: 'The lines of this batch are no longer what was signed, so no paper is made of them; please tell the administrator at once.',
    },
    { batchId },
  );
