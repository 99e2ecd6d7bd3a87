import type { NoticeRefused } from '../banks/index.js';
import { DomainError } from '../kernel/index.js';

export function noticesNotOffered(bank: string): DomainError {
  return new DomainError(
    'not-found',
    'settlements.notices-not-offered',
    {
      vi: 'Ngân hàng này không gửi thông báo về hệ thống. Kết quả được biết qua tra soát và sao kê.',
      en: 'This bank sends no notices here. Its results are learnt by enquiry and from statements.',
    },
    { bank },
  );
}

export function noticeTooLarge(maxBytes: number): DomainError {
  return new DomainError(
    'too-large',
    'settlements.notice-too-large',
    {
      vi: 'Thông báo quá lớn. Hãy chia thành nhiều thông báo nhỏ hơn, mỗi thông báo một mã riêng.',
      en: 'The notice is too large. Split it into smaller notices, each with its own id.',
    },
    { maxBytes },
  );
}

/** Says which check failed, and nothing that would help to forge a better one. */
export function noticeRefused(fault: NoticeRefused['fault']): DomainError {
  switch (fault) {
    case 'signature':
      return new DomainError('unauthenticated', 'settlements.notice-signature', {
        vi: 'Chữ ký của thông báo không đúng. Kiểm tra khóa ký, rồi ký lại đúng nội dung gửi đi.',
        en: 'The signature of the notice does not fit. Check the signing secret and sign the very bytes that are sent.',
      });
    case 'replay-window':
      return new DomainError('unauthenticated', 'settlements.notice-time', {
        vi: 'Thời điểm ký lệch quá 5 phút. Chỉnh đồng hồ máy chủ, rồi ký và gửi lại với cùng mã thông báo.',
        en: 'It was signed more than 5 minutes away from now. Set the clock, then sign and send it again under the same id.',
      });
    case 'malformed':
      return new DomainError('invalid', 'settlements.notice-malformed', {
        vi: 'Thông báo không đúng mẫu đã công bố. Sửa nội dung rồi gửi lại với mã thông báo mới.',
        en: 'The notice is not of the documented form. Mend it and send it under a new id.',
      });
  }
}

export function unknownNotice(id: string): DomainError {
  return new DomainError(
    'not-found',
    'settlements.unknown-notice',
    {
      vi: 'Không có thông báo ngân hàng nào mang mã này. Hãy tìm trong danh sách thông báo.',
      en: 'There is no bank notice of this id. Look for it in the list of notices.',
    },
    { notice: id },
  );
}

export function unknownPayment(id: string): DomainError {
  return new DomainError(
    'not-found',
    'settlements.unknown-payment',
    {
      vi: 'Không có khoản chi nào mang mã này. Hãy tìm trong danh sách khoản chi.',
      en: 'There is no payment of this id. Look for it in the list of payments.',
    },
    { payment: id },
  );
}

export function unknownBeneficiary(id: string): DomainError {
  return new DomainError(
    'not-found',
    'settlements.unknown-beneficiary',
    {
      vi: 'Không có người hưởng nào mang mã này. Hãy tìm trong danh sách người hưởng.',
      en: 'There is no beneficiary of this id. Look for them in the list of beneficiaries.',
    },
    { beneficiary: id },
  );
}
