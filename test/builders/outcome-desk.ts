import { Webhook } from 'standardwebhooks';
import type { RawNotice } from '../../src/banks/index.js';
import { HoldBeneficiaries } from '../../src/beneficiaries/index.js';
import { EntitlementMoves } from '../../src/entitlements/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { Ledger } from '../../src/ledger/index.js';
import { RecordOutcomes } from '../../src/payments/index.js';
import { OutcomeMetrics } from '../../src/payments/outcome.metrics.js';
import { PaymentBooks } from '../../src/payments/payment-books.js';
import type { Database } from '../../src/platform/database/index.js';
import { Metrics } from '../../src/platform/metrics/index.js';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';
import { ApplyNotices } from '../../src/settlements/apply-notices.js';
import { NoticeMetrics } from '../../src/settlements/notice.metrics.js';
import { NoticeRefusals } from '../../src/settlements/notice-refusals.js';
import { ReceiveNotice } from '../../src/settlements/receive-notice.js';
import { noticeReceived } from '../../src/settlements/settlements.events.js';
import { NOTICE_SECRET, testBanks } from './banks.js';
import { repositoryReference } from './reference.js';

/** Everything between a bank's word and a payment's state, on a real database. */
export function outcomeDesk(database: Database, clock: Clock) {
  const banks = testBanks(clock);
  const subscribers = new SubscriberRegistry();
  const outbox = new Outbox(subscribers, clock);
  const metrics = new Metrics();
  const noticeMetrics = new NoticeMetrics(metrics, clock);
  const moves = new EntitlementMoves();
  const outcomes = new RecordOutcomes(
    banks,
    moves,
    new HoldBeneficiaries(clock),
    new PaymentBooks(new Ledger()),
    outbox,
    new OutcomeMetrics(metrics, database, repositoryReference().reasons),
  );
  const applying = new ApplyNotices(database, outcomes, clock, noticeMetrics);
  subscribers.register('settlements.apply-notices', noticeReceived, {
    handle: async ({ bank }: { bank: string }) => {
      await applying.apply(bank);
    },
  });
  const refusals = new NoticeRefusals(database, clock);
  const receiving = new ReceiveNotice(banks, database, outbox, clock, noticeMetrics, refusals);
  return { refusals, banks, subscribers, outbox, metrics, outcomes, applying, receiving };
}

export interface WireItem {
  readonly reference: string;
  readonly status: string;
  readonly reasonCode?: string;
  readonly amount?: string;
  readonly sequence?: number;
  readonly at?: string;
}

/** A notice as the sandbox bank signs it. */
export function signedNotice(given: {
  id: string;
  at: Date;
  payments: readonly unknown[];
  secret?: string;
}): RawNotice {
  const body = JSON.stringify({ payments: given.payments });
  return {
    headers: {
      'webhook-id': given.id,
      'webhook-timestamp': String(Math.floor(given.at.getTime() / 1000)),
      'webhook-signature': new Webhook(given.secret ?? NOTICE_SECRET).sign(
        given.id,
        given.at,
        body,
      ),
      'content-type': 'application/json',
    },
    body: Buffer.from(body),
  };
}
