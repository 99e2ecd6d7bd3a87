import { AuditTrail } from '../../src/audit/index.js';
import { SignatoryRegister, type Actor } from '../../src/identity/index.js';
import type { ManualClock } from '../../src/kernel/index.js';
import { ReasonCodes } from '../../src/organisation/index.js';
import { DoubtReads } from '../../src/payments/doubt.read.js';
import { ProposeRuling, type RulingOrder } from '../../src/payments/propose-ruling.js';
import { RefuseRuling } from '../../src/payments/refuse-ruling.js';
import { RulingReads } from '../../src/payments/ruling.read.js';
import { SignRuling } from '../../src/payments/sign-ruling.js';
import { WithdrawRuling } from '../../src/payments/withdraw-ruling.js';
import { rows } from '../../src/platform/database/index.js';
import type { TestDatabase } from '../setup/database.js';
import { repositoryConfig } from './batch-desk.js';
import { INSTANT_BIN, paymentDesk } from './payment-desk.js';
import { MOODS, type Mood } from './scripted-bank.js';

/** After it, people may conclude that a payment of the desk's banks never happened. */
export const PAST_THE_WINDOW_MS = 11 * 60_000;

/** What a test says of an order of its own; its evidence is of this moment unless said otherwise. */
type DifferentOrder = Partial<Omit<RulingOrder, 'paymentIds' | 'evidence'>> & {
  evidence?: Partial<RulingOrder['evidence']>;
};

/** A letter of the bank, as far as its bytes go. */
export const aLetter = (): Buffer => Buffer.from('%PDF-1.7\ncông văn 12/NH-2026\n');

/** A bank that leaves one doubt after the other is not left alone: the doubts are what is wanted here. */
const PATIENT = { failures: 100, forgetAfterMs: 600_000, openMs: 30_000, maxOpenMs: 600_000 };

/** Payments in doubt, and everything by which people end doubts, on a real database. */
export async function doubtDesk(db: TestDatabase, clock: ManualClock) {
  const payments = await paymentDesk(db, clock, { instant: { breaker: PATIENT } });
  const { banks, office } = payments;
  const audit = new AuditTrail(clock);
  const reasons = ReasonCodes.load(repositoryConfig);
  const register = new SignatoryRegister();
  const proposing = new ProposeRuling(db.database, banks, reasons, audit, clock);
  const signing = new SignRuling(db.database, payments.outcomes, register, audit, clock);
  const rulings = new RulingReads();
  return {
    ...payments,
    proposing,
    signing,
    refusing: new RefuseRuling(db.database, register, audit, clock),
    withdrawing: new WithdrawRuling(db.database, audit, clock),
    doubts: new DoubtReads(),
    rulings,

    /** Payments that the bank was sent and did not answer for; `mood` says what it did in its own books. */
    async inDoubt(count = 1, mood: Mood = MOODS.doubtfulNotBooked) {
      payments.instant.usually(mood);
      const atInstant = { account: { bin: INSTANT_BIN } };
      const { runId, batchId } = await payments.running(
        Array.from({ length: count }, () => atInstant),
      );
      await payments.work();
      const all = await payments.payments(runId);
      if (all.some((p) => p.state !== 'unknown')) throw new Error('not all of them are in doubt');
      const [first] = all;
      if (!first) throw new Error('no payments');
      return { runId, batchId, first, all, ids: all.map((p) => p.id) };
    },

    /** As the preparer proposes it with a letter's number, unless said otherwise. */
    propose(
      paymentIds: readonly string[],
      { evidence, ...different }: DifferentOrder = {},
    ): Promise<{ rulingId: string }> {
      return proposing.propose({
        actor: office.preparer,
        outcome: 'settled',
        reasonCode: different.outcome === 'rejected' ? 'TS01' : null,
        ...different,
        evidence: {
          reference: 'CV 12/NH-2026',
          note: null,
          file: null,
          asOf: clock.now(),
          ...evidence,
        },
        paymentIds,
      });
    },

    /** Signs what is there. */
    async sign(rulingId: string, actor: Actor = office.holder) {
      const ruling = await rulings.find(db.database.reader, rulingId);
      if (!ruling) throw new Error('no such ruling');
      return signing.sign({ actor, rulingId, digest: ruling.digest });
    },

    async entitlementOf(paymentId: string): Promise<string> {
      const [found] = await rows<{ state: string }>(
        db.database.reader,
        `select e.state from entitlement e join payment p on p.entitlement_id = e.id where p.id = $1`,
        [paymentId],
      );
      return found?.state ?? 'none';
    },
  };
}

export type DoubtDesk = Awaited<ReturnType<typeof doubtDesk>>;
