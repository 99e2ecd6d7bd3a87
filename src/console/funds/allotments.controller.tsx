import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Clock, Money, officeDate } from '../../kernel/index.js';
import { AllotFunds, FundPositions, noSuchAllotment } from '../../ledger/index.js';
import { Funds } from '../../organisation/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, pageOf, say } from '../../platform/http/index.js';
import {
  dayField,
  formOf,
  optional,
  Pages,
  screen,
  seeOther,
  ticked,
  withNames,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { AllotmentList, AllotmentPage, NewAllotment } from './allotments.page.js';
import { AllotLink } from './funds.page.js';

const SHOWN = 50;
const listQuery = z.object({
  fund: optional(z.string().max(40)),
  cursor: z.string().max(1000).optional(),
});
/** As people write whole đồng: `7.795.000.000` or plain digits. Commas are refused: they mean two things. */
const wholeDong = z
  .string()
  .trim()
  .regex(/^(\d{1,3}(\.\d{3}){1,5}|\d{1,18})$/, {
    error: say({
      vi: 'Ghi số đồng chẵn, ví dụ 7.795.000.000 hoặc 7795000000.',
      en: 'Write whole đồng, such as 7.795.000.000 or 7795000000.',
    }),
  })
  .transform((text) => text.replaceAll('.', ''));
const allotForm = formOf({
  fund: z.string().min(1).max(40),
  period: z.string().trim().min(1).max(10),
  direction: z.enum(['more', 'less']),
  amount: wholeDong,
  decisionNumber: z.string().trim().min(1).max(100),
  decisionDate: dayField(),
  note: optional(z.string().trim().max(1000)),
  checked: ticked.refine((is) => is, {
    error: say({
      vi: 'Xin đối chiếu với quyết định rồi đánh dấu ô này.',
      en: 'Please compare with the decision, then tick this box.',
    }),
  }),
});

const CRUMBS = [
  { href: '/admin/funds', text: { vi: 'Nguồn kinh phí', en: 'Funds' } },
  {
    href: '/admin/funds/allotments',
    text: { vi: 'Quyết định giao kinh phí', en: 'Allotments' },
  },
];

/** Decisions that give funds money. */
@Pages()
@Requires('fund.read')
export class AllotmentPages {
  constructor(
    private readonly database: Database,
    private readonly funds: Funds,
    private readonly positions: FundPositions,
    private readonly allotting: AllotFunds,
    private readonly people: UserNames,
    private readonly clock: Clock,
  ) {}

  @Get('admin/funds/allotments')
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<Screen> {
    const fund = query.fund === undefined ? null : (this.funds.find(query.fund)?.code ?? null);
    const found = await this.positions.allotments(this.database.reader, {
      fund,
      before: decodeCursor(query.cursor, z.uuid()),
      limit: SHOWN + 1,
    });
    const page = pageOf(found, SHOWN, { item: (row) => row, key: ({ id }) => id });
    return screen({
      title: { vi: 'Quyết định giao kinh phí', en: 'Allotments' },
      crumbs: CRUMBS.slice(0, 1),
      actions: <AllotLink />,
      body: (
        <AllotmentList
          funds={this.funds.all()}
          fund={query.fund}
          allotments={await withNames(this.people, page.items, 'enteredByName')}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  @Get('admin/funds/allotments/new')
  @Requires('fund.allot')
  blank(): Screen {
    const year = officeDate(this.clock.now()).slice(0, 4);
    return screen({
      title: { vi: 'Ghi quyết định giao kinh phí', en: 'Enter an allotment' },
      crumbs: CRUMBS,
      body: <NewAllotment funds={this.funds.all()} year={year} />,
    });
  }

  @Post('admin/funds/allotments')
  @Requires('fund.allot')
  @Idempotent()
  async allot(
    @Body({ schema: allotForm }) form: z.infer<typeof allotForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { fund, period, decisionNumber, decisionDate, note } = form;
    const given = Money.of(form.amount);
    const amount = form.direction === 'more' ? given : Money.zero().minus(given);
    const order = { actor, fund, period, amount, decisionNumber, decisionDate };
    const { allotmentId } = await this.allotting.allot({ ...order, note: note ?? null });
    return seeOther(`/admin/funds/allotments/${allotmentId}`, {
      vi: 'Đã ghi quyết định. Xin đọc lại số tiền bằng chữ.',
      en: 'The decision was entered. Please read the amount in words once more.',
    });
  }

  @Get('admin/funds/allotments/:id')
  async one(@Param('id', { schema: z.uuid() }) id: string): Promise<Screen> {
    const found = await this.positions.allotment(this.database.reader, id);
    if (!found) throw noSuchAllotment(id);
    const [of] = await withNames(this.people, [found], 'enteredByName');
    return screen({
      title: {
        vi: `Quyết định ${found.decisionNumber}`,
        en: `Decision ${found.decisionNumber}`,
      },
      crumbs: CRUMBS,
      body: <AllotmentPage of={of ?? found} />,
    });
  }
}
