import { Money } from '../../../kernel/index.js';
import type {
  FileReading,
  ReceivedFile,
  SentFiles,
  SentOrder,
  UnreadItem,
} from '../../contract.js';
import { blockIdOf, blocksOf } from './payment-blocks.js';
import { instantAt, instantOf, moneyOf, nameAt, required } from './pain002-values.js';
import {
  levelWord,
  quoted,
  transactionWord,
  type GivenReason,
  type Translations,
  type Word,
} from './report-words.js';
import { spreadWords, type Spoken, type TransactionWord } from './spread-words.js';
import { readElements, XML_LIMITS, type XmlElement } from './xml-elements.js';

export const PAIN_002 = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10';

const BLOCK = 'OrgnlPmtInfAndSts';
const TRANSACTION = 'TxInfAndSts';
/** A longer text is no status report, and would be held in memory. */
const MAX_TEXT = 8 * 1024;

interface Reading {
  readonly sent: SentFiles;
  readonly reasons: Translations;
  readonly maxBytes: number;
}

interface Row {
  readonly blockId: string | undefined;
  /** Undefined when it names nobody. */
  readonly reference: string | undefined;
  readonly said: Omit<TransactionWord, 'reference'>;
}

interface Block extends Spoken {
  readonly id: string;
  readonly counts: readonly Count[];
}

/** A count or a sum that the bank repeats of what we sent. */
interface Count {
  readonly name: string;
  readonly says: string;
  readonly where: string;
}

/**
 * A status report, spread over the payments that it means. A row that is not understood is told with its line and
 * spoils no other; a file whose frame is not understood is broken as a whole.
 * @throws FileBroken
 */
export async function readPain002(file: ReceivedFile, given: Reading): Promise<FileReading> {
  const rows: Row[] = [];
  const blocks: Block[] = [];
  let document: XmlElement | undefined;
  const limits = {
    ...XML_LIMITS,
    maxBytes: given.maxBytes,
    maxText: MAX_TEXT,
    records: new Set([BLOCK, TRANSACTION]),
  };
  for await (const element of readElements(file.path, limits)) {
    if (element.name === TRANSACTION) rows.push(rowOf(element, given.reasons));
    else if (element.name === BLOCK) blocks.push(blockOf(element, given.reasons));
    else document = element;
  }
  const report = required(document, 'CstmrPmtStsRpt');
  const header = required(report, 'GrpHdr');
  const group = required(report, 'OrgnlGrpInfAndSts');
  const about = nameAt(group, 'OrgnlMsgNmId');
  if (!/^pain\.001\b/i.test(about))
    return { kind: 'nothing', why: `it is about ${quoted(about)}, not about payment orders` };
  const madeAt = instantAt(header, 'CreDtTm');
  const answers = nameAt(group, 'OrgnlMsgId');
  const orders = await given.sent.orders(answers);
  const spoken: Spoken = {
    word: levelWord({ status: group.textAt('GrpSts'), reasons: reasonsOf(group) }, given.reasons),
    where: group.where,
  };
  const said = orders
    ? spreadOver(orders, { answers, rows, blocks, group: spoken, counts: countsOf(group), madeAt })
    : { items: [], unread: notOurs(answers, rows, spoken) };
  return { kind: 'report', report: { id: nameAt(header, 'MsgId'), madeAt, answers, ...said } };
}

function spreadOver(
  orders: readonly SentOrder[],
  given: {
    answers: string;
    rows: readonly Row[];
    blocks: readonly Block[];
    group: Spoken;
    counts: readonly Count[];
    madeAt: Date;
  },
) {
  const ofFund = blocksOf(orders);
  const fundOf = new Map([...ofFund.keys()].map((fund) => [blockIdOf(given.answers, fund), fund]));
  const ours = new Map(orders.map((order) => [order.reference, order]));
  const unread: UnreadItem[] = [...wrongCounts(given.counts, orders)];
  const blocks = new Map<string, Spoken>();
  for (const block of given.blocks) {
    const fund = fundOf.get(block.id);
    if (fund === undefined) {
      unread.push({ why: `${block.where}: the message has no block ${quoted(block.id)}` });
      continue;
    }
    unread.push(...wrongCounts(block.counts, ofFund.get(fund) ?? []));
    blocks.set(fund, sameOrDoubt(blocks.get(fund), block));
  }
  const transactions: TransactionWord[] = [];
  for (const { reference, blockId, said } of given.rows) {
    const order = reference === undefined ? undefined : ours.get(reference);
    if (reference === undefined || !order) {
      unread.push(unknownRow(reference, said.where, 'no payment of this message'));
      continue;
    }
    const fund = blockId === undefined ? undefined : fundOf.get(blockId);
    const elsewhere = fund !== undefined && fund !== order.fund;
    const word: Word = elsewhere ? { kind: 'doubt', why: 'it stands in another block' } : said.word;
    transactions.push({ ...said, reference, word });
  }
  const sequence = given.madeAt.getTime();
  const spread = spreadWords(orders, { group: given.group, blocks, transactions, sequence });
  return { items: spread.items, unread: [...unread, ...spread.unread] };
}

