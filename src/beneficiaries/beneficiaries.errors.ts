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

export function noAccount(id: string): DomainError {
  return new DomainError(
    'unprocessable',
    'beneficiaries.no-account',
    {
      vi: 'Người hưởng chưa có tài khoản. Hãy nhập tài khoản trước rồi kiểm tra.',
      en: 'The payee has no account yet. Enter the account first, then check it.',
    },
    { beneficiaryId: id },
  );
}

export function otherAccountNow(id: string): DomainError {
  return new DomainError(
    'conflict',
    'beneficiaries.other-account-now',
    {
      vi: 'Tài khoản bạn xem không còn là tài khoản hiện hành. Hãy mở lại hồ sơ, đối chiếu tài khoản mới rồi xác nhận.',
      en: 'The account you looked at is not the current one any more. Open the payee again, compare the new account, then confirm.',
    },
    { beneficiaryId: id },
  );
}

export function otherAnswerNow(id: string, checkId: string | null): DomainError {
  return new DomainError(
    'conflict',
    'beneficiaries.other-answer-now',
    {
      vi: 'Ngân hàng đã trả lời khác với kết quả bạn xem. Hãy xem lại tên ngân hàng đưa ra ("checkId") rồi mới xác nhận.',
      en: 'The bank has answered something else than what you saw. Look at the name it gave ("checkId") before you confirm.',
    },
    { beneficiaryId: id, checkId },
  );
}

export function confirmedByPeople(): DomainError {
  return new DomainError('forbidden', 'beneficiaries.person-needed', {
    vi: 'Xác nhận tài khoản bằng giấy tờ là việc của một người chịu trách nhiệm; xin đăng nhập bằng tài khoản của mình.',
    en: 'A person answers for an account confirmed by paper; please log in under your own name.',
  });
}

export function ownAccountEntry(id: string): DomainError {
  return new DomainError(
    'forbidden',
    'beneficiaries.own-entry',
    {
      vi: 'Bạn là người đã nhập tài khoản này; xin để người khác đối chiếu giấy tờ và xác nhận.',
      en: 'You entered this account yourself; somebody else compares the paper and confirms it.',
    },
    { beneficiaryId: id },
  );
}
