import type { DynamicModule } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import {
  bankFileSchema,
  BankRegistry,
  BanksModule,
  type RawNotice,
} from '../../src/banks/index.js';
import { HoldBeneficiaries } from '../../src/beneficiaries/index.js';
import { EntitlementMoves } from '../../src/entitlements/index.js';
import { SystemClock, type Clock } from '../../src/kernel/index.js';
import { RecordOutcomes } from '../../src/payments/index.js';
import { loadYaml } from '../../src/platform/config/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { Metrics } from '../../src/platform/metrics/index.js';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';
import { ApplyNotices } from '../../src/settlements/apply-notices.js';
import { NoticeMetrics } from '../../src/settlements/notice.metrics.js';
import { ReceiveNotice } from '../../src/settlements/receive-notice.js';
import { noticeReceived } from '../../src/settlements/settlements.events.js';
import { repositoryConfig } from './batch-desk.js';

export const NOTICE_SECRET = `whsec_${Buffer.from('a secret only for testing').toString('base64')}`;

const variables: Record<string, string | undefined> = {
  BANK_SANDBOX_URL: 'http://127.0.0.1:4010',
  BANK_SANDBOX_KEY_ID: 'demo',
  BANK_SANDBOX_SECRET: NOTICE_SECRET,
  BANK_SANDBOX_NOTICE_SECRET: NOTICE_SECRET,
};

/** The repository's banks, with an address and secrets for testing. */
export function testBanks(clock: Clock): BankRegistry {
  return BankRegistry.load(
    { configDir: repositoryConfig.configDir, variable: (name: string) => variables[name] },
    clock,
  );
}

/** The banks as a module, for what is tried over HTTP. */
export function testBanksModule(): DynamicModule {
  return BanksModule.register(testBanks(new SystemClock()));
}

/** A registry with one bank, which pays to Agribank (970405) and nobody else. */
export function oneBankOnly(clock: Clock): BankRegistry {
  const source = {
    configDir: repositoryConfig.configDir,
    variable: (name: string) => variables[name],
  };
  const file = loadYaml(source, 'banks/sandbox.yaml', bankFileSchema);
  return BankRegistry.of([{ ...file, receives: ['970405'] }], clock);
}

/** Everything between a bank's word and a payment's state, on a real database. */
export function outcomeDesk(database: Database, clock: Clock) {
  const banks = testBanks(clock);
  const subscribers = new SubscriberRegistry();
  const outbox = new Outbox(subscribers, clock);
  const metrics = new Metrics();
  const noticeMetrics = new NoticeMetrics(metrics, clock);
  const moves = new EntitlementMoves();
  const outcomes = new RecordOutcomes(banks, moves, new HoldBeneficiaries(clock), outbox);
  const applying = new ApplyNotices(database, outcomes, clock, noticeMetrics);
  subscribers.register('settlements.apply-notices', noticeReceived, {
    handle: async ({ bank }: { bank: string }) => {
      await applying.apply(bank);
    },
  });
  const receiving = new ReceiveNotice(banks, database, outbox, clock, noticeMetrics);
  return { banks, subscribers, outbox, metrics, outcomes, applying, receiving };
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
