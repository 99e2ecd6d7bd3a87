import { Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  listChecks,
  searchBeneficiaries,
  standingOfPayee,
  ViewBeneficiary,
} from '../../beneficiaries/index.js';
import { decisionsNamed, searchEntitlements } from '../../entitlements/index.js';
import { CurrentActor, may, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Clock, officeDate } from '../../kernel/index.js';
import { BankDirectory, Places } from '../../organisation/index.js';
import { paymentsOfPerson, totalsOfPerson } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, PAGE_LIMIT_DEFAULT, pageOf } from '../../platform/http/index.js';
import { Pages, screen, withNames, type Screen } from '../kit/index.js';
import { fileQuery, peopleFilter, type PeopleFilter } from './beneficiary.forms.js';
import { PeopleList } from './people.page.js';
import { PersonPage } from './person.page.js';

const limit = PAGE_LIMIT_DEFAULT;
const CHECKS_SHOWN = 20;
const ENTITLEMENTS_SHOWN = 12;
const PAYMENTS_SHOWN = 25;
const DECISIONS_SHOWN = 10;

/** Looking people up, and one person's file. */
@Pages()
export class PeoplePages {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly banks: BankDirectory,
    private readonly viewBeneficiary: ViewBeneficiary,
    private readonly people: UserNames,
    private readonly clock: Clock,
  ) {}

  @Get('beneficiaries')
  @Requires('beneficiary.read')
  async list(
    @Query({ schema: peopleFilter }) filter: PeopleFilter,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const tx = this.database.reader;
    const afterId = decodeCursor(filter.cursor, z.uuid());
    const { found, narrowed } = await searchBeneficiaries(tx, searchOf(filter), { afterId, limit });
    const page = pageOf(found, limit, { item: (row) => row, key: (row) => row.id });
    const mayBeDecision = filter.q !== undefined && /\d/.test(filter.q) && /\D/.test(filter.q);
    return screen({
      title: { vi: 'Người hưởng', en: 'Beneficiaries' },
      body: (
        <PeopleList
          {...{ page, filter, narrowed }}
          communes={this.places.all(this.today())}
          decisions={
            mayBeDecision && may(actor, 'entitlement.read')
              ? await decisionsNamed(tx, { decision: filter.q ?? '', limit: DECISIONS_SHOWN })
              : []
          }
        />
      ),
    });
  }

  /** Opening a file shows whole account numbers, and is written down. */
  @Get('beneficiaries/:id')
  @Requires('beneficiary.read')
  async show(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: fileQuery }) query: z.infer<typeof fileQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const tx = this.database.reader;
    const before = decodeCursor(query.cursor, z.uuid());
    const file = await this.viewBeneficiary.view(id, actor);
    const checks = await listChecks(tx, {
      beneficiaryId: id,
      beforeSeq: null,
      limit: CHECKS_SHOWN,
    });
    const maySeePayments = may(actor, 'payment.read');
    const view = {
      file: { ...file, history: await withNames(this.people, file.history, 'actorName') },
      checks: await withNames(this.people, checks, 'actorName'),
      standing: await standingOfPayee(tx, id),
      entitlements: may(actor, 'entitlement.read') ? await this.entitlementsOf(id) : null,
      payments: maySeePayments ? await this.paymentsOf(id, before) : null,
      totals: maySeePayments ? await totalsOfPerson(tx, id) : [],
      today: this.today(),
    };
    return screen({
      title: { vi: file.fullName, en: file.fullName },
      crumbs: [PEOPLE],
      body: <PersonPage view={view} banks={this.banks.all()} />,
    });
  }

  private async entitlementsOf(beneficiaryId: string) {
    const shown = ENTITLEMENTS_SHOWN;
    const asked = { beneficiaryId, before: null, limit: shown };
    const found = await searchEntitlements(this.database.reader, asked);
    return pageOf(found, shown, { item: (row) => row, key: (row) => row.id });
  }

  private async paymentsOf(beneficiaryId: string, before: string | null) {
    const shown = PAYMENTS_SHOWN;
    const asked = { beneficiaryId, before, limit: shown };
    const found = await paymentsOfPerson(this.database.reader, asked);
    return pageOf(found, shown, { item: (row) => row, key: (row) => row.id });
  }

  private today(): string {
    return officeDate(this.clock.now());
  }
}

export const PEOPLE = {
  href: '/beneficiaries',
  text: { vi: 'Người hưởng', en: 'Beneficiaries' },
} as const;

function searchOf({ q, commune, only }: PeopleFilter) {
  return {
    search: q,
    commune,
    held: only === 'held' ? true : undefined,
    deceased: only === 'deceased' ? true : undefined,
    hasAccount: only === 'without-account' ? false : undefined,
  };
}
