import type { FileReading } from '../../contract.js';
import { statementsOf, type Piece, type PlacedBooking } from './account-statements.js';
import {
  camtBookings,
  planCamt,
  type CamtFile,
  type CamtKind,
  type CamtPlan,
} from './camt-bookings.js';
import { accountOf, daysSaid, frameOf } from './camt-frame.js';
import type { StatementOptions } from './camt-options.js';
import { statementsOfPages, type PagedStatement } from './camt-pages.js';
import { timeIn } from './camt-values.js';
import { Tally } from './entry-ids.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';
import type { XmlElement } from './xml-elements.js';

const KIND: CamtKind = { message: 'BkToCstmrStmt', group: 'Stmt' };
const MOST_STATEMENTS = 1_000;

/**
 * Reads a camt.053: the statements of our accounts. Only booked entries count.
 * @throws FileBroken
 */
export async function readCamtStatements(
  path: string,
  options: StatementOptions,
): Promise<FileReading> {
  const ours = (statement: XmlElement) => accountOf(statement, options.accounts);
  const file: CamtFile = {
    path,
    kind: KIND,
    reasons: options.reasons,
    accountOf: ours,
    daysOf: daysSaid,
  };
  const plan = await planCamt(file);
  const message = plan.document.child(KIND.message);
  if (!message) throw broken(STATEMENT_FAULTS.missing(KIND.message), plan.document.where);
  const statements = message.all(KIND.group);
  if (statements.length === 0) throw broken(STATEMENT_FAULTS.nothing, message.where);
  if (statements.length > MOST_STATEMENTS)
    throw broken(STATEMENT_FAULTS.tooMany(KIND.group, MOST_STATEMENTS), message.where);
  const paged = statementsOfPages(statements, ours);
  const firstOf = new Map(
    paged.flatMap(({ numbers }) => numbers.map((each) => [each, numbers[0]] as const)),
  );
  const pieces = piecesOf({ paged, header: message.child('GrpHdr'), plan });
  for (const [number, { where }] of statements.entries())
    if (!firstOf.has(number)) plan.passedOver.add('others-account', where);
  const told = plan.passedOver.told();
  if (pieces.size === 0) return { kind: 'nothing', why: told.join('; ') };
  const bookings = (wanted: ReadonlySet<number>) => bookingsOf({ file, plan, firstOf, wanted });
  return {
    kind: 'statements',
    statements: statementsOf({ pieces, bookings }, options.accounts),
    ...(told.length > 0 && { passedOver: told }),
  };
}

/** By the number of their first page. */
function piecesOf(given: {
  paged: readonly PagedStatement[];
  header: XmlElement | undefined;
  plan: CamtPlan;
}): Map<number, Piece> {
  const pieces = new Map<number, Piece>();
  for (const statement of given.paged) {
    const { account, first, last, numbers } = statement;
    const made = last.child('CreDtTm') ?? given.header?.child('CreDtTm');
    pieces.set(numbers[0], {
      account,
      id: first.textAt('Id') ?? given.header?.textAt('MsgId') ?? '',
      ...frameOf(statement),
      tally: Tally.of(numbers.map((number) => given.plan.tallies.get(number) ?? new Tally())),
      ...(made && { madeAt: timeIn(made) }),
      where: first.where,
    });
  }
  return pieces;
}

async function* bookingsOf(given: {
  file: CamtFile;
  plan: CamtPlan;
  /** The first page of each page, by their numbers. */
  firstOf: ReadonlyMap<number, number>;
  wanted: ReadonlySet<number>;
}): AsyncGenerator<PlacedBooking> {
  const { firstOf, wanted } = given;
  const pages = [...firstOf].flatMap(([page, first]) => (wanted.has(first) ? [page] : []));
  const last = Math.max(...pages);
  for await (const [page, booking] of camtBookings(given.file, given.plan)) {
    if (page > last) return;
    const first = firstOf.get(page);
    if (first !== undefined && wanted.has(first)) yield [first, booking];
  }
}
