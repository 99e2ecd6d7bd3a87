import { Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
import { Requires, UserNames } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { DoubtReads, rejectableFrom, RulingReads, type DoubtRow } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor } from '../../platform/http/index.js';
import {
  cursorField,
  filterChoice,
  filterText,
  Pages,
  ROWS_SHOWN,
  screen,
  withNames,
  type Screen,
} from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { DoubtPage } from './doubt.page.js';
import { noSuchPayment } from './doubts.errors.js';
import { DoubtsPage, type ShownDoubt } from './doubts.page.js';
import { AGES, bordersOf } from './doubts.words.js';

/** Open proposals are counted as far as a number on a tab is read. */
const COUNTED_MOST = 100;

export const DOUBTS = { href: '/doubts', text: { vi: 'Chưa rõ kết quả', en: 'Unknown outcomes' } };

export const doubtsQuery = z.object({
  bank: filterText,
  age: filterChoice(AGES),
  cursor: cursorField,
});
const doubtKey = z.object({ since: z.iso.datetime(), paymentId: z.uuid() });

/** How many proposals wait for a signature. */
export async function openRulingsOf(database: Database, rulings: RulingReads): Promise<number> {
  const open = await rulings.list(database.reader, {
    state: 'proposed',
    bankCode: null,
    paymentId: null,
    before: null,
    limit: COUNTED_MOST,
  });
  return open.length;
}

/** Payments whose outcome nobody knows. */
@Pages()
export class DoubtPages {
  constructor(
    private readonly database: Database,
    private readonly doubts: DoubtReads,
    private readonly rulings: RulingReads,
    private readonly banks: BankRegistry,
    private readonly people: UserNames,
    private readonly names: CodeNames,
    private readonly clock: Clock,
  ) {}

  @Get('doubts')
  @Requires('payment.read')
  async list(@Query({ schema: doubtsQuery }) query: z.infer<typeof doubtsQuery>): Promise<Screen> {
    const { reader } = this.database;
    const now = this.clock.now();
    const { from, before } = bordersOf(query.age, now);
    const after = decodeCursor(query.cursor, doubtKey);
    const found = await this.doubts.list(reader, {
      bankCode: query.bank ?? null,
      from,
      before,
      after: after && { since: new Date(after.since), paymentId: after.paymentId },
      limit: ROWS_SHOWN + 1,
    });
    const rows = await withNames(this.people, found.slice(0, ROWS_SHOWN), 'openRulingBy');
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    return screen({
      title: DOUBTS.text,
      body: (
        <DoubtsPage
          names={this.names}
          filter={{ bank: query.bank, age: query.age }}
          ages={await this.doubts.byAge(reader, now)}
          openRulings={await openRulingsOf(this.database, this.rulings)}
          rows={rows.map((row) => shownDoubt(row, this.banks))}
          nextCursor={
            last ? encodeCursor({ since: last.unknownSince, paymentId: last.paymentId }) : null
          }
        />
      ),
    });
  }

  @Get('doubts/:paymentId')
  @Requires('payment.read')
  async one(@Param('paymentId', { schema: z.uuid() }) paymentId: string): Promise<Screen> {
    const { reader } = this.database;
    const found = await this.doubts.find(reader, paymentId);
    if (!found) throw noSuchPayment();
    const [row = found] = await withNames(this.people, [found], 'openRulingBy');
    return screen({
      title: { vi: 'Khoản chi chưa rõ kết quả', en: 'A payment in doubt' },
      crumbs: [DOUBTS],
      body: (
        <DoubtPage
          names={this.names}
          row={shownDoubt(row, this.banks)}
          sent={await this.doubts.sendings(reader, paymentId)}
          asked={await this.doubts.enquiries(reader, paymentId)}
          rulings={await this.doubts.rulings(reader, paymentId)}
        />
      ),
    });
  }
}

/** A doubt with the time from which people may say that it never happened. */
export function shownDoubt(row: DoubtRow, banks: BankRegistry): ShownDoubt {
  const bank = banks.all().find(({ code }) => code === row.bankCode);
  const windowUntil = bank && row.lastSentAt ? rejectableFrom(row.lastSentAt, bank) : null;
  return { ...row, windowUntil };
}
