import type { Bilingual } from '../kernel/index.js';
import type { Severity } from './alert.rules.js';
import type { ShownAlert } from './alert-writer.js';
import type { Letter } from './channels/letter.js';
import type { DeliveredEvent } from './delivery.store.js';

const MARKS: Readonly<Record<Severity, Bilingual>> = {
  critical: { vi: 'KHẨN CẤP', en: 'CRITICAL' },
  warning: { vi: 'CẢNH BÁO', en: 'WARNING' },
  info: { vi: 'ĐỂ BIẾT', en: 'INFO' },
};

const HAPPENED: Readonly<Record<DeliveredEvent, Bilingual>> = {
  opened: { vi: '', en: '' },
  worsened: { vi: ', nặng thêm', en: ', worse' },
  resolved: { vi: ', đã hết', en: ', over' },
  repeated: { vi: ', chưa ai nhận', en: ', still unclaimed' },
  escalated: { vi: ', chưa ai nhận, chuyển cấp trên', en: ', unclaimed, passed on' },
};

/** One letter shows so many; the rest is in the console. */
const SHOWN_MOST = 50;

/** What is told to one receiver in one letter. @param base PUBLIC_URL, where it is set. */
export function letterOf(
  told: readonly { happened: DeliveredEvent; alert: ShownAlert }[],
  base: string | undefined,
): Letter {
  const [first] = told;
  const rest = told.length - 1;
  const linkOf = (path: string): string => (base ? new URL(path, base).toString() : path);
  const matters = told.slice(0, SHOWN_MOST).map(({ happened, alert }) => ({
    mark: {
      vi: `${MARKS[alert.severity].vi}${HAPPENED[happened].vi}`,
      en: `${MARKS[alert.severity].en}${HAPPENED[happened].en}`,
    },
    title: alert.title,
    more: alert.nextStep,
    link: linkOf(`/alerts/${alert.id}`),
  }));
  const hidden = told.length - matters.length;
  return {
    subject: {
      vi: `ChiTra: [${matters[0]?.mark.vi}] ${first?.alert.title.vi}${rest > 0 ? ` (và ${rest} cảnh báo khác)` : ''}`,
      en: `ChiTra: [${matters[0]?.mark.en}] ${first?.alert.title.en}${rest > 0 ? ` (and ${rest} more)` : ''}`,
    },
    matters,
    foot: {
      vi: `${hidden > 0 ? `Còn ${hidden} cảnh báo khác. ` : ''}Mở ChiTra để nhận xử lý: ${linkOf('/alerts')}`,
      en: `${hidden > 0 ? `${hidden} more are not shown. ` : ''}Take them on in ChiTra: ${linkOf('/alerts')}`,
    },
  };
}
