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
  /** Of all pages that belong together. */
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

/** Whether this piece goes on where the one before it in the file broke off. */
export function continues(
  before: Pick<Piece, 'account' | 'closesWithin'> | undefined,
  piece: Pick<Piece, 'account' | 'opensWithin'>,
): boolean {
  if (!before?.closesWithin) return false;
  return piece.opensWithin && before.account === piece.account;
}

/**
 * The statements of a file. Pages are joined. Statements of the same days are made one where the file has each of our
 * accounts exactly once, so that they cover the bank's day; otherwise each account's is given as it is and says whose.
 */
export function statementsOf(file: PiecesOfFile, accounts: readonly string[]): StatementReading[] {
  const joined: Joined[] = [];
  let before: Piece | undefined;
  for (const [number, piece] of file.pieces) {
    if (continues(before, piece)) joined.at(-1)?.add(number, piece);
    else joined.push(new Joined(number, piece));
    before = piece;
  }
  const bySpan = new Map<string, Joined[]>();
  for (const one of joined) {
    const span = one.span.join(' ');
    bySpan.set(span, [...(bySpan.get(span) ?? []), one]);
  }
  return [...bySpan.values()].flatMap((ofSpan) => {
    const told = new Set(ofSpan.map(({ account }) => account));
    const isWhole = told.size === ofSpan.length && accounts.every((account) => told.has(account));
    if (isWhole) return [readingOf(file, ofSpan)];
    return ofSpan.map((one) => ({ ...readingOf(file, [one]), account: one.account }));
  });
}

/** The statement of one account with all its pages. */
class Joined {
  readonly pieces = new Map<number, Piece>();
  private last: Piece;

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
    const { from, fromBalance, where, tally } = this.first;
    const { to } = this.last;
    if (from > to) throw broken(STATEMENT_FAULTS.backward(from, to), where);
    const isFirstDay = tally.first !== null && officeDate(tally.first) <= from;
    return [fromBalance && from < to && !isFirstDay ? dayAfter(from) : from, to];
  }

  ids(): EntryIds {
    return new EntryIds(this.first.tally.alike(this));
  }
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
