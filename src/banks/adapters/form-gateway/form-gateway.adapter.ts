import type { Pool } from 'undici';
import { bankText, type Clock } from '../../../kernel/index.js';
import type { BankFile } from '../../bank.settings.js';
import type {
  AccountAnswer,
  BankAdapter,
  BankCall,
  BankFact,
  CreditorAccount,
  EnquiryAnswer,
  PayAnswer,
  PaymentOrder,
  PaymentQuery,
  Unknown,
} from '../../contract.js';
import { connectionsTo, exchange, type Exchange } from '../../http-exchange.js';
import { REFUSALS_THAT_TELL_NOTHING } from '../../status-words.js';
import { opened, sealed, type Fields } from './form-message.js';
import type { FormGatewayOptions, Meaning } from './options.js';

const ANSWER_BYTES = 64 * 1024;
const NAME_LENGTH = 50;
const NARRATIVE_LENGTH = 25;

const unknown = (why: string): Unknown => ({ kind: 'unknown', why });

/** A gateway of the older kind: one payment a form, one answer code. It is asked; it tells nothing by itself. */
export class FormGatewayAdapter implements BankAdapter {
  private readonly pool: Pool;
  private readonly basePath: string;
  private readonly codes: ReadonlyMap<string, Meaning>;

  constructor(
    private readonly options: FormGatewayOptions,
    private readonly bank: Pick<BankFile, 'concurrency' | 'timeoutMs'>,
    private readonly clock: Clock,
  ) {
    const base = new URL(options.baseUrl);
    this.basePath = base.pathname.replace(/\/+$/, '');
    this.pool = connectionsTo({ origin: base.origin, ...bank });
    this.codes = new Map(Object.entries(options.codes));
  }

  async pay(order: PaymentOrder, call: BankCall): Promise<PayAnswer> {
    const answer = await this.send('/transfer', call, {
      ref: order.reference,
      bank_bin: order.bankBin,
      account: order.accountNumber,
      name: bankText(order.accountName, NAME_LENGTH),
      amount: order.amount.toString(),
      note: bankText(order.narrative, NARRATIVE_LENGTH),
    });
    if (answer.kind === 'not-sent') return answer;
    const said = this.meaningOf(answer, order);
    if (said.kind === 'not-taken') return { kind: 'not-sent', why: 'the gateway took nothing in' };
    // What an order is told of another time is found out by enquiry.
    const isOfAnotherTime = said.kind === 'returned' || said.kind === 'not-found';
    return isOfAnotherTime ? unknown(`an order was answered ${said.kind}`) : said;
  }

  async enquire(
    queries: readonly PaymentQuery[],
    call: BankCall,
  ): Promise<Map<string, EnquiryAnswer>> {
    const answers = new Map<string, EnquiryAnswer>();
    for (const query of queries) {
      // What is not asked in time is missing in the answers, and so in doubt.
      if (call.signal.aborted) break;
      const answer = await this.send('/status', call, { ref: query.reference });
      const said = this.meaningOf(answer, query);
      answers.set(
        query.reference,
        said.kind === 'not-taken' ? unknown('an enquiry was answered not-taken') : said,
      );
    }
    return answers;
  }

  async verifyAccount(account: CreditorAccount, call: BankCall): Promise<AccountAnswer> {
    const { bankBin: bank_bin, accountNumber } = account;
    const answer = await this.send('/account', call, { bank_bin, account: accountNumber });
    const message = opened(answer, this.options.secret);
    if ('why' in message) return { kind: 'cannot-tell', why: message.why };
    const { account: about, code = '', name = '' } = message.fields;
    if (about !== accountNumber) {
      return { kind: 'cannot-tell', why: 'the answer is about another account' };
    }
    const said = this.codes.get(code)?.kind;
    if (said === 'settled' && name.trim() !== '') return { kind: 'found', accountName: name };
    if (said === 'not-found') return { kind: 'no-such-account' };
    return { kind: 'cannot-tell', why: `the answer's code is ${said ?? 'not listed'}` };
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }

  /** Anything but a listed code in a genuine answer about this very payment and amount is a doubt. */
  private meaningOf(
    answer: Exchange,
    about: Pick<PaymentQuery, 'reference' | 'amount'>,
  ): EnquiryAnswer | { readonly kind: 'not-taken' } {
    const message = opened(answer, this.options.secret);
    if ('why' in message) return unknown(message.why);
    const { ref, code = '', amount, bank_ref: bankReference } = message.fields;
    if (ref !== about.reference) return unknown('the answer is about another reference');
    const meaning = this.codes.get(code);
    if (!meaning) return unknown('the answer’s code is not listed');
    if (meaning.kind === 'not-found' || meaning.kind === 'not-taken') return { kind: meaning.kind };
    if (about.amount && amount !== about.amount.toString()) {
      return unknown('the answer is about another amount');
    }
    const fact: BankFact = bankReference ? { bankReference } : {};
    const { kind, reasonCode } = meaning;
    if (kind === 'settled' || kind === 'accepted') return { kind, ...fact };
    if (reasonCode === undefined) return unknown(`${kind} without a reason`);
    if (kind === 'rejected' && REFUSALS_THAT_TELL_NOTHING.has(reasonCode)) {
      return unknown(`refused for ${reasonCode}: the original's status is the truth`);
    }
    return { kind, reason: { code: reasonCode, text: message.fields.reason }, ...fact };
  }

  private send(path: string, call: BankCall, fields: Fields): Promise<Exchange> {
    const { partner, secret } = this.options;
    const time = this.clock.now().toISOString();
    return exchange(this.pool, {
      method: 'POST',
      target: `${this.basePath}${path}`,
      body: sealed({ ...fields, partner, time }, secret),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'accept-encoding': 'identity',
      },
      signal: AbortSignal.any([call.signal, AbortSignal.timeout(this.bank.timeoutMs)]),
      maxAnswerBytes: ANSWER_BYTES,
    });
  }
}
