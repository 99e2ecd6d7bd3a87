import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

export interface CashlessFilter {
  readonly period: string;
  readonly programme?: string;
  readonly commune?: string;
}

/** Of one commune: people, not allowances. */
export interface CashlessCounts {
  communeCode: string;
  people: number;
  account: number;
  verified: number;
  /** Paid into an account, whoever received it. */
  credited: number;
  /** Of each: those for whom an authorised relative receives. */
  byRecipient: number;
  accountByRecipient: number;
  creditedByRecipient: number;
}

/** Groups of people by how far they have come; who is in none of them is still paid in cash, as `none` and `unpaid`. */
export const CASHLESS_GROUPS = [
  'all',
  'account',
  'verified',
  'credited',
  'own',
  'recipient',
  'none',
  'unpaid',
] as const;
export type CashlessGroup = (typeof CASHLESS_GROUPS)[number];

/** What makes somebody one of a group: the same conditions as those that the shares count by. */
const IS_OF: Readonly<Record<CashlessGroup | 'cash', string>> = {
  all: 'true',
  account: '(o.credited or a.account_id is not null)',
  verified: 'a.verified_at is not null',
  credited: 'o.credited',
  own: 'o.credited and not o.by_recipient',
  recipient: 'o.credited and o.by_recipient',
  none: 'not o.credited and a.account_id is null',
  unpaid: 'not o.credited and a.account_id is not null',
  cash: 'not o.credited',
};

export interface CashPerson {
  communeCode: string;
  beneficiaryId: string;
  fullName: string;
  personalNumber: string;
  programmes: string[];
  amount: string;
  hasAccount: boolean;
  /** Got everything due for the period into an account. */
  isCredited: boolean;
  isVerified: boolean;
  byRecipient: boolean;
  holdReason: string | null;
  failedCode: string | null;
  deceasedOn: string | null;
}

// A person counts once, whatever they draw. Paid without cash is who got all of it into an account; an account is
// whose was theirs when the period ended (or who was paid into one, though the list came late).
const PEOPLE = `
  select commune_code, beneficiary_id, bool_and(state = 'paid') as credited,
         bool_or(authorised_until is not null) as by_recipient
    from owed_view
   where period = $1 and state <> 'ended' and ($3::text is null or programme = $3)
     and ($4::text is null or commune_code = $4)
   group by commune_code, beneficiary_id`;

const ACCOUNT_THEN = `a.valid_from < $2 and (a.replaced_at is null or a.replaced_at >= $2)`;

/** Who of the people owed something for a period has an account, a verified one, and was paid into it. */
@Injectable()
export class CashlessRead {
  /** @param until the instant at which the period is over. */
  byCommune(tx: Tx, filter: CashlessFilter, until: Date): Promise<CashlessCounts[]> {
    return rows<CashlessCounts>(
      tx,
      `with person as (
         select o.commune_code, o.credited, o.by_recipient, o.credited or a.account_id is not null as account,
                a.verified_at is not null as verified
           from (${PEOPLE}) o
           left join account_time_view a on a.beneficiary_id = o.beneficiary_id and ${ACCOUNT_THEN})
       select commune_code as "communeCode", count(*)::int as people,
              (count(*) filter (where account))::int as account,
              (count(*) filter (where verified))::int as verified,
              (count(*) filter (where credited))::int as credited,
              (count(*) filter (where by_recipient))::int as "byRecipient",
              (count(*) filter (where account and by_recipient))::int as "accountByRecipient",
              (count(*) filter (where credited and by_recipient))::int as "creditedByRecipient"
         from person group by commune_code order by commune_code`,
      [filter.period, until, filter.programme ?? null, filter.commune ?? null],
    );
  }

  /** People of a group, or all who were not paid without cash, by commune and id, after the given one. */
  people(
    tx: Tx,
    filter: CashlessFilter & {
      until: Date;
      who?: CashlessGroup;
      after: { commune: string; id: string } | null;
      limit: number;
    },
  ): Promise<CashPerson[]> {
    return rows<CashPerson>(
      tx,
      `with person as (
         select o.commune_code, o.beneficiary_id, o.by_recipient, o.credited, a.account_id, a.verified_at
           from (${PEOPLE}) o
           left join account_time_view a on a.beneficiary_id = o.beneficiary_id and ${ACCOUNT_THEN}
          where ${IS_OF[filter.who ?? 'cash']}
            and ($5::text is null or (o.commune_code, o.beneficiary_id) > ($5, $6::uuid))
          order by o.commune_code, o.beneficiary_id limit $7)
       select p.commune_code as "communeCode", p.beneficiary_id as "beneficiaryId", b.full_name as "fullName",
              b.personal_number as "personalNumber", b.hold_reason as "holdReason",
              b.deceased_on::text as "deceasedOn", p.credited or p.account_id is not null as "hasAccount",
              p.credited as "isCredited",              p.verified_at is not null as "isVerified", p.by_recipient as "byRecipient",
              owed.programmes, owed.amount, owed."failedCode"
         from person p
         join payee_view b on b.beneficiary_id = p.beneficiary_id
         cross join lateral (
           select array_agg(distinct e.programme order by e.programme) as programmes,
                  coalesce(sum(e.amount) filter (where e.state <> 'paid'), 0)::text as amount,
                  max(e.failed_code) as "failedCode"
             from owed_view e
            where e.period = $1 and e.commune_code = p.commune_code and e.beneficiary_id = p.beneficiary_id
              and e.state <> 'ended' and ($3::text is null or e.programme = $3)) owed
        order by p.commune_code, p.beneficiary_id`,
      [
        filter.period,
        filter.until,
        filter.programme ?? null,
        filter.commune ?? null,
        filter.after?.commune ?? null,
        filter.after?.id ?? null,
        filter.limit,
      ],
    );
  }
}
