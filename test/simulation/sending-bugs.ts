import { change, type PlantedBug } from './plant.js';

/** Mistakes in sending, asking and telling. */
export const SENDING_BUGS: readonly PlantedBug[] = [
  {
    name: 'resend-on-time-out',
    what: 'a call that timed out counts as not sent, and is sent again',
    seed: 1,
    changes: [change('payments/record-attempt', 'unknown.push(id);', 'notSent.push(id);')],
  },
  {
    name: 'not-found-at-once',
    what: '"not found" counts as proof although the bank may still book',
    seed: 17,
    changes: [
      change(
        'banks/bank.rules',
        'return waitedMs >= given.settings.enquiry.notFoundWindowMs;',
        'return waitedMs >= 0;',
      ),
    ],
  },
  {
    name: 'old-word-as-proof',
    what: '"not found" is judged by when it was written down, not by when the bank was asked',
    seed: 76,
    changes: [
      change(
        'payments/enquire-payments',
        'provesNever(bank, payment, enquiry.askedAt)',
        'provesNever(bank, payment, at)',
      ),
    ],
  },
  {
    name: 'claim-without-predicate',
    what: 'a submission is claimed whatever its state, which nobody else looks at either',
    seed: 1,
    changes: [
      change(
        'payments/submission.store',
        "where s.id = any($1::uuid[]) and s.state = 'waiting' and s.not_before <= $2\n        order by s.id for update of s",
        'where s.id = any($1::uuid[]) and s.not_before <= $2\n        order by s.id for update of s',
      ),
      change(
        'payments/submission.store',
        "where s.id = mine.id and s.state = 'waiting' and",
        'where s.id = mine.id and',
      ),
      change(
        'payments/rail.store',
        "where s.id = any($1::uuid[]) and s.state = 'waiting' and s.not_before <= $2\n        and r.state",
        'where s.id = any($1::uuid[]) and s.not_before <= $2\n        and r.state',
      ),
    ],
  },
  {
    name: 'job-run-twice-sends-twice',
    what: 'neither the submission nor its payments are asked for their state before sending',
    seed: 1,
    changes: [
      change(
        'payments/submission.store',
        "where s.id = any($1::uuid[]) and s.state = 'waiting' and s.not_before <= $2\n        order by s.id for update of s",
        'where s.id = any($1::uuid[]) and s.not_before <= $2\n        order by s.id for update of s',
      ),
      change(
        'payments/submission.store',
        "where s.id = mine.id and s.state = 'waiting' and",
        'where s.id = mine.id and',
      ),
      change(
        'payments/rail.store',
        "where s.id = any($1::uuid[]) and s.state = 'waiting' and s.not_before <= $2\n        and r.state",
        'where s.id = any($1::uuid[]) and s.not_before <= $2\n        and r.state',
      ),
      change('payments/submission.store', "and s.state = 'waiting' and r.state", 'and r.state'),
      change(
        'payments/submission.store',
        "where p.submission_id = c.submission_id and p.state = 'ready'",
        'where p.submission_id = c.submission_id',
      ),
      change('payments/signed-payments.store', " and p.state = 'ready'", ''),
    ],
  },
  {
    name: 'move-without-old-state',
    what: 'a doubt overwrites what the bank has said meanwhile',
    seed: 54,
    changes: [
      change(
        'payments/submission.store',
        "and state = 'sending'\n       returning id, fund",
        '\n       returning id, fund',
      ),
    ],
  },
  {
    name: 'finished-before-handled',
    what: 'a delivery is marked as finished before its handler has run',
    seed: 8,
    changes: [
      change(
        'platform/queue/deliver-event',
        'await subscription.handler.handle(',
        'await this.database.transaction((tx) => this.outbox.finish(tx, delivery));\nawait subscription.handler.handle(',
      ),
    ],
  },
  {
    name: 'relay-before-commit',
    what: 'the event of an approval is published outside its transaction',
    seed: 127,
    changes: [
      change(
        'approvals/sign-batch',
        'this.outbox.publish(tx, batchApproved',
        'this.outbox.publish(this.database.reader, batchApproved',
      ),
    ],
  },
  {
    name: 'release-on-unknown',
    what: 'the money of a payment in doubt is made available again',
    seed: 1,
    changes: [change('payments/payment-books', "unknown: 'in_transit',", "unknown: 'available',")],
  },
  {
    name: 'sweeper-resends',
    what: 'what a dead sender left behind is sent again instead of asked about',
    seed: 5,
    changes: [
      change(
        'payments/submission.store',
        "set state = 'answered', lease_until = null",
        "set state = 'waiting', lease_until = null",
      ),
      change(
        'payments/jobs/sweep-payments',
        'await leaveSending(tx, {',
        'const postingId = newId();\nconst moved = await leaveSending(tx, {',
      ),
      change('payments/jobs/sweep-payments', "to: 'unknown',", "to: 'ready',"),
      change('payments/jobs/sweep-payments', 'nextEnquiryAt: at,', 'nextEnquiryAt: null,'),
      change(
        'payments/jobs/sweep-payments',
        "postingId: newId(),\n                cause: 'sweeper',\n                sourceId: null,\n                at,\n            });",
        "postingId,\n cause: 'sweeper', sourceId: null, at });\n await this.books.post(tx, { id: postingId, moved, cause: 'sweeper', sourceId: null, at });",
      ),
    ],
  },
  {
    name: 'late-refusal-fails-resend',
    what: 'the refusal of an earlier sending fails the payment that is being sent again',
    seed: 132,
    changes: [
      change(
        'payments/record-outcomes',
        'return ends && sentAt !== undefined && lastSentAt !== null && lastSentAt > sentAt;',
        'return false;',
      ),
    ],
  },
  {
    name: 'frozen-sender-calls',
    what: 'a sender that was held up between claim and call calls all the same',
    seed: 1,
    changes: [
      change(
        'payments/send-submission',
        'if (lateMs > CALL_WITHIN_MS || lateMs < 0) {',
        'if (false) {',
      ),
    ],
  },
];
