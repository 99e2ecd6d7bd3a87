import type { Money } from '../../../kernel/index.js';
import { identityOf, signed } from './booking.js';
import {
  bookingOf,
  entryFrom,
  movementOf,
  statusOf,
  type CamtBooking,
  type CamtEntry,
} from './camt-entry.js';
import { Tally } from './entry-ids.js';
import { PassedOver, type PassedOverWhy } from './passed-over.js';
import type { Days } from './statement-days.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';
import { readElements, XML_LIMITS, type XmlElement, type XmlLimits } from './xml-elements.js';

/** A file of a national run is cut by the bank long before. */
const MOST_ENTRIES = 1_000_000;
const LIMITS: XmlLimits = { ...XML_LIMITS, records: new Set(['Ntry', 'TxDtls']) };
const BOOKED = 'BOOK';

/** Which message it is: its own element, and the one in there that has an account and its entries. */
export interface CamtKind {
  readonly message: 'BkToCstmrStmt' | 'BkToCstmrDbtCdtNtfctn';
  readonly group: 'Stmt' | 'Ntfctn';
}

export interface CamtFile {
  readonly path: string;
  readonly kind: CamtKind;
  readonly reasons: Readonly<Record<string, string>>;
  /** Our account of a group; undefined when it is somebody else's. */
  accountOf(group: XmlElement): string | undefined;
  /** The days that a group tells of, as far as it was read before its entries; undefined where it does not say. */
  daysOf(group: XmlElement): Days | undefined;
}

/** What an entry with many transactions is: each of them, or one sum that says nothing of any. */
type Batch = 'spread' | 'whole';

export interface CamtPlan {
  readonly document: XmlElement;
  /** Entries with many transactions by their number in the file, from 1. */
  readonly batches: ReadonlyMap<number, Batch>;
  /** By the number of the group, from 0; groups of our accounts only. */
  readonly tallies: ReadonlyMap<number, Tally>;
  readonly passedOver: PassedOver;
}

/**
 * Reads the file to its end: whether it is right everywhere, and which entries are the sum of their transactions. A
 * batch booking that is becomes an entry for each of them; another stays one entry, whose reference nobody knows.
 * @throws FileBroken
 */
export async function planCamt(file: CamtFile): Promise<CamtPlan> {
  const batches = new Map<number, Batch>();
  const tallies = new Map<number, Tally>();
  const passedOver = new PassedOver();
  let details: { moved: Money | undefined; identity: string }[] = [];
  for await (const step of stepsOf(file)) {
    if (step.kind === 'document') return { document: step.document, batches, tallies, passedOver };
    const tally = tallies.get(step.groupNumber) ?? new Tally();
    tallies.set(step.groupNumber, tally);
    if (step.kind === 'details') {
      const moved = movementOf(step.entry, step.details);
      const booking = bookingOf(step.entry, { ...file, details: step.details, moved });
      details.push({ moved: moved && signed(moved), identity: identityOf(booking) });
      continue;
    }
    if (step.kind === 'passed-over') {
      passedOver.add(step.why, step.where);
      details = [];
      continue;
    }
    const { entry, number } = step;
    const at = entry.bookedAt;
    const batch = details.length > 1 ? batchOf(entry, details) : undefined;
    if (batch) batches.set(number, batch);
    if (batch === 'whole') passedOver.add('batch-differs', entry.element.where);
    if (batch === 'spread') {
      for (const { moved, identity } of details)
        if (moved && !moved.isZero()) tally.addKnown({ identity, moved, at });
    } else {
      tally.add(wholeOf(file, { entry, batch, only: step.only }));
    }
    details = [];
  }
  throw broken(STATEMENT_FAULTS.nothing, 'line 1');
}

/** Its bookings by the plan, each with the number of its group. */
export async function* camtBookings(
  file: CamtFile,
  plan: CamtPlan,
): AsyncGenerator<readonly [group: number, booking: CamtBooking]> {
  for await (const step of stepsOf(file)) {
    if (step.kind === 'document' || step.kind === 'passed-over') continue;
    const batch = plan.batches.get(step.number);
    if (step.kind === 'details') {
      if (batch !== 'spread') continue;
      const moved = movementOf(step.entry, step.details);
      const booking = bookingOf(step.entry, { ...file, details: step.details, moved });
      if (!booking.amount.isZero()) yield [step.groupNumber, booking];
    } else if (batch !== 'spread') {
      yield [step.groupNumber, wholeOf(file, { ...step, batch })];
    }
  }
}

