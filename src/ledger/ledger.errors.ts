import { DomainError, formatPeriod, type Money } from '../kernel/index.js';

/** What a fund lacks for what is to be approved. */
export interface Shortfall {
  readonly fund: string;
  /** Budget month, `yyyy-mm`. */
  readonly month: string;
  readonly needed: Money;
  readonly available: Money;
  readonly short: Money;
}

const naming = (shortfalls: readonly Shortfall[], language: 'vi' | 'en'): string =>
  shortfalls
    .map(({ fund, short, needed, available }) =>
      language === 'vi'
        ? `${fund} thiếu ${short.format('vi')} (cần ${needed.format('vi')}, còn ${available.format('vi')})`
        : `${fund} is short by ${short.format('en')} (needs ${needed.format('en')}, has ${available.format('en')})`,
    )
    .join('; ');

export const fundsShort = (shortfalls: readonly Shortfall[]): DomainError => {
  const month = formatPeriod(shortfalls[0]?.month ?? '');
  return new DomainError(
    'conflict',
    'ledger.funds-short',
    {
      vi: `Nguồn kinh phí tháng ${month} không đủ: ${naming(shortfalls, 'vi')}. Chưa duyệt gì; xin bổ sung dự toán, hoặc giảm đợt chi, rồi ký lại.`,
      en: `The funds for ${month} do not suffice: ${naming(shortfalls, 'en')}. Nothing was approved; allot more or make the batch smaller, then sign again.`,
    },
    { shortfalls },
  );
};

export const noSuchFund = (fund: string): DomainError =>
  new DomainError(
    'unprocessable',
    'ledger.no-such-fund',
    {
      vi: 'Không có nguồn kinh phí này; xin chọn một nguồn trong danh mục.',
      en: 'There is no such fund; please choose one of the catalogue.',
    },
    { fund },
  );

export const notAYearOrMonth = (period: string): DomainError =>
  new DomainError(
    'unprocessable',
    'ledger.not-a-year-or-month',
    {
      vi: 'Kinh phí được giao theo năm (2026) hoặc theo tháng (11/2026); xin ghi lại kỳ.',
      en: 'Money is allotted for a year (2026) or a month (2026-11); please state the period again.',
    },
    { period },
  );

export const allotsNothing = (): DomainError =>
  new DomainError('unprocessable', 'ledger.allots-nothing', {
    vi: 'Số tiền giao phải khác 0.',
    en: 'The amount allotted must not be 0.',
  });

export const takingBackNeedsNote = (): DomainError =>
  new DomainError('unprocessable', 'ledger.taking-back-needs-a-note', {
    vi: 'Điều chỉnh giảm phải ghi lý do.',
    en: 'Please say why money is taken back.',
  });

export const noSuchAllotment = (allotmentId: string): DomainError =>
  new DomainError(
    'not-found',
    'ledger.no-such-allotment',
    {
      vi: 'Không có quyết định giao kinh phí này; xin tìm trong danh sách.',
      en: 'There is no such allotment; please look for it in the list.',
    },
    { allotmentId },
  );

export const noSuchPosting = (postingId: string): DomainError =>
  new DomainError(
    'not-found',
    'ledger.no-such-posting',
    {
      vi: 'Không có bút toán này; xin tìm trong sổ của nguồn kinh phí.',
      en: 'There is no such posting; please look for it in the book of its fund.',
    },
    { postingId },
  );
