/** Which failed payments are meant; what is null is not asked for. */
export interface FailedChoice {
  readonly code: string | null;
  readonly bankCode: string | null;
  readonly communeCode: string | null;
  readonly programme: string | null;
  readonly period: string | null;
  readonly batchId: string | null;
  /** Only these. */
  readonly paymentIds: readonly string[] | null;
  /** `open`: waits for somebody; `in_batch`: in a follow-up batch that is not sent yet. */
  readonly standing: 'open' | 'in_batch' | null;
  /** Whether it can be paid again as it stands. */
  readonly ready: boolean | null;
}

export const ALL_FAILED: FailedChoice = {
  code: null,
  bankCode: null,
  communeCode: null,
  programme: null,
  period: null,
  batchId: null,
  paymentIds: null,
  standing: null,
  ready: null,
};

/** The bank said after the failure that the money goes, or went, out. */
export const PAID_AFTER_ALL = `
  exists (select 1 from payment_conflict k
           where k.payment_id = p.id and k.state in ('rejected', 'returned', 'cancelled')
             and k.says in ('settled', 'accepted'))`;

/** Nothing has paid it again. */
export const NOT_REISSUED = `
  not exists (select 1 from payment_key n where n.reissue_of = p.id and not n.is_cancelled)`;

/*
 * Payments that failed and are still owed, found by what is owed: of a million payments few are. `READY` is what
 * `reissuable` says of each where no officer has written a reason; $10 are the codes of failures that were not the
 * payee's.
 */
const READY = `
  (e.state = 'open' and e.deceased_on is null and e.hold_reason is null and e.account_id is not null
   and (e.account_id <> p.account_id or e.failed_code = any($10::text[])) and not ${PAID_AFTER_ALL})`;

export const FAILED = `
  payable_entitlement_view e
  join payment p on p.entitlement_id = e.entitlement_id
 where e.failed_code is not null and e.state in ('open', 'in_batch')
   and p.aside in ('rejected', 'returned', 'cancelled')
   and (p.aside in ('rejected', 'returned') or (p.aside = 'cancelled' and e.failed_code = 'DUPL'))
   and ${NOT_REISSUED}
   and ($1::text is null or e.failed_code = $1)
   and ($2::text is null or p.bank_code = $2)
   and ($3::text is null or p.commune_code = $3)
   and ($4::text is null or p.programme = $4)
   and ($5::text is null or p.period = $5)
   and ($6::uuid is null or p.batch_id = $6)
   and ($7::uuid[] is null or p.id = any($7::uuid[]))
   and ($8::text is null or e.state = $8)
   and ($9::boolean is null or ${READY} = $9)`;

/** How many parameters `parametersOf` gives; a statement's own follow. */
export const FAILED_PARAMETERS = 10;

export function parametersOf(choice: FailedChoice, freeCodes: readonly string[]): unknown[] {
  return [
    choice.code,
    choice.bankCode,
    choice.communeCode,
    choice.programme,
    choice.period,
    choice.batchId,
    choice.paymentIds,
    choice.standing,
    choice.ready,
    freeCodes,
  ];
}
