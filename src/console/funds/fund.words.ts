import type { Stage } from '../../ledger/index.js';
import type { Bilingual } from '../../kernel/index.js';

/** How far the money of a fund has come. */
export const STAGE_TEXTS: Readonly<Record<Stage, Bilingual>> = {
  allotted: { vi: 'Được giao', en: 'Allotted' },
  available: { vi: 'Còn được chi', en: 'Available' },
  reserved: { vi: 'Đã ký, đang giữ', en: 'Reserved by signatures' },
  in_transit: { vi: 'Đang chuyển', en: 'In transit' },
  paid: { vi: 'Đã chi', en: 'Paid' },
  returned: { vi: 'Bị hoàn trả', en: 'Returned' },
  given_back: { vi: 'Được chi lại', en: 'Given back' },
};

/** Accounts that money comes out of: what left them is what came to the fund. */
export const SOURCES: readonly Stage[] = ['allotted', 'given_back'];

const KINDS: Readonly<Record<string, Bilingual>> = {
  opening: { vi: 'Số dư khi mở sổ', en: 'Opening of the books' },
  allotment: { vi: 'Quyết định giao kinh phí', en: 'Allotment' },
  reservation: { vi: 'Giữ tiền khi đợt chi được ký đủ', en: 'Reserved by the last signature' },
  payments: { vi: 'Chi trả', en: 'Payments' },
  correction: { vi: 'Điều chỉnh', en: 'Correction' },
};

const CAUSES: Readonly<Record<string, Bilingual>> = {
  run: { vi: 'điều hành lượt chi', en: 'the run' },
  sending: { vi: 'gửi ngân hàng', en: 'sent to the bank' },
  answer: { vi: 'ngân hàng trả lời', en: 'the bank’s answer' },
  enquiry: { vi: 'hỏi kết quả', en: 'an enquiry' },
  notice: { vi: 'thông báo của ngân hàng', en: 'a notice of the bank' },
  statement: { vi: 'sao kê', en: 'a statement' },
  operator: { vi: 'cán bộ', en: 'an officer' },
  sweeper: { vi: 'hệ thống rà soát', en: 'the sweeper' },
};

/** Why money moved: the kind of posting and what it mirrors. */
export function whyMoved(of: { kind: string; sourceType: string }): Bilingual {
  const kind = KINDS[of.kind] ?? { vi: of.kind, en: of.kind };
  const cause = of.kind === 'payments' ? CAUSES[of.sourceType] : undefined;
  return cause ? { vi: `${kind.vi}: ${cause.vi}`, en: `${kind.en}: ${cause.en}` } : kind;
}
