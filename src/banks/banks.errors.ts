import { DomainError } from '../kernel/index.js';

export function unknownBank(code: string): DomainError {
  return new DomainError(
    'not-found',
    'banks.unknown-bank',
    {
      vi: 'Không có ngân hàng nào mang mã này trong cấu hình. Hãy kiểm tra mã trong config/banks.',
      en: 'No bank of this code is configured. Check the code against config/banks.',
    },
    { bank: code },
  );
}
