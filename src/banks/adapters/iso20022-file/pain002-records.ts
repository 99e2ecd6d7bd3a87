import type { Money } from '../../../kernel/index.js';
import { FileBroken, type ReceivedFile, type UnreadItem } from '../../contract.js';
import { countsOf, type Counts } from './pain002-counts.js';
import { instantOf, moneyOf, namedBy, nameAt, tooMany } from './pain002-values.js';
import {
  levelWord,
  transactionWord,
  type GivenReason,
  type Translations,
  type Word,
} from './report-words.js';
import type { Spoken, TransactionWord } from './spread-words.js';
import { readElements, XML_LIMITS, type XmlElement } from './xml-elements.js';

const BLOCK = 'OrgnlPmtInfAndSts';
const TRANSACTION = 'TxInfAndSts';
/** A longer text is no status report, and would be held in memory. */
const MAX_TEXT = 8 * 1024;

export interface Row {
  readonly blockId: string | undefined;
  /** Undefined when it names nobody. */
  readonly reference: string | undefined;
  readonly said: Omit<TransactionWord, 'reference'>;
}

export interface Block extends Spoken {
  readonly id: string;
  readonly counts: Counts;
}

/** What a file holds, as far as it is understood without knowing what was sent. */
export interface Records {
  readonly document: XmlElement | undefined;
  readonly rows: readonly Row[];
  readonly blocks: readonly Block[];
  /** Of those rows that name nobody and say nothing, all together. */
  readonly empty: readonly UnreadItem[];
}

/** @throws FileBroken */
export async function readRecords(
  file: ReceivedFile,
  given: {
    readonly reasons: Translations;
    readonly maxBytes: number;
    /** Blocks and rows; more are refused, since all are held until the last is read. */
    readonly mostRecords: number;
  },
): Promise<Records> {
  const rows: Row[] = [];
  const blocks: Block[] = [];
  let document: XmlElement | undefined;
  let records = 0;
  const empty = { count: 0, where: '' };
  const limits = {
    ...XML_LIMITS,
    maxBytes: given.maxBytes,
    maxText: MAX_TEXT,
    records: new Set([BLOCK, TRANSACTION]),
  };
  for await (const element of readElements(file.path, limits)) {
    if (element.name !== TRANSACTION && element.name !== BLOCK) {
      document = element;
      continue;
    }
    records += 1;
    if (records > given.mostRecords)
      throw new FileBroken(tooMany(`${BLOCK}, ${TRANSACTION}`, given.mostRecords), element.where);
    if (element.name === BLOCK) {
      blocks.push(blockOf(element, given.reasons));
      continue;
    }
    const row = rowOf(element, given.reasons);
    if (row.reference !== undefined || row.said.word.kind !== 'silent') {
      rows.push(row);
      continue;
    }
    if (empty.count === 0) empty.where = element.where;
    empty.count += 1;
  }
  const why = `${empty.where}: ${empty.count} rows name no payment and say nothing, from here on`;
  return { document, rows, blocks, empty: empty.count === 0 ? [] : [{ why }] };
}

function rowOf(element: XmlElement, reasons: Translations): Row {
  const endToEnd = namedBy(element.textAt('OrgnlEndToEndId'));
  const instruction = namedBy(element.textAt('OrgnlInstrId'));
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

export const reasonsOf = (element: XmlElement): GivenReason[] =>
  element.all('StsRsnInf').map((reason) => ({
    code: reason.textAt('Rsn', 'Cd'),
    own: reason.textAt('Rsn', 'Prtry'),
    texts: reason.all('AddtlInf').map(({ text }) => text),
  }));

/** Undefined when the bank repeats none, null when it is none. */
function amountOf(element: XmlElement): Money | null | undefined {
  const original = element.child('OrgnlTxRef');
  const amount = original?.child('Amt', 'InstdAmt') ?? original?.child('IntrBkSttlmAmt');
  if (!amount) return undefined;
  return moneyOf(amount.text, amount.attributes.get('Ccy') ?? '') ?? null;
}
