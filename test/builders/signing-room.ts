import { ReturnBatch } from '../../src/approvals/return-batch.js';
import { SignBatch } from '../../src/approvals/sign-batch.js';
import { SigningDesk } from '../../src/approvals/signing-desk.js';
import { AuditTrail } from '../../src/audit/index.js';
import { BatchGate } from '../../src/batches/index.js';
import { SignatoryRegister } from '../../src/identity/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { FundControl, Ledger } from '../../src/ledger/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';
import { repositoryReference } from './reference.js';

/** Everything a signer does, on a real database, by the repository's own approval.yaml. */
export function signingRoom(
  database: Database,
  clock: Clock,
  subscribers = new SubscriberRegistry(),
) {
  const { chains } = repositoryReference();
  const gate = new BatchGate();
  const audit = new AuditTrail(clock);
  const desk = new SigningDesk(new SignatoryRegister(), chains);
  const outbox = new Outbox(subscribers, clock);
  const funds = new FundControl(new Ledger());
  return {
    chains,
    signing: new SignBatch(database, clock, gate, desk, funds, outbox, audit),
    returning: new ReturnBatch(database, clock, gate, desk, audit),
  };
}

export type SigningRoom = ReturnType<typeof signingRoom>;
