import { DomainError } from '../kernel/index.js';

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
