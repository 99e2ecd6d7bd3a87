import type { AccountCheck, AccountStanding, BeneficiaryFile } from '../../beneficiaries/index.js';
import type { EntitlementView } from '../../entitlements/index.js';
import type { PersonPayment } from '../../payments/index.js';
import type { Page } from '../../platform/http/index.js';
import type { PersonTotals } from './person-payments.js';

/** What the page of one person shows. */
export interface PersonView {
  readonly file: BeneficiaryFile;
  readonly checks: readonly AccountCheck[];
  readonly standing: AccountStanding | null;
  /** The newest; null for who may not see them. */
  readonly entitlements: Page<EntitlementView> | null;
  readonly payments: Page<PersonPayment> | null;
  readonly totals: PersonTotals;
  /** ISO 8601 date at the office. */
  readonly today: string;
}
