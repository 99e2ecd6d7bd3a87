import { DomainError, type Bilingual } from '../kernel/index.js';
import type { FileProblem } from './statement-file.problems.js';

export function statementsNotOffered(bank: string): DomainError {
  return new DomainError(
    'unprocessable',
    'reconciliation.statements-not-offered',
    {
      vi: 'Ngân hàng này không cung cấp sao kê qua kết nối. Hãy chọn ngân hàng khác, hoặc dùng tệp sao kê.',
      en: 'This bank offers no statements over its connection. Choose another bank, or use its statement file.',
    },
    { bank },
  );
}

export function spanRefused(
  fault: 'backward' | 'future' | 'too-long',
  span: { from: string; to: string; longestDays: number },
): DomainError {
  const texts = {
    backward: {
      vi: 'Ngày cuối đứng trước ngày đầu. Hãy chọn lại khoảng ngày.',
      en: 'The last day is before the first. Choose the days again.',
    },
    future: {
      vi: 'Khoảng ngày vượt quá hôm nay. Hãy chọn ngày cuối không sau hôm nay.',
      en: 'The span reaches beyond today. Choose a last day that is not after today.',
    },
    'too-long': {
      vi: `Khoảng ngày dài quá ${span.longestDays} ngày. Hãy chia thành nhiều lần đối chiếu.`,
      en: `The span is longer than ${span.longestDays} days. Split it into several reconciliations.`,
    },
  };
  return new DomainError('unprocessable', `reconciliation.span-${fault}`, texts[fault], span);
}

export function unknownReconciliation(id: string): DomainError {
  return new DomainError(
    'not-found',
    'reconciliation.unknown-reconciliation',
    {
      vi: 'Không có lần đối chiếu nào mang mã này. Hãy tìm trong danh sách đối chiếu.',
      en: 'There is no reconciliation of this id. Look for it in the list of reconciliations.',
    },
    { reconciliation: id },
  );
}

export function unknownException(id: string): DomainError {
  return new DomainError(
    'not-found',
    'reconciliation.unknown-exception',
    {
      vi: 'Không có sai lệch nào mang mã này. Hãy tìm trong danh sách sai lệch đối chiếu.',
      en: 'There is no exception of this id. Look for it in the list of reconciliation exceptions.',
    },
    { exception: id },
  );
}

export function exceptionNotOpen(exceptions: readonly string[]): DomainError {
  return new DomainError(
    'conflict',
    'reconciliation.exception-not-open',
    {
      vi: 'Sai lệch này đã được giải trình hoặc đã tự kết thúc. Hãy đọc lại; không cần làm gì thêm.',
      en: 'This exception has been explained or has ended by itself. Read it again; nothing more is to be done.',
    },
    { exceptions },
  );
}

export function explanationRefused(
  fault: 'words-few' | 'evidence-missing',
  exception: { id: string; kind: string },
): DomainError {
  const texts = {
    'words-few': {
      vi: 'Sai lệch về tiền cần được giải trình bằng vài từ trở lên. Hãy viết rõ tiền đã đi đâu.',
      en: 'An exception about money wants at least a few words. Write down what became of the money.',
    },
    'evidence-missing': {
      vi: 'Sai lệch về tiền cần số chứng từ làm bằng chứng. Hãy ghi số công văn hoặc chứng từ của ngân hàng.',
      en: 'An exception about money wants evidence. Give the number of a letter or voucher of the bank.',
    },
  };
  return new DomainError('unprocessable', `reconciliation.explanation-${fault}`, texts[fault], {
    exception: exception.id,
    exceptionKind: exception.kind,
  });
}

export function tooManyExceptions(most: number): DomainError {
  return new DomainError(
    'unprocessable',
    'reconciliation.too-many-exceptions',
    {
      vi: `Mỗi lần chỉ giải trình được ${most} sai lệch. Hãy chia thành nhiều lần theo mã.`,
      en: `At most ${most} exceptions are explained at once. Do it in several parts, by their ids.`,
    },
    { most },
  );
}

export function ownerRefused(user: string): DomainError {
  return new DomainError(
    'unprocessable',
    'reconciliation.owner-refused',
    {
      vi: 'Người này không có, đã bị khóa hoặc không được phép đối chiếu. Hãy giao cho người khác.',
      en: 'There is no such user, or they are disabled or may not reconcile. Give it to somebody else.',
    },
    { user },
  );
}

