import { Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { Clock, officeDate } from '../../kernel/index.js';
import {
  FundMovements,
  FundPositions,
  noSuchFund,
  noSuchPosting,
  STAGES,
} from '../../ledger/index.js';
import { Funds } from '../../organisation/index.js';
import { PostedPayments } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, pageOf } from '../../platform/http/index.js';
import { filterMonth, optional, Pages, screen, type Screen } from '../kit/index.js';
import { FundPage } from './fund.page.js';
import { FundActions, FundList } from './funds.page.js';
import { PostingPage } from './posting.page.js';

const SHOWN = 50;
const entryKey = z.string().regex(/^\d{1,18}$/);
const yearQuery = z.object({ year: optional(z.string().regex(/^\d{4}$/)) });
const fundQuery = yearQuery.extend({
  stage: optional(z.enum(STAGES)),
  month: filterMonth,
  cursor: z.string().max(1000).optional(),
});
const pageQuery = z.object({ cursor: z.string().max(1000).optional() });

const CRUMB = { href: '/admin/funds', text: { vi: 'Nguồn kinh phí', en: 'Funds' } };

/** The funds: what was allotted, where it is, and every movement. */
@Pages()
@Requires('fund.read')
export class FundPages {
  constructor(
    private readonly database: Database,
    private readonly funds: Funds,
    private readonly positions: FundPositions,
    private readonly movements: FundMovements,
    private readonly posted: PostedPayments,
    private readonly clock: Clock,
  ) {}

  @Get('admin/funds')
  async list(@Query({ schema: yearQuery }) query: z.infer<typeof yearQuery>): Promise<Screen> {
    const { year, years } = await this.yearsOf(query.year);
    const positions = await this.positions.byYear(this.database.reader, { year, fund: null });
    return screen({
      title: { vi: 'Nguồn kinh phí', en: 'Funds' },
      actions: <FundActions />,
      body: <FundList year={year} years={years} positions={positions} />,
    });
  }

  @Get('admin/funds/postings/:id')
  async posting(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ): Promise<Screen> {
    const posting = await this.movements.posting(id);
    if (!posting) throw noSuchPosting(id);
    const after = decodeCursor(query.cursor, entryKey);
    const found = await this.posted.list({ postingId: id, after, limit: SHOWN + 1 });
    const page = pageOf(found, SHOWN, { item: (row) => row, key: ({ id: key }) => key });
    const batch =
      posting.sourceType === 'approval' && posting.sourceId !== null
        ? await this.posted.batchOf(posting.sourceId)
        : null;
    return screen({
      title: { vi: 'Một bút toán', en: 'One posting' },
      crumbs: [CRUMB],
      body: (
        <PostingPage
          posting={posting}
          batch={batch}
          payments={page.items}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  @Get('admin/funds/:code')
  async one(
    @Param('code', { schema: z.string().max(40) }) code: string,
    @Query({ schema: fundQuery }) query: z.infer<typeof fundQuery>,
  ): Promise<Screen> {
    const fund = this.funds.find(code);
    if (!fund) throw noSuchFund(code);
    const { stage, month, cursor } = query;
    const { year, years } = await this.yearsOf(month?.slice(0, 4) ?? query.year);
    const of = { year, fund: fund.code };
    const [position] = await this.positions.byYear(this.database.reader, of);
    const months = await this.positions.byMonth(this.database.reader, of);
    const found = await this.movements.list(
      { fund: fund.code, from: month ?? `${year}-01`, to: month ?? `${year}-12`, stage },
      { before: decodeCursor(cursor, entryKey), limit: SHOWN + 1 },
    );
    const page = pageOf(found, SHOWN, { item: (row) => row, key: ({ id }) => id });
    return screen({
      title: { vi: fund.name.vi, en: fund.name.en },
      crumbs: [CRUMB],
      actions: <FundActions />,
      body: (
        <FundPage
          fund={fund.code}
          year={year}
          years={years}
          filter={{ stage, month }}
          position={position ?? null}
          months={months}
          movements={page.items}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  /** The year that is asked for, this one unless said otherwise, and those to choose from. */
  private async yearsOf(asked: string | undefined): Promise<{ year: string; years: string[] }> {
    const year = asked ?? officeDate(this.clock.now()).slice(0, 4);
    const known = await this.positions.years(this.database.reader);
    return { year, years: [...new Set([...known, year])].sort() };
  }
}
