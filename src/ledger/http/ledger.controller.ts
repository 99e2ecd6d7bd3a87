import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Clock, Money, officeDate } from '../../kernel/index.js';
import { Funds } from '../../organisation/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, pageOf, type Page } from '../../platform/http/index.js';
import { AllotFunds } from '../allot-funds.js';
import { FundPositions, type AllotmentRow } from '../fund-positions.read.js';
import { noSuchAllotment, noSuchFund } from '../ledger.errors.js';
import {
  allotBody,
  allotmentPage,
  allotmentSchema,
  allotmentsQuery,
  fundsQuery,
  fundsSchema,
  postingPage,
  postingsQuery,
} from './ledger.schemas.js';

type AllotmentBody = z.infer<typeof allotmentSchema>;

const postingKey = z.strictObject({ at: z.iso.datetime(), id: z.uuid() });
const idParameter = { schema: z.uuid() };

@ApiTags('funds')
@Controller('api/v1')
@Requires('fund.read')
export class LedgerController {
  constructor(
    private readonly database: Database,
    private readonly funds: Funds,
    private readonly positions: FundPositions,
    private readonly allotting: AllotFunds,
    private readonly clock: Clock,
  ) {}

  @Get('funds')
  @ApiOperation({ summary: 'Where the money of each fund stands, for a year or its months' })
  @ApiOkResponse({ standardSchema: fundsSchema })
  async standing(
    @Query({ schema: fundsQuery }) query: z.infer<typeof fundsQuery>,
  ): Promise<z.infer<typeof fundsSchema>> {
    const year = query.year ?? officeDate(this.clock.now()).slice(0, 4);
    const of = { year, fund: this.codeOf(query.fund) };
    const { reader } = this.database;
    const found =
      query.by === 'month'
        ? await this.positions.byMonth(reader, of)
        : await this.positions.byYear(reader, of);
    return {
      year,
      items: found.map((position) => ({
        ...position,
        name: this.funds.find(position.fund)?.name ?? { vi: position.fund, en: position.fund },
        allotted: position.allotted.toString(),
        available: position.available.toString(),
        reserved: position.reserved.toString(),
        inTransit: position.inTransit.toString(),
        paid: position.paid.toString(),
        returned: position.returned.toString(),
      })),
    };
  }

  @Get('allotments')
  @ApiOperation({ summary: 'Decisions that gave funds money or took it back, the newest first' })
  @ApiOkResponse({ standardSchema: allotmentPage })
  async list(
    @Query({ schema: allotmentsQuery }) query: z.infer<typeof allotmentsQuery>,
  ): Promise<Page<AllotmentBody>> {
    const found = await this.positions.allotments(this.database.reader, {
      fund: this.codeOf(query.fund),
      before: decodeCursor(query.cursor, z.uuid()),
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, { item: allotmentBody, key: ({ id }) => id });
  }

  @Get('allotments/:id')
  @ApiOperation({ summary: 'One decision' })
  @ApiOkResponse({ standardSchema: allotmentSchema })
  async one(@Param('id', idParameter) id: string): Promise<AllotmentBody> {
    const found = await this.positions.allotment(this.database.reader, id);
    if (!found) throw noSuchAllotment(id);
    return allotmentBody(found);
  }

  @Post('allotments')
  @Requires('fund.allot')
  @Idempotent()
  @ApiOperation({
    summary: 'Enter a decision that gives a fund money, or takes some back',
    description:
      'What is allotted for a month may be spent from the lists of that month on, until the year ends. A wrong entry ' +
      'is put right by another one, below zero where money is taken back.',
  })
  @ApiCreatedResponse({ standardSchema: allotmentSchema })
  async allot(
    @Body({ schema: allotBody }) body: z.infer<typeof allotBody>,
    @CurrentActor() actor: Actor,
  ): Promise<AllotmentBody> {
    const { allotmentId } = await this.allotting.allot({
      actor,
      ...body,
      amount: Money.of(body.amount),
      note: body.note ?? null,
    });
    return this.one(allotmentId);
  }

  @Get('postings')
  @ApiOperation({
    summary: 'The ledger: postings and their entries, the newest first',
    description:
      'Every posting sums to zero and is posted in the transaction of what it mirrors; none is ever changed.',
  })
  @ApiOkResponse({ standardSchema: postingPage })
  async postings(
    @Query({ schema: postingsQuery }) query: z.infer<typeof postingsQuery>,
  ): Promise<z.infer<typeof postingPage>> {
    const found = await this.positions.postings(this.database.reader, {
      sourceId: query.sourceId ?? null,
      before: decodeCursor(query.cursor, postingKey),
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, {
      item: (posting) => ({ ...posting, at: posting.at.toISOString() }),
      key: ({ at, id }) => ({ at: at.toISOString(), id }),
    });
  }

  private codeOf(text: string | undefined): string | null {
    if (text === undefined) return null;
    const fund = this.funds.find(text);
    if (!fund) throw noSuchFund(text);
    return fund.code;
  }
}

function allotmentBody(row: AllotmentRow): AllotmentBody {
  const { transactionId, enteredByName, enteredAt, ...allotment } = row;
  return {
    ...allotment,
    currency: 'VND',
    postingId: transactionId,
    enteredBy: enteredByName,
    enteredAt: enteredAt.toISOString(),
  };
}
