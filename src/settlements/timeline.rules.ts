import type { Bilingual } from '../kernel/index.js';
import type { Happening } from './timeline.read.js';

/** Who did it: people, this system, or the bank. */
export type Doer = 'people' | 'system' | 'bank';

export interface TimelineEntry {
  readonly at: Date;
  readonly by: Doer;
  /** Login of the person; null for the others. */
  readonly person: string | null;
  /** Stable, for programs: `source.what`. */
  readonly event: string;
  readonly text: Bilingual;
  readonly reasonCode: string | null;
}

const ENTITLEMENT: Readonly<Record<string, Bilingual>> = {
  taken_in: {
    vi: 'Ghi nhận khoản được hưởng từ danh sách',
    en: 'Entitlement taken in from a list',
  },
  in_batch: { vi: 'Đưa vào đợt chi trả', en: 'Taken into a batch' },
  released: { vi: 'Rút khỏi đợt chi trả', en: 'Taken out of the batch' },
  paid: { vi: 'Khoản được hưởng đã chi', en: 'Entitlement paid' },
  reopened: {
    vi: 'Khoản được hưởng chờ chi lại',
    en: 'Entitlement waits to be paid again',
  },
  ended: { vi: 'Dừng chi theo quyết định', en: 'Ended by a stop decision' },
};

const BATCH: Readonly<Record<string, Bilingual>> = {
  assembled: { vi: 'Lập đợt chi trả', en: 'Batch assembled' },
  line_removed: { vi: 'Bớt dòng khỏi đợt chi trả', en: 'Lines taken out of the batch' },
  rebuilt: { vi: 'Lập lại đợt chi trả', en: 'Batch assembled anew' },
  proposed: { vi: 'Trình ký đợt chi trả', en: 'Batch proposed for signing' },
  returned: { vi: 'Đợt chi trả bị trả lại để sửa', en: 'Batch returned for mending' },
  approved: { vi: 'Đợt chi trả đã đủ chữ ký', en: 'Batch has all its signatures' },
  cancelled: { vi: 'Hủy đợt chi trả', en: 'Batch cancelled' },
};

const SIGNATURE: Readonly<Record<string, Bilingual>> = {
  first: {
    vi: 'Ký chữ ký thứ nhất (chủ tài khoản)',
    en: 'Signed with the first signature (account holder)',
  },
  second: {
    vi: 'Ký chữ ký thứ hai (kế toán trưởng)',
    en: 'Signed with the second signature (chief accountant)',
  },
};

const RUN: Readonly<Record<string, Bilingual>> = {
  created: { vi: 'Tạo lượt chi', en: 'Run created' },
  started: { vi: 'Bắt đầu lượt chi', en: 'Run started' },
  paused: { vi: 'Tạm dừng lượt chi', en: 'Run paused' },
  resumed: { vi: 'Tiếp tục lượt chi', en: 'Run resumed' },
  cancelled: { vi: 'Hủy phần chưa gửi của lượt chi', en: 'What was not sent of the run cancelled' },
  finished: { vi: 'Kết thúc lượt chi', en: 'Run finished' },
};

const WAIT: Readonly<Record<string, Bilingual>> = {
  'closed-day': { vi: 'Kênh nghỉ', en: 'The rail has a day off' },
  'before-hours': { vi: 'Kênh chưa mở', en: 'The rail is not open yet' },
  'after-cut-off': { vi: 'Quá giờ chốt của kênh', en: 'The cut-off of the rail has passed' },
  'after-hours': { vi: 'Hết giờ của kênh', en: 'The hours of the rail are over' },
  'day-limit': { vi: 'Kênh hết hạn mức trong ngày', en: 'The rail is full for the day' },
  'no-such-rail': { vi: 'Kênh không còn trong cấu hình', en: 'The rail is not configured' },
};

const STATE: Readonly<Record<string, Bilingual>> = {
  ready: { vi: 'Sẵn sàng gửi', en: 'Ready to send' },
  sending: { vi: 'Đang gửi ngân hàng', en: 'Being sent to the bank' },
  accepted: { vi: 'Ngân hàng đã nhận lệnh', en: 'Accepted by the bank' },
  settled: { vi: 'Tiền đã vào tài khoản', en: 'Settled: credited to the account' },
  rejected: { vi: 'Ngân hàng từ chối', en: 'Rejected by the bank' },
  unknown: { vi: 'Chưa rõ kết quả, đang tra soát', en: 'Outcome unknown, being enquired about' },
  returned: { vi: 'Tiền bị trả về', en: 'Returned: the money came back' },
  cancelled: { vi: 'Hủy trước khi gửi', en: 'Cancelled before sending' },
};

const OUTCOME: Readonly<Record<string, Bilingual>> = {
  open: { vi: 'chưa có trả lời', en: 'no answer yet' },
  answered: { vi: 'ngân hàng đã trả lời', en: 'the bank answered' },
  partly: { vi: 'ngân hàng trả lời một phần', en: 'the bank answered in part' },
  'not-sent': { vi: 'chắc chắn chưa gửi đi', en: 'surely not sent' },
  unknown: { vi: 'không rõ kết quả', en: 'outcome unknown' },
  lost: { vi: 'mất trả lời', en: 'the answer was lost' },
};

const SAYS: Readonly<Record<string, Bilingual>> = {
  accepted: { vi: 'đã nhận lệnh', en: 'accepted' },
  settled: { vi: 'đã ghi có', en: 'settled' },
  rejected: { vi: 'từ chối', en: 'rejected' },
  returned: { vi: 'trả về', en: 'returned' },
  'not-found': { vi: 'chưa tìm thấy', en: 'not found' },
  unknown: { vi: 'chưa rõ', en: 'not known' },
  unread: { vi: 'không đọc được chắc chắn', en: 'nothing certain' },
};

