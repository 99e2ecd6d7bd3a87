import { DateTime } from 'luxon';
import {
  bankText,
  InvariantError,
  Money,
  OFFICE_ZONE,
  officeDate,
  tidyText,
} from '../../../kernel/index.js';
import { noDebtorAccount } from '../../banks.errors.js';
import type { FileMessage, PaymentOrder, WrittenFile } from '../../contract.js';
import { ANY_FUND, type Iso20022FileOptions } from './options.js';
import { blockIdOf, blocksOf } from './payment-blocks.js';
import { element, render, type XmlNode } from './xml-text.js';

export const PAIN_001 = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

const NARRATIVE_LENGTH = 25;
/** Text is handed on in pieces of about this size, so that a message of any length needs the same memory. */
const PIECE_BYTES = 64 * 1024;
/** Printable ASCII without blanks, within Max35Text. */
const REFERENCE = /^[\x21-\x7e]{1,35}$/;
const MESSAGE_REFERENCE = /^[A-Za-z0-9][A-Za-z0-9-]{0,34}$/;

export type WriterOptions = Pick<
  Iso20022FileOptions,
  | 'debtor'
  | 'debtorAgent'
  | 'debtorAccounts'
  | 'chargeBearer'
  | 'batchBooking'
  | 'names'
  | 'nameLength'
  | 'namePrefix'
>;

interface Block {
  readonly id: string;
  readonly account: string;
  readonly orders: readonly PaymentOrder[];
  readonly total: Money;
}

/**
 * One message as pain.001.001.09: a payment information block for every fund, đồng without decimals, counts and
 * control sums at both levels. Only from the message and the options, so the same message is the same bytes.
 * Everything is checked before there is a byte; the schema would let through what a bank must not see.
 * @throws DomainError banks.no-debtor-account for a fund that the options do not know.
 * @throws InvariantError for a message that contradicts itself.
 */
export function writePain001(message: FileMessage, options: WriterOptions): WrittenFile {
  const blocks = checkedBlocks(message, options);
  return {
    fileName: `${options.namePrefix}${message.reference}.xml`,
    mediaType: 'application/xml',
    content: { [Symbol.asyncIterator]: () => pieces(lines(message, blocks, options)) },
  };
}

function checkedBlocks(message: FileMessage, options: WriterOptions): Block[] {
  const { reference, orders, total } = message;
  const broken = (what: string, ids: Record<string, unknown> = {}) =>
    new InvariantError(what, { message: reference, ...ids });
  if (!MESSAGE_REFERENCE.test(reference)) throw broken('a message reference that no file can bear');
  if (orders.length === 0) throw broken('a message without payments');
  const seen = new Set<string>();
  for (const order of orders) {
    const { reference: payment } = order;
    if (!REFERENCE.test(payment)) throw broken('a reference that no file can bear', { payment });
    if (seen.has(payment)) throw broken('one reference twice in a message', { payment });
    seen.add(payment);
    const wrong = faultOf(order, options);
    if (wrong) throw broken(wrong, { payment });
  }
  const blocks = [...blocksOf(orders)].map(([fund, ofFund]) => ({
    id: blockIdOf(reference, fund),
    account: accountOf(fund, options),
    orders: ofFund,
    total: Money.sum(ofFund.map(({ amount }) => amount)),
  }));
  const sum = Money.sum(blocks.map((block) => block.total));
  if (!sum.equals(total)) throw broken('a control sum that is not the sum of the payments');
  return blocks;
}

function faultOf(order: PaymentOrder, options: WriterOptions): string | null {
  if (order.amount.currency !== 'VND' || !order.amount.isPositive())
    return 'an amount that is no đồng above zero';
  if (!/^\d{6}$/.test(order.bankBin)) return 'a BIN that is not six digits';
  if (!/^[A-Za-z0-9]{1,34}$/.test(order.accountNumber)) return 'an account of other characters';
  if (nameOf(order.accountName, options) === '') return 'a name of which nothing is left';
  return null;
}

function accountOf(fund: string, { debtorAccounts }: WriterOptions): string {
  const named = Object.hasOwn(debtorAccounts, fund) ? debtorAccounts[fund] : undefined;
  const account = named ?? debtorAccounts[ANY_FUND];
  if (account === undefined) throw noDebtorAccount(fund);
  return account;
}

