import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  EndEntitlement,
  entitlementsErrors,
  findEntitlement,
  findImport,
  historyOf,
  searchEntitlements,
  totalsOfSearch,
  type EntitlementView,
  type StateTotal,
} from '../../entitlements/index.js';
import { CurrentActor, may, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Money } from '../../kernel/index.js';
import { PaymentReads } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, PAGE_LIMIT_DEFAULT, pageOf } from '../../platform/http/index.js';
import { Pages, screen, seeOther, withNames, type Screen, type SeeOther } from '../kit/index.js';
import {
  endingForm,
  entitlementsFilter,
  searchOf,
  type EntitlementsFilter,
} from './entitlement.forms.js';
import { EntitlementList } from './entitlement-list.page.js';
import { EntitlementPage } from './entitlement.page.js';

const idParameter = { schema: z.uuid() };
const limit = PAGE_LIMIT_DEFAULT;

/** Who is owed what, and an end to it. */
@Pages()
export class EntitlementPages {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentReads,
    private readonly endEntitlement: EndEntitlement,
    private readonly people: UserNames,
  ) {}

  @Get('entitlements')
  @Requires('entitlement.read')
  async list(@Query({ schema: entitlementsFilter }) filter: EntitlementsFilter): Promise<Screen> {
    const tx = this.database.reader;
    const search = searchOf(filter);
    const before = decodeCursor(filter.cursor, z.uuid());
    const found = await searchEntitlements(tx, { ...search, before, limit });
    const page = pageOf(found, limit, { item: (row) => row, key: (row) => row.id });
    const totals = await totalsOfSearch(tx, search);
    return screen({
      title: { vi: 'Khoản được hưởng', en: 'Entitlements' },
      body: (
        <EntitlementList
          {...{ page, filter, totals }}
          whole={totals && wholeOf(totals)}
          narrowedTo={await this.narrowedTo(filter, page.items)}
        />
      ),
    });
  }

  @Get('entitlements/:id')
  @Requires('entitlement.read')
  async show(@Param('id', idParameter) id: string, @CurrentActor() actor: Actor): Promise<Screen> {
    const tx = this.database.reader;
    const entitlement = await findEntitlement(tx, id);
    if (!entitlement) throw entitlementsErrors.entitlementNotFound(id);
    return screen({
      title: {
        vi: `Khoản được hưởng của ${entitlement.fullName}`,
        en: `Entitlement of ${entitlement.fullName}`,
      },
      crumbs: [ENTITLEMENTS],
      body: (
        <EntitlementPage
          entitlement={entitlement}
          history={await withNames(this.people, await historyOf(tx, id), 'actorName')}
          payments={may(actor, 'payment.read') ? await this.payments.lineage(tx, id) : null}
        />
      ),
    });
  }

  @Post('entitlements/:id/endings')
  @Requires('import.write')
  @Idempotent()
  async end(
    @Param('id', idParameter) id: string,
    @Body({ schema: endingForm }) form: z.infer<typeof endingForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { decisionNumber, reason } = form;
    await this.endEntitlement.end({ entitlementId: id, decisionNumber, reason }, actor);
    return seeOther(`/entitlements/${id}`, {
      vi: 'Đã dừng khoản này theo quyết định.',
      en: 'It has ended by the decision.',
    });
  }

  private async narrowedTo(filter: EntitlementsFilter, shown: readonly EntitlementView[]) {
    if (filter.import) {
      const list = await findImport(this.database.reader, filter.import);
      return list && { text: list.fileName, href: `/imports/${list.id}` };
    }
    const person = filter.person ? shown[0] : undefined;
    return person
      ? { text: person.fullName, href: `/beneficiaries/${person.beneficiaryId}` }
      : null;
  }
}

export const ENTITLEMENTS = {
  href: '/entitlements',
  text: { vi: 'Khoản được hưởng', en: 'Entitlements' },
} as const;

function wholeOf(totals: readonly StateTotal[]) {
  return {
    count: totals.reduce((sum, { count }) => sum + count, 0),
    amount: Money.sum(totals.map(({ amount }) => Money.of(amount))).toString(),
  };
}
