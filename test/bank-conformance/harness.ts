import { Money, newId } from '../../src/kernel/index.js';
import type { FileChannel, OnlineAdapter, PaymentOrder, RawNotice } from '../../src/banks/index.js';
import type { FileCounter } from './file-counter.js';

/** What a bank can be made to do with the payments to one account. */
export type Mood =
  | 'credited'
  | 'rejected'
  | 'rejected-later'
  | 'returned'
  | 'answer-lost'
  | 'never-answers'
  | 'garbage'
  | 'unknown-word'
  | 'refused-for-a-time-out'
  | 'refused-as-duplicate'
  | 'broken-before-booking'
  | 'error-before-booking'
  | 'nothing-accepted'
  | 'told-twice'
  | 'told-out-of-order'
  | 'never-told'
  | 'no-such-account';

/** A bank whose own books can be looked into, whichever way it is spoken to. */
export interface BankUnderTest {
  /** The account whose payments meet this mood; `reason` where the bank gives one. */
  account(mood: Mood): Pick<PaymentOrder, 'bankBin' | 'accountNumber'> & { reason?: string };
  /** How often the bank credited a reference, and with how much, by its own books. */
  credits(reference: string): Promise<{ times: number; amount: string }>;
  /** Nobody at the bank answers while `work` runs. */
  duringOutage(work: () => Promise<void>): Promise<void>;
  /** The bank's program ends and starts again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A bank that is asked and answers. */
export interface BankHarness extends BankUnderTest {
  readonly adapter: OnlineAdapter;
  /** Notices that arrived so far, as they came. */
  notices(): readonly RawNotice[];
}

/** Files go to the bank and come from it. */
interface FilesUnderTest extends BankUnderTest {
  readonly files: FileChannel;
  readonly counter: FileCounter;
  /** All that the bank was told to do is done, and all that it has to say is said. */
  atRest(): Promise<void>;
}

/** A bank that takes files over a wire, and lays reports and statements out. */
export interface FileBankHarness extends FilesUnderTest {
  /** From now on it tells in this way; which broken reports come before the right one. */
  tells(way: ReportWay, breakages?: readonly Breakage[]): Promise<void>;
  refusesDuplicatesAs(code: 'DU01' | 'DU03' | 'AM05'): Promise<void>;
  /** Every file is refused as a whole with this reason while `work` runs. */
  duringRefusal(reason: string, work: () => Promise<void>): Promise<void>;
  layStatement(form: 'camt053' | 'mt940'): Promise<void>;
  /** Where there is one that can be broken. */
  readonly line?: {
    cutAfter(bytes: number): void;
    cut(): void;
    /** What went to the server is done there, and its answer never arrives: at once, or after so many bytes more. */
    deafen(): void;
    deafenAfter(bytes: number): void;
    readonly sent: number;
    kill(): Promise<void>;
    revive(): Promise<void>;
  };
}

export type ReportWay =
  'whole' | 'partial' | 'doubled' | 'reordered' | 'late' | 'broken' | 'group-only' | 'none';

export type Breakage =
  'truncated' | 'doctype' | 'wrong-namespace' | 'wrong-sum' | 'unknown-words' | 'other-amount';

/** A bank that people bring lists to. */
export interface ListBankHarness extends FilesUnderTest {
  /** From now on its result lists are given in this way. */
  givesResults(way: {
    readonly order?: 'as-sent' | 'reversed' | 'shuffled';
    readonly drop?: number;
    readonly double?: number;
    readonly references?: 'kept' | 'blank';
    readonly format?: 'xlsx' | 'csv';
  }): void;
}

export function orderTo(
  bank: Pick<BankUnderTest, 'account'>,
  mood: Mood,
  differing: Partial<PaymentOrder> = {},
): PaymentOrder {
  const { bankBin, accountNumber } = bank.account(mood);
  return {
    reference: `CT${newId().replaceAll('-', '').toUpperCase()}`,
    amount: Money.of('1624000'),
    accountName: 'NGUYEN VAN VI DU',
    narrative: 'NCC 11 2026',
    fund: 'NSTW_NCC',
    bankBin,
    accountNumber,
    ...differing,
  };
}

const PATIENCE_MS = 8000;

/** Waits for something that the bank does in its own time. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('the bank did not come to it in time');
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
