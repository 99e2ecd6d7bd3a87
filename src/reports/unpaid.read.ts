import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

/** Why something owed is not paid, in the order in which a list tells it. */
export const UNPAID_REASONS = [
  'deceased',
  'held',
  'no-account',
  'failed',
  'unknown',
  'being-paid',
  'waits-for-signature',
  'in-draft',
  'not-in-batch',
] as const;
export type UnpaidReason = (typeof UNPAID_REASONS)[number];

export interface UnpaidFilter {
  readonly period: string;
  /** With what earlier periods still owe: it is carried over from month to month until it is paid. */
  readonly carriedOver: boolean;
  readonly programme?: string;
  readonly commune?: string;
  readonly reason?: UnpaidReason;
}

export interface UnpaidRow {
  entitlementId: string;
  beneficiaryId: string;
  fullName: string;
  personalNumber: string;
  communeCode: string;
  programme: string;
  period: string;
  kind: 'regular' | 'arrears' | 'one_off';
  amount: string;
  fund: string;
  reason: UnpaidReason;
  failedCode: string | null;
  holdReason: string | null;
  batchId: string | null;
  bankBin: string | null;
  accountNumber: string | null;
}

export interface UnpaidTotal {
  period: string;
  reason: UnpaidReason;
  count: number;
  total: string;
}

export interface UnpaidKey {
  readonly period: string;
  readonly commune: string;
  readonly id: string;
}

// Where money is under way, that is the answer, whatever became known of the person meanwhile.
const REASON = `
  case when d.entitlement_id is not null then 'unknown'
       when b.state = 'approved' then 'being-paid'
       when p.deceased_on is not null then 'deceased'
       when p.hold_reason is not null then 'held'
       when b.state = 'proposed' then 'waits-for-signature'
       when b.state = 'draft' then 'in-draft'
       when p.account_id is null then 'no-account'
       when e.failed_code is not null then 'failed'
       else 'not-in-batch' end`;

/** What a reason needs at least, said so that an index may find it: a case cannot be looked up. */
const NEEDS: Readonly<Record<UnpaidReason, string>> = {
  unknown: 'd.entitlement_id is not null',
  'being-paid': `b.state = 'approved'`,
  deceased: 'p.deceased_on is not null',
  held: 'p.hold_reason is not null',
  'waits-for-signature': `b.state = 'proposed'`,
  'in-draft': `b.state = 'draft'`,
  'no-account': 'e.batch_id is null',
  failed: 'e.batch_id is null and e.failed_code is not null',
  'not-in-batch': 'e.batch_id is null and e.failed_code is null',
};

const unpaid = ({ reason }: UnpaidFilter): string => `
  from owed_view e
  join payee_view p on p.beneficiary_id = e.beneficiary_id
  left join batch_view b on b.batch_id = e.batch_id
  left join (select entitlement_id from payment_view where aside = 'unknown') d on d.entitlement_id = e.entitlement_id
 where e.state in ('open', 'in_batch')
   and (e.period = $1 or ($2 and e.period < $1))
   and ($3::text is null or e.programme = $3) and ($4::text is null or e.commune_code = $4)
   and ($5::text is null or (${REASON}) = $5)${reason ? ` and ${NEEDS[reason]}` : ''}`;

/** What is owed and not paid: the list that goes back before the 20th and is carried into the next month. */
@Injectable()
export class UnpaidRead {
  /** In the order of period, commune and id, after the given key. */
  list(
    tx: Tx,
    filter: UnpaidFilter & { after: UnpaidKey | null; limit: number },
  ): Promise<UnpaidRow[]> {
    const { after } = filter;
    // One reason may be that of few: then all are judged, and not walked through in order until a page is full.
    const how = filter.reason ? 'materialized' : 'not materialized';
    return rows<UnpaidRow>(
      tx,
      `with unpaid as ${how} (
         select e.entitlement_id, e.period, e.commune_code, ${REASON} as reason ${unpaid(filter)}),
       page as materialized (
         select * from unpaid
          where $6::text is null or (period, commune_code, entitlement_id) > ($6, $7, $8::uuid)
          order by period, commune_code, entitlement_id limit $9)
       select e.entitlement_id as "entitlementId", e.beneficiary_id as "beneficiaryId", p.full_name as "fullName",
              p.personal_number as "personalNumber", e.commune_code as "communeCode", e.programme, e.period,
              e.kind, e.amount::text as amount, e.fund, page.reason, e.failed_code as "failedCode",
              p.hold_reason as "holdReason", e.batch_id as "batchId", p.bank_bin as "bankBin",
              p.account_number as "accountNumber"
         from page
         join owed_view e on e.entitlement_id = page.entitlement_id
         join payee_view p on p.beneficiary_id = e.beneficiary_id
        order by page.period, page.commune_code, page.entitlement_id`,
      [
        ...parametersOf(filter),
        after?.period ?? null,
        after?.commune ?? null,
        after?.id ?? null,
        filter.limit,
      ],
    );
  }

  totals(tx: Tx, filter: UnpaidFilter): Promise<UnpaidTotal[]> {
    return rows<UnpaidTotal>(
      tx,
      `select e.period, ${REASON} as reason, count(*)::int as count, sum(e.amount)::text as total
         ${unpaid(filter)}
        group by 1, 2 order by 1, 2`,
      parametersOf(filter),
    );
  }
}

function parametersOf(filter: UnpaidFilter): unknown[] {
  return [
    filter.period,
    filter.carriedOver,
    filter.programme ?? null,
    filter.commune ?? null,
    filter.reason ?? null,
  ];
}
