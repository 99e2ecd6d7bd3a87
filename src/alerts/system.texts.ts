import type { AlertRule } from './alert.rules.js';
import type { Title } from './alert.title.js';

type SystemRule = Extract<
  AlertRule,
  | 'failure-rate'
  | 'settlement-late'
  | 'funds-short'
  | 'notices-refused'
  | 'worker-silent'
  | 'audit-broken'
  | 'list-refused'
  | 'external'
>;

/** Titles of what is wrong with ChiTra itself, its funds, lists and doors. */
export const SYSTEM_TITLES: Readonly<Record<SystemRule, Title>> = {
  'failure-rate': ({ bank, count, reason, money, of }) => ({
    vi: `${of('percent')}% khoản chi qua ${bank} thất bại (${count} khoản)${reason.vi}${money.vi}`,
    en: `${of('percent')}% of the payments through ${bank} fail (${count})${reason.en}${money.en}`,
  }),
  'settlement-late': ({ bank, count, since, money }) => ({
    vi: `${count} khoản chi ${bank} đã nhận nhưng chưa hạch toán, quá hạn từ ${since}${money.vi}`,
    en: `${count} payments that ${bank} took are not settled, due since ${since}${money.en}`,
  }),
  'funds-short': ({ batch, because, money }) => ({
    vi: `Nguồn ${because} không đủ cho đợt ${batch} đang chờ ký, thiếu${money.vi}`,
    en: `Fund ${because} is too small for batch ${batch}, which waits for signatures: short by${money.en}`,
  }),
  'notices-refused': ({ bank, count, sinceHour }) => ({
    vi: `${count} thông báo mang tên ${bank} sai chữ ký, từ ${sinceHour}`,
    en: `${count} notices in the name of ${bank} had a wrong signature, since ${sinceHour}`,
  }),
  'worker-silent': ({ count, sinceHour, of }) => ({
    vi: `${count} tiến trình worker không còn hoạt động, lần cuối ${sinceHour}; còn ${of('living')} tiến trình`,
    en: `${count} workers went silent, last seen ${sinceHour}; ${of('living')} are left`,
  }),
  'audit-broken': ({ sinceHour, of }) => ({
    vi: `Chuỗi nhật ký kiểm toán bị đứt ở số ${of('seq')}, phát hiện lúc ${sinceHour}`,
    en: `The audit chain is broken at number ${of('seq')}, found at ${sinceHour}`,
  }),
  'list-refused': ({ by, count, since }) => ({
    vi: `${count} danh sách của ${by} không đọc được, bị từ chối từ ${since}`,
    en: `${count} lists of ${by} could not be read and were refused, since ${since}`,
  }),
  external: ({ of }) => ({
    vi: `Giám sát: ${of('summary')} (${of('name')})`,
    en: `Monitoring: ${of('summary')} (${of('name')})`,
  }),
};
