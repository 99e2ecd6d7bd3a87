import type {
  FileReading,
  ReceivedFile,
  ReportReading,
  SentFiles,
  SentOrder,
  UnreadItem,
} from '../../contract.js';
import { blockIdOf, blocksOf } from './payment-blocks.js';
import { againstRefusal, countsOf, wrongCounts, type Counts } from './pain002-counts.js';
import { readRecords, reasonsOf, type Block, type Row } from './pain002-records.js';
import { instantAt, nameAt, namedBy, required } from './pain002-values.js';
import { levelWord, quoted, type Translations, type Word } from './report-words.js';
import {
  spreadWords,
  type ReportWords,
  type Spoken,
  type StrangeWord,
  type TransactionWord,
} from './spread-words.js';

export const PAIN_002 = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10';

/** More than the orders of any message. */
const MOST_RECORDS = 1_000_000;
/** `pain.001` of `pain.001.001.09`, also within a URN and without dots. */
const KIND_OF_MESSAGE = /\b([a-z]{4})\.?(\d{3})/i;

interface Reading {
  readonly sent: SentFiles;
  readonly reasons: Translations;
  readonly maxBytes: number;
}

/**
 * A status report, spread over the payments that it means. A row that is not understood is told with its line and
 * spoils no other; a file whose frame is not understood is broken as a whole.
 * @throws FileBroken
 */
export async function readPain002(file: ReceivedFile, given: Reading): Promise<FileReading> {
  const records = await readRecords(file, { ...given, mostRecords: MOST_RECORDS });
  const { document, rows, empty } = records;
  const report = required(document, 'CstmrPmtStsRpt');
  const header = required(report, 'GrpHdr');
  const group = required(report, 'OrgnlGrpInfAndSts');
  const about = required(group, 'OrgnlMsgNmId');
  const madeAt = instantAt(header, 'CreDtTm');
  const answers = nameAt(group, 'OrgnlMsgId');
  const said = (what: Pick<ReportReading, 'items' | 'unread'>): FileReading => ({
    kind: 'report',
    report: {
      id: nameAt(header, 'MsgId'),
      madeAt,
      answers,
      items: what.items,
      unread: [...what.unread, ...empty],
    },
  });
  const orders = await given.sent.orders(answers);
  if (!isAboutOrders(about.text)) {
    const why = `it is about ${quoted(about.text)}, not about payment orders`;
    if (!orders) return { kind: 'nothing', why };
    // A refused request to cancel our message, say, must not be heard as a refusal of our payments.
    return said({ items: [], unread: [{ why: `${about.where}: ${why}` }] });
  }
  const spoken: Spoken = {
    word: levelWord({ status: group.textAt('GrpSts'), reasons: reasonsOf(group) }, given.reasons),
    where: group.where,
  };
  if (!orders) return said({ items: [], unread: notOurs(answers, rows, spoken) });
  const counts = countsOf(group);
  return said(spreadOver(orders, { ...records, answers, group: { ...spoken, counts }, madeAt }));
}

/** The bank's name of what it answers; one that tells no kind (NOTPROVIDED) leaves it to the id of the message. */
function isAboutOrders(name: string): boolean {
  const [, area, number] = KIND_OF_MESSAGE.exec(name) ?? [];
  return area === undefined || `${area.toLowerCase()}.${number}` === 'pain.001';
}

/** A level with what is counted beside its word. */
type CountedLevel = Spoken & { readonly counts: Counts };

interface Placed {
  readonly unread: readonly UnreadItem[];
  readonly strange: readonly StrangeWord[];
}

