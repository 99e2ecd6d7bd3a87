import { grouped, maskTail, type Bilingual, type Money } from '../../../kernel/index.js';
import type { NoticeItem, SentOrder, UnreadItem } from '../../contract.js';
import { bilingualWhy, MATCH_TEXTS, placesOf } from './match.texts.js';
import type { Fact, Word } from './words.rules.js';

/** One row of a result list, as far as it could be read. */
export interface ResultRow {
  /** Its cell for people, `H17`; with the sheet where there are several. */
  readonly place: string;
  /** Our reference, wherever in its cell it stands. */
  readonly reference: string | null;
  /** As it stands there: its zeros in front may have been lost on the way. */
  readonly account: string | null;
  readonly amount: Money | null;
  /** By when the bank had done it, as it says. */
  readonly latest: Date | null;
  readonly word: Word;
  /** Why nothing may be taken from it: a formula, an amount that is none, two references. */
  readonly fault: Bilingual | null;
}

export interface Matching {
  readonly items: readonly NoticeItem[];
  readonly unread: readonly UnreadItem[];
}

export interface ToMatch {
  /** In the order of the list that came back. */
  readonly rows: readonly ResultRow[];
  /** Orders of every message that the list speaks of, as far as they are known. */
  readonly known: readonly SentOrder[];
  /** The one message that the list surely answers; null: rows are found by reference only. */
  readonly answered: Answered | null;
}

export interface Answered {
  readonly orders: readonly SentOrder[];
  /** When the message was made; null where that is not known. */
  readonly madeAt: Date | null;
}

/** Clocks of offices and banks differ by so much. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** Whether any row may be about one of these: by reference, or by account and amount. */
export function speaksOf(rows: readonly ResultRow[], orders: readonly SentOrder[]): boolean {
  const references = new Set(orders.map(({ reference }) => reference));
  const keys = new Set(orders.map((order) => keyOf(order.accountNumber, order.amount)));
  return rows.some(({ reference, account, amount }) =>
    reference === null ? keys.has(keyOf(account ?? '', amount)) : references.has(reference),
  );
}

/**
 * Which row speaks of which payment. By our reference above all; without one, by account and amount within the one
 * message that the list answers, and only where as many rows as payments are so. Which of several equal payments a
 * row means is asked of the order only where the whole list kept it. What is not certain is told, never taken.
 */
export function matchRows({ rows, known, answered }: ToMatch): Matching {
  const told = new Told();
  const orders = new Map(known.map((order) => [order.reference, order]));
  const named = rows.filter(({ reference }) => reference !== null);
  for (const [reference, group] of grouped(named, (row) => row.reference ?? '')) {
    told.add(spokenByReference({ reference, rows: group, order: orders.get(reference) }));
  }
  const bare = rows.filter(({ reference }) => reference === null);
  const ours = new Set(answered?.orders.map(({ reference }) => reference));
  if (answered === null) {
    told.add(bare.map((row) => unreadRow(row, MATCH_TEXTS.noReference)));
  } else if (named.some(({ reference }) => !ours.has(reference ?? ''))) {
    told.add(bare.map((row) => unreadRow(row, MATCH_TEXTS.otherMessages)));
  } else {
    told.add(spokenByAccount({ bare, answered, rows }));
  }
  const unmentioned = known.filter(({ reference }) => !told.references.has(reference));
  told.add(unmentioned.map(({ reference }) => unread(MATCH_TEXTS.missing, reference)));
  return told;
}

type Spoken = NoticeItem | UnreadItem;

class Told implements Matching {
  readonly items: NoticeItem[] = [];
  readonly unread: UnreadItem[] = [];
  readonly references = new Set<string>();

  add(spoken: readonly Spoken[]): void {
    for (const each of spoken) {
      if (each.reference !== undefined) this.references.add(each.reference);
      if ('fact' in each) this.items.push(each);
      else this.unread.push(each);
    }
  }
}

interface Group {
  readonly reference: string;
  readonly rows: readonly ResultRow[];
  readonly order: SentOrder | undefined;
}

/** All rows with one reference: they say one thing of one payment, or nothing. */
function spokenByReference({ reference, rows, order }: Group): Spoken[] {
  const [first] = rows;
  if (!first) return [];
  const faulty = rows.find(({ fault }) => fault !== null);
  if (faulty?.fault) return [unread(faulty.fault, reference, [faulty])];
  const stray = order && rows.find(({ account }) => account !== null && !isAccount(account, order));
  if (stray) return [unread(MATCH_TEXTS.otherAccount, reference, [stray])];
  const silent = rows.find(({ word }) => word.kind === 'nothing');
  if (silent?.word.kind === 'nothing') return [unread(silent.word.why, reference, [silent])];
  const facts = factsOf(rows);
  const [fact] = facts;
  if (!fact || !saysOneThing(rows)) return [unread(MATCH_TEXTS.contradicts, reference, rows)];
  const { amount } = first;
  const item: NoticeItem = { reference, fact, ...(amount && { amount }) };
  const bookings = new Set(facts.map(({ bankReference }) => bankReference));
  const booked = fact.kind === 'settled' && bookings.size > 1;
  return booked ? [item, unread(MATCH_TEXTS.bookedTwice, reference, rows)] : [item];
}

interface Bare {
  /** The rows without a reference. */
  readonly bare: readonly ResultRow[];
  readonly answered: Answered;
  /** All rows of the list. */
  readonly rows: readonly ResultRow[];
}

