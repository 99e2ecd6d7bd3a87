import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Money } from '../../kernel/index.js';
import {
  FailedPaymentReads,
  ReissueOrderReads,
  ReissueSelected,
  type FailedChoice,
  type FailedPlace,
} from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, Idempotent } from '../../platform/http/index.js';
import {
  dayField,
  cursorField,
  filterChoice,
  filterPeriod,
  filterText,
  formOf,
  many,
  optional,
  Pages,
  ROWS_SHOWN,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { wordField } from '../naming/word-field.js';
import { CausePage, SIDES, type CauseSide } from './cause.page.js';
import { CausesPage, type MendingFilter } from './causes.page.js';
import { noSuchOrder } from './mending.errors.js';
import { ResultPage } from './result.page.js';
import { WithheldPage } from './withheld.page.js';

const CRUMB = { href: '/mending', text: { vi: 'Cần sửa', en: 'To mend' } };

const code = z.string().regex(/^[A-Za-z0-9_-]{1,35}$/);
const filterFields = {
  bank: filterText,
  commune: filterText,
  programme: filterText,
  period: filterPeriod,
  batch: optional(z.uuid()),
};
const filterQuery = z.object(filterFields);
const causeQuery = z.object({ ...filterFields, side: filterChoice(SIDES), cursor: cursorField });
const withheldQuery = z.object({ code: optional(code), cursor: cursorField });
const stayedQuery = z.object({ cursor: cursorField });
const placeKey = z.object({ failedAt: z.iso.datetime(), paymentId: z.uuid() });
const stayedKey = z.object({ stayed: z.string(), paymentId: z.uuid() });

const BECAUSE = { vi: 'Lý do bằng văn bản', en: 'The reason in writing' };

/** A ticked row says which payment it is and what its officer saw of its amount. */
const tickedPayment = z.string().regex(/^[0-9a-f-]{36}:\d{1,20}$/);
const reissueForm = formOf({
  ...filterFields,
  code: optional(code),
  side: optional(z.enum(SIDES)),
  scope: z.enum(['ticked', 'all']),
  seenCount: z.coerce.number().int().min(0),
  seenTotal: z.string().regex(/^\d{1,20}$/),
  payment: many(tickedPayment),
  sameAccountBecause: optional(wordField({ what: BECAUSE, most: 1000 })),
  paidAfterAllBecause: optional(wordField({ what: BECAUSE, most: 1000 })),
  payOn: optional(dayField()),
});

/** What failed and waits for somebody: by cause, in rows, and many of it at once into follow-up batches. */
@Pages()
export class MendingPages {
  constructor(
    private readonly database: Database,
    private readonly failures: FailedPaymentReads,
    private readonly orders: ReissueOrderReads,
    private readonly reissueSelected: ReissueSelected,
    private readonly names: CodeNames,
  ) {}

  @Get('mending')
  @Requires('payment.read')
  async causes(
    @Query({ schema: filterQuery }) filter: z.infer<typeof filterQuery>,
  ): Promise<Screen> {
    const { reader } = this.database;
    const causes = await this.failures.causes(reader, choiceOf(filter));
    const isFiltered = Object.values(filter).some(Boolean);
    const sum = (totals: readonly string[]) =>
      Money.sum(totals.map((total) => Money.of(total))).toString();
    return screen({
      title: { vi: 'Khoản chi cần sửa', en: 'Payments to mend' },
      body: (
        <CausesPage
          names={this.names}
          filter={filter}
          causes={causes}
          sums={{
            waiting: sum(causes.map(({ total }) => total)),
            ready: sum(causes.map(({ readyTotal }) => readyTotal)),
          }}
          withheld={isFiltered ? [] : await this.failures.withheldCauses(reader)}
        />
      ),
    });
  }

  @Get('mending/withheld')
  @Requires('payment.read')
  async withheld(
    @Query({ schema: withheldQuery }) query: z.infer<typeof withheldQuery>,
  ): Promise<Screen> {
    const found = await this.failures.withheld(this.database.reader, {
      code: query.code ?? null,
      after: placeOf(query.cursor),
      limit: ROWS_SHOWN + 1,
    });
    const rows = found.slice(0, ROWS_SHOWN);
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    return screen({
      title: { vi: 'Giữ lại, chưa gửi ngân hàng', en: 'Withheld before they were sent' },
      crumbs: [CRUMB],
      body: (
        <WithheldPage
          names={this.names}
          rows={rows}
          nextCursor={
            last ? encodeCursor({ failedAt: last.withheldAt, paymentId: last.paymentId }) : null
          }
        />
      ),
    });
  }

  @Get('mending/reissues/:id')
  @Requires('payment.read')
  async result(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: stayedQuery }) query: z.infer<typeof stayedQuery>,
  ): Promise<Screen> {
    const { reader } = this.database;
    const order = await this.orders.find(reader, id);
    if (!order) throw noSuchOrder();
    const after = decodeCursor(query.cursor, stayedKey);
    const found = await this.orders.stayed(reader, { id, after, limit: ROWS_SHOWN + 1 });
    const stayed = found.slice(0, ROWS_SHOWN);
    const last = found.length > ROWS_SHOWN ? stayed.at(-1) : undefined;
    return screen({
      title: { vi: 'Kết quả đưa vào đợt chi bổ sung', en: 'What came of paying again' },
      crumbs: [CRUMB],
      body: (
        <ResultPage
          names={this.names}
          order={order}
          into={await this.orders.into(reader, id)}
          because={await this.orders.stayedBecause(reader, id)}
          stayed={stayed}
          nextCursor={
            last ? encodeCursor({ stayed: last.stayed, paymentId: last.paymentId }) : null
          }
        />
      ),
    });
  }

  @Get('mending/:code')
  @Requires('payment.read')
  async cause(
    @Param('code', { schema: code }) causeCode: string,
    @Query({ schema: causeQuery }) query: z.infer<typeof causeQuery>,
  ): Promise<Screen> {
    const { reader } = this.database;
    const { cursor: place, side, ...filter } = query;
    const choice = { ...choiceOf(filter), code: causeCode };
    const sided = { ...choice, ...sideOf(side) };
    const found = await this.failures.list(reader, sided, {
      after: placeOf(place),
      limit: ROWS_SHOWN + 1,
    });
    const rows = found.slice(0, ROWS_SHOWN);
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    const [cause = NOTHING] = await this.failures.causes(reader, choice);
    const reason = this.names.reason(causeCode);
    return screen({
      title: { vi: `Cần sửa: ${reason.vi}`, en: `To mend: ${reason.en}` },
      crumbs: [CRUMB],
      body: (
        <CausePage
          names={this.names}
          code={causeCode}
          filter={filter}
          side={side}
          cause={cause}
          rows={rows}
          nextCursor={
            last ? encodeCursor({ failedAt: last.failedAt, paymentId: last.paymentId }) : null
          }
          all={await this.failures.figures(reader, sided)}
        />
      ),
    });
  }

  @Post('mending/reissues')
  @Requires('batch.prepare')
  @Idempotent()
  async reissue(
    @Body({ schema: reissueForm }) form: z.infer<typeof reissueForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { sameAccountBecause, paidAfterAllBecause, payOn } = form;
    const { orderId, reissued } = await this.reissueSelected.reissue({
      actor,
      ...(form.scope === 'all' ? allOf(form) : tickedOf(form.payment)),
      sameAccountBecause,
      paidAfterAllBecause,
      payOn,
    });
    return seeOther(`/mending/reissues/${orderId}`, {
      vi:
        reissued > 0
          ? `Đã đưa ${reissued} khoản vào đợt chi bổ sung. Chưa có tiền nào đi: đợt này còn phải trình và ký.`
          : 'Chưa khoản nào đi được; lý do ở bên dưới.',
      en:
        reissued > 0
          ? `${reissued} payments are in follow-up batches. No money goes before they are proposed and signed.`
          : 'Nothing could go; see the reasons below.',
    });
  }
}

