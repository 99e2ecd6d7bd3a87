import type { Bilingual } from '../../../kernel/index.js';

/** Why a row or a payment of a result list stays unread; each says what a person can look at. */
export const MATCH_TEXTS = {
  noReference: {
    vi: 'dòng không có mã tham chiếu của ta, và không rõ tệp trả lời danh sách nào',
    en: 'the row has no reference of ours, and it is not known which list the file answers',
  },
  otherMessages: {
    vi: 'dòng không có mã tham chiếu, mà tệp nói về cả danh sách khác nên không dò theo tài khoản',
    en: 'the row has no reference, and the file speaks of other lists too: accounts are not compared',
  },
  missing: {
    vi: 'danh sách kết quả không nhắc đến khoản này; vẫn chờ ngân hàng',
    en: 'the list does not mention this payment; the bank is still awaited',
  },
  otherAccount: {
    vi: 'mã tham chiếu của ta nhưng số tài khoản khác',
    en: 'our reference, but another account',
  },
  contradicts: {
    vi: 'các dòng nói khác nhau về cùng một khoản',
    en: 'the rows contradict each other about one payment',
  },
  bookedTwice: {
    vi: 'một khoản mà có nhiều mã giao dịch; hãy hỏi ngân hàng có chi hai lần không',
    en: 'one payment with several booking references; ask the bank whether it paid twice',
  },
  noAccount: {
    vi: 'dòng không có mã tham chiếu và không có số tài khoản đọc được',
    en: 'the row has neither a reference nor a readable account',
  },
  noAmount: {
    vi: 'dòng không có mã tham chiếu và không có số tiền',
    en: 'the row has neither a reference nor an amount',
  },
  beforeTheList: {
    vi: 'ngân hàng xử lý trước khi danh sách được lập; có phải kết quả của danh sách khác?',
    en: 'the bank did it before the list was made; is it the result of another list?',
  },
  partlyNamed: {
    vi: 'cùng tài khoản và số tiền với một khoản đã có mã tham chiếu; không rõ dòng này là khoản nào',
    en: 'same account and amount as a payment that is named by reference; unclear which this row means',
  },
  zeros: {
    vi: 'hai tài khoản chỉ khác nhau ở các số 0 đầu',
    en: 'two accounts differ by zeros in front only',
  },
  orderLost: {
    vi: 'các khoản cùng tài khoản, cùng số tiền nhưng kết quả khác nhau, và thứ tự không còn như danh sách gửi',
    en: 'payments alike in account and amount but not in result, and the list is not in our order',
  },
  copies: {
    vi: 'các dòng giống hệt nhau của những khoản cùng tài khoản, cùng số tiền; có thể là một dòng bị lặp',
    en: 'rows of payments alike in account and amount do not differ; one may be a copy of another',
  },
  nobody: (account: string): Bilingual => ({
    vi: `không khoản nào của danh sách có tài khoản ${account} với số tiền này`,
    en: `no payment of the list is to account ${account} with this amount`,
  }),
  otherCount: (rows: number, payments: number): Bilingual => ({
    vi: `${rows} dòng nhưng ${payments} khoản có cùng tài khoản và số tiền; không đoán`,
    en: `${rows} rows but ${payments} payments have this account and amount; nothing is guessed`,
  }),
} as const;

/** Cells named in one sentence; more are counted. */
const PLACES_MOST = 12;

export function placesOf(rows: readonly { readonly place: string }[]): string[] {
  const places = rows.slice(0, PLACES_MOST).map(({ place }) => place);
  return rows.length > PLACES_MOST ? [...places, `+${rows.length - PLACES_MOST}`] : places;
}

/** `Ô H17: … / Cell H17: …` */
export function bilingualWhy({ vi, en }: Bilingual, places: readonly string[]): string {
  if (places.length === 0) return `${vi} / ${en}`;
  const cells = places.join(', ');
  return `Ô ${cells}: ${vi} / Cell ${cells}: ${en}`;
}
