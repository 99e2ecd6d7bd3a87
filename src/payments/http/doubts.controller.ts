import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BankRegistry, type Bank } from '../../banks/index.js';
import { Requires } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, pageOf, pageSchema, type Page } from '../../platform/http/index.js';
import { DoubtReads } from '../doubt.read.js';
import { paymentNotFound } from '../payments.errors.js';
import { doubtDetailSchema, doubtSchema, doubtsQuery } from './doubts.schemas.js';
import { doubtView, isoOrNull } from './doubts.view.js';

const doubtKey = z.object({ since: z.iso.datetime(), paymentId: z.uuid() });

@ApiTags('doubts')
@Controller('api/v1/doubts')
@Requires('payment.read')
export class DoubtsController {
  constructor(
    private readonly database: Database,
    private readonly reads: DoubtReads,
    private readonly banks: BankRegistry,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Payments whose outcome nobody knows, the oldest doubt first',
    description:
      'Since when, what was sent, what the bank was asked and answered, when it is asked next, and which ruling about ' +
      'it waits for a signature. Nothing of this is ever sent again without proof.',
  })
  @ApiOkResponse({ standardSchema: pageSchema(doubtSchema) })
  async list(
    @Query({ schema: doubtsQuery }) query: z.infer<typeof doubtsQuery>,
  ): Promise<Page<z.infer<typeof doubtSchema>>> {
    const after = decodeCursor(query.cursor, doubtKey);
    const found = await this.reads.list(this.database.reader, {
      bankCode: query.bank ?? null,
      before: query.olderThan === undefined ? null : new Date(query.olderThan),
      after: after && { since: new Date(after.since), paymentId: after.paymentId },
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, {
      item: (row) => doubtView(row, this.bankOf(row.bankCode)),
      key: (row) => ({ since: isoOrNull(row.unknownSince), paymentId: row.paymentId }),
    });
  }

  @Get(':paymentId')
  @ApiOperation({
    summary: 'A payment that is or was in doubt: every sending, enquiry and ruling',
  })
  @ApiOkResponse({ standardSchema: doubtDetailSchema })
  async one(
    @Param('paymentId', { schema: z.uuid() }) paymentId: string,
  ): Promise<z.infer<typeof doubtDetailSchema>> {
    const tx = this.database.reader;
    const row = await this.reads.find(tx, paymentId);
    if (!row) throw paymentNotFound(paymentId);
    const sent = await this.reads.sendings(tx, paymentId);
    const asked = await this.reads.enquiries(tx, paymentId);
    const rulings = await this.reads.rulings(tx, paymentId);
    return {
      ...doubtView(row, this.bankOf(row.bankCode)),
      sent: sent.map((s) => ({
        ...s,
        startedAt: s.startedAt.toISOString(),
        endedAt: isoOrNull(s.endedAt),
      })),
      asked: asked.map((a) => ({
        ...a,
        askedAt: a.askedAt.toISOString(),
        answeredAt: isoOrNull(a.answeredAt),
      })),
      rulings: rulings.map((r) => ({
        ...r,
        proposedAt: r.proposedAt.toISOString(),
        decidedAt: isoOrNull(r.decidedAt),
      })),
    };
  }

  private bankOf(code: string): Bank | null {
    return this.banks.all().find((bank) => bank.code === code) ?? null;
  }
}
