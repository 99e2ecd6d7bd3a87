import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { DomainError, type Bilingual, type ErrorKind } from '../../kernel/index.js';
import { malformedBody, noSuchRoute, tooLarge, unsupportedBody } from './http.errors.js';
import type { Language } from './language.js';

/** An RFC 9457 problem; further members are the particulars of its code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly messages: Bilingual;
  readonly [particular: string]: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  'precondition-required': 428,
  'too-many': 429,
  unavailable: 503,
};

const TITLES: Readonly<Record<number, Bilingual>> = {
  400: { vi: 'Yêu cầu chưa đúng', en: 'The request is not right' },
  401: { vi: 'Chưa đăng nhập', en: 'Not signed in' },
  403: { vi: 'Không được phép', en: 'Not permitted' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  409: { vi: 'Không hợp với trạng thái hiện tại', en: 'Not possible in the present state' },
  412: { vi: 'Đã bị thay đổi', en: 'Changed meanwhile' },
  413: { vi: 'Quá lớn', en: 'Too large' },
  415: { vi: 'Kiểu nội dung không được nhận', en: 'Type of content not accepted' },
  422: { vi: 'Trái quy định', en: 'Refused by a rule' },
  428: { vi: 'Thiếu phiên bản đã đọc', en: 'Version read is missing' },
  429: { vi: 'Quá nhiều lần', en: 'Too many' },
  500: { vi: 'Lỗi của hệ thống', en: 'A fault of the system' },
  503: { vi: 'Tạm thời không phục vụ được', en: 'Not available for the moment' },
};

/** Schema of every error answer, for the OpenAPI document. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('`urn:chitra:problem:<code>`'),
    title: z.string().describe('the kind of problem, in the language asked for'),
    status: z.number().int().describe('the HTTP status'),
    detail: z.string().describe('what happened and what to do next, in the language asked for'),
    instance: z
      .string()
      .describe('`urn:chitra:request:<X-Request-Id>`; name it when asking for help'),
    code: z.string().describe('stable, for programs: `area.what-is-wrong`'),
    messages: z.object({ vi: z.string(), en: z.string() }).describe('`detail` in both languages'),
  })
  .describe('RFC 9457 problem; further members are the particulars of its code');

/** What is told of an error that nobody foresaw: nothing but where to ask. */
const UNFORESEEN: Bilingual = {
  vi: 'Hệ thống gặp lỗi và đã ghi lại; xin thử lại sau, hoặc báo cho quản trị kèm mã yêu cầu này.',
  en: 'The system met a fault and has recorded it; please try again later, or tell the administrator this request id.',
};

/** The expected refusal behind an error, or null when it is a fault of ours. */
export function refusalBehind(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  const status = error instanceof HttpException ? error.getStatus() : statusOfHttpError(error);
  if (status === null) return null;
  if (status === 404) return noSuchRoute();
  if (status === 413) return tooLarge();
  if (status === 415) return unsupportedBody();
  return status >= 400 && status < 500 ? malformedBody() : null;
}

/** Body parsers throw `http-errors`: an error with a `status` and `expose`. */
function statusOfHttpError(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true ? status : null;
}

export function problemOf(
  error: unknown,
  request: { language: Language; requestId: string },
): Problem {
  const refusal = refusalBehind(error);
  const status = refusal ? STATUS[refusal.kind] : 500;
  const code = refusal?.code ?? 'system.fault';
  const messages = refusal?.text ?? UNFORESEEN;
  return {
    ...refusal?.details,
    type: `urn:chitra:problem:${code}`,
    title: (TITLES[status] ?? UNFORESEEN)[request.language],
    status,
    detail: messages[request.language],
    instance: `urn:chitra:request:${request.requestId}`,
    code,
    messages,
  };
}
