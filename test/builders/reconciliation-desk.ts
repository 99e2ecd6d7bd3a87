import { AuditTrail } from '../../src/audit/index.js';
import type { BankRegistry } from '../../src/banks/index.js';
import { type StatementEntry, type StatementPage } from '../../src/banks/index.js';
import { HoldBeneficiaries } from '../../src/beneficiaries/index.js';
import { Money, newId, type Clock } from '../../src/kernel/index.js';
import { Calendar } from '../../src/organisation/index.js';
import { AppConfig, readSettings } from '../../src/platform/config/index.js';
import { one, rows, type Database } from '../../src/platform/database/index.js';
import { CloseReconciliation } from '../../src/reconciliation/close-reconciliation.js';
import { ExceptionRead } from '../../src/reconciliation/exception.read.js';
import { ExplainExceptions } from '../../src/reconciliation/explain-exceptions.js';
import { ReadStatementPages } from '../../src/reconciliation/read-statement-pages.js';
import { FetchStatement } from '../../src/reconciliation/fetch-statement.js';
import { FindUnproven } from '../../src/reconciliation/find-unproven.js';
import { SweepReconciliations } from '../../src/reconciliation/jobs/sweep-reconciliations.js';
import { MatchEntries } from '../../src/reconciliation/match-entries.js';
import { NoteException } from '../../src/reconciliation/note-exception.js';
import { OwnException } from '../../src/reconciliation/own-exception.js';
import { ReceiveStatement } from '../../src/reconciliation/receive-statement.js';
import { ReconciliationMetrics } from '../../src/reconciliation/reconciliation.metrics.js';
import { ReconciliationRead } from '../../src/reconciliation/reconciliation.read.js';
import { RequestReconciliation } from '../../src/reconciliation/request-reconciliation.js';
import { RunReconciliation } from '../../src/reconciliation/run-reconciliation.js';
import { TakeOverStatement } from '../../src/reconciliation/take-over-statement.js';
import { repositoryConfig } from './batch-desk.js';
import { outcomeDesk } from './outcome-desk.js';
import type { SentPayment } from './sent-payments.js';

/** Everything between a bank's statement and what our books make of it, on a real database; the bank is scripted. */
export function reconciliationDesk(database: Database, clock: Clock) {
  const desk = outcomeDesk(database, clock);
  /** What the bank's statement says, page by page; an error stands for a bank that breaks off. */
  const says: { pages: (StatementPage | Error)[] } = { pages: [] };
  const statement = async function* () {
    for (const page of says.pages) {
      await Promise.resolve();
      if (page instanceof Error) throw page;
      yield page;
    }
  };
  const banks = {
    all: () => desk.banks.all(),
    of: (code: string) => ({
      ...desk.banks.of('sandbox'),
      code,
      adapter: code === 'silent' ? {} : { statement },
    }),
  } as unknown as BankRegistry;
  const config = new AppConfig(readSettings({ NODE_ENV: 'test' }), {}, 'postgres://unused');
  const calendar = Calendar.load(repositoryConfig);
  const metrics = new ReconciliationMetrics(desk.metrics);
  const holds = new HoldBeneficiaries(clock);
  const audit = new AuditTrail(clock);
  const { outbox, outcomes } = desk;
  const takingOver = new TakeOverStatement(clock);
  const fetching = new FetchStatement(
    banks,
    database,
    new ReadStatementPages(database),
    takingOver,
    clock,
  );
  const matching = new MatchEntries(database, outcomes, holds, clock, metrics);
  const unproven = new FindUnproven(database, desk.banks, calendar, holds, config, clock);
  const running = new RunReconciliation(
    database,
    fetching,
    matching,
    unproven,
    outbox,
    clock,
    metrics,
  );
  const requesting = new RequestReconciliation(banks, database, outbox, audit, clock);
  const sweeper = new SweepReconciliations(database, running, clock);
  const read = new ReconciliationRead(database);
  const exceptions = new ExceptionRead(database);
  return {
    says,
    desk,
    outcomes,
    fetching,
    matching,
    unproven,
    running,
    requesting,
    sweeper,
    read,
    exceptions,
    receiving: new ReceiveStatement(desk.banks, database, takingOver, outbox, audit, clock),
    owning: new OwnException(database, exceptions, audit, clock),
    noting: new NoteException(database, exceptions, audit, clock),
    explaining: new ExplainExceptions(database, exceptions, audit, clock),
    closing: new CloseReconciliation(database, exceptions, audit, clock),
  };
}

export type ReconciliationDesk = ReturnType<typeof reconciliationDesk>;

const BOOKED = new Date('2026-11-20T02:00:00Z');
const OPENING = '100000000';

/** A whole statement of these entries; it adds up unless it is told otherwise. */
export function statementOf(
  entries: readonly StatementEntry[],
  given: { id?: string; opening?: string; closing?: string } = {},
): StatementPage {
  const opening = Money.of(given.opening ?? OPENING);
  const net = entries.reduce(
    (sum, { direction, amount }) => (direction === 'debit' ? sum.minus(amount) : sum.plus(amount)),
    opening,
  );
  const closing = Money.of(given.closing ?? net.toString());
  return { statementId: given.id ?? newId(), opening, closing, entries };
}

export function debitOf(
  { reference, amount }: Pick<SentPayment, 'reference' | 'amount'>,
  given: Partial<StatementEntry> = {},
): StatementEntry {
  return {
    entryId: newId(),
    reference,
    direction: 'debit',
    amount: Money.of(amount),
    bookedAt: BOOKED,
    ...given,
  };
}

export function returnOf(
  payment: Pick<SentPayment, 'reference' | 'amount'>,
  given: Partial<StatementEntry> = {},
): StatementEntry {
  return debitOf(payment, { direction: 'credit', returnReason: { code: 'AC04' }, ...given });
}

/** What an entry fell into. */
export async function bucketOf(
  database: Database,
  { entryId }: Pick<StatementEntry, 'entryId'>,
): Promise<string | null | undefined> {
  const found = await one<{ bucket: string | null }>(
    database.reader,
    'select bucket from statement_entry_view where entry_id = $1',
    [entryId],
  );
  return found?.bucket;
}

export interface Standing {
  readonly state: string;
  readonly reconciled: boolean;
  readonly entitlement: string;
  readonly held: string | null;
  /** Kinds of its open exceptions. */
  readonly open: string[];
}

/** Where a payment stands in all books of ours. */
export async function standingOf(
  database: Database,
  paid: Pick<SentPayment, 'paymentId'>,
): Promise<Standing> {
  const [found] = await rows<Standing>(
    database.reader,
    `select p.state, m.payment_id is not null as reconciled, e.state as entitlement, b.hold_reason as held,
            array(select x.kind from reconciliation_exception_view x
                   where x.payment_id = p.payment_id and x.state = 'open' order by x.kind) as open
       from payment_view p join entitlement e on e.id = p.entitlement_id
       join beneficiary b on b.id = p.beneficiary_id
       left join payment_match_view m on m.payment_id = p.payment_id where p.payment_id = $1`,
    [paid.paymentId],
  );
  if (!found) throw new Error('no such payment');
  return found;
}
