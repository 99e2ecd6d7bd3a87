import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  AcknowledgeAlert,
  AlertRead,
  AlertWriter,
  GiveAlert,
  ResolveAlert,
  type AlertRow,
} from '../../alerts/index.js';
import {
  CurrentActor,
  may,
  Requires,
  UserNames,
  UserReads,
  type Actor,
} from '../../identity/index.js';
import { decodeCursor, encodeCursor, Idempotent } from '../../platform/http/index.js';
import {
  formOf,
  many,
  optional,
  ownPath,
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
import { AlertPage } from './alert.page.js';
import { noNote, noSuchAlert, nothingTicked } from './alerts-pages.errors.js';
import { AlertsPage } from './alerts.page.js';
import { alertsQuery, filterOf, type AlertsQuery } from './alerts.query.js';

export const ALERTS = { href: '/alerts', text: { vi: 'Cảnh báo', en: 'Alerts' } };

const idParameter = { schema: z.uuid() };
const note = wordField({ what: NOTE, most: 1000 });
const acknowledgeForm = formOf({ note: optional(note) });
const giveForm = formOf({ owner: z.uuid(), note: optional(note) });
const resolveForm = formOf({ note });
const manyForm = formOf({
  act: z.enum(['acknowledge', 'resolve']),
  alert: many(z.uuid()),
  note: optional(note),
});

/** The inbox of what should worry somebody. */
@Pages()
export class AlertPages {
  constructor(
    private readonly alerts: AlertRead,
    private readonly writer: AlertWriter,
    private readonly acknowledging: AcknowledgeAlert,
    private readonly giving: GiveAlert,
    private readonly resolving: ResolveAlert,
    private readonly users: UserReads,
    private readonly people: UserNames,
    private readonly names: CodeNames,
  ) {}

  @Get('alerts')
  @Requires('alert.read')
  async list(
    @Query({ schema: alertsQuery }) query: AlertsQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const { state, severity, rule, bank, cursor } = query;
    const found = await this.alerts.list({
      ...filterOf(query, actor),
      before: decodeCursor(cursor, z.uuid()),
      limit: ROWS_SHOWN,
    });
    const rows = await this.named(found.slice(0, ROWS_SHOWN));
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    return screen({
      title: ALERTS.text,
      body: (
        <AlertsPage
          filter={{ state, severity, rule, bank, mine: query.mine !== undefined }}
          living={await this.alerts.figures()}
          rows={rows.map((row) => this.writer.shown(row))}
          nextCursor={last ? encodeCursor(last.id) : null}
        />
      ),
    });
  }

  @Post('alerts/handlings')
  @Requires('alert.handle')
  @Idempotent()
  async handle(
    @Body({ schema: manyForm }) form: z.infer<typeof manyForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { alert: alertIds } = form;
    if (alertIds.length === 0) throw nothingTicked();
    const back = ownPath(form._from) ?? '/alerts';
    if (form.act === 'acknowledge') {
      const taken = await this.acknowledging.acknowledgeAll(actor, {
        alertIds,
        note: form.note ?? null,
      });
      const left = alertIds.length - taken;
      return seeOther(back, {
        vi: `Bạn đã nhận ${taken} cảnh báo.${left > 0 ? ` ${left} cảnh báo đã có người nhận trước hoặc đã xử lý.` : ''}`,
        en: `You took ${taken} alerts on.${left > 0 ? ` ${left} were somebody’s already, or resolved.` : ''}`,
      });
    }
    if (form.note === undefined) throw noNote();
    const resolved = await this.resolving.resolveAll(actor, { alertIds, note: form.note });
    return seeOther(back, {
      vi: `Đã ghi xử lý xong ${resolved} cảnh báo.`,
      en: `${resolved} alerts are resolved.`,
    });
  }

  @Get('alerts/:id')
  @Requires('alert.read')
  async one(@Param('id', idParameter) id: string, @CurrentActor() actor: Actor): Promise<Screen> {
    const found = await this.alerts.find(id);
    if (!found) throw noSuchAlert();
    const [named = found] = await this.named([found]);
    const alert = this.writer.shown(named);
    const history = await this.alerts.history(id);
    return screen({
      title: alert.title,
      crumbs: [ALERTS],
      body: (
        <AlertPage
          names={this.names}
          alert={alert}
          colleagues={may(actor, 'alert.handle') ? await this.users.whoMay('alert.handle') : []}
          history={await withNames(this.people, history, 'by', 'owner')}
          deliveries={await this.alerts.deliveries(id)}
        />
      ),
    });
  }

  @Post('alerts/:id/acknowledgements')
  @Requires('alert.handle')
  @Idempotent()
  async acknowledge(
    @Param('id', idParameter) id: string,
    @Body({ schema: acknowledgeForm }) form: z.infer<typeof acknowledgeForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.acknowledging.acknowledge(actor, { alertId: id, note: form.note ?? null });
    return seeOther(`/alerts/${id}`, { vi: 'Bạn đã nhận xử lý.', en: 'It is yours now.' });
  }

  @Post('alerts/:id/owner')
  @Requires('alert.handle')
  @Idempotent()
  async give(
    @Param('id', idParameter) id: string,
    @Body({ schema: giveForm }) form: z.infer<typeof giveForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.giving.give(actor, { alertId: id, owner: form.owner, note: form.note ?? null });
    return seeOther(`/alerts/${id}`, {
      vi: 'Đã giao. Người nhận thấy việc này ở Trang chính.',
      en: 'It is given. They find it on their home page.',
    });
  }

  @Post('alerts/:id/resolutions')
  @Requires('alert.handle')
  @Idempotent()
  async resolve(
    @Param('id', idParameter) id: string,
    @Body({ schema: resolveForm }) form: z.infer<typeof resolveForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.resolving.resolve(actor, { alertId: id, note: form.note });
    return seeOther(`/alerts/${id}`, { vi: 'Đã ghi xử lý xong.', en: 'It is resolved.' });
  }

  private named(rows: readonly AlertRow[]): Promise<AlertRow[]> {
    return withNames(this.people, rows, 'owner', 'resolvedBy');
  }
}
