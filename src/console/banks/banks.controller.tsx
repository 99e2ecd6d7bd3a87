import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  BankFileReads,
  BankStandings,
  openAt,
  SwitchBank,
  type BankStanding,
} from '../../banks/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { Calendar } from '../../organisation/index.js';
import { BankWorkReads } from '../../payments/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import {
  Card,
  formOf,
  Pager,
  Pages,
  screen,
  seeOther,
  withNames,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { BankPage, CallTable } from './bank.page.js';
import { BankList, type BankSeen } from './banks.page.js';

const SHOWN_BRIEFLY = 10;
const SHOWN = 50;
const code = { schema: z.string().max(31) };
const callKey = z.strictObject({ startedAt: z.iso.datetime(), id: z.uuid() });
const pageQuery = z.object({ cursor: z.string().max(1000).optional() });
const switchForm = formOf({
  to: z.enum(['off', 'on']),
  reason: z.string().trim().min(3).max(1000),
});

const CRUMB = { href: '/admin/banks', text: { vi: 'Ngân hàng', en: 'Banks' } };

/** The banks: whether they may be sent to, why not, and the switch. */
@Pages()
@Requires('bank.read')
export class BankPages {
  constructor(
    private readonly standings: BankStandings,
    private readonly work: BankWorkReads,
    private readonly files: BankFileReads,
    private readonly calendar: Calendar,
    private readonly switching: SwitchBank,
    private readonly people: UserNames,
    private readonly clock: Clock,
  ) {}

  @Get('admin/banks')
  async list(): Promise<Screen> {
    return screen({
      title: { vi: 'Ngân hàng', en: 'Banks' },
      body: <BankList banks={await this.seen(await this.standings.all())} />,
    });
  }

  @Get('admin/banks/:code')
  async one(@Param('code', code) bankCode: string): Promise<Screen> {
    const standing = await this.standings.of(bankCode);
    const { name } = standing.bank;
    const [seen] = await this.seen([standing]);
    const of = { bankCode, before: null, limit: SHOWN_BRIEFLY };
    const [history, calls, tally, files] = await Promise.all([
      this.standings.history(of),
      this.work.calls(of),
      this.work.tally(bankCode),
      this.files.list({ bank: bankCode, direction: null, state: null, before: null, limit: 5 }),
    ]);
    return screen({
      title: { vi: name, en: name },
      crumbs: [CRUMB],
      body: seen ? (
        <BankPage
          seen={seen}
          history={await withNames(this.people, history, 'actorName')}
          calls={calls}
          tally={tally}
          files={files}
        />
      ) : (
        <></>
      ),
    });
  }

  @Get('admin/banks/:code/calls')
  async calls(
    @Param('code', code) bankCode: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ): Promise<Screen> {
    const { bank } = await this.standings.of(bankCode);
    const before = decodeCursor(query.cursor, callKey);
    const found = await this.work.calls({ bankCode, before, limit: SHOWN + 1 });
    const page = pageOf(found, SHOWN, {
      item: (call) => call,
      key: ({ startedAt, id }) => ({ startedAt: startedAt.toISOString(), id }),
    });
    return screen({
      title: { vi: `Các lần liên lạc với ${bank.name}`, en: `Calls of ${bank.name}` },
      crumbs: [CRUMB, { href: `/admin/banks/${bankCode}`, text: { vi: bank.name, en: bank.name } }],
      body: (
        <>
          <Card isFlush>
            <CallTable calls={page.items} />
          </Card>
          <Pager nextCursor={page.nextCursor} />
        </>
      ),
    });
  }

  @Post('admin/banks/:code/switches')
  @Requires('bank.operate')
  @Idempotent()
  async switch(
    @Param('code', code) bankCode: string,
    @Body({ schema: switchForm }) { to, reason }: z.infer<typeof switchForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.switching.switch({ actor, bankCode, to, reason });
    const done =
      to === 'off'
        ? { vi: 'Đã ngừng gửi tới ngân hàng này.', en: 'Nothing more is sent to this bank.' }
        : { vi: 'Đã mở lại việc gửi.', en: 'The bank is sent to again.' };
    return seeOther(`/admin/banks/${bankCode}`, done);
  }

  private async seen(standings: readonly BankStanding[]): Promise<BankSeen[]> {
    const now = this.clock.now();
    const banks = standings.map(({ bank }) => bank.code);
    const works = new Map(
      (await this.work.waiting({ banks, now })).map((work) => [work.bankCode, work]),
    );
    return standings.flatMap((standing) => {
      const work = works.get(standing.bank.code);
      if (!work) return [];
      const { rails } = standing.bank.settings;
      const open = rails.map((rail) => ({ rail, opening: openAt(rail, this.calendar, now) }));
      return [{ ...standing, work, rails: open }];
    });
  }
}
