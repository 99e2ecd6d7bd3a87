import { Injectable } from '@nestjs/common';
import { ReasonCodes } from '../organisation/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import {
  ALL_FAILED,
  FAILED,
  FAILED_PARAMETERS,
  NOT_REISSUED,
  PAID_AFTER_ALL,
  parametersOf,
  type FailedChoice,
} from './failed-choice.read.js';
import { causesOf, type FailedCause, type FailedShare } from './failed-cause.rules.js';
import { isNotThePayees, reissuable, type NotYet } from './reissue.rules.js';

/** A failed payment beside how things stand with its person now. */
export interface FailedRow {
  readonly paymentId: string;
  readonly reference: string;
  readonly batchId: string;
  readonly batchNumber: string;
  readonly entitlementId: string;
  readonly beneficiaryId: string;
  readonly personalNumber: string;
  readonly payeeName: string;
  readonly communeCode: string;
  readonly programme: string;
  readonly period: string;
  readonly bankCode: string;
  readonly amount: string;
  readonly state: 'rejected' | 'returned' | 'cancelled';
  readonly reasonCode: string;
  /** In the bank's own words. */
  readonly reasonText: string | null;
  readonly failedAt: Date;
  readonly oldAccountId: string;
  readonly oldBankBin: string;
  readonly oldAccountNumber: string;
  readonly oldAccountName: string;
  readonly accountId: string | null;
  readonly bankBin: string | null;
  readonly accountNumber: string | null;
  readonly accountName: string | null;
  /** What stands of the account that holds now; null when nobody has looked. */
  readonly verdict: string | null;
  readonly bankName: string | null;
  readonly checkedAt: Date | null;
  readonly checkWaitsSince: Date | null;
  readonly entitlementState: 'open' | 'in_batch';
  /** The follow-up batch that it is in. */
  readonly inBatchId: string | null;
  readonly held: boolean;
  readonly holdReason: string | null;
  readonly deceased: boolean;
  readonly paidAfterAll: boolean;
  /** Why it is not paid again as it stands; null when it may be. */
  readonly notYet: NotYet | null;
}

/** Payments taken back before they were sent, because the payee died or was put on hold. */
export interface WithheldRow {
  readonly paymentId: string;
  readonly batchId: string;
  readonly batchNumber: string;
  readonly beneficiaryId: string;
  readonly personalNumber: string;
  readonly payeeName: string;
  readonly communeCode: string;
  readonly programme: string;
  readonly period: string;
  readonly amount: string;
  readonly reasonCode: string;
  readonly withheldAt: Date;
  readonly held: boolean;
  readonly deceased: boolean;
}

export interface FailedFigures {
  readonly count: number;
  readonly total: string;
}

/** Where a page of the list begins: after this row. */
export interface FailedPlace {
  readonly failedAt: Date;
  readonly paymentId: string;
}

const COLUMNS = `
  p.id as "paymentId", p.reference, p.batch_id as "batchId", p.entitlement_id as "entitlementId",
  p.beneficiary_id as "beneficiaryId", e.personal_number as "personalNumber", e.full_name as "payeeName",
  p.commune_code as "communeCode", p.programme, p.period, p.bank_code as "bankCode", p.amount, p.state,
  e.failed_code as "reasonCode", p.reason_text as "reasonText", p.changed_at as "failedAt",
  p.account_id as "oldAccountId", p.bank_bin as "oldBankBin", p.account_number as "oldAccountNumber",
  p.account_name as "oldAccountName", e.account_id as "accountId", e.bank_bin as "bankBin",
  e.account_number as "accountNumber", e.account_name as "accountName", e.state as "entitlementState",
  e.batch_id as "inBatchId", e.hold_reason is not null as held, e.hold_reason as "holdReason",
  e.deceased_on is not null as deceased, ${PAID_AFTER_ALL} as "paidAfterAll"`;

/** What a page shows of the payments that `chosen` names; of thousands, only these are looked up as a whole. */
const SHOWN = `
  select ${COLUMNS}, r.batch_number as "batchNumber", c.verdict, c.bank_name as "bankName",
         c.checked_at as "checkedAt", c.waiting_since as "checkWaitsSince"
    from chosen
    join payment p on p.id = chosen.id
    join payable_entitlement_view e on e.entitlement_id = p.entitlement_id
    join payment_run r on r.id = p.run_id
    left join account_check_view c on c.account_id = e.account_id
   order by p.changed_at, p.id`;

/** What failed and still waits for somebody, for those who mend it. */
@Injectable()
export class FailedPaymentReads {
  constructor(private readonly reasons: ReasonCodes) {}

