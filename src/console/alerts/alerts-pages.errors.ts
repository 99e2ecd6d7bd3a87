import { DomainError } from '../../kernel/index.js';

export const noSuchAlert = (): DomainError =>
  new DomainError('not-found', 'alerts.no-such-alert', {
    vi: 'Không có cảnh báo này; xin chọn lại trong danh sách.',
    en: 'There is no such alert; please choose one from the list.',
  });

export const nothingTicked = (): DomainError =>
  new DomainError('unprocessable', 'alerts.nothing-ticked', {
    vi: 'Chưa chọn cảnh báo nào; xin chọn rồi làm lại.',
    en: 'Nothing is ticked; please tick alerts and do it again.',
  });

export const noNote = (): DomainError =>
  new DomainError('unprocessable', 'alerts.no-note', {
    vi: 'Chưa ghi đã làm gì; xin ghi chú rồi báo đã xử lý xong.',
    en: 'What was done is not said; please write a note and resolve them then.',
  });
