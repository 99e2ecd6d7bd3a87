import type {
  AccountAnswer,
  BankCall,
  BankNotice,
  BulkOrder,
  CreditorAccount,
  EnquiryAnswer,
  PayAnswer,
  PaymentOrder,
  PaymentQuery,
  RawNotice,
  StatementPage,
  StatementQuery,
} from './bank-words.js';
import type { FileChannel } from './file-contract.js';

export * from './bank-words.js';
export * from './file-contract.js';

/**
 * What every bank adapter promises. A bank is spoken to online (`pay` and `enquire`, required together) or by files
 * (`files`); every other method is declared by being there. An adapter translates and carries; it decides nothing
 * about money.
 *
 * The one rule above all (never-pay-twice): an adapter says `not-sent` only when it is *sure* that nothing
 * left this machine, and `rejected` only when the bank said so. Everything it does not understand is `unknown`.
 */
export interface BankAdapter {
  /** Sends one payment. Never throws for what a bank or a network does; a thrown error counts as `unknown`. */
  pay?(order: PaymentOrder, call: BankCall): Promise<PayAnswer>;

  /**
   * Asks what became of payments sent earlier, at most `maxPerEnquiry` of the bank's settings at a time.
   * The map is keyed by `reference`; a reference that is missing in it counts as `unknown`.
   */
  enquire?(queries: readonly PaymentQuery[], call: BankCall): Promise<Map<string, EnquiryAnswer>>;

  /** Sends many payments in one message. A reference missing in the answer counts as `unknown`. */
  payMany?(submission: BulkOrder, call: BankCall): Promise<Map<string, PayAnswer>>;

  /** Asks whose account it is (account-name inquiry). */
  verifyAccount?(account: CreditorAccount, call: BankCall): Promise<AccountAnswer>;

  /**
   * The bank's own record of a span of time, page by page; every page repeats the opening and closing balance.
   * @throws StatementUnreadable when the bank does not answer, or not with a statement that holds together.
   */
  statement?(query: StatementQuery, call: BankCall): AsyncIterable<StatementPage>;

  /**
   * Checks the signature of a notice over the raw body and reads it. Runs before anything is stored.
   * @throws NoticeRefused when the signature, the time stamp or the form is wrong.
   */
  verifyNotice?(notice: RawNotice, now: Date): BankNotice;

  /** How files are exchanged with a bank that takes its orders, or lays out its reports and statements, as files. */
  readonly files?: FileChannel;
}

/** An adapter that holds connections ends them here. */
export interface ClosableAdapter extends BankAdapter {
  close?(): Promise<void>;
}

/** An adapter that is asked and answers, payment by payment. */
export type OnlineAdapter = BankAdapter & Required<Pick<BankAdapter, 'pay' | 'enquire'>>;
