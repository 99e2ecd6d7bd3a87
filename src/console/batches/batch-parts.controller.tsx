import { Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { ViewRounds } from '../../approvals/index.js';
import {
  ACCOUNT_STATES,
  CHANGES,
  isChecked,
  ViewBatches,
  type BatchDetail,
} from '../../batches/index.js';
import { Clock } from '../../kernel/index.js';
import { Requires, UserNames } from '../../identity/index.js';
import { PaymentReads } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, pageOf } from '../../platform/http/index.js';
import {
  cursorField,
  filterChoice,
  filterText,
  Names,
  Pages,
  ROWS_SHOWN,
  screen,
  type Screen,
} from '../kit/index.js';
import { BatchAccounts } from './batch-accounts.page.js';
import { BatchChanges } from './batch-changes.page.js';
import { BATCHES, titleOf } from './batch-frame.js';
import { BatchHistory } from './batch-history.page.js';
import { BatchLeftOut } from './batch-left-out.page.js';
import { BatchLines } from './batch-lines.page.js';

const idParameter = { schema: z.uuid() };
const LIMIT = ROWS_SHOWN + 1;
const UNCHECKED = ACCOUNT_STATES.filter((state) => !isChecked(state));

export const linesQuery = z.object({
  search: filterText,
  bankBin: filterText,
  communeCode: filterText,
  fund: filterText,
  kind: filterText,
  cursor: cursorField,
});
const leftOutQuery = z.object({ reason: filterText, cursor: cursorField });
const changesQuery = z.object({ change: filterChoice(CHANGES), cursor: cursorField });
const accountsQuery = z.object({ state: filterChoice(ACCOUNT_STATES), cursor: cursorField });

/** The sides of one batch: its lines, who is left out, what changed, its accounts, its signatures and history. */
@Pages()
@Requires('batch.read')
export class BatchPartPages {
  constructor(
    private readonly batches: ViewBatches,
    private readonly rounds: ViewRounds,
    private readonly payments: PaymentReads,
    private readonly database: Database,
    private readonly people: UserNames,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get('batches/:id/lines')
  async lines(
    @Param('id', idParameter) batchId: string,
    @Query({ schema: linesQuery }) query: z.infer<typeof linesQuery>,
  ): Promise<Screen> {
    const batch = await this.batches.detail(batchId);
    const { cursor, ...filter } = query;
    const afterLineNo = decodeCursor(cursor, z.int()) ?? 0;
    const found = await this.batches.lines({ ...filter, batchId, afterLineNo, limit: LIMIT });
    const page = pageOf(found, ROWS_SHOWN, { item: (line) => line, key: ({ lineNo }) => lineNo });
    const lineIds = page.items.map(({ id }) => id);
    const paid =
      batch.state === 'approved' ? await this.payments.ofLines(this.database.reader, lineIds) : [];
    return this.side(
      batch,
      <BatchLines
        batch={batch}
        lines={page.items}
        payments={new Map(paid.map((payment) => [payment.lineId, payment]))}
        nextCursor={page.nextCursor}
        filter={filter}
      />,
    );
  }

  @Get('batches/:id/left-out')
  async leftOut(
    @Param('id', idParameter) batchId: string,
    @Query({ schema: leftOutQuery }) query: z.infer<typeof leftOutQuery>,
  ): Promise<Screen> {
    const batch = await this.batches.detail(batchId);
    const { cursor, reason } = query;
    const afterId = decodeCursor(cursor, z.uuid());
    const found = await this.batches.exclusions({ batchId, reason, afterId, limit: LIMIT });
    const page = pageOf(found, ROWS_SHOWN, {
      item: (left) => left,
      key: ({ entitlementId }) => entitlementId,
    });
    return this.side(
      batch,
      <BatchLeftOut
        batch={batch}
        people={page.items}
        reason={reason}
        nextCursor={page.nextCursor}
      />,
    );
  }

  @Get('batches/:id/changes')
  async changes(
    @Param('id', idParameter) batchId: string,
    @Query({ schema: changesQuery }) query: z.infer<typeof changesQuery>,
  ): Promise<Screen> {
    const batch = await this.batches.detail(batchId);
    // A signed batch is compared as it was when it was signed, and says the same for ever.
    const { approval } = await this.rounds.of(batchId);
    const compared = { ...batch, asOf: approval?.approvedAt };
    const { cursor, change } = query;
    const after = decodeCursor(cursor, z.string());
    const found = await this.batches.changedPeople(compared, { change, after, limit: LIMIT });
    const page = pageOf(found.people, ROWS_SHOWN, {
      item: (person) => person,
      key: ({ personalNumber }) => personalNumber,
    });
    return this.side(
      batch,
      <BatchChanges
        batch={batch}
        comparedWith={found.comparedWith}
        counts={found.counts}
        people={page.items}
        change={change}
        nextCursor={page.nextCursor}
      />,
    );
  }

  @Get('batches/:id/accounts')
  async accounts(
    @Param('id', idParameter) batchId: string,
    @Query({ schema: accountsQuery }) query: z.infer<typeof accountsQuery>,
  ): Promise<Screen> {
    const batch = await this.batches.detail(batchId);
    const { cursor, state } = query;
    const afterLineNo = decodeCursor(cursor, z.int()) ?? 0;
    const states = state ? [state] : UNCHECKED;
    const asked = { states, afterLineNo, limit: LIMIT };
    const { checks, lines } = await this.batches.accountsOf(batch, asked);
    const page = pageOf(lines, ROWS_SHOWN, { item: (line) => line, key: ({ lineNo }) => lineNo });
    return this.side(
      batch,
      <BatchAccounts
        batch={batch}
        checks={checks}
        lines={page.items}
        concerns={await this.batches.concerns(batch)}
        state={state}
        nextCursor={page.nextCursor}
      />,
    );
  }

  @Get('batches/:id/history')
  async history(@Param('id', idParameter) batchId: string): Promise<Screen> {
    const batch = await this.batches.detail(batchId);
    const round = await this.rounds.of(batchId);
    const rounds = await this.batches.rounds(batchId);
    const people = await this.people.of([
      ...batch.history.map(({ actorName }) => actorName),
      ...rounds.flatMap(({ proposedBy, returnedBy }) => [proposedBy, returnedBy]),
      ...round.earlier.map(({ signerLogin }) => signerLogin),
      ...round.steps.map(({ signed }) => signed?.signerId ?? null),
    ]);
    return this.side(
      batch,
      <BatchHistory batch={batch} round={round} rounds={rounds} people={people} />,
    );
  }

  private side(batch: BatchDetail, body: Screen['body']): Screen {
    const title = titleOf(batch, this.names.at(this.clock.now()).programme(batch.programme));
    return screen({ title, crumbs: [BATCHES], body });
  }
}
