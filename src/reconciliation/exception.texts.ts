import type { Bilingual } from '../kernel/index.js';
import type { ExceptionKind } from './exception.rules.js';
import type { Bucket } from './matching.rules.js';

export interface ExceptionText extends Bilingual {
  /** What to do about it. */
  readonly todo: Bilingual;
}

/** What does not fit, in an officer's words, and what to do. */
export const EXCEPTION_TEXTS: Readonly<Record<ExceptionKind, ExceptionText>> = {
  'amount-differs': {
    vi: 'Số tiền khác lệnh chi',
    en: 'Another amount than ours',
    todo: {
      vi: 'Hỏi ngân hàng vì sao ghi nợ số khác; giải trình kèm số văn bản.',
      en: 'Ask the bank why it booked another amount; explain it with a paper.',
    },
  },
  'unknown-reference': {
    vi: 'Tham chiếu không phải của mình',
    en: 'A reference that none of ours has',
    todo: {
      vi: 'Hỏi ngân hàng bút toán này là gì; nếu không phải của cơ quan thì yêu cầu đảo.',
      en: 'Ask the bank what it is; if it is not ours have it reversed.',
    },
  },
  'no-reference': {
    vi: 'Bút toán không có tham chiếu (phí, lãi, nạp tiền)',
    en: 'An entry without a reference (fees, interest, top-ups)',
    todo: { vi: 'Ghi rõ đó là khoản gì.', en: 'Say what it is.' },
  },
  'debited-twice': {
    vi: 'Ngân hàng ghi nợ hai lần',
    en: 'Debited twice',
    todo: {
      vi: 'Yêu cầu ngân hàng hoàn lại lần thừa; giải trình kèm số văn bản.',
      en: 'Have the bank give the second one back; explain it with a paper.',
    },
  },
  'returned-twice': {
    vi: 'Ngân hàng hoàn trả hai lần',
    en: 'Returned twice',
    todo: {
      vi: 'Báo ngân hàng thu lại lần thừa.',
      en: 'Tell the bank to take the second one back.',
    },
  },
  'return-reversed': {
    vi: 'Ngân hàng thu lại khoản đã hoàn: tiền vẫn đi',
    en: 'A return was reversed: the money is out after all',
    todo: {
      vi: 'Không chi lại. Hỏi ngân hàng tiền đang ở đâu; giải trình kèm số văn bản.',
      en: 'Do not pay again. Ask where the money is; explain it with a paper.',
    },
  },
  contradicts: {
    vi: 'Tiền đi dù ngân hàng đã báo không chi',
    en: 'Money moved though the bank had said no',
    todo: {
      vi: 'Không chi lại. Hỏi ngân hàng; giải trình kèm số văn bản.',
      en: 'Do not pay again. Ask the bank; explain it with a paper.',
    },
  },
  contested: {
    vi: 'Cùng mã giao dịch, nội dung khác lần trước',
    en: 'The same entry came with other content',
    todo: { vi: 'Hỏi ngân hàng nội dung nào đúng.', en: 'Ask the bank which one is right.' },
  },
  'outside-days': {
    vi: 'Bút toán ngoài những ngày của sao kê',
    en: 'Booked outside the statement’s days',
    todo: { vi: 'Yêu cầu sao kê của ngày đó.', en: 'Ask for the statement of that day.' },
  },
  'statement-difference': {
    vi: 'Số dư đầu cộng phát sinh không bằng số dư cuối',
    en: 'Opening plus entries is not closing',
    todo: { vi: 'Yêu cầu ngân hàng sao kê đúng.', en: 'Ask the bank for a right statement.' },
  },
  'statement-gap': {
    vi: 'Số dư cuối không bằng số dư đầu ngày sau',
    en: 'A closing is not the opening of the day after',
    todo: {
      vi: 'Thiếu sao kê hoặc bút toán ở giữa: yêu cầu ngân hàng bổ sung.',
      en: 'A statement or an entry in between is missing: ask for it.',
    },
  },
  'paid-missing': {
    vi: 'Ngân hàng báo đã chi nhưng sao kê không có',
    en: 'Told as paid, and not in any statement',
    todo: {
      vi: 'Lấy đủ sao kê; nếu vẫn thiếu thì hỏi ngân hàng. Không chi lại khi chưa rõ.',
      en: 'Get all statements; if it is still missing ask the bank. Do not pay again before.',
    },
  },
  'return-missing': {
    vi: 'Ngân hàng báo hoàn trả nhưng tiền chưa về',
    en: 'Told as returned, and no money came back',
    todo: { vi: 'Hỏi ngân hàng khi nào tiền về.', en: 'Ask the bank when it comes.' },
  },
  'ours-unknown': {
    vi: 'Chưa rõ kết quả và không có trong sao kê',
    en: 'In doubt, and not in the statement of its days',
    todo: {
      vi: 'Dùng sao kê này làm bằng chứng để kết luận khoản chưa rõ.',
      en: 'Use the statement as evidence to end the doubt.',
    },
  },
};

/** What an entry of a statement is to our books; `waiting`: not compared yet. */
export const BUCKET_TEXTS: Readonly<Record<Bucket | 'waiting', Bilingual>> = {
  waiting: { vi: 'Chưa đối chiếu', en: 'Not compared yet' },
  matched: { vi: 'Khớp với khoản chi', en: 'Proves a payment' },
  returned: { vi: 'Tiền hoàn trả, khớp', en: 'Gives a payment back' },
  undone: { vi: 'Đã được đảo lại', en: 'Taken back by another entry' },
  'amount-differs': EXCEPTION_TEXTS['amount-differs'],
  'unknown-reference': EXCEPTION_TEXTS['unknown-reference'],
  'debited-twice': EXCEPTION_TEXTS['debited-twice'],
  'returned-twice': EXCEPTION_TEXTS['returned-twice'],
  'return-reversed': EXCEPTION_TEXTS['return-reversed'],
  contradicts: EXCEPTION_TEXTS.contradicts,
  'not-ours': EXCEPTION_TEXTS['no-reference'],
};
