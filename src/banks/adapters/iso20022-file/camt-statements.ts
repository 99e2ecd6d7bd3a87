import type { FileReading } from '../../contract.js';
import { statementsOf, type Piece, type PlacedBooking } from './account-statements.js';
import {
  camtBookings,
  planCamt,
  type CamtFile,
  type CamtKind,
  type CamtPlan,
} from './camt-bookings.js';
import { accountOf, daysSaid, frameOf, pagesOf } from './camt-frame.js';
import type { StatementOptions } from './camt-options.js';
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
  const file: CamtFile = {
    path,
    kind: KIND,
    reasons: options.reasons,
    accountOf: (statement) => accountOf(statement, options.accounts),
    daysOf: daysSaid,
  };
  const plan = await planCamt(file);
  const message = plan.document.child(KIND.message);
  if (!message) throw broken(STATEMENT_FAULTS.missing(KIND.message), plan.document.where);
  const statements = message.all(KIND.group);
  if (statements.length === 0) throw broken(STATEMENT_FAULTS.nothing, message.where);
  if (statements.length > MOST_STATEMENTS)
    throw broken(STATEMENT_FAULTS.tooMany(KIND.group, MOST_STATEMENTS), message.where);
  const pieces = piecesOf({ statements, header: message.child('GrpHdr'), plan, options });
  for (const [number, { where }] of statements.entries())
    if (!pieces.has(number)) plan.passedOver.add('others-account', where);
  const told = plan.passedOver.told();
  if (pieces.size === 0) return { kind: 'nothing', why: told.join('; ') };
  const bookings = (wanted: ReadonlySet<number>) => bookingsOf({ file, plan, wanted });
  return {
    kind: 'statements',
    statements: statementsOf({ pieces, bookings }, options.accounts),
    ...(told.length > 0 && { passedOver: told }),
  };
}

function piecesOf(given: {
  statements: readonly XmlElement[];
  header: XmlElement | undefined;
  plan: CamtPlan;
  options: StatementOptions;
}): Map<number, Piece> {
  const pieces = new Map<number, Piece>();
  for (const [number, statement] of given.statements.entries()) {
    const account = accountOf(statement, given.options.accounts);
    if (account === undefined) continue;
    const made = statement.child('CreDtTm') ?? given.header?.child('CreDtTm');
    pieces.set(number, {
      account,
      id: statement.textAt('Id') ?? given.header?.textAt('MsgId') ?? '',
      ...frameOf(statement),
      ...pagesOf(statement),
      tally: given.plan.tallies.get(number) ?? new Tally(),
      ...(made && { madeAt: timeIn(made) }),
      where: statement.where,
    });
  }
  return pieces;
}

async function* bookingsOf(given: {
  file: CamtFile;
  plan: CamtPlan;
  wanted: ReadonlySet<number>;
}): AsyncGenerator<PlacedBooking> {
  const last = Math.max(...given.wanted);
  for await (const placed of camtBookings(given.file, given.plan)) {
    const [statement] = placed;
    if (statement > last) return;
    if (given.wanted.has(statement)) yield placed;
  }
}