function* lines(
  message: FileMessage,
  blocks: readonly Block[],
  options: WriterOptions,
): Generator<string, void, undefined> {
  const { reference, orders, total, madeAt } = message;
  yield `<?xml version="1.0" encoding="UTF-8"?>`;
  yield `<Document xmlns="${PAIN_001}"><CstmrCdtTrfInitn>`;
  yield render(
    element('GrpHdr', [
      element('MsgId', reference),
      element('CreDtTm', officeTime(madeAt)),
      ...countsOf(orders, total),
      element('InitgPty', partyOf(options)),
    ]),
  );
  for (const block of blocks) {
    yield '<PmtInf>';
    for (const node of blockHead(block, madeAt, options)) yield render(node);
    for (const order of block.orders) yield render(transactionOf(order, options));
    yield '</PmtInf>';
  }
  yield '</CstmrCdtTrfInitn></Document>';
}

const countsOf = (orders: readonly PaymentOrder[], total: Money): XmlNode[] => [
  element('NbOfTxs', String(orders.length)),
  element('CtrlSum', total.toString()),
];

function partyOf(options: WriterOptions): (XmlNode | undefined)[] {
  const { name, id } = options.debtor;
  return [
    element('Nm', nameOf(name, options) || name),
    id === undefined
      ? undefined
      : element('Id', [element('OrgId', [element('Othr', [element('Id', id)])])]),
  ];
}

function blockHead(block: Block, madeAt: Date, options: WriterOptions): XmlNode[] {
  return [
    element('PmtInfId', block.id),
    element('PmtMtd', 'TRF'),
    element('BtchBookg', String(options.batchBooking)),
    ...countsOf(block.orders, block.total),
    element('ReqdExctnDt', [element('Dt', officeDate(madeAt))]),
    element('Dbtr', partyOf(options)),
    element('DbtrAcct', [...accountNode(block.account), element('Ccy', 'VND')]),
    element('DbtrAgt', agentNode(options.debtorAgent)),
    element('ChrgBr', options.chargeBearer),
  ];
}

function transactionOf(order: PaymentOrder, options: WriterOptions): XmlNode {
  const narrative = bankText(order.narrative, NARRATIVE_LENGTH);
  return element('CdtTrfTxInf', [
    element('PmtId', [element('InstrId', order.reference), element('EndToEndId', order.reference)]),
    element('Amt', [element('InstdAmt', order.amount.toString(), { Ccy: order.amount.currency })]),
    element('CdtrAgt', agentNode({ memberId: order.bankBin })),
    element('Cdtr', [element('Nm', nameOf(order.accountName, options))]),
    element('CdtrAcct', accountNode(order.accountNumber)),
    narrative === '' ? undefined : element('RmtInf', [element('Ustrd', narrative)]),
  ]);
}

const accountNode = (account: string): XmlNode[] => [
  element('Id', [element('Othr', [element('Id', account)])]),
];

const agentNode = (agent: WriterOptions['debtorAgent']): XmlNode[] => [
  element('FinInstnId', [
    agent.bic === undefined ? undefined : element('BICFI', agent.bic),
    agent.memberId === undefined
      ? undefined
      : element('ClrSysMmbId', [element('MmbId', agent.memberId)]),
  ]),
];

function nameOf(name: string, { names, nameLength }: WriterOptions): string {
  if (names === 'ascii') return bankText(name, nameLength);
  return [...tidyText(name)].slice(0, nameLength).join('').trim();
}

function officeTime(at: Date): string {
  return DateTime.fromJSDate(at, { zone: OFFICE_ZONE }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

async function* pieces(text: Iterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  let held: string[] = [];
  let length = 0;
  for (const line of text) {
    held.push(line, '\n');
    length += line.length + 1;
    if (length < PIECE_BYTES) continue;
    yield Buffer.from(held.join(''));
    // Writing a long message must not hold up everybody else in the process.
    await new Promise((wake) => setImmediate(wake));
    held = [];
    length = 0;
  }
  if (held.length > 0) yield Buffer.from(held.join(''));
}
