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

export const filesNotOffered = (bank: string): DomainError =>
  new DomainError(
    'unprocessable',
    'banks.files-not-offered',
    {
      vi: 'Ngân hàng này không trao đổi bằng tệp; xin chọn ngân hàng khác.',
      en: 'No files are exchanged with this bank; please choose another one.',
    },
    { bank },
  );

export const emptyFile = (): DomainError =>
  new DomainError('unprocessable', 'banks.file-empty', {
    vi: 'Tệp trống; xin tải lại tệp từ ngân hàng rồi gửi lại.',
    en: 'The file is empty; please fetch it from the bank again and send it.',
  });

export const fileTooLarge = (maxBytes: number): DomainError =>
  new DomainError('too-large', 'banks.file-too-large', {
    vi: `Tệp lớn hơn ${Math.floor(maxBytes / 1024 / 1024)} MB nên không nhận; xin ngân hàng chia nhỏ.`,
    en: `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB and is not taken; please have the bank split it.`,
  });

export const fileNotFound = (fileId: string): DomainError =>
  new DomainError(
    'not-found',
    'banks.file-not-found',
    {
      vi: 'Không có tệp này; xin chọn lại trong danh sách.',
      en: 'There is no such file; please choose one from the list.',
    },
    { fileId },
  );

export const fileNotQuarantined = (fileId: string, state: string): DomainError =>
  new DomainError(
    'conflict',
    'banks.file-not-quarantined',
    {
      vi: 'Tệp này không bị để riêng nên không cần đọc lại.',
      en: 'This file is not set aside, so there is nothing to read again.',
    },
    { fileId, state },
  );

export const switchedAlready = (bank: string, to: 'on' | 'off'): DomainError =>
  new DomainError(
    'conflict',
    'banks.switched-already',
    to === 'off'
      ? {
          vi: 'Ngân hàng này đã được tạm ngắt từ trước. Xin xem lý do trong lịch sử; muốn gửi lại thì mở (on).',
          en: 'This bank is switched off already. See its history for the reason; switch it on to send again.',
        }
      : {
          vi: 'Ngân hàng này đang được mở. Nếu chưa gửi được, xin xem tình trạng kết nối và lần thử tiếp theo.',
          en: 'This bank is on already. If nothing goes, look at its breaker and when it is tried next.',
        },
    { bank, to },
  );

export const answersAnother = (fileId: string, answers: string): DomainError =>
  new DomainError(
    'conflict',
    'banks.file-answers-another',
    {
      vi: `Chính tệp này đã được nhận là kết quả của danh sách ${answers}; xin tải đúng tệp của danh sách kia từ ngân hàng.`,
      en: `This very file was taken as the result of list ${answers}; please fetch the other list’s own file from the bank.`,
    },
    { fileId, answers },
  );

export const listGivenUp = (fileId: string): DomainError =>
  new DomainError(
    'conflict',
    'banks.list-given-up',
    {
      vi: 'Danh sách này đã bỏ, các khoản của nó đi trong danh sách khác; tuyệt đối không nộp lên ngân hàng.',
      en: 'This list was given up and its payments go in another one; it must not be uploaded at the bank.',
    },
    { fileId },
  );

export const noListForPeople = (fileId: string): DomainError =>
  new DomainError(
    'unprocessable',
    'banks.not-a-list',
    {
      vi: 'Tệp này không phải danh sách do người mang lên cổng ngân hàng.',
      en: 'This file is no list that people carry to a bank’s portal.',
    },
    { fileId },
  );

export const listNotThere = (
  fileId: string,
  state: string,
  act: { vi: string; en: string },
): DomainError =>
  new DomainError(
    'conflict',
    'banks.list-not-in-state',
    {
      vi: `Danh sách không ở trạng thái để ${act.vi}; xin tải lại trang để xem danh sách đang ở đâu.`,
      en: `The list is not where it can be ${act.en}; please reload to see where it stands.`,
    },
    { fileId, state },
  );

export const uploadedOutOfTime = (fileId: string): DomainError =>
  new DomainError(
    'unprocessable',
    'banks.upload-out-of-time',
    {
      vi: 'Thời điểm nộp phải sau khi danh sách được tải về và không ở tương lai.',
      en: 'The time of the upload is after the list was downloaded, and not in the future.',
    },
    { fileId },
  );