function notOurs(answers: string, rows: readonly Row[], group: Spoken): UnreadItem[] {
  const why = `the message ${quoted(answers)} is not ours`;
  return [
    { why: `${group.where}: ${why}` },
    ...rows.map(({ reference, said }) => unknownRow(reference, said.where, why)),
  ];
}

function unknownRow(reference: string | undefined, where: string, why: string): UnreadItem {
  if (reference === undefined) return { why: `${where}: it names no payment` };
  return /^[\x21-\x7e]{1,35}$/.test(reference)
    ? { reference, why: `${where}: ${why}` }
    : { why: `${where}: ${quoted(reference)} is no reference of ours` };
}

/** A block that comes twice with two words says nothing certain. */
function sameOrDoubt(before: Spoken | undefined, block: Spoken): Spoken {
  if (!before || JSON.stringify(before.word) === JSON.stringify(block.word)) return block;
  const why = `this block is spoken of twice, differently; also at ${before.where}`;
  return { where: block.where, word: { kind: 'doubt', why } };
}

function* wrongCounts(
  counts: readonly Count[],
  orders: readonly SentOrder[],
): Generator<UnreadItem, void, undefined> {
  const total = Money.sum(orders.map(({ amount }) => amount));
  for (const { name, says, where } of counts) {
    const isSum = name === 'OrgnlCtrlSum';
    const right = isSum ? moneyOf(says, 'VND')?.equals(total) : says === String(orders.length);
    if (right !== true)
      yield {
        why: `${where}: ${name} says ${quoted(says)}, and it was ${isSum ? total.toString() : orders.length}`,
      };
  }
}

function rowOf(element: XmlElement, reasons: Translations): Row {
  const endToEnd = element.textAt('OrgnlEndToEndId');
  const instruction = element.textAt('OrgnlInstrId');
  const differ = endToEnd !== undefined && instruction !== undefined && endToEnd !== instruction;
  const told = transactionWord(
    { status: element.textAt('TxSts'), reasons: reasonsOf(element) },
    reasons,
  );
  const amount = amountOf(element);
  const word: Word =
    amount === null
      ? { kind: 'doubt', why: 'its amount is none of its currency' }
      : differ
        ? { kind: 'doubt', why: 'OrgnlInstrId and OrgnlEndToEndId name two payments' }
        : told;
  const bankReference = element.textAt('AcctSvcrRef') ?? element.textAt('ClrSysRef');
  return {
    blockId: element.within(BLOCK)?.textAt('OrgnlPmtInfId'),
    reference: endToEnd ?? instruction,
    said: {
      word,
      where: element.where,
      amount: amount ?? undefined,
      at: instantOf(element.textAt('AccptncDtTm')),
      bankReference: /^[\x20-\x7e]{1,64}$/.test(bankReference ?? '') ? bankReference : undefined,
    },
  };
}

function blockOf(element: XmlElement, reasons: Translations): Block {
  const given = { status: element.textAt('PmtInfSts'), reasons: reasonsOf(element) };
  return {
    id: nameAt(element, 'OrgnlPmtInfId'),
    word: levelWord(given, reasons),
    where: element.where,
    counts: countsOf(element),
  };
}

const reasonsOf = (element: XmlElement): GivenReason[] =>
  element.all('StsRsnInf').map((reason) => ({
    code: reason.textAt('Rsn', 'Cd'),
    own: reason.textAt('Rsn', 'Prtry'),
    texts: reason.all('AddtlInf').map(({ text }) => text),
  }));

const countsOf = (element: XmlElement): Count[] =>
  ['OrgnlNbOfTxs', 'OrgnlCtrlSum'].flatMap((name) => {
    const found = element.child(name);
    return found ? [{ name, says: found.text, where: found.where }] : [];
  });

/** Undefined when the bank repeats none, null when it is none. */
function amountOf(element: XmlElement): Money | null | undefined {
  const original = element.child('OrgnlTxRef');
  const amount = original?.child('Amt', 'InstdAmt') ?? original?.child('IntrBkSttlmAmt');
  if (!amount) return undefined;
  return moneyOf(amount.text, amount.attributes.get('Ccy') ?? '') ?? null;
}
