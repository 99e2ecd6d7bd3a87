import { formatDate, formatInstant, Money, officeDate, type Bilingual } from '../kernel/index.js';
import type { Reason } from '../organisation/index.js';
import { EXCEPTION_TEXTS } from '../reconciliation/index.js';
import type { Parts, Title } from './alert.title.js';
import { SYSTEM_TITLES } from './system.texts.js';
import { NEXT_STEPS } from './alert.next-steps.js';
import type { AlertRule, Particulars } from './alert.rules.js';

/** What a text is made of. */
export interface AlertSubject {
  readonly rule: AlertRule;
  readonly bank: string | null;
  readonly reasonCode: string | null;
  readonly particulars: Particulars;
  readonly count: number;
  readonly amount: string | null;
  readonly firstAt: Date;
}

export interface AlertText {
  readonly title: Bilingual;
  /** What to do next. */
  readonly nextStep: Bilingual;
}

const TITLES: Readonly<Record<AlertRule, Title>> = {
  'payments-failed': ({ count, batch, reason, money }) => ({
    vi: `${count} khoản chi của đợt ${batch} bị từ chối${reason.vi}${money.vi}`,
    en: `${count} payments of batch ${batch} were rejected${reason.en}${money.en}`,
  }),
  'payments-returned': ({ count, batch, reason, money }) => ({
    vi: `${count} khoản chi của đợt ${batch} bị trả về${reason.vi}${money.vi}`,
    en: `${count} payments of batch ${batch} came back${reason.en}${money.en}`,
  }),
  'payments-withheld': ({ count, batch, reason, money }) => ({
    vi: `${count} khoản chi của đợt ${batch} được giữ lại, chưa gửi${reason.vi}${money.vi}`,
    en: `${count} payments of batch ${batch} were withheld before they were sent${reason.en}${money.en}`,
  }),
  'payments-unknown': ({ count, bank, money, since, age }) => ({
    vi: `${count} khoản chi qua ${bank} chưa rõ kết quả, lâu nhất ${age.vi}, từ ${since}${money.vi}`,
    en: `${count} payments through ${bank} have no known outcome, the oldest for ${age.en}, since ${since}${money.en}`,
  }),
  'payments-contradicted': ({ count, bank, batch }) => ({
    vi: `${bank} báo kết quả mâu thuẫn cho ${count} khoản chi của đợt ${batch}`,
    en: `${bank} contradicts itself about ${count} payments of batch ${batch}`,
  }),
  'run-late': ({ batch, count, since }) => ({
    vi: `Lượt chi của đợt ${batch} quá hạn ${since}, còn ${count} khoản chưa xong`,
    en: `The run of batch ${batch} is past its deadline ${since}, ${count} payments unfinished`,
  }),
  'run-stopped': ({ batch }) => ({
    vi: `Lượt chi của đợt ${batch} bị dừng: nội dung sắp gửi khác nội dung đã ký`,
    en: `The run of batch ${batch} was stopped: what was to be sent is not what was signed`,
  }),
  'run-missing': ({ batch, since }) => ({
    vi: `Đợt ${batch} đã duyệt lúc ${since} nhưng chưa lập được lượt chi`,
    en: `Batch ${batch} was approved at ${since} and its payments could not be made`,
  }),
  'rail-missing': ({ bank, count, since, money, because }) => ({
    vi: `${count} khoản qua ${bank} chờ từ ${since} vì kênh ${because} không còn trong cấu hình${money.vi}`,
    en: `${count} payments by ${bank} have waited since ${since}: rail ${because} is no longer configured${money.en}`,
  }),
  'bank-unreachable': ({ bank, sinceHour, count, money, doubts }) => ({
    vi: `Không liên lạc được với ${bank} từ ${sinceHour}; ${count} khoản chi đang chờ${money.vi}${doubts.vi}`,
    en: `${bank} has been unreachable since ${sinceHour}; ${count} payments wait${money.en}${doubts.en}`,
  }),
  'bank-off': ({ bank, sinceHour, by, because, count, money, doubts }) => ({
    vi: `${bank} bị ${by} tạm ngắt từ ${sinceHour}: ${because}; ${count} khoản chi đang chờ${money.vi}${doubts.vi}`,
    en: `${bank} was switched off by ${by} at ${sinceHour}: ${because}; ${count} payments wait${money.en}${doubts.en}`,
  }),
  'bank-paused': ({ bank, until, count, money, doubts }) => ({
    vi: `${bank} yêu cầu ngừng gọi đến ${until}; ${count} khoản chi đang chờ${money.vi}${doubts.vi}`,
    en: `${bank} asks not to be called until ${until}; ${count} payments wait${money.en}${doubts.en}`,
  }),
  'work-untaken': ({ bank, count, since, money }) => ({
    vi: `${count} lượt gửi qua ${bank} đến hạn từ ${since} mà chưa được xử lý${money.vi}`,
    en: `${count} submissions to ${bank} have been due since ${since} and nobody takes them${money.en}`,
  }),
  'hand-over-waiting': ({ bank, count, since, money }) => ({
    vi: `${count} danh sách qua ${bank} chờ người mang hoặc chờ kết quả, lâu nhất từ ${since}${money.vi}`,
    en: `${count} lists for ${bank} wait to be carried or for their result, the oldest since ${since}${money.en}`,
  }),
  'notices-unmatched': ({ bank, count }) => ({
    vi: `${bank} gửi ${count} thông báo không khớp khoản chi nào`,
    en: `${bank} told of ${count} references that no payment has`,
  }),
  'notices-contradicting': ({ bank, count }) => ({
    vi: `${bank} dùng lại mã thông báo cho nội dung khác (${count} lần)`,
    en: `${bank} used a notice id again for another content (${count} times)`,
  }),
  'notices-stuck': ({ bank, count }) => ({
    vi: `${count} thông báo của ${bank} chưa áp dụng được`,
    en: `${count} notices of ${bank} cannot be applied`,
  }),
  'statement-difference': ({ bank, count }) => ({
    vi: `${count} sao kê của ${bank} không khớp số dư đầu, phát sinh và số dư cuối`,
    en: `${count} statements of ${bank} do not add up from opening to closing balance`,
  }),
  'statement-entries': ({ bank, count, bucket, money }) => ({
    vi: `${count} dòng sao kê của ${bank} không khớp sổ (${bucket.vi})${money.vi}`,
    en: `${count} statement entries of ${bank} do not fit our books (${bucket.en})${money.en}`,
  }),
  'statement-gap': ({ bank, count }) => ({
    vi: `${count} chỗ số dư cuối của sao kê ${bank} không bằng số dư đầu của sao kê ngày sau`,
    en: `${count} closing balances of ${bank} are not the opening of the day after`,
  }),
  'payments-unproven': ({ bank, count, bucket, money }) => ({
    vi: `${count} khoản chi qua ${bank} chưa được sao kê chứng minh (${bucket.vi})${money.vi}`,
    en: `${count} payments through ${bank} are not proven by any statement (${bucket.en})${money.en}`,
  }),
  'exceptions-old': ({ bank, count, since }) => ({
    vi: `${count} sai lệch đối chiếu với ${bank} chưa được giải trình từ ${since}`,
    en: `${count} exceptions of reconciling with ${bank} have been open since ${since}`,
  }),
  'statement-missing': ({ bank, count }) => ({
    vi: `${count} lần đối chiếu không lấy được sao kê của ${bank}`,
    en: `${count} reconciliations could not get the statement of ${bank}`,
  }),
  'bank-file-quarantined': ({ bank, count }) => ({
    vi: `${count} tệp của ${bank} bị để riêng vì không đọc được`,
    en: `${count} files of ${bank} are set aside because they cannot be read`,
  }),
  'bank-file-uncertain': ({ bank, count, money }) => ({
    vi: `${count} tệp lệnh chi không rõ đã tới ${bank} hay chưa${money.vi}`,
    en: `${count} files of orders may or may not have reached ${bank}${money.en}`,
  }),
  'bank-files-uncollected': ({ bank, since }) => ({
    vi: `Không lấy được tệp kết quả, sao kê của ${bank} từ ${since}`,
    en: `The reports and statements of ${bank} could not be fetched since ${since}`,
  }),
  ...SYSTEM_TITLES,
};

