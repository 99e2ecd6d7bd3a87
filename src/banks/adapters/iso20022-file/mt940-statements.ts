import type { FileReading } from '../../contract.js';
import { statementsOf, type Piece, type PlacedBooking } from './account-statements.js';
import type { Booking } from './booking.js';
import type { StatementOptions } from './camt-options.js';
import { Tally } from './entry-ids.js';
import { swiftFields, type SwiftField } from './mt940-fields.js';
import {
  balanceDay,
  balanceIn,
  madeAtIn,
  placeOf,
  saysNoEntryDate,
  swiftBooking,
  textOf,
} from './mt940-values.js';
import { ourAccount } from './our-accounts.js';
import { PassedOver } from './passed-over.js';
import type { Days } from './statement-days.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';

const MOST_ENTRIES = 1_000_000;
const MOST_STATEMENTS = 5_000;

/**
 * Reads an MT940: the statements of our accounts, pages joined. Only what is booked counts.
 * @throws FileBroken
 */
export async function readMt940(path: string, options: StatementOptions): Promise<FileReading> {
  const passedOver = new PassedOver();
  const pieces = new Map<number, Piece>();
  const source: Source = { path, options, days: await daysWithoutEntryDates(path) };
  let tally = new Tally();
  let count = 0;
  for await (const step of stepsOf(source)) {
    if (step.kind === 'opened') {
      count += 1;
      if (count > MOST_STATEMENTS)
        throw broken(STATEMENT_FAULTS.tooMany(':60F:', MOST_STATEMENTS), step.where);
      tally = new Tally();
    } else if (step.kind === 'booking') {
      tally.add(step.booking);
    } else if (step.kind === 'passed-over') {
      passedOver.add(step.why, step.where);
    } else {
      pieces.set(step.number, { ...step.piece, tally });
    }
  }
  const told = passedOver.told();
  if (pieces.size === 0) {
    if (told.length === 0) throw broken(STATEMENT_FAULTS.nothing, 'line 1');
    return { kind: 'nothing', why: told.join('; ') };
  }
  const bookings = (wanted: ReadonlySet<number>) => bookingsOf(source, wanted);
  return {
    kind: 'statements',
    statements: statementsOf({ pieces, bookings }, options.accounts),
    ...(told.length > 0 && { passedOver: told }),
  };
}

interface Source {
  readonly path: string;
  readonly options: StatementOptions;
  /** By the number of the message; only where an entry needs them. */
  readonly days: ReadonlyMap<number, Days>;
}

/** The days of messages with entries that say no entry date: the closing balance comes after what it closes. */
async function daysWithoutEntryDates(path: string): Promise<ReadonlyMap<number, Days>> {
  const days = new Map<number, Days>();
  let number = 0;
  let entries = 0;
  let from: string | undefined;
  let isNeeded = false;
  for await (const field of swiftFields(path)) {
    if (field.tag === '60F' || field.tag === '60M') {
      number += 1;
      from = balanceDay(field);
      isNeeded = false;
    } else if (field.tag === '61') {
      entries += 1;
      // More of them are refused when the file is read.
      if (entries > MOST_ENTRIES) break;
      isNeeded ||= saysNoEntryDate(field);
    } else if (isNeeded && (field.tag === '62F' || field.tag === '62M')) {
      const to = balanceDay(field);
      if (from !== undefined && to !== undefined) days.set(number, { from, to });
    }
  }
  return days;
}

async function* bookingsOf(
  source: Source,
  wanted: ReadonlySet<number>,
): AsyncGenerator<PlacedBooking> {
  const last = Math.max(...wanted);
  for await (const step of stepsOf(source)) {
    if (step.kind === 'closed' && step.number >= last) return;
    if (step.kind === 'booking' && wanted.has(step.number)) yield [step.number, step.booking];
  }
}

type Step =
  | { readonly kind: 'opened'; readonly where: string }
  | { readonly kind: 'booking'; readonly number: number; readonly booking: Booking }
  | {
      readonly kind: 'passed-over';
      readonly why: 'not-booked' | 'nothing-moved' | 'others-account';
      readonly where: string;
    }
  | { readonly kind: 'closed'; readonly number: number; readonly piece: Omit<Piece, 'tally'> };

