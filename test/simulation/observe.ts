import pg from 'pg';
import { LEDGER_FAULTS } from './ledger-faults.js';
import { paymentLifecycle } from '../../src/payments/index.js';

/** A payment with all that says whether it has a way on. */
export interface SeenPayment {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
  readonly amount: string;
  readonly entitlement: string;
  readonly beneficiary: string;
  readonly batch: string;
  readonly line: number;
  readonly run: string;
  readonly bank: string;
  readonly reason: string | null;
  readonly reissueOf: string | null;
  readonly enquiryAt: string | null;
  readonly unknownSince: string | null;
  readonly lastSentAt: string | null;
  readonly submission: string;
  readonly submissionState: string;
  readonly runState: string;
  readonly cancelRequested: boolean;
  readonly proven: boolean;
}

export interface SeenBatch {
  readonly id: string;
  readonly state: string;
  readonly digest: string | null;
  readonly round: number;
  readonly lines: number;
  readonly runId: string | null;
  readonly runState: string | null;
  readonly cancelRequested: boolean;
}

/** Everything that a step of the simulation needs to know, read in one statement. */
export interface Seen {
  readonly payments: readonly SeenPayment[];
  readonly batches: readonly SeenBatch[];
  readonly submissions: readonly { id: string; run: string; state: string }[];
  readonly entitlements: readonly { id: string; state: string; batch: string | null }[];
  readonly held: readonly string[];
  readonly alerts: readonly string[];
  /** Open deliveries: `subscriber event-id`. */
  readonly deliveries: readonly string[];
  readonly waitingNotices: number;
  readonly openReconciliations: number;
  readonly oddEntries: readonly string[];
  readonly conflicts: readonly string[];
  /** Lines of approved batches with neither a payment nor an event on its way. */
  readonly forgottenLines: readonly string[];
  readonly badHistory: readonly string[];
  readonly ledgerFaults: readonly string[];
  /** Acts of people that left no trace. */
  readonly untraced: readonly string[];
  readonly rulings: readonly { id: string; digest: string; payments: readonly string[] }[];
  readonly links: readonly {
    seq: string;
    previous: string;
    hash: string;
    canonical: string | null;
  }[];
}

const list = (columns: string, from: string): string =>
  `(select coalesce(jsonb_agg(${columns}), '[]') from ${from})`;

/** What people did, counted in the modules' own histories, less the records of it in the audit trail. */
const UNTRACED = `
  with done as (
    select 'run.' || happened as action, run_id::text as subject, count(*) as times from run_history
     where actor_kind = 'user' group by 1, 2
    union all
    select 'batch.signed', batch_id::text, count(*) from signature group by 1, 2
    union all
    select 'batch.' || happened, batch_id::text, count(*) from batch_history
     where happened in ('assembled', 'proposed', 'approved', 'returned', 'cancelled') group by 1, 2
    union all
    select 'doubt-ruling.' || state, id::text, 1 from doubt_ruling where state <> 'proposed')
  select action || ' ' || subject as act from done d
   where times <> (select count(*) from audit_entry a where a.action = d.action and a.subject_id = d.subject)`;

