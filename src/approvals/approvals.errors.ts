import { DomainError, type Bilingual } from '../kernel/index.js';
import type { LineChanges } from '../batches/index.js';
import type { ChainStep } from './approval-chains.js';
import type { Ruling } from './signing.rules.js';

const KIND: Readonly<Record<ChainStep['signature'], Bilingual>> = {
  second: { vi: 'chữ ký thứ hai (kế toán trưởng)', en: 'the second signature (chief accountant)' },
  first: { vi: 'chữ ký thứ nhất (chủ tài khoản)', en: 'the first signature (account holder)' },
};

export const batchNotFound = (batchId: string): DomainError =>
  new DomainError(
    'not-found',
    'approvals.no-such-batch',
    {
      vi: 'Không có đợt chi này; xin chọn lại trong danh sách chờ ký.',
      en: 'There is no such batch; please choose one from the list of those that wait for signatures.',
    },
    { batchId },
  );

const notASignatory = (batchId: string): DomainError =>
  new DomainError(
    'forbidden',
    'approvals.not-a-signatory',
    {
      vi: 'Bạn chưa được đăng ký mẫu chữ ký; xin nhờ quản trị đăng ký trước.',
      en: 'You are not registered as a signatory; please ask the administrator to register you first.',
    },
    { batchId },
  );

const ownWork = (batchId: string): DomainError =>
  new DomainError(
    'forbidden',
    'approvals.own-work',
    {
      vi: 'Người đã lập hay sửa đợt chi không ký đợt chi ấy; xin để người ký khác ký.',
      en: 'Nobody signs what they prepared; please let another signer sign this batch.',
    },
    { batchId },
  );

const signedAlready = (batchId: string): DomainError =>
  new DomainError(
    'conflict',
    'approvals.signed-already',
    {
      vi: 'Bạn đã ký đợt chi này; mỗi người chỉ ký một lần, xin để người tiếp theo ký.',
      en: 'You have signed this batch; everybody signs once, so please let the next signer sign.',
    },
    { batchId },
  );

const notYourTurn = (batchId: string, next: ChainStep): DomainError =>
  new DomainError(
    'conflict',
    'approvals.not-your-turn',
    {
      vi: `Chưa đến lượt bạn: đợt chi đang chờ ${KIND[next.signature].vi}; xin ký sau.`,
      en: `It is not your turn yet: the batch waits for ${KIND[next.signature].en}; please sign after that.`,
    },
    { batchId, next },
  );

const noStepForYou = (batchId: string, next: ChainStep | null): DomainError =>
  new DomainError(
    'forbidden',
    'approvals.no-step-for-you',
    {
      vi: 'Đợt chi này không cần chữ ký loại bạn đã đăng ký; xin xem còn cần ai ký ở mục "next".',
      en: 'This batch needs no signature of the kind you are registered for; see "next" for who is awaited.',
    },
    { batchId, next },
  );

/** Why a person may not give the next signature, in words. */
export function refusalOf(batchId: string, ruling: Extract<Ruling, { may: false }>): DomainError {
  switch (ruling.because) {
    case 'not-a-signatory':
      return notASignatory(batchId);
    case 'own-work':
      return ownWork(batchId);
    case 'signed-already':
      return signedAlready(batchId);
    case 'not-your-turn':
      return ruling.next ? notYourTurn(batchId, ruling.next) : noStepForYou(batchId, null);
    case 'no-step-for-you':
      return noStepForYou(batchId, ruling.next);
  }
}

/** What a signer saw, beside what the batch is now. */
export interface Difference {
  readonly seen: string | number;
  readonly now: string | number;
}

export const somethingElseSeen = (
  batchId: string,
  changed: Readonly<Record<string, Difference>>,
  lines: LineChanges | null,
): DomainError =>
  new DomainError(
    'precondition-failed',
    'approvals.something-else-seen',
    {
      vi: 'Đợt chi không còn như bạn đã xem, nên chưa ký gì; xin mở lại, xem phần thay đổi rồi ký.',
      en: 'The batch is not what you saw, so nothing was signed; please open it again, look at what changed and sign then.',
    },
    { batchId, changed, ...(lines ? { linesSinceYouLooked: lines } : {}) },
  );

export const cannotReturn = (batchId: string): DomainError =>
  new DomainError(
    'forbidden',
    'approvals.cannot-return',
    {
      vi: 'Chỉ người đang đến lượt ký hoặc đã ký được trả lại đợt chi; người lập có thể hủy.',
      en: 'Only the signer it waits for, or one who has signed, returns a batch; its preparer can cancel it.',
    },
    { batchId },
  );

export const signedByPeople = (): DomainError =>
  new DomainError('forbidden', 'approvals.signed-by-people', {
    vi: 'Chỉ con người mới ký; xin đăng nhập bằng tài khoản của người ký.',
    en: 'Only people sign; please log in as the signer.',
  });

export const notSignedYet = (batchId: string, state: string): DomainError =>
  new DomainError(
    'conflict',
    'approvals.not-signed-yet',
    {
      vi: 'Đợt chi chưa có đủ chữ ký nên chưa lập được bảng gửi Kho bạc; xin lập lại sau khi mọi người đã ký.',
      en: 'This batch is not signed by everybody, so there is no list for the treasury yet; please ask again when it is.',
    },
    { batchId, state },
  );