/** A message as far as it was read. */
interface Message {
  readonly id: string;
  readonly where: string;
  /** As it is written; `ours` once it is known whose it is. */
  written?: string;
  ours?: string;
  sequence?: string;
  madeAt?: Date;
  opening?: SwiftField;
  isClosed?: boolean;
}

/** Goes through the messages: a statement of ours is opened, books, and is closed. */
async function* stepsOf({ path, options, days }: Source): AsyncGenerator<Step> {
  let message: Message | null = null;
  let entry: SwiftField | null = null;
  let number = 0;
  let entries = 0;
  for await (const field of swiftFields(path)) {
    const about = field.tag === '86' ? field : undefined;
    if (entry && message?.ours !== undefined) {
      const of = { number, account: message.ours, days: days.get(number) };
      yield stepOf(entry, { ...of, about, reasons: options.reasons });
    }
    entry = null;
    if (field.tag === 'end' || field.tag === '20') {
      assertEnded(message);
      message = field.tag === '20' ? { id: textOf(field), where: placeOf(field) } : null;
      continue;
    }
    if (!message) throw broken(STATEMENT_FAULTS.outside(`:${field.tag}:`), placeOf(field));
    switch (field.tag) {
      case '25':
      case '25P':
        message.written = textOf(field);
        break;
      case '28':
      case '28C':
        message.sequence = textOf(field);
        break;
      case '13D':
        message.madeAt = madeAtIn(field);
        break;
      case '60F':
      case '60M': {
        const account = open(message, field, options);
        number += 1;
        const where = placeOf(field);
        if (account === undefined) yield { kind: 'passed-over', why: 'others-account', where };
        else yield { kind: 'opened', where };
        break;
      }
      case '61':
        entries += 1;
        if (entries > MOST_ENTRIES)
          throw broken(STATEMENT_FAULTS.tooMany(':61:', MOST_ENTRIES), placeOf(field));
        if (!message.opening || message.isClosed)
          throw broken(STATEMENT_FAULTS.outside(`:61:${textOf(field)}`), placeOf(field));
        entry = field;
        break;
      case '62F':
      case '62M': {
        const piece = close(message, field);
        if (piece) yield { kind: 'closed', number, piece };
        break;
      }
    }
  }
  assertEnded(message);
}

function assertEnded(message: Message | null): void {
  if (!message || message.isClosed) return;
  throw broken(
    message.opening ? STATEMENT_FAULTS.unended : STATEMENT_FAULTS.missing(':60F:'),
    message.where,
  );
}

function open(message: Message, field: SwiftField, { accounts }: StatementOptions) {
  const { written } = message;
  if (written === undefined) throw broken(STATEMENT_FAULTS.missing(':25:'), placeOf(field));
  if (message.opening)
    throw broken(STATEMENT_FAULTS.form(`:${field.tag}:`, textOf(field)), placeOf(field));
  message.opening = field;
  message.ours = ourAccount(written, accounts);
  return message.ours;
}

/** The statement of ours that ends with this balance. */
function close(message: Message, field: SwiftField): Omit<Piece, 'tally'> | undefined {
  const { id, ours, opening, isClosed, sequence, madeAt, where } = message;
  if (!opening || isClosed)
    throw broken(STATEMENT_FAULTS.form(`:${field.tag}:`, textOf(field)), placeOf(field));
  message.isClosed = true;
  if (ours === undefined) return undefined;
  const [begins, ends] = [balanceIn(opening), balanceIn(field)];
  return {
    account: ours,
    id: sequence === undefined ? id : `${id} ${sequence}`,
    opening: begins.money,
    closing: ends.money,
    from: begins.day,
    to: ends.day,
    fromBalance: true,
    opensWithin: opening.tag === '60M',
    closesWithin: field.tag === '62M',
    ...(madeAt && { madeAt }),
    where,
  };
}

function stepOf(
  entry: SwiftField,
  given: {
    number: number;
    account: string;
    about?: SwiftField;
    days?: Days;
    reasons: Readonly<Record<string, string>>;
  },
): Step {
  const booking = swiftBooking(entry, given);
  const where = placeOf(entry);
  if (!booking) return { kind: 'passed-over', why: 'not-booked', where };
  if (booking.amount.isZero()) return { kind: 'passed-over', why: 'nothing-moved', where };
  return { kind: 'booking', number: given.number, booking };
}
