import { DomainError, formatDate, officeDate, type Bilingual } from '../kernel/index.js';
import type { PaymentState } from './payment.lifecycle.js';
import type { RulingState } from './ruling.lifecycle.js';

const STATES: Readonly<Record<RulingState, Bilingual>> = {
  proposed: { vi: 'đang chờ ký', en: 'waiting for a signature' },
  confirmed: { vi: 'đã được ký', en: 'signed' },
  refused: { vi: 'đã bị từ chối', en: 'refused' },
  withdrawn: { vi: 'đã được rút lại', en: 'withdrawn' },
  overtaken: {
    vi: 'không còn hiệu lực vì ngân hàng đã trả lời',
    en: "overtaken by the bank's word",
  },
};

export const ruledByPeople = (): DomainError =>
  new DomainError('forbidden', 'payments.ruled-by-people', {
    vi: 'Chỉ con người mới kết luận khoản chưa rõ kết quả; xin đăng nhập bằng tài khoản của mình.',
    en: 'Only people rule on doubts; please log in as yourself.',
  });

export const evidenceMissing = (): DomainError =>
  new DomainError('unprocessable', 'payments.evidence-missing', {
    vi: 'Chưa có bằng chứng: xin đính kèm tệp hoặc ghi số văn bản, số tham chiếu của ngân hàng.',
    en: 'There is no evidence: please attach a file, or give the reference of the bank’s letter or statement.',
  });

export const evidenceOfTomorrow = (): DomainError =>
  new DomainError('unprocessable', 'payments.evidence-of-tomorrow', {
    vi: 'Ngày giờ của bằng chứng ở sau lúc này; xin xem lại ngày trên văn bản.',
    en: 'The evidence is dated after now; please look at the date on the paper again.',
  });

export const evidenceNotTaken = (): DomainError =>
  new DomainError('unsupported', 'payments.evidence-not-taken', {
    vi: 'Không nhận loại tệp này làm bằng chứng; xin gửi PDF, PNG, JPEG, XLSX (không macro), CSV, TXT hoặc EML.',
    en: 'A file of this kind is not taken as evidence; please send PDF, PNG, JPEG, XLSX without macros, CSV, TXT or EML.',
  });

export const evidenceTooLarge = (): DomainError =>
  new DomainError('too-large', 'payments.evidence-too-large', {
    vi: 'Tệp bằng chứng lớn hơn 5 MB; xin gửi tệp nhỏ hơn hoặc ghi số tham chiếu.',
    en: 'The evidence is larger than 5 MiB; please send a smaller file, or give its reference.',
  });

export const noEvidenceFile = (rulingId: string): DomainError =>
  new DomainError(
    'not-found',
    'payments.no-evidence-file',
    {
      vi: 'Kết luận này không có tệp bằng chứng; xin xem số tham chiếu của bằng chứng.',
      en: 'This ruling has no evidence file; please see the reference of its evidence.',
    },
    { rulingId },
  );

export const reasonNotFit = (reasonCode: string): DomainError =>
  new DomainError(
    'unprocessable',
    'payments.reason-not-fit',
    {
      vi: 'Mã lý do này không dùng để kết luận "không chi được"; xin chọn mã trong danh mục nói rõ vì sao tiền không đi.',
      en: 'This reason cannot stand behind "rejected"; please choose a listed code that says why no money went out.',
    },
    { reasonCode },
  );

export const notInDoubt = (
  payments: readonly { paymentId: string; state: PaymentState }[],
): DomainError =>
  new DomainError(
    'conflict',
    'payments.not-in-doubt',
    {
      vi: 'Có khoản chi đã rõ kết quả nên không cần kết luận; xin tải lại danh sách và bỏ các khoản đó ra.',
      en: 'Some of these payments are not in doubt; please reload the list and leave them out.',
    },
    { payments },
  );

export const doubtsOfSeveralBanks = (bankCodes: readonly string[]): DomainError =>
  new DomainError(
    'unprocessable',
    'payments.doubts-of-several-banks',
    {
      vi: 'Mỗi kết luận chỉ gồm khoản chi qua một ngân hàng; xin lập riêng cho từng ngân hàng.',
      en: 'A ruling is about payments through one bank; please make one for each bank.',
    },
    { bankCodes },
  );

export const doubtTooYoung = (
  until: Date,
  payments: readonly { paymentId: string }[],
): DomainError =>
  new DomainError(
    'conflict',
    'payments.doubt-too-young',
    {
      vi: `Ngân hàng còn có thể ghi nhận khoản chi đến ${formatDate(officeDate(until))} (xem "until"); xin dùng bằng chứng ngân hàng lập sau lúc đó để kết luận "không chi được".`,
      en: `The bank may still book it until ${formatDate(officeDate(until))} (see "until"); please conclude that it failed by evidence of after that.`,
    },
    { until: until.toISOString(), payments },
  );

export const inAnotherRuling = (
  payments: readonly { paymentId: string; rulingId: string }[],
): DomainError =>
  new DomainError(
    'conflict',
    'payments.in-another-ruling',
    {
      vi: 'Có khoản chi đang nằm trong một kết luận chờ ký; xin ký, từ chối hoặc rút kết luận đó trước.',
      en: 'Some payments stand in a ruling that waits for its signature; please sign, refuse or withdraw that one first.',
    },
    { payments },
  );

export const rulingNotFound = (rulingId: string): DomainError =>
  new DomainError(
    'not-found',
    'payments.ruling-not-found',
    {
      vi: 'Không có kết luận này; xin chọn lại trong danh sách.',
      en: 'There is no such ruling; please choose one from the list.',
    },
    { rulingId },
  );

export const rulingDecided = (rulingId: string, state: RulingState): DomainError =>
  new DomainError(
    'conflict',
    'payments.ruling-decided',
    {
      vi: `Kết luận này ${STATES[state].vi} rồi; xin tải lại trang để xem kết quả.`,
      en: `This ruling is ${STATES[state].en} already; please reload to see how it ended.`,
    },
    { rulingId, state },
  );

export const ownRuling = (rulingId: string): DomainError =>
  new DomainError(
    'forbidden',
    'payments.own-ruling',
    {
      vi: 'Người đề nghị kết luận không tự ký hay từ chối; xin để người có chữ ký khác quyết định, hoặc rút lại.',
      en: 'Nobody decides on their own proposal; please let another signatory decide, or withdraw it.',
    },
    { rulingId },
  );

export const rulingNeedsSignatory = (rulingId: string): DomainError =>
  new DomainError(
    'forbidden',
    'payments.ruling-needs-signatory',
    {
      vi: 'Bạn chưa được đăng ký mẫu chữ ký; xin nhờ quản trị đăng ký trước hoặc để người có chữ ký quyết định.',
      en: 'You are not registered as a signatory; please be registered first, or let a signatory decide.',
    },
    { rulingId },
  );

export const anotherRulingSeen = (
  rulingId: string,
  digest: { seen: string; now: string },
): DomainError =>
  new DomainError(
    'precondition-failed',
    'payments.another-ruling-seen',
    {
      vi: 'Kết luận không phải là bản bạn đã xem, nên chưa ký gì; xin mở lại, xem kỹ rồi ký.',
      en: 'The ruling is not what you saw, so nothing was signed; please open it again, look at it and sign then.',
    },
    { rulingId, digest },
  );
