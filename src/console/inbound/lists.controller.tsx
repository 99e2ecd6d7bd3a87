import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import {
  HAND_OVER_STATES,
  HandOverList,
  HandOverReads,
  isCarriedByPeople,
  TO_CARRY,
  WithdrawList,
} from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import {
  formOf,
  optional,
  Pages,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { HandOverLists } from './lists.page.js';

const SHOWN = 20;
const listKey = z.strictObject({ since: z.iso.datetime(), id: z.uuid() });
const listsQuery = z.object({
  bank: optional(z.string().max(31)),
  state: optional(z.enum([...HAND_OVER_STATES, 'to-carry'])),
  cursor: z.string().max(1000).optional(),
});
const makeForm = formOf({ submissionId: z.uuid() });
const reasonForm = formOf({ reason: z.string().trim().min(3).max(1000) });

/** Lists that people carry to a bank's portal. */
@Pages()
export class HandOverPages {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly lists: HandOverReads,
    private readonly handing: HandOverList,
    private readonly withdrawing: WithdrawList,
    private readonly clock: Clock,
  ) {}

  @Get('admin/files/lists')
  @Requires('payment.read')
  async list(@Query({ schema: listsQuery }) query: z.infer<typeof listsQuery>): Promise<Screen> {
    const carried = this.banks.all().filter(isCarriedByPeople);
    const codes = carried.map(({ code }) => code);
    const found = await this.lists.waiting(this.database.reader, {
      banks: query.bank === undefined ? codes : codes.filter((code) => code === query.bank),
      now: this.clock.now(),
      states: query.state === 'to-carry' ? TO_CARRY : query.state && [query.state],
      after: decodeCursor(query.cursor, listKey),
      limit: SHOWN + 1,
    });
    const page = pageOf(found, SHOWN, {
      item: (row) => row,
      key: ({ since, submissionId }) => ({ since: since.toISOString(), id: submissionId }),
    });
    return screen({
      title: { vi: 'Danh sách phải mang đến ngân hàng', en: 'Lists to be carried to banks' },
      body: (
        <HandOverLists
          banks={carried}
          filter={query}
          lists={page.items}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  @Post('admin/files/lists')
  @Requires('run.operate')
  @Idempotent()
  async make(
    @Body({ schema: makeForm }) { submissionId }: z.infer<typeof makeForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.handing.handOver({ actor, submissionId });
    return seeOther('/admin/files/lists', {
      vi: 'Đã lập danh sách. Bước tiếp theo: tải về và nộp cho ngân hàng.',
      en: 'The list is made. Next: download it and upload it at the bank.',
    });
  }

  @Post('admin/files/lists/:submissionId/withdrawals')
  @Requires('run.operate')
  @Idempotent()
  async withdraw(
    @Param('submissionId', { schema: z.uuid() }) submissionId: string,
    @Body({ schema: reasonForm }) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.withdrawing.withdraw({ actor, submissionId, reason });
    return seeOther('/admin/files/lists', {
      vi: 'Đã bỏ danh sách; các khoản của nó sẽ vào danh sách khác.',
      en: 'The list was given up; its payments go in another one.',
    });
  }
}
