import { DomainError, formatDate, officeDate, officeTime } from '../kernel/index.js';

export const listNotFound = (submissionId: string): DomainError =>
  new DomainError(
    'not-found',
    'payments.list-not-found',
    {
      vi: 'Không có danh sách chi này; xin chọn lại trong các danh sách đang chờ.',
      en: 'There is no such list; please choose one of those that wait.',
    },
    { submissionId },
  );

export const notByHand = (bank: string): DomainError =>
  new DomainError(
    'unprocessable',
    'payments.list-not-by-hand',
    {
      vi: 'Ngân hàng này được gửi tự động, không cần ai mang danh sách.',
      en: 'This bank is sent to by machine; nobody carries its lists.',
    },
    { bank },
  );

export const listBeingMade = (submissionId: string): DomainError =>
  new DomainError(
    'conflict',
    'payments.list-being-made',
    {
      vi: 'Danh sách đang được lập; xin thử lại sau ít phút.',
      en: 'The list is just being made; please try again in a moment.',
    },
    { submissionId },
  );

export const listNotDue = (submissionId: string, notBefore: Date): DomainError => {
  const from = `${officeTime(notBefore)} ${formatDate(officeDate(notBefore))}`;
  return new DomainError(
    'conflict',
    'payments.list-not-due',
    {
      vi: `Danh sách chưa đến lúc lập; xin thử lại từ ${from}.`,
      en: `The list is not due yet; please try again from ${from} on.`,
    },
    { submissionId, notBefore: notBefore.toISOString() },
  );
};

export const listRunStands = (submissionId: string, runState: string): DomainError =>
  new DomainError(
    'conflict',
    'payments.list-run-not-running',
    {
      vi: 'Lượt chi đang dừng, đã hủy hoặc chưa bắt đầu nên không lập danh sách; xin xem lượt chi.',
      en: 'The run is paused, cancelled or not started, so no list is made; please look at the run.',
    },
    { submissionId, runState },
  );

export const listBankHeld = (bank: string): DomainError =>
  new DomainError(
    'conflict',
    'payments.list-bank-held',
    {
      vi: 'Ngân hàng này đang tạm ngắt nên không lập, không giao danh sách; xin xem tình trạng ngân hàng.',
      en: 'This bank is switched off or left alone, so no list is made or handed out; please look at how it stands.',
    },
    { bank },
  );

export const listOfStoppedRun = (submissionId: string, runState: string): DomainError =>
  new DomainError(
    'conflict',
    'payments.list-of-stopped-run',
    {
      vi: 'Lượt chi đang dừng hoặc đã hủy nên không giao danh sách; nếu không chi nữa, xin thu hồi danh sách này.',
      en: 'The run is paused or cancelled, so its list is not handed out; if it will not be paid, please withdraw the list.',
    },
    { submissionId, runState },
  );

export const listHasHeld = (submissionId: string, held: number): DomainError =>
  new DomainError(
    'conflict',
    'payments.list-has-held',
    {
      vi: `Trong danh sách có ${held} người đã mất hoặc đang tạm giữ; xin thu hồi danh sách rồi lập lại, họ sẽ không còn trong đó.`,
      en: `${held} people of this list have died or are on hold; please withdraw it and make it anew, without them.`,
    },
    { submissionId, held },
  );

export const listEmpty = (submissionId: string): DomainError =>
  new DomainError(
    'conflict',
    'payments.list-empty',
    {
      vi: 'Không còn khoản nào để đưa vào danh sách này; xin tải lại các danh sách đang chờ.',
      en: 'Nothing is left to be put into this list; please reload the lists that wait.',
    },
    { submissionId },
  );

export const listNotMade = (submissionId: string, why: string | null): DomainError =>
  new DomainError(
    'unavailable',
    'payments.list-not-made',
    {
      vi: 'Chưa lập được danh sách, chưa khoản nào được gửi; xin thử lại sau hoặc báo quản trị viên.',
      en: 'The list could not be made and nothing was sent; please try again later or tell the administrator.',
    },
    { submissionId, why },
  );