function batchOf(entry: CamtEntry, details: readonly { moved: Money | undefined }[]): Batch {
  let sum: Money | undefined = signed(entry);
  for (const { moved } of details) sum = moved && sum?.minus(moved);
  return sum?.isZero() ? 'spread' : 'whole';
}

/** An entry as one booking. What is said of the sum of many payments is said of none of them. */
function wholeOf(
  file: CamtFile,
  { entry, batch, only }: { entry: CamtEntry; batch: Batch | undefined; only?: XmlElement },
): CamtBooking {
  if (!batch) return bookingOf(entry, { ...file, details: only });
  const { reference: _, ...booking } = bookingOf(entry, file);
  return booking;
}

interface OfEntry {
  readonly number: number;
  readonly group: XmlElement;
  readonly groupNumber: number;
}

type Step =
  | ({
      readonly kind: 'details';
      readonly entry: CamtEntry;
      readonly details: XmlElement;
    } & OfEntry)
  /** `only`: its transaction, where it tells of one and no more. */
  | ({ readonly kind: 'entry'; readonly entry: CamtEntry; readonly only?: XmlElement } & OfEntry)
  | ({
      readonly kind: 'passed-over';
      readonly why: PassedOverWhy;
      readonly where: string;
    } & OfEntry)
  | { readonly kind: 'document'; readonly document: XmlElement };

/** Goes through booked entries of our accounts: their transactions first, then the entry itself; last the rest. */
async function* stepsOf(file: CamtFile): AsyncGenerator<Step> {
  const groups = new Groups(file);
  let number = 1;
  let entry: CamtEntry | null = null;
  let only: XmlElement | undefined;
  let count = 0;
  let records = 0;
  for await (const element of readElements(file.path, LIMITS)) {
    if (element.parent === null) {
      yield { kind: 'document', document: element };
      return;
    }
    records += 1;
    if (records > MOST_ENTRIES)
      throw broken(STATEMENT_FAULTS.tooMany('Ntry, TxDtls', MOST_ENTRIES), element.where);
    const isDetails = element.name === 'TxDtls';
    const within = isDetails ? element.within('Ntry') : element;
    const group = within?.within(file.kind.group);
    if (!within || !group) continue;
    const account = groups.accountOf(group);
    if (account === undefined) continue;
    const days = () => file.daysOf(group);
    const of = { number, group, groupNumber: groups.number };
    const isBooked = statusOf(within) === BOOKED;
    if (isDetails) {
      if (!isBooked) continue;
      if (!within.child('Amt')) throw broken(STATEMENT_FAULTS.order, element.where);
      entry ??= entryFrom(within, { account, days });
      count += 1;
      only = element;
      yield { kind: 'details', entry, details: element, ...of };
      continue;
    }
    const ended = isBooked ? entryFrom(within, { account, days }) : null;
    if (ended && !ended.amount.isZero()) {
      const isOne = count === 1 && !isOneOfMany(within);
      yield { kind: 'entry', entry: ended, ...(isOne && { only }), ...of };
    } else {
      const why = ended ? 'nothing-moved' : 'not-booked';
      yield { kind: 'passed-over', why, where: within.where, ...of };
    }
    number += 1;
    count = 0;
    entry = null;
    only = undefined;
  }
}

/** A batch of which the bank tells one transaction only. */
function isOneOfMany(entry: XmlElement): boolean {
  const count = entry.textAt('NtryDtls', 'Btch', 'NbOfTxs');
  return count !== undefined && Number(count) > 1;
}

/** Groups as they come: their number among all of the message, and our account. */
class Groups {
  private group: XmlElement | null = null;
  private account: string | undefined;
  number = -1;

  constructor(private readonly file: CamtFile) {}

  accountOf(group: XmlElement): string | undefined {
    if (group === this.group) return this.account;
    this.group = group;
    this.number = group.parent?.all(this.file.kind.group).indexOf(group) ?? -1;
    this.account = this.file.accountOf(group);
    return this.account;
  }
}