export function peopleOnly(): DomainError {
  return new DomainError('forbidden', 'reconciliation.people-only', {
    vi: 'Việc này cần một người chịu trách nhiệm. Hãy đăng nhập và tự làm, không dùng khóa API.',
    en: 'Somebody has to answer for this. Sign in and do it as a person, not by an API key.',
  });
}

export function notFinished(id: string, state: string): DomainError {
  return new DomainError(
    'conflict',
    'reconciliation.not-finished',
    {
      vi: 'Chỉ khóa sổ được lần đối chiếu đã chạy xong và chưa khóa. Hãy đọc lại trạng thái của nó.',
      en: 'Only a run that has finished and is not closed yet can be closed. Read its state again.',
    },
    { reconciliation: id, state },
  );
}

export function entriesWaiting(id: string, waiting: number): DomainError {
  return new DomainError(
    'conflict',
    'reconciliation.entries-waiting',
    {
      vi: `Còn ${waiting} dòng sao kê của những ngày này chưa được so khớp. Hãy đợi lần đối chiếu đang chạy xong.`,
      en: `${waiting} entries of these days are not matched yet. Wait until the run under way has finished.`,
    },
    { reconciliation: id, waiting },
  );
}

export function exceptionsOpen(
  id: string,
  open: readonly { kind: string; count: number }[],
): DomainError {
  const total = open.reduce((sum, { count }) => sum + count, 0);
  return new DomainError(
    'conflict',
    'reconciliation.exceptions-open',
    {
      vi: `Còn ${total} sai lệch của ngân hàng và những ngày này chưa có giải trình. Hãy giải trình hết rồi khóa sổ.`,
      en: `${total} exceptions of this bank and these days are open. Explain them all, then close.`,
    },
    { reconciliation: id, open },
  );
}

export function fileIsNoCsv(): DomainError {
  return new DomainError('unsupported', 'reconciliation.statement-not-csv', {
    vi: 'Tệp sao kê phải là CSV (UTF-8). Hãy lưu lại dạng "CSV UTF-8" với đuôi .csv rồi gửi lại.',
    en: 'A statement is sent as CSV (UTF-8). Save it as "CSV UTF-8" with the ending .csv and send it again.',
  });
}

export function fileMissing(): DomainError {
  return new DomainError('invalid', 'reconciliation.statement-missing', {
    vi: 'Chưa có tệp sao kê. Hãy gửi biểu mẫu có mục "file" là tệp .csv.',
    en: 'There is no statement. Send a form whose part "file" is the .csv file.',
  });
}

/** @param count all problems, of which the first are told. */
export function fileRefused(problems: readonly FileProblem[], count: number): DomainError {
  const [first] = problems;
  const where = first ? placeOf(first) : { vi: '', en: '' };
  return new DomainError(
    'unprocessable',
    'reconciliation.statement-file-refused',
    {
      vi: `Tệp sao kê có ${count} lỗi nên chưa có gì được ghi${where.vi}. Hãy sửa từng lỗi trong "errors" rồi gửi lại.`,
      en: `The statement has ${count} errors, so nothing was stored${where.en}. Mend each in "errors" and send it again.`,
    },
    { errorCount: count, errors: problems },
  );
}

function placeOf({ row, column, message }: FileProblem): Bilingual {
  const cell = row === null ? '' : ` ${column ?? ''}${row}`;
  return {
    vi: `; lỗi đầu${cell}: ${message.vi}`.replace(/\.$/, ''),
    en: `; the first${cell}: ${message.en}`.replace(/\.$/, ''),
  };
}

export function unknownStatement(id: string): DomainError {
  return new DomainError(
    'not-found',
    'reconciliation.unknown-statement',
    {
      vi: 'Không có sao kê nào mang mã này. Hãy tìm trong danh sách sao kê.',
      en: 'There is no statement of this id. Look for it in the list of statements.',
    },
    { statement: id },
  );
}

export const unknownBankFile = (id: string): DomainError =>
  new DomainError(
    'not-found',
    'reconciliation.unknown-bank-file',
    {
      vi: 'Không có tệp này; xin chọn lại trong danh sách.',
      en: 'There is no such file; please choose one from the list.',
    },
    { id },
  );
