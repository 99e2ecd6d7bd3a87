import { change, type PlantedBug } from './plant.js';

/** Mistakes in the books, in what people may do, and in who is told. */
export const BOOK_BUGS: readonly PlantedBug[] = [
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
    seed: 13,
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
    seed: 31,
    changes: [
      change(
        'payments/sweep.store',
        "join submission s on s.run_id = r.id and s.state = 'waiting'\n        where",
        'join submission s on s.run_id = r.id\n        where',
      ),
      change(
        'payments/sweep.store',
        "where p.submission_id = any(array(select id from ended)) and p.state = 'ready'",
        "where p.submission_id = any(array(select id from ended)) and p.state in ('ready', 'sending', 'accepted')",
      ),
    ],
  },
  {
    name: 'cancel-opens-the-batch',
    what: 'the cancel of a run opens every entitlement of the batch, also of what was sent',
    seed: 13,
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
    seed: 37,
    changes: [
      change(
        'payments/submission.store',
        "\n          and r.state = 'running' and r.cancel_requested_at is null\n        order by r.id for share of r",
        '\n        order by r.id for share of r',
      ),
      change(
        'payments/submission.store',
        "and s.state = 'waiting' and r.state = 'running'",
        "and s.state = 'waiting'",
      ),
      change(
        'payments/rail.store',
        "s.not_before <= $2\n        and r.state = 'running' and r.cancel_requested_at is null\n      group by s.id",
        's.not_before <= $2\n      group by s.id',
      ),
    ],
  },
  {
    name: 'withheld-payee-paid',
    what: 'somebody who was put on hold after the signature is paid',
    seed: 23,
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
        'nextEnquiryAt: later(at, enquiryDelayMs({ asked: 0, settings })),',
        'nextEnquiryAt: null,',
      ),
    ],
  },
  {
    name: 'accepted-never-asked',
    what: 'a payment that the bank took in is never asked about',
    seed: 1,
    changes: [
      change(
        'payments/ask-after-accepted',
        'if (!adapter.enquire || adapter.files)',
        'if (bankCode)',
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
        "((p.aside in ('rejected', 'returned') and e.state",
        "((p.aside in ('rejected') and e.state",
      ),
    ],
  },
  {
    name: 'overdraft-allowed',
    what: 'an approval beyond what a fund has is neither refused by code nor by the database',
    seed: 2,
    changes: [
      change('ledger/fund-control', 'if (shortfalls.length > 0)', 'if (false)'),
      change(
        'ledger/fund-control',
        "await drawMoney(tx, { ...need, month, to: 'reserved' })",
        "await [{ fund: need.fund, month, from: 'available', to: 'reserved', amount: need.amount }]",
      ),
      change(
        'migrations/0013-ledger',
        "e.month = b.month and e.stage = 'available') < 0",
        "e.month = b.month and e.stage = 'available') is null",
      ),
    ],
  },
  {
    name: 'ruling-too-early',
    what: 'people may conclude that a payment never happened while the bank may still book it',
    seed: 1,
    changes: [
      change(
        'payments/propose-ruling',
        'this.assertLateEnough(payments, bankCode, order.evidence.asOf);',
        'void 0;',
      ),
    ],
  },
  {
    name: 'amount-not-compared',
    what: 'a debit under our reference settles its payment whatever its amount',
    seed: 92,
    changes: [
      change(
        'reconciliation/matching.rules',
        'payment?.amount.equals(amount) ?? false',
        'payment !== undefined',
      ),
    ],
  },
];
