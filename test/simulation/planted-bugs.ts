import type { PlantedBug } from './plant.js';

const change = (file: string, find: string, replace: string) => ({
  file: `src/${file}.js`,
  find,
  replace,
});

/*
 * Mistakes that somebody might make tomorrow, each of which the simulation must find. `seed`: where to begin so that
 * it is found soon. After changes of the code another seed may be needed: `npm run simulate -- --bugs` searches from
 * the recorded one on and says which seed caught each.
 */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'resend-on-time-out',
    what: 'a call that timed out counts as not sent, and is sent again',
    seed: 1,
    changes: [change('payments/record-attempt', 'unknown.push(id);', 'notSent.push(id);')],
  },
  {
    name: 'not-found-at-once',
    what: '"not found" counts as proof although the bank may still book',
    seed: 1,
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
    seed: 1,
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
    what: 'a submission is claimed whatever its state',
    seed: 1,
    changes: [
      change(
        'payments/submission.store',
        "s.run_id = run.id and s.state = 'waiting' and",
        's.run_id = run.id and',
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
        "s.run_id = run.id and s.state = 'waiting' and",
        's.run_id = run.id and',
      ),
      change('payments/submission.store', "and s.state = 'waiting' and r.state", 'and r.state'),
      change(
        'payments/submission.store',
        "where submission_id = $1 and state = 'ready'\n       returning id, reference",
        'where submission_id = $1\n       returning id, reference',
      ),
      change('payments/signed-payments.store', " and p.state = 'ready'", ''),
    ],
  },
  {
    name: 'move-without-old-state',
    what: 'a doubt overwrites what the bank has said meanwhile',
    seed: 1,
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
    seed: 1,
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
    seed: 1,
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
    seed: 1,
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
    seed: 1,
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
  {
    name: 'late-doubt-counts',
    what: 'a sender that was given up still writes its own doubts',
    seed: 1,
    changes: [change('payments/record-attempt', 'if (!mine)\n                return;', '')],
  },
  {
    name: 'return-without-reopening',
    what: 'a returned payment leaves its entitlement as paid',
    seed: 1,
    changes: [
      change(
        'payments/record-outcomes',
        "const failed = moved.filter((p) => p.state === 'rejected' || p.state === 'returned');",
        "const failed = moved.filter((p) => p.state === 'rejected');",
      ),
    ],
  },
  {
    name: 'history-row-missing',
    what: 'payments of a cancelled run are cancelled without a line in their history',
    seed: 1,
    changes: [
      change(
        'payments/sweep.store',
        "'cancelled', 'operator', $3 from moved)",
        "'cancelled', 'operator', $3 from moved where false)",
      ),
    ],
  },
  {
    name: 'cancel-at-the-bank',
    what: 'the cancel of a run cancels what is at the bank already',
    seed: 1,
    changes: [
      change(
        'payments/sweep.store',
        "where r.cancel_requested_at is not null and p.state = 'ready'",
        "where r.cancel_requested_at is not null and p.state in ('ready', 'sending', 'accepted')",
      ),
    ],
  },
  {
    name: 'cancel-opens-the-batch',
    what: 'the cancel of a run opens every entitlement of the batch, also of what was sent',
    seed: 1,
    changes: [
      change(
        'payments/jobs/sweep-payments',
        'entitlementIds: cancelled\n                        .filter((c) => c.batchId === batchId)\n                        .map((c) => c.entitlementId),',
        '',
      ),
    ],
  },
  {
    name: 'pause-ignored',
    what: 'a ring that waits sends although the run was paused or cancelled meanwhile',
    seed: 1,
    changes: [
      change(
        'payments/submission.store',
        "\n          and r.state = 'running' and r.cancel_requested_at is null\n          for share of r",
        '\n          for share of r',
      ),
      change(
        'payments/submission.store',
        "and s.state = 'waiting' and r.state = 'running'",
        "and s.state = 'waiting'",
      ),
    ],
  },
  {
    name: 'withheld-payee-paid',
    what: 'somebody who was put on hold after the signature is paid',
    seed: 1,
    changes: [
      change(
        'payments/submission.store',
        'and (b.hold_reason is not null or b.deceased_on is not null)',
        'and false',
      ),
    ],
  },
  {
    name: 'doubt-never-asked',
    what: 'a payment in doubt has no next enquiry',
    seed: 1,
    changes: [
      change(
        'payments/record-attempt',
        'nextEnquiryAt: new Date(at.getTime() + asked),',
        'nextEnquiryAt: null,',
      ),
    ],
  },
  {
    name: 'audit-record-skipped',
    what: 'a signature leaves no trace in the audit trail',
    seed: 1,
    changes: [
      change(
        'approvals/sign-batch',
        "await this.audit.record(tx, {\n            actor,\n            action: 'batch.signed',",
        "await ((_tx, _record) => undefined)(tx, {\n            actor,\n            action: 'batch.signed',",
      ),
    ],
  },
  {
    name: 'returned-not-alarmed',
    what: 'nobody is told of returned payments',
    seed: 1,
    changes: [
      change(
        'payments/alarm.read',
        "((p.state in ('rejected', 'returned') and e.state",
        "((p.state in ('rejected') and e.state",
      ),
    ],
  },
  {
    name: 'overdraft-allowed',
    what: 'an approval beyond what a fund has is neither refused by code nor by the database',
    seed: 1,
    changes: [
      change('ledger/fund-control', 'if (shortfalls.length > 0)', 'if (false)'),
      change(
        'migrations/0013-ledger',
        'where ledger_available(b.fund, b.month) < 0 limit 1;',
        'where false limit 1;',
      ),
    ],
  },
  {
    name: 'ruling-too-early',
    what: 'people may conclude that a payment never happened while the bank may still book it',
    seed: 1,
    changes: [
      change('payments/propose-ruling', 'this.assertOldEnough(payments, bankCode, at);', ''),
    ],
  },
  {
    name: 'amount-not-compared',
    what: 'a debit under our reference settles its payment whatever its amount',
    seed: 1,
    changes: [
      change(
        'reconciliation/matching.rules',
        'payment?.amount.equals(amount) ?? false',
        'payment !== undefined',
      ),
    ],
  },
];
