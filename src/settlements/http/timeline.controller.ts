import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';
import { ReasonCodes } from '../../organisation/index.js';
import {
  decodeCursor,
  pageOf,
  pageQuery,
  pageSchema,
  type Page,
} from '../../platform/http/index.js';
import { unknownBeneficiary, unknownPayment } from '../settlements.errors.js';
import { TimelineRead, type PaymentStanding } from '../timeline.read.js';
import { entryOf, type TimelineEntry } from '../timeline.rules.js';

const idSchema = z.uuid();
const bilingual = z.object({ vi: z.string(), en: z.string() });
const listQuery = pageQuery({});

const standingSchema = z.object({
  paymentId: z.uuid(),
  reference: z.string(),
  beneficiaryId: z.uuid(),
  batchId: z.uuid(),
  runId: z.uuid(),
  bank: z.string(),
  state: z.string(),
  reasonCode: z.string().nullable(),
  reason: bilingual.nullable(),
  amount: z.string(),
  currency: z.string(),
  programme: z.string(),
  period: z.string(),
  createdAt: z.date(),
  changedAt: z.date(),
  settledAt: z.date().nullable(),
  reissueOf: z.uuid().nullable(),
  reissuedAs: z.uuid().nullable(),
  timeline: z.string().describe('address of everything that happened to it'),
});

const timelineSchema = z.object({
  payment: standingSchema,
  entries: z.array(
    z.object({
      at: z.date(),
      by: z.enum(['people', 'system', 'bank']),
      person: z.string().nullable().describe('login of who did it'),
      event: z.string(),
      text: bilingual,
      reasonCode: z.string().nullable(),
    }),
  ),
});

type Shown = PaymentStanding & { reason: Bilingual | null; timeline: string };

@ApiTags('payments')
@Controller('api/v1')
export class TimelineController {
  constructor(
    private readonly timelines: TimelineRead,
    private readonly reasons: ReasonCodes,
  ) {}

  @Get('payments/:id/timeline')
  @Requires('payment.read')
  @ApiOperation({ summary: 'Everything that happened to a payment: people, system, bank' })
  @ApiOkResponse({ standardSchema: timelineSchema })
  async timeline(
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<{ payment: Shown; entries: TimelineEntry[] }> {
    const payment = await this.timelines.payment(id);
    if (!payment) throw unknownPayment(id);
    const happenings = await this.timelines.happenings(id);
    return {
      payment: this.shown(payment),
      entries: happenings.map((happening) => entryOf(happening, (code) => this.reason(code))),
    };
  }

  @Get('beneficiaries/:id/payments')
  @Requires('payment.read', 'beneficiary.read')
  @ApiOperation({ summary: 'Every payment of a person with its status, newest first' })
  @ApiOkResponse({ standardSchema: pageSchema(standingSchema) })
  async ofBeneficiary(
    @Param('id', { schema: idSchema }) beneficiaryId: string,
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
  ): Promise<Page<Shown>> {
    const { limit } = query;
    const before = decodeCursor(query.cursor, z.uuid());
    if (!(await this.timelines.knowsBeneficiary(beneficiaryId)))
      throw unknownBeneficiary(beneficiaryId);
    const found = await this.timelines.ofBeneficiary({ beneficiaryId, before, limit });
    return pageOf(found, limit, {
      item: (payment) => this.shown(payment),
      key: ({ paymentId }) => paymentId,
    });
  }

  private shown(payment: PaymentStanding): Shown {
    return {
      ...payment,
      reason: payment.reasonCode === null ? null : this.reason(payment.reasonCode),
      timeline: `/api/v1/payments/${payment.paymentId}/timeline`,
    };
  }

  private reason(code: string): Bilingual {
    const { vi, en } = this.reasons.of(code);
    return { vi, en };
  }
}
