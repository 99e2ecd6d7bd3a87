import type { Money } from '../../../kernel/index.js';
import type { ReceivedFile } from '../../contract.js';
import { countsOf, type Counts } from './pain002-counts.js';
import { instantOf, moneyOf, namedBy, nameAt } from './pain002-values.js';
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
}

/** @throws FileBroken */
export async function readRecords(
  file: ReceivedFile,
  given: {
    readonly reasons: Translations;
    readonly maxBytes: number;
  },
): Promise<Records> {
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
  return { document, rows, blocks };
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
