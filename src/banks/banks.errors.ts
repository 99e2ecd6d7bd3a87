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

/** @param fund its code, as in config/funds.yaml */
export function noDebtorAccount(fund: string): DomainError {
  return new DomainError(
    'unprocessable',
    'banks.no-debtor-account',
    {
      vi: 'Cấu hình ngân hàng chưa có tài khoản trích nợ cho nguồn kinh phí này. Hãy thêm vào options.debtorAccounts.',
      en: 'The bank file names no account to debit for this fund. Add one to options.debtorAccounts.',
    },
    { fund },
  );
}
