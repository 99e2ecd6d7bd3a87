import type { Bilingual } from '../../kernel/index.js';

const STEPS: Readonly<Record<string, Bilingual>> = {
  'null open': { vi: 'Nhập từ danh sách', en: 'Applied from a list' },
  'open in_batch': { vi: 'Đưa vào đợt chi', en: 'Taken into a batch' },
  'in_batch open': { vi: 'Ra khỏi đợt chi, lại chờ chi', en: 'Out of its batch, open again' },
  'in_batch paid': { vi: 'Đã chi', en: 'Paid' },
  'paid open': { vi: 'Tiền bị hoàn trả, lại chờ chi', en: 'Returned, open again' },
  'open open': { vi: 'Có thể đã chi: chờ xác minh', en: 'May have been paid: to be cleared up' },
  'open ended': { vi: 'Dừng theo quyết định', en: 'Ended by a decision' },
};

export function stepText(step: {
  readonly fromState: string | null;
  readonly toState: string;
  readonly reasonCode: string | null;
}): Bilingual {
  if (step.fromState === 'in_batch' && step.toState === 'open' && step.reasonCode !== null)
    return { vi: 'Chi không thành, lại chờ chi', en: 'Payment failed, open again' };
  return STEPS[`${step.fromState} ${step.toState}`] ?? { vi: step.toState, en: step.toState };
}
