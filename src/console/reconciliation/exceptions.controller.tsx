import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  CurrentActor,
  may,
  Requires,
  UserNames,
  UserReads,
  type Actor,
} from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { decodeCursor, encodeCursor, Idempotent } from '../../platform/http/index.js';
import {
  EXCEPTION_TEXTS,
  ExceptionRead,
  ExplainExceptions,
  MOST_AT_ONCE,
  NoteException,
  OwnException,
  ReconciliationRead,
  type ExceptionRow,
} from '../../reconciliation/index.js';
import {
  formOf,
  many,
  optional,
  Pages,
  ROWS_SHOWN,
  screen,
  seeOther,
  withNames,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { NOTE, wordField } from '../naming/word-field.js';
import { ExceptionPage } from './exception.page.js';
import { exceptionsQuery, filterOf, type ExceptionsQuery } from './exceptions.query.js';
import { ExceptionsPage } from './exceptions.page.js';
import { noSuchException, nothingTicked } from './reconciliation-pages.errors.js';

export const EXCEPTIONS = { vi: 'Sai lệch đối chiếu', en: 'Exceptions of reconciliation' };
const CRUMBS = [
  { href: '/reconciliation', text: { vi: 'Đối chiếu', en: 'Reconciliation' } },
  { href: '/reconciliation/exceptions?state=open', text: { vi: 'Sai lệch', en: 'Exceptions' } },
];

const idParameter = { schema: z.uuid() };
const rowKey = z.object({ openedAt: z.iso.datetime(), id: z.uuid() });
const explanation = {
  text: wordField({ what: { vi: 'Giải trình', en: 'Explanation' }, least: 1, most: 2_000 }),
  evidence: optional(
    wordField({ what: { vi: 'Số văn bản', en: 'Number of the paper' }, least: 1, most: 255 }),
  ),
};
const explanationForm = formOf(explanation);
const manyForm = formOf({ ...explanation, exception: many(z.uuid(), MOST_AT_ONCE) });
const noteForm = formOf({ text: wordField({ what: NOTE, least: 1, most: 2_000 }) });
const ownerForm = formOf({
  version: z.coerce.number().int(),
  act: z.enum(['take', 'drop']),
});
const giveForm = formOf({
  version: z.coerce.number().int(),
  owner: z.uuid(),
  note: optional(wordField({ what: NOTE, least: 1, most: 2_000 })),
});

/** What does not fit between our books and the banks': whose it is, what was found out, how it ends. */
@Pages()
export class ExceptionPages {
  constructor(
    private readonly exceptions: ExceptionRead,
    private readonly reconciliations: ReconciliationRead,
    private readonly explaining: ExplainExceptions,
    private readonly noting: NoteException,
    private readonly owning: OwnException,
    private readonly users: UserReads,
    private readonly userNames: UserNames,
    private readonly names: CodeNames,
    private readonly clock: Clock,
  ) {}

  @Get('reconciliation/exceptions')
  @Requires('reconciliation.read')
  async list(
    @Query({ schema: exceptionsQuery }) query: ExceptionsQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const found = await this.exceptions.list({
      ...filterOf(query, { actor, now: this.clock.now() }),
      after: decodeCursor(query.cursor, rowKey),
      limit: ROWS_SHOWN,
    });
    const rows = await this.named(found.slice(0, ROWS_SHOWN));
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    return screen({
      title: EXCEPTIONS,
      body: (
        <ExceptionsPage
          names={this.names}
          filter={query}
          rows={rows}
          nextCursor={last ? encodeCursor({ openedAt: last.openedAt, id: last.id }) : null}
        />
      ),
    });
  }

  @Post('reconciliation/exceptions/explanations')
  @Requires('reconciliation.operate')
  @Idempotent()
  async explainMany(
    @Body({ schema: manyForm }) form: z.infer<typeof manyForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { exception: ids, text, evidence = null } = form;
    if (ids.length === 0) throw nothingTicked();
    const explained = await this.explaining.explain(actor, { which: { ids }, text, evidence });
    return seeOther('/reconciliation/exceptions?state=open', {
      vi: `Đã giải trình ${explained} sai lệch.`,
      en: `${explained} exceptions are explained.`,
    });
  }

  @Get('reconciliation/exceptions/:id')
  @Requires('reconciliation.read')
  async one(@Param('id', idParameter) id: string, @CurrentActor() actor: Actor): Promise<Screen> {
    const found = await this.exceptions.find(id);
    if (!found) throw noSuchException();
    const [row = found] = await this.named([found]);
    const history = await this.exceptions.history(id);
    const owners = history.map(({ detail }) => detail['owner']).map(textOrNull);
    const works = may(actor, 'reconciliation.operate');
    return screen({
      title: EXCEPTION_TEXTS[row.kind],
      crumbs: CRUMBS,
      body: (
        <ExceptionPage
          names={this.names}
          row={row}
          entry={row.entryRow === null ? null : await this.reconciliations.entry(row.entryRow)}
          notes={await withNames(this.userNames, await this.exceptions.notes(id), 'by')}
          history={await withNames(this.userNames, history, 'by')}
          owners={await this.userNames.of(owners)}
          colleagues={works ? await this.users.whoMay('reconciliation.operate') : []}
        />
      ),
    });
  }

  @Post('reconciliation/exceptions/:id/owner')
  @Requires('reconciliation.operate')
  @Idempotent()
  async own(
    @Param('id', idParameter) id: string,
    @Body({ schema: ownerForm }) form: z.infer<typeof ownerForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const owner = form.act === 'take' ? actor.id : null;
    await this.owning.give(actor, { exceptionId: id, owner, version: form.version });
    return seeOther(
      `/reconciliation/exceptions/${id}`,
      form.act === 'take'
        ? { vi: 'Bạn đã nhận xử lý.', en: 'It is yours now.' }
        : {
            vi: 'Bạn đã thôi xử lý; người khác nhận được.',
            en: 'You gave it up; others may take it.',
          },
    );
  }

  @Post('reconciliation/exceptions/:id/assignments')
  @Requires('reconciliation.operate')
  @Idempotent()
  async give(
    @Param('id', idParameter) id: string,
    @Body({ schema: giveForm }) { owner, version, note }: z.infer<typeof giveForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.owning.give(actor, { exceptionId: id, owner, version, note });
    return seeOther(`/reconciliation/exceptions/${id}`, {
      vi: 'Đã giao. Người nhận thấy việc này ở Trang chính.',
      en: 'It is given. They find it on their home page.',
    });
  }

  @Post('reconciliation/exceptions/:id/notes')
  @Requires('reconciliation.operate')
  @Idempotent()
  async note(
    @Param('id', idParameter) id: string,
    @Body({ schema: noteForm }) form: z.infer<typeof noteForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.noting.note(actor, { exceptionId: id, text: form.text });
    return seeOther(`/reconciliation/exceptions/${id}`, {
      vi: 'Đã lưu ghi chú.',
      en: 'The note is kept.',
    });
  }

  @Post('reconciliation/exceptions/:id/explanations')
  @Requires('reconciliation.operate')
  @Idempotent()
  async explain(
    @Param('id', idParameter) id: string,
    @Body({ schema: explanationForm }) form: z.infer<typeof explanationForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { text, evidence = null } = form;
    await this.explaining.explain(actor, { which: { ids: [id] }, text, evidence });
    return seeOther(`/reconciliation/exceptions/${id}`, {
      vi: 'Đã ghi giải trình.',
      en: 'The explanation is kept.',
    });
  }

  private named(rows: readonly ExceptionRow[]): Promise<ExceptionRow[]> {
    return withNames(this.userNames, rows, 'owner', 'endedBy');
  }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