const RESULT: Readonly<Record<string, Bilingual>> = {
  moved: { vi: 'đã cập nhật', en: 'taken over' },
  repeated: { vi: 'đã biết', en: 'known already' },
  late: { vi: 'đến muộn, bỏ qua', en: 'late, ignored' },
  conflict: { vi: 'mâu thuẫn, không áp dụng', en: 'contradicts, not applied' },
  'unknown-reference': { vi: 'không khớp khoản chi nào', en: 'matched nothing' },
  unread: { vi: 'không áp dụng', en: 'not applied' },
  waiting: { vi: 'đang chờ áp dụng', en: 'waiting to be applied' },
  'other-body': {
    vi: 'trùng mã với thông báo khác nội dung, không áp dụng',
    en: 'its id came before with another body, not applied',
  },
};

const CAUSE: Readonly<Record<string, Bilingual>> = {
  run: { vi: 'lượt chi', en: 'run' },
  sending: { vi: 'gửi lệnh', en: 'sending' },
  answer: { vi: 'trả lời của ngân hàng', en: "the bank's answer" },
  enquiry: { vi: 'tra soát', en: 'enquiry' },
  notice: { vi: 'thông báo của ngân hàng', en: "the bank's notice" },
  statement: { vi: 'sao kê', en: 'statement' },
  operator: { vi: 'cán bộ', en: 'officer' },
  sweeper: { vi: 'hệ thống tự rà soát', en: 'system sweep' },
};

/** Causes behind which a bank's word stands. */
const SAID_BY_BANK = new Set(['answer', 'enquiry', 'notice', 'statement']);

/** Puts one happening into words. @param reasonText what a reason code means, from the reference data. */
export function entryOf(
  happening: Happening,
  reasonText: (code: string) => Bilingual,
): TimelineEntry {
  const { at, source, what, reasonCode } = happening;
  const text = wordsOf(happening);
  return {
    at,
    by: doerOf(happening),
    person: happening.by === 'system' ? null : happening.by,
    event: `${source}.${what}`,
    text: reasonCode ? joined(text, ': ', prefixed(reasonCode, reasonText(reasonCode))) : text,
    reasonCode,
  };
}

function doerOf({ source, by, cause }: Happening): Doer {
  if (source === 'notice' || source === 'enquiry' || source === 'conflict') return 'bank';
  if (source === 'payment') {
    if (cause === 'operator') return 'people';
    return SAID_BY_BANK.has(cause ?? '') ? 'bank' : 'system';
  }
  return by !== null && by !== 'system' ? 'people' : 'system';
}

function wordsOf({ source, what, cause, times }: Happening): Bilingual {
  switch (source) {
    case 'entitlement':
      return entitlementWords(what, times);
    case 'batch':
      return wordFor(BATCH, what);
    case 'signature':
      return wordFor(SIGNATURE, what);
    case 'run':
      return wordFor(RUN, what);
    case 'routing':
      return routingWords(what, cause);
    case 'wait':
      return joined(wordFor(WAIT, what), ', ', {
        vi: `chờ đến ${cause}`,
        en: `waits until ${cause}`,
      });
    case 'payment':
      return joined(wordFor(STATE, what), ' – ', wordFor(CAUSE, cause ?? ''));
    case 'attempt':
      return joined(
        { vi: `Gửi lần ${times ?? 1}`, en: `Sending no. ${times ?? 1}` },
        ': ',
        wordFor(OUTCOME, cause ?? ''),
      );
    case 'enquiry':
      return joined({ vi: 'Tra soát', en: 'Enquiry' }, ': ', wordFor(SAYS, what));
    case 'notice':
      return joined(
        { vi: 'Thông báo của ngân hàng', en: 'Notice of the bank' },
        ': ',
        noticeWords(what, cause, times),
      );
    case 'conflict':
      return joined(
        { vi: 'Mâu thuẫn, cần người xem xét', en: 'A contradiction, somebody must look' },
        ': ',
        wordFor(SAYS, what),
      );
  }
}

function routingWords(rail: string, rule: string | null): Bilingual {
  const words = { vi: `Chọn kênh ${rail}`, en: `Rail ${rail} chosen` };
  return rule === null || rule === 'preferred'
    ? words
    : joined(words, ' – ', { vi: rule, en: rule });
}

function entitlementWords(what: string, row: number | null): Bilingual {
  const words = wordFor(ENTITLEMENT, what);
  return row === null ? words : joined(words, ', ', { vi: `dòng ${row}`, en: `row ${row}` });
}

function noticeWords(what: string, result: string | null, repeated: number | null): Bilingual {
  const words = joined(wordFor(SAYS, what), ' – ', wordFor(RESULT, result ?? ''));
  if (!repeated) return words;
  return {
    vi: `${words.vi} (gửi lại ${repeated} lần)`,
    en: `${words.en} (sent ${repeated} times more)`,
  };
}

/** A word that is not listed is shown as it is: a timeline leaves nothing out. */
function wordFor(words: Readonly<Record<string, Bilingual>>, key: string): Bilingual {
  return words[key] ?? { vi: key, en: key };
}

function joined(one: Bilingual, by: string, other: Bilingual): Bilingual {
  return { vi: `${one.vi}${by}${other.vi}`, en: `${one.en}${by}${other.en}` };
}

function prefixed(code: string, text: Bilingual): Bilingual {
  return { vi: `${code} ${text.vi}`, en: `${code} ${text.en}` };
}
