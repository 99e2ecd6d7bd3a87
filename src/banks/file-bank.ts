import type {
  AccountAnswer,
  BankAdapter,
  BankCall,
  BulkOrder,
  ClosableAdapter,
  CreditorAccount,
  EnquiryAnswer,
  FileChannel,
  PayAnswer,
  PaymentQuery,
} from './contract.js';

/** Keeps the file of a message and lays it before a bank. */
export interface SendsFiles {
  send(
    bank: { readonly code: string; readonly files: FileChannel },
    order: BulkOrder,
    call: BankCall,
  ): Promise<Map<string, PayAnswer>>;
  /** Of our own files only: whose file surely never left is not found, of the rest the bank's files tell. */
  enquire(
    bank: { readonly code: string; readonly files: FileChannel },
    queries: readonly PaymentQuery[],
  ): Promise<Map<string, EnquiryAnswer>>;
}

/**
 * A bank that takes files, as everybody else sees it: many payments go in one message, which is kept before it is
 * delivered. The bank itself cannot be asked, it tells by the files that it lays out; our own files are, about orders
 * that never left.
 */
export class FileBank implements BankAdapter {
  private connected: { code: string; exchange: SendsFiles } | null = null;
  readonly verifyAccount?: (account: CreditorAccount, call: BankCall) => Promise<AccountAnswer>;

  constructor(
    private readonly made: ClosableAdapter,
    readonly files: FileChannel,
  ) {
    if (made.verifyAccount) this.verifyAccount = made.verifyAccount.bind(made);
  }

  connect(bank: { readonly code: string }, exchange: SendsFiles): void {
    this.connected = { code: bank.code, exchange };
  }

  async payMany(order: BulkOrder, call: BankCall): Promise<Map<string, PayAnswer>> {
    if (this.connected) {
      const { code, exchange } = this.connected;
      return exchange.send({ code, files: this.files }, order, call);
    }
    const why = 'this program keeps no files, so it sends none';
    return new Map(order.orders.map(({ reference }) => [reference, { kind: 'not-sent', why }]));
  }

  async enquire(queries: readonly PaymentQuery[]): Promise<Map<string, EnquiryAnswer>> {
    if (!this.connected) return new Map();
    const { code, exchange } = this.connected;
    return exchange.enquire({ code, files: this.files }, queries);
  }

  async close(): Promise<void> {
    await this.made.close?.();
  }
}
