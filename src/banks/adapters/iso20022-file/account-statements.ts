import { createHash } from 'node:crypto';
import type { StatementEntry, StatementReading } from '../../contract.js';
import { Money, officeDate } from '../../../kernel/index.js';
import { entryOf, type Booking } from './booking.js';
import { EntryIds, Tally } from './entry-ids.js';
import { dayAfter } from './statement-days.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';

/** Entries that are handed on together. */
const PAGE = 1_000;
const ID_MAX = 200;

/** A statement of one account as it lies in a file, or one page of it. */
export interface Piece {
  /** As our settings write it. */
  readonly account: string;
  /** The bank's id of the statement. */
  readonly id: string;
  readonly opening: Money;
  readonly closing: Money;
  /** ISO 8601 dates; of a statement that does not say its first day, the day of its opening balance. */
  readonly from: string;
  readonly to: string;
  /** Whether `from` is the day of a balance, which may be that of the closing before. */
  readonly fromBalance: boolean;
  /** Its balance is not that of a day but that between two pages. */
  readonly opensWithin: boolean;
  readonly closesWithin: boolean;
  /** Of this piece alone. */
  readonly tally: Tally;
  readonly madeAt?: Date;
  readonly where: string;
}

/** A booking and the number of its piece in the file, from 0. */
export type PlacedBooking = readonly [piece: number, booking: Booking];

export interface PiecesOfFile {
  /** Pieces of our accounts by their number in the file. */
  readonly pieces: ReadonlyMap<number, Piece>;
  /** Bookings of these pieces, from the beginning at every call. */
  bookings(pieces: ReadonlySet<number>): AsyncIterable<PlacedBooking>;
}

/**
 * The statements of a file. Pages are joined. Statements of the same days are made one where the file has each of our
 * accounts exactly once, so that they cover the bank's day; otherwise each account's is given as it is and says whose,
 * where there are several.
 */
export function statementsOf(file: PiecesOfFile, accounts: readonly string[]): StatementReading[] {
  const joined: Joined[] = [];
  const lastOf = new Map<string, Joined>();
  for (const [number, piece] of file.pieces) {
    const last = lastOf.get(piece.account);
    if (last?.goesOnIn(piece)) {
      last.add(number, piece);
      continue;
    }
    const next = new Joined(number, piece);
    joined.push(next);
    lastOf.set(piece.account, next);
  }
  const bySpan = new Map<string, Joined[]>();
  for (const one of joined) {
    const span = one.span.join(' ');
    bySpan.set(span, [...(bySpan.get(span) ?? []), one]);
  }
  return [...bySpan.values()].flatMap((ofSpan) => {
    const told = new Set(ofSpan.map(({ account }) => account));
    // Of the only account we have there, each is all that the bank tells of its days.
    if (accounts.length === 1) return ofSpan.map((one) => readingOf(file, [one]));
    const isWhole = told.size === ofSpan.length && accounts.every((account) => told.has(account));
    if (isWhole) return [readingOf(file, ofSpan)];
    return ofSpan.map((one) => ({ ...readingOf(file, [one]), account: one.account }));
  });
}

/** The statement of one account with all its pages. */
class Joined {
  readonly pieces = new Map<number, Piece>();
  private last: Piece;
  private summed: Tally | undefined;

  constructor(
    number: number,
    private readonly first: Piece,
  ) {
    this.last = first;
    this.pieces.set(number, first);
  }

  add(number: number, page: Piece): void {
    this.pieces.set(number, page);
    this.last = page;
    this.summed = undefined;
  }

  /**
   * Whether this piece goes on where the last one broke off: by balances between pages, or as the next of several
   * plain ones of a day. These belong together although their bank does not say so: what is alike in two of them is
   * booked twice, and only their balances together tell it.
   */
  goesOnIn(piece: Piece): boolean {
    const { last } = this;
    if (last.closesWithin && piece.opensWithin) return true;
    if (last.to !== piece.to || piece.from < last.from) return false;
    if (!last.closing.equals(piece.opening)) return false;
    const pieces = [...this.pieces.values()];
    // An empty one adjoins itself: told twice, it is one.
    const hasMoved = pieces.some(({ opening, closing }) => !opening.equals(closing));
    return hasMoved && !pieces.some((known) => isTheSame(known, piece));
  }

  get account(): string {
    return this.first.account;
  }

  get id(): string {
    return this.first.id;
  }

  get madeAt(): Date | undefined {
    return this.last.madeAt;
  }

  get opening(): Money {
    return this.first.opening;
  }

  get closing(): Money {
    return this.last.closing;
  }

  /**
   * An opening balance carries its own day with some banks and the day of the closing before with others; what was
   * booked tells which.
   */
  get span(): [from: string, to: string] {
    const { from, fromBalance, where } = this.first;
    const { to } = this.last;
    if (from > to) throw broken(STATEMENT_FAULTS.backward(from, to), where);
    const { first } = this.tally;
    const isFirstDay = first !== null && officeDate(first) <= from;
    return [fromBalance && from < to && !isFirstDay ? dayAfter(from) : from, to];
  }

  ids(): EntryIds {
    return new EntryIds(this.tally.alike(this));
  }

  private get tally(): Tally {
    return (this.summed ??= Tally.of([...this.pieces.values()].map(({ tally }) => tally)));
  }
}

/** The same statement once more, in a file that holds it twice. */
function isTheSame(one: Piece, other: Piece): boolean {
  return (
    one.id === other.id && one.opening.equals(other.opening) && one.closing.equals(other.closing)
  );
}

function readingOf(file: PiecesOfFile, parts: readonly Joined[]): StatementReading {
  const [first] = parts;
  if (!first) throw broken(STATEMENT_FAULTS.nothing, 'line 1');
  const [from, to] = first.span;
  const made = parts.flatMap((part) => part.madeAt ?? []);
  const madeAt = made.sort((one, other) => one.getTime() - other.getTime())[0];
  return {
    statementId: idOf(parts.map(({ id, account }) => `${id} ${account}`).join(' + ')),
    from,
    to,
    opening: Money.sum(parts.map(({ opening }) => opening)),
    closing: Money.sum(parts.map(({ closing }) => closing)),
    ...(madeAt && { madeAt }),
    entries: () => entriesOf(file, parts),
  };
}

async function* entriesOf(
  file: PiecesOfFile,
  parts: readonly Joined[],
): AsyncGenerator<readonly StatementEntry[]> {
  const ids = new Map<number, EntryIds>();
  for (const part of parts) {
    const ofPart = part.ids();
    for (const number of part.pieces.keys()) ids.set(number, ofPart);
  }
  let page: StatementEntry[] = [];
  for await (const [number, booking] of file.bookings(new Set(ids.keys()))) {
    const ofPart = ids.get(number);
    if (ofPart) page.push(entryOf(booking, ofPart.of(booking)));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Ids of many accounts together may be longer than what is kept. */
function idOf(text: string): string {
  if (text.length <= ID_MAX) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return `${text.slice(0, ID_MAX - 40)}… ${digest}`;
}