/** Rows without a reference, by account and amount: as many rows as payments, and none of these named elsewhere. */
function spokenByAccount({ bare, answered: { orders, madeAt }, rows }: Bare): Spoken[] {
  const spoken: Spoken[] = [];
  const ordersOf = grouped(orders, (order) => keyOf(order.accountNumber, order.amount));
  const kept = isInOurOrder(rows, orders);
  const named = new Set(rows.map(({ reference }) => reference));
  const sound: ResultRow[] = [];
  for (const row of bare) {
    if (row.fault) spoken.push(unreadRow(row, row.fault));
    else if (row.account === null) spoken.push(unreadRow(row, MATCH_TEXTS.noAccount));
    else if (row.amount === null) spoken.push(unreadRow(row, MATCH_TEXTS.noAmount));
    else if (isBefore(row, madeAt)) spoken.push(unreadRow(row, MATCH_TEXTS.beforeTheList));
    else sound.push(row);
  }
  for (const [key, group] of grouped(sound, (row) => keyOf(row.account ?? '', row.amount))) {
    const meant = ordersOf.get(key) ?? [];
    const [row] = group;
    if (meant.length === 0 && row) {
      const tail = maskTail(row.account ?? '');
      spoken.push(...group.map((each) => unreadRow(each, MATCH_TEXTS.nobody(tail))));
      continue;
    }
    const doubt = doubtOf({ group, meant, named, kept });
    if (doubt) spoken.push(...meant.map(({ reference }) => unread(doubt, reference, group)));
    else spoken.push(...paired(group, meant, kept));
  }
  return spoken;
}

/** No bank does what a list asks before there is one: such a row is of another month's. */
function isBefore({ latest }: ResultRow, madeAt: Date | null): boolean {
  if (!latest || !madeAt) return false;
  return latest.getTime() < madeAt.getTime() - CLOCKS_DIFFER_MS;
}

interface Pairing {
  readonly group: readonly ResultRow[];
  readonly meant: readonly SentOrder[];
  readonly named: ReadonlySet<string | null>;
  readonly kept: boolean;
}

/** Why these rows cannot be laid to these payments, one to one. */
function doubtOf({ group, meant, named, kept }: Pairing): Bilingual | null {
  if (meant.some(({ reference }) => named.has(reference))) return MATCH_TEXTS.partlyNamed;
  if (group.length !== meant.length) return MATCH_TEXTS.otherCount(group.length, meant.length);
  const fits = group.every(({ account }) =>
    meant.every((order) => isAccount(account ?? '', order)),
  );
  if (!fits) return MATCH_TEXTS.zeros;
  const silent = group.find(({ word }) => word.kind === 'nothing');
  if (silent?.word.kind === 'nothing') return silent.word.why;
  if (group.length === 1 || kept) return null;
  if (!saysOneThing(group)) return MATCH_TEXTS.orderLost;
  return areDistinct(group) ? null : MATCH_TEXTS.copies;
}

function paired(
  group: readonly ResultRow[],
  meant: readonly SentOrder[],
  kept: boolean,
): NoticeItem[] {
  return factsOf(group).flatMap((fact, nth): NoticeItem[] => {
    const order = meant[nth];
    if (!order) return [];
    // Of equal payments in a list without our order, nobody knows which booking is whose.
    const certain = kept || meant.length === 1;
    const said: Fact = certain ? fact : { ...fact, bankReference: undefined, at: undefined };
    return [{ reference: order.reference, fact: said, amount: order.amount }];
  });
}

/** Row for row the payments of our list, none more, none less: then the order means something. */
function isInOurOrder(rows: readonly ResultRow[], orders: readonly SentOrder[]): boolean {
  if (rows.length !== orders.length) return false;
  return orders.every((order, nth) => {
    const row = rows[nth];
    if (row?.reference) return row.reference === order.reference;
    return isAccount(row?.account ?? '', order) && row?.amount?.equals(order.amount) === true;
  });
}

/** A spreadsheet program drops zeros in front of what it takes for a number; it never adds any. */
function isAccount(shown: string, { accountNumber }: SentOrder): boolean {
  if (shown === accountNumber) return true;
  const lost = accountNumber.slice(0, Math.max(0, accountNumber.length - shown.length));
  return shown !== '' && /^0+$/.test(lost) && accountNumber === `${lost}${shown}`;
}

function withoutZeros(account: string): string {
  return account.replace(/^0+/, '');
}

function keyOf(account: string, amount: Money | null): string {
  return `${withoutZeros(account)} ${amount?.toString() ?? ''}`;
}

/** Whether surely none is a copy of another: a row doubled while its equal was dropped leaves the count as it was. */
function areDistinct(rows: readonly ResultRow[]): boolean {
  const marks = factsOf(rows).map(({ bankReference, at }) => `${bankReference} ${at?.getTime()}`);
  return new Set(marks).size === rows.length;
}

function factsOf(rows: readonly ResultRow[]): Fact[] {
  return rows.flatMap(({ word }) => (word.kind === 'fact' ? [word.fact] : []));
}

/** Whether the rows say the same of the same amount. */
function saysOneThing(rows: readonly ResultRow[]): boolean {
  const words = rows.map(({ word, amount }) => {
    const fact = word.kind === 'fact' ? word.fact : null;
    const code = fact?.kind === 'rejected' ? fact.reason.code : '';
    return `${fact?.kind ?? 'nothing'} ${code} ${amount?.toString() ?? ''}`;
  });
  return new Set(words).size === 1;
}

function unreadRow(row: ResultRow, why: Bilingual): UnreadItem {
  return { why: bilingualWhy(why, [row.place]) };
}

function unread(why: Bilingual, reference: string, rows: readonly ResultRow[] = []): UnreadItem {
  return { reference, why: bilingualWhy(why, placesOf(rows)) };
}
