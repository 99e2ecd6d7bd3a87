import { DomainError } from '../../kernel/index.js';

export const noSuchRun = (): DomainError =>
  new DomainError('not-found', 'reconciliation.no-such-run', {
    vi: 'Không có lần đối chiếu này; xin chọn lại trong trang “Đối chiếu”.',
    en: 'There is no such reconciliation; please choose one from its page.',
  });

export const noSuchException = (): DomainError =>
  new DomainError('not-found', 'reconciliation.no-such-exception', {
    vi: 'Không có sai lệch này; xin chọn lại trong danh sách.',
    en: 'There is no such exception; please choose one from the list.',
  });

export const nothingTicked = (): DomainError =>
  new DomainError('unprocessable', 'reconciliation.nothing-ticked', {
    vi: 'Chưa chọn dòng nào; xin chọn các sai lệch cần giải trình.',
    en: 'Nothing is ticked; please tick the exceptions to explain.',
  });

export const fileNotChosen = (): DomainError =>
  new DomainError('invalid', 'reconciliation.file-not-chosen', {
    vi: 'Chưa chọn tệp; xin chọn tệp rồi gửi lại.',
    en: 'No file was chosen; please choose it and send again.',
  });