/** Puts an alert into words. @param reason what its reason code means, when it has one. */
export function textOf(subject: AlertSubject, reason: Reason | null): AlertText {
  const { particulars, bank, count, amount } = subject;
  const parts: Parts = {
    bank: bank ?? '–',
    batch: String(particulars['batchNumber'] ?? '–'),
    bucket: kindWords(particulars['bucket']),
    count,
    money: {
      vi: amount === null ? '' : ` (${Money.of(amount).format('vi')})`,
      en: amount === null ? '' : ` (${Money.of(amount).format('en')})`,
    },
    reason: {
      vi: reason ? `: ${reason.vi}` : '',
      en: reason ? `: ${reason.en}` : '',
    },
    since: formatDate(officeDate(subject.firstAt)),
    sinceHour: formatInstant(subject.firstAt),
    age: ageWords(Number(particulars['oldestMinutes'] ?? 0)),
    doubts: doubtWords(Number(particulars['inDoubt'] ?? 0)),
    by: String(particulars['by'] ?? '–'),
    because: String(particulars['because'] ?? '–'),
    until: clockTime(particulars['until']),
    of: (name) => String(particulars[name] ?? '–'),
  };
  // Another system says itself what is to be done.
  const said = subject.rule === 'external' ? String(particulars['description'] ?? '') : '';
  return {
    title: TITLES[subject.rule](parts),
    nextStep: said ? { vi: said, en: said } : (reason?.nextStep ?? NEXT_STEPS[subject.rule]),
  };
}

/** Ids of kinds are for machines; a kind that is none stands for itself. */
function kindWords(kind: string | number | undefined): Bilingual {
  const texts: Readonly<Record<string, Bilingual>> = EXCEPTION_TEXTS;
  const other = String(kind ?? '–');
  return texts[other] ?? { vi: other, en: other };
}

function doubtWords(count: number): Bilingual {
  if (count === 0) return { vi: '', en: '' };
  return { vi: `, ${count} khoản chưa rõ kết quả`, en: `, ${count} in doubt` };
}

/** `14:05 21/11/2026` at the office, from an instant in ISO 8601. */
function clockTime(iso: string | number | undefined): string {
  return iso === undefined ? '–' : formatInstant(new Date(iso));
}

/** An age in the largest unit that it fills. */
function ageWords(minutes: number): Bilingual {
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return { vi: `${minutes} phút`, en: `${minutes} min` };
  if (hours < 48) return { vi: `${hours} giờ`, en: `${hours} h` };
  const days = Math.floor(hours / 24);
  return { vi: `${days} ngày`, en: `${days} days` };
}