  /** By cause, the largest first: how much waits, how much can go as it stands, what hinders the rest. */
  async causes(tx: Tx, choice: Partial<FailedChoice>): Promise<FailedCause[]> {
    const shares = await rows<FailedShare>(
      tx,
      `select e.failed_code as "reasonCode", p.aside as state, e.state as "entitlementState",
              e.hold_reason is not null as held, e.deceased_on is not null as deceased,
              ${PAID_AFTER_ALL} as "paidAfterAll", e.account_id is null as "hasNoAccount",
              coalesce(e.account_id <> p.account_id, false) as mended,
              count(*)::int as count, sum(p.amount)::text as total, min(p.aside_since) as oldest
         from ${FAILED}
        group by 1, 2, 3, 4, 5, 6, 7, 8`,
      this.parameters(choice),
    );
    return causesOf(shares, (code) => this.reasons.of(code).retry);
  }

  /** The oldest first, after `after`. */
  async list(
    tx: Tx,
    choice: Partial<FailedChoice>,
    page: { after: FailedPlace | null; limit: number },
  ): Promise<FailedRow[]> {
    const at = FAILED_PARAMETERS;
    const found = await rows<Omit<FailedRow, 'notYet'>>(
      tx,
      `with chosen as materialized (
         select p.id from ${FAILED}
            and ($${at + 1}::timestamptz is null or (p.aside_since, p.id) > ($${at + 1}, $${at + 2}::uuid))
          order by p.aside_since, p.id limit $${at + 3})
       ${SHOWN}`,
      [
        ...this.parameters(choice),
        page.after?.failedAt ?? null,
        page.after?.paymentId ?? null,
        page.limit,
      ],
    );
    return found.map((row) => ({ ...row, notYet: this.notYetOf(row) }));
  }

  /** How many are chosen, and how much they are. */
  async figures(tx: Tx, choice: Partial<FailedChoice>): Promise<FailedFigures> {
    const found = await one<FailedFigures>(
      tx,
      `select count(*)::int as count, coalesce(sum(p.amount), 0)::text as total from ${FAILED}`,
      this.parameters(choice),
    );
    return found ?? { count: 0, total: '0' };
  }

  /** One that failed and is still owed; null when nothing of it waits any more. */
  async find(tx: Tx, paymentId: string): Promise<FailedRow | null> {
    const [found] = await this.list(tx, { paymentIds: [paymentId] }, { after: null, limit: 1 });
    return found ?? null;
  }

  /** What was withheld and is in no batch since, by the reason of the hold. */
  withheldCauses(
    tx: Tx,
  ): Promise<{ reasonCode: string; count: number; total: string; oldest: Date }[]> {
    return rows(
      tx,
      `select p.reason_code as "reasonCode", count(*)::int as count, sum(p.amount)::text as total,
              min(p.changed_at) as oldest
         from ${WITHHELD} group by 1 order by 2 desc, 1`,
      [null],
    );
  }

  /** What was withheld, the oldest first. */
  withheld(
    tx: Tx,
    query: { code: string | null; after: FailedPlace | null; limit: number },
  ): Promise<WithheldRow[]> {
    return rows<WithheldRow>(
      tx,
      `select p.id as "paymentId", p.batch_id as "batchId", r.batch_number as "batchNumber",
              p.beneficiary_id as "beneficiaryId", e.personal_number as "personalNumber",
              e.full_name as "payeeName", p.commune_code as "communeCode", p.programme, p.period, p.amount,
              p.reason_code as "reasonCode", p.changed_at as "withheldAt", e.hold_reason is not null as held,
              e.deceased_on is not null as deceased
         from ${WITHHELD}
          and ($2::timestamptz is null or (p.changed_at, p.id) > ($2, $3::uuid))
        order by p.changed_at, p.id limit $4`,
      [query.code, query.after?.failedAt ?? null, query.after?.paymentId ?? null, query.limit],
    );
  }

  private parameters(choice: Partial<FailedChoice>): unknown[] {
    return parametersOf({ ...ALL_FAILED, ...choice }, freeCodes(this.reasons));
  }

  private notYetOf(row: Omit<FailedRow, 'notYet'>): NotYet | null {
    return reissuable(
      { ...row, accountId: row.oldAccountId, currentAccountId: row.accountId },
      {
        retry: this.reasons.of(row.reasonCode).retry,
        sameAccountBecause: null,
        paidAfterAllBecause: null,
      },
    );
  }
}

/** Codes of failures after which nothing of the payee's is to be mended. */
export function freeCodes(reasons: ReasonCodes): string[] {
  return reasons
    .all()
    .filter(({ retry }) => isNotThePayees(retry))
    .map(({ code }) => code);
}

const WITHHELD = `
  payment p
  join payment_run r on r.id = p.run_id
  join payable_entitlement_view e on e.entitlement_id = p.entitlement_id
 where p.aside = 'cancelled' and p.reason_code is not null and e.state = 'open' and e.failed_code is null
   and ($1::text is null or p.reason_code = $1)
   and not exists (select 1 from payment_key n
                    where n.entitlement_id = p.entitlement_id and (n.is_live or not n.is_live) and n.payment_id > p.id)
   and ${NOT_REISSUED}`;