const NOTHING = {
  code: '',
  count: 0,
  total: '0',
  oldest: null,
  returned: 0,
  ready: 0,
  readyTotal: '0',
  notYet: [],
  inBatch: 0,
  inBatchTotal: '0',
};

function allOf(form: z.infer<typeof reissueForm>) {
  const { standing: _, ...side } = sideOf(form.side);
  return {
    choice: { ...choiceOf(form), code: form.code ?? null, ...side },
    seen: { count: form.seenCount, total: form.seenTotal },
  };
}

function tickedOf(payments: readonly string[]) {
  const seen = payments.map((payment) => payment.split(':'));
  return {
    choice: { paymentIds: seen.map(([id = '']) => id) },
    seen: {
      count: seen.length,
      total: Money.sum(seen.map(([, amount = '0']) => Money.of(amount))).toString(),
    },
  };
}

function choiceOf(filter: MendingFilter): Partial<FailedChoice> {
  return {
    bankCode: filter.bank ?? null,
    communeCode: filter.commune ?? null,
    programme: filter.programme ?? null,
    period: filter.period ?? null,
    batchId: filter.batch ?? null,
  };
}

function sideOf(side: CauseSide | undefined): Pick<FailedChoice, 'standing' | 'ready'> {
  if (side === 'in-batch') return { standing: 'in_batch', ready: null };
  return { standing: 'open', ready: side === undefined ? null : side === 'ready' };
}

function placeOf(text: string | undefined): FailedPlace | null {
  const key = decodeCursor(text, placeKey);
  return key && { failedAt: new Date(key.failedAt), paymentId: key.paymentId };
}