function spreadOver(
  orders: readonly SentOrder[],
  given: {
    answers: string;
    rows: readonly Row[];
    blocks: readonly Block[];
    group: CountedLevel;
    madeAt: Date;
  },
): Pick<ReportReading, 'items' | 'unread'> {
  const ofFund = blocksOf(orders);
  const fundOf = new Map([...ofFund.keys()].map((fund) => [blockIdOf(given.answers, fund), fund]));
  const blocks = placedBlocks(given.blocks, { fundOf, ofFund });
  const rows = placedRows(given.rows, { fundOf, orders });
  const spread = spreadWords(orders, {
    group: countedWith(given.group, orders),
    blocks: blocks.blocks,
    transactions: rows.transactions,
    strange: [...blocks.strange, ...rows.strange],
    sequence: given.madeAt.getTime(),
  });
  const wrong = wrongCounts(given.group.counts, orders);
  return {
    items: spread.items,
    unread: [...wrong, ...blocks.unread, ...rows.unread, ...spread.unread],
  };
}

/** The blocks by our funds. */
function placedBlocks(
  given: readonly Block[],
  sent: {
    fundOf: ReadonlyMap<string, string>;
    ofFund: ReadonlyMap<string, readonly SentOrder[]>;
  },
): Placed & Pick<ReportWords, 'blocks'> {
  const unread: UnreadItem[] = [];
  const strange: StrangeWord[] = [];
  const blocks = new Map<string, Spoken>();
  for (const block of given) {
    const fund = sent.fundOf.get(block.id);
    const orders = fund === undefined ? undefined : sent.ofFund.get(fund);
    const counted = block.word.kind === 'silent' && againstRefusal(block.counts, orders);
    if (counted) strange.push({ word: { kind: 'doubt', why: counted }, where: block.where, fund });
    if (fund === undefined || !orders) {
      strange.push(block);
      // NOTPROVIDED is no mistake where the rows name their payments and the block itself says nothing.
      if (namedBy(block.id) !== undefined || saysAnything(block.word))
        unread.push({ why: `${block.where}: the message has no block ${quoted(block.id)}` });
      continue;
    }
    unread.push(...wrongCounts(block.counts, orders));
    blocks.set(fund, sameOrDoubt(blocks.get(fund), countedWith(block, orders)));
  }
  return { unread, strange, blocks };
}

/** The rows by our payments. */
function placedRows(
  given: readonly Row[],
  sent: { fundOf: ReadonlyMap<string, string>; orders: readonly SentOrder[] },
): Placed & Pick<ReportWords, 'transactions'> {
  const ours = new Map(sent.orders.map((order) => [order.reference, order]));
  const unread: UnreadItem[] = [];
  const strange: StrangeWord[] = [];
  const transactions: TransactionWord[] = [];
  for (const { reference, blockId, said } of given) {
    const order = reference === undefined ? undefined : ours.get(reference);
    const fund = blockId === undefined ? undefined : sent.fundOf.get(blockId);
    if (reference === undefined || !order) {
      strange.push({ word: said.word, where: said.where, fund });
      unread.push(unknownRow(reference, said.where, 'no payment of this message'));
      continue;
    }
    const elsewhere = fund !== undefined && fund !== order.fund;
    const word: Word = elsewhere ? { kind: 'doubt', why: 'it stands in another block' } : said.word;
    if (elsewhere) strange.push({ word, where: said.where, fund });
    transactions.push({ ...said, reference, word });
  }
  return { unread, strange, transactions };
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

const saysAnything = ({ kind }: Word): boolean => kind !== 'silent' && kind !== 'part';

/** A refusal of all, beside which something else is counted, is a doubt. */
function countedWith({ word, where, counts }: CountedLevel, orders: readonly SentOrder[]): Spoken {
  const isRefused = word.kind === 'rejected' || word.kind === 'leaning';
  const against = isRefused ? againstRefusal(counts, orders) : undefined;
  if (against === undefined) return { word, where };
  return { where, word: { kind: 'doubt', why: `a refusal of all, and ${against}` } };
}

/** A block that comes twice with two words says nothing certain. */
function sameOrDoubt(before: Spoken | undefined, block: Spoken): Spoken {
  if (!before || JSON.stringify(before.word) === JSON.stringify(block.word)) return block;
  // Both leave it to their rows.
  if (!saysAnything(before.word) && !saysAnything(block.word))
    return before.word.kind === 'part' ? before : block;
  const why = `this block is spoken of twice, differently; also at ${before.where}`;
  return { where: block.where, word: { kind: 'doubt', why } };
}
