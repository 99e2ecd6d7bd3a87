import { Injectable } from '@nestjs/common';
import { KeepDigests, type DueDigest, type Letter, type Matter } from '../alerts/index.js';
import {
  formatDate,
  formatPeriod,
  Money,
  startOfOfficeDay,
  type Bilingual,
} from '../kernel/index.js';
import { Places } from '../organisation/index.js';
import { Database } from '../platform/database/index.js';
import type { Figure } from './equation.rules.js';
import { REASON_TEXTS } from './reason.texts.js';
import { ReturnedRead } from './returned.read.js';
import { ViewUnpaid } from './view-unpaid.js';

const WEEK_MS = 7 * 24 * 3_600_000;
/** Claims of one sweep; what is left waits for the next. */
const ROUNDS = 50;

/** Once a week each commune is told what failed, came back and is not paid: counts and amounts, names of nobody. */
@Injectable()
export class WriteDigests {
  constructor(
    private readonly digests: KeepDigests,
    private readonly database: Database,
    private readonly failed: ReturnedRead,
    private readonly unpaid: ViewUnpaid,
    private readonly places: Places,
  ) {}

  /** @returns how many were written, sent or not. */
  async write(): Promise<number> {
    let count = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const due = await this.digests.take();
      if (due.length === 0) break;
      for (const digest of due) await this.digests.send(digest, await this.letterOf(digest));
      count += due.length;
    }
    return count;
  }

  private async letterOf({ communeCode: commune, day }: DueDigest): Promise<Letter> {
    const period = day.slice(0, 7);
    const since = new Date(startOfOfficeDay(day).getTime() - WEEK_MS);
    const failed = await this.failed.failedSince(this.database.reader, { commune, since });
    const { reasons } = await this.unpaid.totals({ period, carriedOver: true, commune });
    const link = this.digests.linkTo(
      `/reports/unpaid?${new URLSearchParams({ period, commune }).toString()}`,
    );
    const name = this.places.commune(commune, day)?.name ?? commune;
    const matters = [
      ...failed.map((figure) => matterOf(FAILED_TEXTS[figure.state], figure, link)),
      ...reasons.map(({ reason, all }) => matterOf(unpaidText(REASON_TEXTS[reason]), all, link)),
    ];
    const nothing = matters.length === 0;
    return {
      subject: {
        vi: `ChiTra: ${name}, tuần đến ${formatDate(day)}`,
        en: `ChiTra: ${name}, week to ${formatDate(day)}`,
      },
      matters,
      foot: {
        vi: `${nothing ? 'Không có khoản nào thất bại, hoàn trả hoặc chưa chi. ' : ''}Danh sách chưa chi kỳ ${formatPeriod(period)}: ${link}`,
        en: `${nothing ? 'Nothing failed, came back or is unpaid. ' : ''}The list of what is unpaid of ${formatPeriod(period)}: ${link}`,
      },
    };
  }
}

const FAILED_TEXTS: Readonly<Record<'rejected' | 'returned', Bilingual>> = {
  rejected: { vi: 'Bị từ chối trong tuần', en: 'Rejected this week' },
  returned: { vi: 'Bị hoàn trả trong tuần', en: 'Returned this week' },
};

const unpaidText = ({ vi, en }: Bilingual): Bilingual => ({
  vi: `Chưa chi: ${vi}`,
  en: `Unpaid: ${en}`,
});

function matterOf(mark: Bilingual, { count, total }: Figure, link: string): Matter {
  const money = Money.of(total);
  return {
    mark,
    title: {
      vi: `${count} khoản, ${money.format('vi')}`,
      en: `${count} payments, ${money.format('en')}`,
    },
    more: { vi: 'Xem danh sách và việc cần làm', en: 'See the list and what to do' },
    link,
  };
}
