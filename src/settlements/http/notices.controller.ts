import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import {
  decodeCursor,
  pageOf,
  pageQuery,
  pageSchema,
  type Page,
} from '../../platform/http/index.js';
import { NOTICE_STATES } from '../notice.lifecycle.js';
import { ITEMS_SHOWN, NoticeRead, type NoticeItemRow, type NoticeRow } from '../notice.read.js';
import { FACTS, ITEM_RESULTS } from '../notice.rules.js';
import { unknownNotice } from '../settlements.errors.js';

const idSchema = z.uuid();
const result = z.enum(ITEM_RESULTS);

const listQuery = pageQuery({
  bank: z.string().min(1).max(31).optional(),
  state: z.enum(NOTICE_STATES).optional(),
  result: result.optional().describe('notices with at least one item of this result'),
});

const itemsQuery = pageQuery({ result: result.optional() });

const noticeSchema = z.object({
  id: z.uuid(),
  bank: z.string(),
  noticeId: z.string().describe("the bank's own id of the message"),
  state: z.enum(NOTICE_STATES),
  sentAt: z.date(),
  receivedAt: z.date(),
  appliedAt: z.date().nullable(),
  repeated: z.number().int().describe('how often the same message came again'),
  lastSeenAt: z.date(),
  items: z.number().int(),
  unread: z.number().int().describe('items that said nothing certain'),
  applyFailures: z.number().int(),
  fileId: z.uuid().nullable().describe('of `/api/v1/bank-files`, when a file said it'),
});

const itemSchema = z.object({
  position: z.number().int(),
  reference: z.string().nullable(),
  fact: z.enum(FACTS).nullable(),
  why: z.string().nullable().describe('why the item says nothing certain'),
  reasonCode: z.string().nullable(),
  happenedAt: z.date().nullable(),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  result: result
    .nullable()
    .describe('null while the notice waits, or for ever when it is a conflict'),
  paymentId: z.uuid().nullable(),
});

const detailSchema = noticeSchema.extend({
  firstItems: z.array(itemSchema).describe(`the first ${ITEMS_SHOWN}; more under /items`),
});

@ApiTags('notices')
@Requires('notice.read')
@Controller('api/v1/notices')
export class NoticesController {
  constructor(private readonly notices: NoticeRead) {}

  @Get()
  @ApiOperation({ summary: 'Notices of banks, newest first' })
  @ApiOkResponse({ standardSchema: pageSchema(noticeSchema) })
  async list(
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
  ): Promise<Page<NoticeRow>> {
    const { cursor, limit, ...filter } = query;
    const before = decodeCursor(cursor, z.uuid());
    const found = await this.notices.list({ ...filter, before, limit });
    return pageOf(found, limit, { item: (notice) => notice, key: ({ id }) => id });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One notice, and what each of its items did' })
  @ApiOkResponse({ standardSchema: detailSchema })
  async find(
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<NoticeRow & { firstItems: NoticeItemRow[] }> {
    const notice = await this.notice(id);
    const items = await this.notices.items({ bankNoticeId: id, after: -1, limit: ITEMS_SHOWN });
    return { ...notice, firstItems: items.slice(0, ITEMS_SHOWN) };
  }

  @Get(':id/items')
  @ApiOperation({ summary: 'The items of a notice in their order' })
  @ApiOkResponse({ standardSchema: pageSchema(itemSchema) })
  async items(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: itemsQuery }) query: z.infer<typeof itemsQuery>,
  ): Promise<Page<NoticeItemRow>> {
    await this.notice(id);
    const after = decodeCursor(query.cursor, z.int().min(0)) ?? -1;
    const { limit } = query;
    const found = await this.notices.items({
      bankNoticeId: id,
      result: query.result,
      after,
      limit,
    });
    return pageOf(found, limit, { item: (item) => item, key: ({ position }) => position });
  }

  private async notice(id: string): Promise<NoticeRow> {
    const notice = await this.notices.find(id);
    if (!notice) throw unknownNotice(id);
    return notice;
  }
}
