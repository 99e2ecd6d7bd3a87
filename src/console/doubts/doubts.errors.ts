import { DomainError } from '../../kernel/index.js';

export const noSuchPayment = (): DomainError =>
  new DomainError('not-found', 'doubts.no-such-payment', {
    vi: 'Không có khoản chi này; xin chọn lại trong danh sách.',
    en: 'There is no such payment; please choose one from the list.',
  });

export const noSuchRuling = (): DomainError =>
  new DomainError('not-found', 'doubts.no-such-ruling', {
    vi: 'Không có đề nghị kết luận này, hoặc đề nghị không có tệp bằng chứng.',
    en: 'There is no such proposal, or it has no file of evidence.',
  });
