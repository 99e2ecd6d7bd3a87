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
import { BankDirectory, Offices } from '../../organisation/index.js';
import { paymentsOfPerson, totalsOfPerson } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, PAGE_LIMIT_DEFAULT, pageOf } from '../../platform/http/index.js';
import { Pages, screen, withNames, type Screen } from '../kit/index.js';
import { fileQuery, peopleFilter, searchOf, type PeopleFilter } from './beneficiary.forms.js';
import { PeopleList } from './people.page.js';
import { PersonPage, PrintFile } from './person.page.js';

const limit = PAGE_LIMIT_DEFAULT;
const CHECKS_SHOWN = 20;
const ENTITLEMENTS_SHOWN = 12;
const PAYMENTS_SHOWN = 25;
/** Forty a year for as long as somebody lives; what is older is said to be missing. */
const PAYMENTS_PRINTED = 2_000;
const DECISIONS_SHOWN = 10;

/** Looking people up, and one person's file. */
@Pages()
export class PeoplePages {
  constructor(
    private readonly database: Database,
    private readonly banks: BankDirectory,
    private readonly offices: Offices,
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
    const page = query.all
      ? { before: null, shown: PAYMENTS_PRINTED }
      : { before: decodeCursor(query.cursor, z.uuid()), shown: PAYMENTS_SHOWN };
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
      payments: maySeePayments ? await this.paymentsOf(id, page) : null,
      totals: maySeePayments ? await totalsOfPerson(tx, id) : [],
      today: this.today(),
    };
    return screen({
      title: { vi: file.fullName, en: file.fullName },
      crumbs: [PEOPLE],
      actions: <PrintFile view={view} isWhole={query.all !== undefined} />,
      body: (
        <PersonPage view={view} banks={this.banks.all()} office={this.offices.on(view.today)} />
      ),
    });
  }

  private async entitlementsOf(beneficiaryId: string) {
    const shown = ENTITLEMENTS_SHOWN;
    const asked = { beneficiaryId, before: null, limit: shown };
    const found = await searchEntitlements(this.database.reader, asked);
    return pageOf(found, shown, { item: (row) => row, key: (row) => row.id });
  }

  private async paymentsOf(
    beneficiaryId: string,
    { before, shown }: { before: string | null; shown: number },
  ) {
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
