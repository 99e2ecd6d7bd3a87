import { Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { ViewBatches } from '../../batches/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { formatPeriod } from '../../kernel/index.js';
import { ReasonCodes } from '../../organisation/index.js';
import { PaymentList, paymentNotFound, PaymentReads, RunReads } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, pageOf } from '../../platform/http/index.js';
import { ProofRead } from '../../reconciliation/index.js';
import { entryOf, NoticeRead, TimelineRead } from '../../settlements/index.js';
import { Pages, PrintButton, ROWS_SHOWN, screen, type Crumb, type Screen } from '../kit/index.js';
import { PaymentListPage } from './payment-list.page.js';
import { PaymentPage } from './payment.page.js';
import { filterOf, listQuery, type ListQuery } from './payment.query.js';

export const PAYMENTS: Crumb = { href: '/payments', text: { vi: 'Khoản chi', en: 'Payments' } };
const idParameter = { schema: z.uuid() };
/** Payments: the list, and everything about one of them. */
@Pages()
export class PaymentPages {
  constructor(
    private readonly listed: PaymentList,
    private readonly reads: PaymentReads,
    private readonly runs: RunReads,
    private readonly batches: ViewBatches,
    private readonly timelines: TimelineRead,
    private readonly notices: NoticeRead,
    private readonly proofs: ProofRead,
    private readonly reasons: ReasonCodes,
    private readonly people: UserNames,
    private readonly database: Database,
  ) {}

  @Get('payments')
  @Requires('payment.read')
  async list(@Query({ schema: listQuery }) query: ListQuery): Promise<Screen> {
    const { reader } = this.database;
    const { cursor, ...filter } = query;
    const before = decodeCursor(cursor, z.uuid());
    const asked = filterOf(query);
    const found = await this.listed.list(reader, { ...asked, before, limit: ROWS_SHOWN + 1 });
    const page = pageOf(found, ROWS_SHOWN, { item: (payment) => payment, key: (one) => one.id });
    const reasons = this.reasons
      .all()
      .map(({ code, vi, en }) => ({ value: code, text: { vi, en } }));
    return screen({
      title: PAYMENTS.text,
      body: (
        <PaymentListPage
          payments={page.items}
          totals={await this.listed.totals(reader, asked)}
          nextCursor={page.nextCursor}
          filter={filter}
          reasons={reasons}
          of={await this.batchNumberOf(query)}
        />
      ),
    });
  }

  @Get('payments/:id')
  @Requires('payment.read')
  async one(
    @Param('id', idParameter) paymentId: string,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const { reader } = this.database;
    const payment = await this.reads.find(reader, paymentId);
    if (!payment) throw paymentNotFound(paymentId);
    const payee = await this.listed.payeeOf(reader, paymentId);
    const happenings = await this.timelines.happenings(paymentId);
    const told = happenings.map((happening) => entryOf(happening, (code) => this.reasons.of(code)));
    const period = formatPeriod(payment.period);
    return screen({
      title: { vi: `Khoản chi: ${payee.name}, ${period}`, en: `Payment: ${payee.name}, ${period}` },
      crumbs: [PAYMENTS],
      actions: <PrintButton />,
      body: (
        <PaymentPage
          payment={payment}
          payee={payee}
          told={told}
          lineage={await this.reads.lineage(reader, payment.entitlementId)}
          proof={await this.proofs.ofPayment(paymentId)}
          people={await this.people.of(told.map(({ person }) => person))}
          history={await this.reads.history(reader, paymentId)}
          attempts={await this.reads.attempts(reader, paymentId)}
          notices={
            actor.permissions.has('notice.read') ? await this.notices.ofPayment(paymentId) : null
          }
        />
      ),
    });
  }

  private async batchNumberOf({ run, batch }: ListQuery): Promise<string | null> {
    if (run !== undefined) {
      const found = await this.runs.find(this.database.reader, run);
      return found?.batchNumber ?? null;
    }
    return batch === undefined ? null : (await this.batches.one(batch)).number;
  }
}
