import { DomainError } from '../kernel/index.js';

export function noSuchBeneficiary(id: string): DomainError {
  return new DomainError(
    'not-found',
    'beneficiaries.not-found',
    {
      vi: 'Không tìm thấy người hưởng này. Hãy tìm lại theo tên hoặc số định danh.',
      en: 'There is no such payee. Search again by name or personal number.',
    },
    { beneficiaryId: id },
  );
}

export function unknownBank(): DomainError {
  return new DomainError('unprocessable', 'beneficiaries.unknown-bank', {
    vi: 'Không nhận ra ngân hàng này. Hãy ghi mã BIN sáu số hoặc tên ngân hàng trong danh mục.',
    en: 'This bank is not known. Give its six-digit BIN or a name from the bank list.',
  });
}

export function isDeceased(id: string): DomainError {
  return new DomainError(
    'conflict',
    'beneficiaries.deceased',
    {
      vi: 'Người hưởng đã được ghi nhận là đã mất. Chi cho thân nhân bằng hồ sơ của chính thân nhân.',
      en: 'The payee is recorded as deceased. Pay the heirs under their own names.',
    },
    { beneficiaryId: id },
  );
}

export function notHeld(id: string): DomainError {
  return new DomainError(
    'conflict',
    'beneficiaries.not-held',
    {
      vi: 'Hồ sơ này hiện không bị tạm dừng; không cần làm gì thêm.',
      en: 'This payee is not on hold; there is nothing to release.',
    },
    { beneficiaryId: id },
  );
}

export function deathInFuture(id: string): DomainError {
  return new DomainError(
    'unprocessable',
    'beneficiaries.death-in-future',
    {
      vi: 'Ngày mất không thể sau hôm nay. Hãy xem lại giấy chứng tử.',
      en: 'A date of death cannot be after today. Look at the death certificate again.',
    },
    { beneficiaryId: id },
  );
}

export function accountNameDiffers(id: string): DomainError {
  return new DomainError(
    'unprocessable',
    'beneficiaries.account-name-differs',
    {
      vi: 'Tên chủ tài khoản khác tên người hưởng. Nếu đúng là tài khoản nhận thay, hãy xác nhận tên khác và nêu lý do.',
      en: "The account is in another name than the payee's. If it is an authorised relative's, confirm the other name and say why.",
    },
    { beneficiaryId: id },
  );
}

export function nameUnreadable(id: string): DomainError {
  return new DomainError(
    'unprocessable',
    'beneficiaries.name-unreadable',
    {
      vi: 'Đây không phải là họ tên. Hãy ghi đầy đủ họ tên bằng chữ, như trên giấy tờ.',
      en: 'This is no name. Write the full name in letters, as on the papers.',
    },
    { beneficiaryId: id },
  );
}
