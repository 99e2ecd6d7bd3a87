import { DomainError } from '../../kernel/index.js';
import type { FieldError } from './field-errors.js';

export const requestInvalid = (errors: readonly FieldError[]): DomainError =>
  new DomainError(
    'invalid',
    'request.invalid',
    {
      vi: 'Yêu cầu có chỗ chưa đúng; xin sửa từng mục nêu trong "errors" rồi gửi lại.',
      en: 'Parts of the request are not right; please mend each item listed in "errors" and send it again.',
    },
    { errors },
  );

export const malformedBody = (): DomainError =>
  new DomainError('invalid', 'request.malformed-body', {
    vi: 'Không đọc được nội dung gửi lên; xin gửi JSON (hoặc biểu mẫu) đúng cú pháp.',
    en: 'The body cannot be read; please send well-formed JSON (or a well-formed form).',
  });

export const tooLarge = (): DomainError =>
  new DomainError('too-large', 'request.too-large', {
    vi: 'Nội dung gửi lên lớn hơn mức cho phép; xin chia nhỏ rồi gửi lại.',
    en: 'The body is larger than is accepted; please send it in smaller parts.',
  });

export const tooDeep = (most: number): DomainError =>
  new DomainError(
    'invalid',
    'request.too-deep',
    {
      vi: `Nội dung gửi lên lồng vào nhau quá ${most} tầng; xin gửi theo mẫu ở /api/docs.`,
      en: `The body is nested deeper than ${most} levels; please send it in the form that /api/docs shows.`,
    },
    { most },
  );

export const unsupportedBody = (): DomainError =>
  new DomainError('unsupported', 'request.unsupported-media', {
    vi: 'Kiểu nội dung này không được nhận; xin xem tài liệu ở /api/docs để biết kiểu được nhận.',
    en: 'This type of content is not accepted; please see /api/docs for the types that are.',
  });

export const noSuchRoute = (): DomainError =>
  new DomainError('not-found', 'request.no-such-address', {
    vi: 'Không có địa chỉ này; xin xem các địa chỉ ở /api/docs.',
    en: 'There is nothing at this address; please see /api/docs for the addresses there are.',
  });

export const brokenCursor = (): DomainError =>
  new DomainError('invalid', 'request.broken-cursor', {
    vi: 'Dấu trang (cursor) không dùng được; xin đọc lại từ trang đầu, không kèm cursor.',
    en: 'This cursor cannot be used; please read again from the first page, without a cursor.',
  });

export const changedMeanwhile = (version?: number): DomainError =>
  new DomainError(
    'precondition-failed',
    'request.changed-meanwhile',
    {
      vi: 'Đã có người sửa mục này trong lúc đó; xin đọc lại bản mới rồi sửa tiếp.',
      en: 'Somebody changed this meanwhile; please read it again and repeat your change on the new version.',
    },
    version === undefined ? {} : { version },
  );

export const versionMissing = (): DomainError =>
  new DomainError('precondition-required', 'request.if-match-missing', {
    vi: 'Cần tiêu đề If-Match với ETag của bản đã đọc, để không ghi đè lên người khác.',
    en: 'The header If-Match with the ETag you have read is needed, so that nobody is overwritten.',
  });

export const keyMissing = (): DomainError =>
  new DomainError('invalid', 'idempotency.key-missing', {
    vi: 'Cần tiêu đề Idempotency-Key (1–255 ký tự ASCII, mỗi việc một khóa, ví dụ UUID) để gửi lại vẫn an toàn.',
    en: 'The header Idempotency-Key (1–255 visible ASCII characters, one for each act, such as a UUID) is needed, so that sending again is safe.',
  });

export const keyRunning = (): DomainError =>
  new DomainError(
    'conflict',
    'idempotency.running',
    {
      vi: 'Yêu cầu mang khóa này đang được xử lý; xin chờ vài giây rồi gửi lại đúng yêu cầu ấy.',
      en: 'The request of this key is still being worked on; please wait some seconds and send the same again.',
    },
    { retryAfterSeconds: 2 },
  );

export const keyReused = (): DomainError =>
  new DomainError('unprocessable', 'idempotency.key-reused', {
    vi: 'Khóa này đã dùng cho một yêu cầu có nội dung khác; xin dùng khóa mới cho việc mới.',
    en: 'This key was used for a request of another content; please take a new key for a new act.',
  });

export const answerLost = (): DomainError =>
  new DomainError('conflict', 'idempotency.answer-lost', {
    vi: 'Yêu cầu mang khóa này đã được ghi nhận nhưng câu trả lời bị mất; xin đọc lại dữ liệu để xem kết quả, đừng gửi bằng khóa khác.',
    en: 'The request of this key took effect but its answer was lost; please read the resource to see the result, and do not send it under another key.',
  });

export const leaseLost = (): DomainError =>
  new DomainError('conflict', 'idempotency.lease-lost', {
    vi: 'Yêu cầu này chạy quá lâu và đã được một lần gửi lại thay thế; không có gì được ghi. Xin gửi lại với cùng khóa.',
    en: 'This request took too long and a repetition took its place; nothing was stored by it. Please send it again with the same key.',
  });
