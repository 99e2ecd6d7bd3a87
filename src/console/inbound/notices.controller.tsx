import { Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { decodeCursor, pageOf } from '../../platform/http/index.js';
import { NoticeRead, unknownNotice, ViewNoticeBody } from '../../settlements/index.js';
import { optional, Pages, screen, type Screen } from '../kit/index.js';
import { NoticeBody, NoticePage } from './notice.page.js';
import { askedBy, SHOWINGS, type ShowingKey } from './notice.words.js';
import { bankName, NoticeList, RefusalList } from './notices.page.js';

const SHOWN = 50;
const idParameter = { schema: z.uuid() };
const cursor = z.string().max(1000).optional();
const bank = optional(z.string().max(31));
const listQuery = z.object({
  bank,
  show: optional(z.enum(Object.keys(SHOWINGS) as [ShowingKey, ...ShowingKey[]])),
  cursor,
});
const refusedQuery = z.object({ bank, cursor });
const pageQuery = z.object({ cursor });
const refusalKey = z.strictObject({
  hour: z.iso.datetime(),
  bank: z.string().max(31),
  fault: z.string().max(31),
});

const CRUMB = { href: '/admin/notices', text: { vi: 'Thông báo đến', en: 'Inbound notices' } };

/** What banks told us by themselves: taken in, come again, refused, not matched. */
@Pages()
@Requires('notice.read')
export class NoticePages {
  constructor(
    private readonly notices: NoticeRead,
    private readonly viewing: ViewNoticeBody,
    private readonly banks: BankRegistry,
  ) {}

  @Get('admin/notices')
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<Screen> {
    const found = await this.notices.list({
      bank: query.bank,
      ...askedBy(query.show),
      before: decodeCursor(query.cursor, z.uuid()),
      limit: SHOWN,
    });
    const page = pageOf(found, SHOWN, { item: (row) => row, key: ({ id }) => id });
    return screen({
      title: { vi: 'Thông báo đến từ ngân hàng', en: 'Inbound notices of banks' },
      body: (
        <NoticeList
          banks={this.banks.all()}
          filter={query}
          notices={page.items}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  @Get('admin/notices/refused')
  async refused(
    @Query({ schema: refusedQuery }) query: z.infer<typeof refusedQuery>,
  ): Promise<Screen> {
    const before = decodeCursor(query.cursor, refusalKey);
    const bankCode = query.bank ?? null;
    const found = await this.notices.refusals({ bank: bankCode, before, limit: SHOWN + 1 });
    const page = pageOf(found, SHOWN, {
      item: (row) => row,
      key: ({ hour, bank: of, fault }) => ({ hour: hour.toISOString(), bank: of, fault }),
    });
    return screen({
      title: { vi: 'Tin không kiểm chứng được', en: 'Refused at the door' },
      crumbs: [CRUMB],
      body: (
        <RefusalList
          banks={this.banks.all()}
          bank={query.bank}
          refusals={page.items}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  @Get('admin/notices/:id')
  async one(
    @Param('id', idParameter) id: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ): Promise<Screen> {
    const notice = await this.notices.find(id);
    if (!notice) throw unknownNotice(id);
    const after = decodeCursor(query.cursor, z.int().min(0)) ?? -1;
    const found = await this.notices.items({ bankNoticeId: id, after, limit: SHOWN });
    const page = pageOf(found, SHOWN, { item: (item) => item, key: ({ position }) => position });
    return screen({
      title: { vi: 'Một thông báo của ngân hàng', en: 'One notice of a bank' },
      crumbs: [CRUMB],
      body: (
        <NoticePage
          notice={notice}
          bank={bankName(this.banks.all(), notice.bank)}
          items={page.items}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  @Get('admin/notices/:id/body')
  @Requires('run.operate')
  async body(@Param('id', idParameter) id: string, @CurrentActor() actor: Actor): Promise<Screen> {
    const text = (await this.viewing.view(actor, id)).toString('utf8');
    return screen({
      title: { vi: 'Nguyên văn thông báo', en: 'The notice as it was sent' },
      crumbs: [
        CRUMB,
        { href: `/admin/notices/${id}`, text: { vi: 'Thông báo này', en: 'This notice' } },
      ],
      body: <NoticeBody text={text} />,
    });
  }
}
