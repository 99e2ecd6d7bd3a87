import type { Standing } from '../../banks/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { HandOverRow } from '../../payments/index.js';

/** Whether a bank takes orders now. */
export const STANDING_WORDS: Readonly<Record<Standing, Bilingual>> = {
  sending: { vi: 'đang nhận lệnh', en: 'takes orders' },
  paused: { vi: 'xin tạm nghỉ', en: 'asked to be left alone' },
  unreachable: { vi: 'không liên lạc được', en: 'cannot be reached' },
  off: { vi: 'đang bị tắt', en: 'switched off' },
};

/** What a list that people carry to a bank waits for. */
export const LIST_WORDS: Readonly<Record<HandOverRow['state'], Bilingual>> = {
  'to-make': { vi: 'Chờ lập danh sách', en: 'To be made' },
  'to-download': { vi: 'Chờ tải về', en: 'To be downloaded' },
  'to-upload': { vi: 'Chờ nộp lên cổng ngân hàng', en: 'To be uploaded at the bank' },
  'awaiting-result': { vi: 'Chờ kết quả của ngân hàng', en: 'Waits for the bank’s result' },
  done: { vi: 'Đã có kết quả', en: 'Has its result' },
};

/** What happened to a run. */
export const RUN_ACTS: Readonly<Record<string, Bilingual>> = {
  created: { vi: 'Tạo lượt chi', en: 'Made' },
  started: { vi: 'Bắt đầu chi', en: 'Started' },
  paused: { vi: 'Tạm dừng', en: 'Paused' },
  resumed: { vi: 'Chạy tiếp', en: 'Resumed' },
  cancelled: { vi: 'Hủy phần chưa gửi', en: 'What was not sent was cancelled' },
  finished: { vi: 'Kết thúc', en: 'Finished' },
};
