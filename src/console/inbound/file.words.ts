import type { HandOverState } from '../../payments/index.js';
import type { Bilingual } from '../../kernel/index.js';

/** What a file of a bank turned out to be. */
export const FILE_KINDS: Readonly<Record<'report' | 'statements' | 'nothing', Bilingual>> = {
  report: { vi: 'Kết quả chi', en: 'A report of outcomes' },
  statements: { vi: 'Sao kê', en: 'Statements' },
  nothing: { vi: 'Không có gì để áp dụng', en: 'Nothing to apply' },
};

export const DIRECTIONS: Readonly<Record<'out' | 'in', Bilingual>> = {
  out: { vi: 'Gửi ngân hàng', en: 'To the bank' },
  in: { vi: 'Ngân hàng gửi', en: 'From the bank' },
};

/** What a list that people carry waits for. */
export const LIST_STATES: Readonly<Record<HandOverState | 'done', Bilingual>> = {
  'to-make': { vi: 'Chờ lập danh sách', en: 'To be made' },
  'to-download': { vi: 'Chờ tải về', en: 'To be downloaded' },
  'to-upload': { vi: 'Chờ nộp cho ngân hàng', en: 'To be uploaded at the bank' },
  'awaiting-result': { vi: 'Chờ ngân hàng trả kết quả', en: 'Awaiting the bank’s result' },
  done: { vi: 'Đã xong', en: 'Done' },
};