const SEEN = `
select jsonb_build_object(
  'payments', ${list(
    `jsonb_build_object('id', p.id, 'reference', p.reference, 'state', p.state, 'amount', p.amount::text,
      'entitlement', p.entitlement_id, 'beneficiary', p.beneficiary_id, 'batch', p.batch_id, 'line', p.line_no,
      'run', p.run_id, 'bank', p.bank_code, 'reason', p.reason_code, 'reissueOf', p.reissue_of,
      'enquiryAt', p.next_enquiry_at,
      'unknownSince', p.unknown_since, 'lastSentAt', p.last_sent_at, 'submission', s.id,
      'submissionState', s.state, 'runState', r.state, 'cancelRequested', r.cancel_requested_at is not null,
      'proven', exists (select 1 from payment_match m where m.payment_id = p.id)) order by p.id`,
    `payment p join submission s on s.id = p.submission_id join payment_run r on r.id = p.run_id`,
  )},
  'batches', ${list(
    `jsonb_build_object('id', b.id, 'state', b.state, 'digest', b.digest, 'round', b.round, 'lines',
      (select count(*) from batch_line l where l.batch_id = b.id), 'runId', r.id, 'runState', r.state,
      'cancelRequested', r.cancel_requested_at is not null) order by b.id`,
    `batch b left join payment_run r on r.batch_id = b.id`,
  )},
  'submissions', ${list(`jsonb_build_object('id', id, 'run', run_id, 'state', state) order by id`, 'submission')},
  'entitlements', ${list(`jsonb_build_object('id', id, 'state', state, 'batch', batch_id) order by id`, 'entitlement')},
  'held', ${list(`id order by id`, `beneficiary where hold_reason is not null`)},
  'alerts', ${list(`fingerprint`, `alert where state <> 'resolved'`)},
  'deliveries', ${list(`subscriber || ' ' || event_id`, `outbox_delivery where done_at is null`)},
  'waitingNotices', (select count(*) from bank_notice where state = 'received'),
  'openReconciliations', (select count(*) from reconciliation where state = 'requested'),
  'oddEntries', ${list(
    `bank || ' ' || entry_id || ' ' || coalesce(bucket, 'no bucket')`,
    `statement_entry where bucket is distinct from 'matched' and bucket is distinct from 'returned'
       and not (bucket = 'amount-differs' and entry_id like '%-fee-%')`,
  )},
  'conflicts', ${list(
    `state || ' ' || says || ' ' || cause`,
    // When people have concluded a failure, even an older word of the bank is brought before them: rightly so.
    `payment_conflict c where not (says = 'accepted' and exists (
       select 1 from payment_history h where h.payment_id = c.payment_id and h.cause = 'operator'))`,
  )},
  'forgottenLines', ${list(
    `l.id`,
    `approved_batch_line_view l
      where not exists (select 1 from payment p where p.batch_line_id = l.id)
        and not exists (
          select 1 from outbox_delivery d join outbox_event e on e.id = d.event_id
           where d.done_at is null and d.subscriber = 'payments.create-run'
             and e.payload ->> 'batchId' = l.batch_id::text)`,
  )},
  'badHistory', (
    select coalesce(jsonb_agg(h.payment_id || ': ' || coalesce(h.from_state, 'birth') || ' to ' || h.to_state
                              || ' after ' || coalesce(h.before, 'nothing') || ', stands ' || h.stands), '[]')
      from (select h.*, p.state as stands, lag(to_state) over w as before, lead(to_state) over w as after
              from payment p left join payment_history h on h.payment_id = p.id
            window w as (partition by p.id order by h.id)) h
     where h.to_state is null or h.from_state is distinct from h.before
        or not coalesce(h.from_state, '') || '>' || h.to_state = any($2)
        or (h.after is null and h.to_state <> h.stands)),
  'ledgerFaults', ${list('fault', `(${LEDGER_FAULTS}) f`)},
  'untraced', ${list('act', `(${UNTRACED}) u`)},
  'rulings', ${list(
    `jsonb_build_object('id', r.id, 'digest', r.digest, 'payments',
       (select jsonb_agg(i.payment_id order by i.payment_id) from doubt_ruling_item i where i.ruling_id = r.id))
     order by r.id`,
    `doubt_ruling r where r.state = 'proposed'`,
  )},
  'links', ${list(
    `jsonb_build_object('seq', l.seq, 'previous', l.previous_hash, 'hash', l.hash, 'canonical',
       case when e.id is not null then jsonb_build_array(
         l.seq, l.previous_hash, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
         e.actor_kind, e.actor_id, e.actor_name, e.action, e.subject_type, e.subject_id, e.detail)::text end)
     order by l.seq`,
    `audit_link l left join audit_entry e on e.id = l.entry_id where l.seq > $1`,
  )}) as seen`;

/** Every legal move of a payment as `from>to`; a birth as `>ready`. */
const LEGAL = [
  `>${paymentLifecycle.initial}`,
  ...paymentLifecycle.states.flatMap((from) =>
    paymentLifecycle.states
      .filter((to) => paymentLifecycle.can(from, to))
      .map((to) => `${from}>${to}`),
  ),
];

/** Looks at the database from outside, over a connection of its own. */
export class Observer {
  private constructor(private readonly client: pg.Client) {}

  static async on(url: string): Promise<Observer> {
    const client = new pg.Client({ connectionString: url });
    // The server may be gone before us; whoever asks next is told.
    client.on('error', () => undefined);
    await client.connect();
    return new Observer(client);
  }

  async look(linksAfter: string): Promise<Seen> {
    const found = await this.client.query<{ seen: Seen }>({
      name: 'seen',
      text: SEEN,
      values: [linksAfter, LEGAL],
    });
    const [row] = found.rows;
    if (!row) throw new Error('an aggregate gives one row');
    return row.seen;
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
