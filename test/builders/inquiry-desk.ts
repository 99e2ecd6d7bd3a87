import { AuditTrail } from '../../src/audit/index.js';
import {
  BankGate,
  bankFileSchema,
  BankRegistry,
  type AccountAnswer,
  type BankAdapter,
  type CreditorAccount,
} from '../../src/banks/index.js';
import { CheckAccount } from '../../src/beneficiaries/check-account.js';
import { ConfirmAccount } from '../../src/beneficiaries/confirm-account.js';
import { SweepAccountChecks } from '../../src/beneficiaries/jobs/sweep-account-checks.js';
import { RequestAccountChecks } from '../../src/beneficiaries/request-account-checks.js';
import { ReplaceAccount } from '../../src/beneficiaries/replace-account.js';
import { RingAccountChecks } from '../../src/beneficiaries/ring-account-checks.js';
import type { Actor } from '../../src/identity/index.js';
import type { Clock } from '../../src/kernel/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { repositoryReference } from './reference.js';
import { RecordingDoorbell } from './recording-doorbell.js';

const SETTINGS = {
  adapter: 'told',
  mode: 'single',
  maxPerSubmission: 1,
  concurrency: 4,
  rateLimit: { max: 100, perMs: 1000 },
  timeoutMs: 100,
  retry: { baseMs: 1, capMs: 1, jitter: 0 },
  enquiry: { intervalsMs: [1], acceptedAfterMs: 0, maxPerEnquiry: 1, notFoundWindowMs: 100 },
  idempotentByReference: true,
};

/** The BIN of a bank that says whose an account is, and of one that does not offer it. */
export const TELLING_BIN = '970405';
export const MUTE_BIN = '970436';

type Telling = (account: CreditorAccount) => Promise<AccountAnswer>;

/** Banks that only know names, and everything that asks them, without a queue: `work()` does what was rung for. */
export function inquiryDesk(database: Database, clock: Clock) {
  const names = new Map<string, Telling | string>();
  const asked: string[] = [];
  const telling: Pick<BankAdapter, 'verifyAccount'> = {
    verifyAccount: (account) => {
      asked.push(account.accountNumber);
      const known = names.get(account.accountNumber);
      if (typeof known === 'function') return known(account);
      if (known === undefined) return Promise.resolve({ kind: 'no-such-account' });
      return Promise.resolve({ kind: 'found', accountName: known });
    },
  };
  const nothing = () => Promise.reject(new Error('this bank pays nobody'));
  const create = ({ code }: { code: string }): BankAdapter => ({
    pay: nothing,
    enquire: nothing,
    ...(code === 'telling' ? telling : {}),
  });
  const file = (code: string, bin: string) =>
    bankFileSchema.parse({ ...SETTINGS, code, name: code, receives: [bin] });
  const banks = BankRegistry.of(
    [file('telling', TELLING_BIN), file('mute', MUTE_BIN)],
    clock,
    new Map([['told', { create }]]),
  );
  const doorbell = new RecordingDoorbell();
  const bell = new RingAccountChecks(database, new BankGate(), doorbell, clock);
  const job = new CheckAccount(database, banks, bell, clock);
  const sweeper = new SweepAccountChecks(database, banks, bell, clock);
  const audit = new AuditTrail(clock);
  const work = async (): Promise<void> => {
    for (let rung = doorbell.take(); rung.length > 0; rung = doorbell.take()) {
      for (const { ring } of rung) await job.handle({ accountId: String(ring.payload.accountId) });
    }
  };
  const replacing = new ReplaceAccount(
    database,
    repositoryReference().directory,
    new AuditTrail(clock),
    clock,
  );
  let replaced = 0;
  return {
    /** An officer enters another account at the telling bank by hand, for a payee nobody has changed yet. */
    replaceAccount: async (beneficiaryId: string, officer: Actor): Promise<string> => {
      replaced += 1;
      const order = {
        beneficiaryId,
        version: 1,
        bank: TELLING_BIN,
        accountNumber: `8899${String(replaced).padStart(6, '0')}`,
        accountName: 'NGUYEN VAN MAU',
        reason: 'Xã báo tài khoản mới',
        otherNameConfirmed: false,
        verified: false,
      };
      return (await replacing.replace(order, officer)).accountId;
    },
    banks,
    doorbell,
    job,
    sweeper,
    work,
    requesting: new RequestAccountChecks(database, audit, clock),
    confirming: new ConfirmAccount(database, audit, clock),
    /** The bank knows the account under that name, or answers so. */
    tells: (accountNumber: string, name: Telling | string) => names.set(accountNumber, name),
    /** Account numbers in the order they were asked about. */
    asked,
    /** Whatever waits is rung for and asked. */
    sweepAndWork: async () => {
      await sweeper.sweep();
      await work();
    },
  };
}

export type InquiryDesk = ReturnType<typeof inquiryDesk>;
