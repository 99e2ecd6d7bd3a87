import { AuditTrail } from '../../src/audit/index.js';
import { RegisterPayees } from '../../src/beneficiaries/index.js';
import { ApplyImport } from '../../src/entitlements/apply-import.js';
import { CheckImport } from '../../src/entitlements/check-import.js';
import { CorrectCell } from '../../src/entitlements/correct-cell.js';
import { EndEntitlement } from '../../src/entitlements/end-entitlement.js';
import { listErrors, type ErrorView } from '../../src/entitlements/import-row.read.js';
import { findImport } from '../../src/entitlements/import.read.js';
import type { RawDeclaration } from '../../src/entitlements/declaration.rules.js';
import { MapColumns } from '../../src/entitlements/map-columns.js';
import { MarkList } from '../../src/entitlements/mark-list.js';
import { EntitlementMoves } from '../../src/entitlements/move-entitlements.js';
import { ReceiveImport } from '../../src/entitlements/receive-import.js';
import { RefuseImport } from '../../src/entitlements/refuse-import.js';
import { ShowHeadings } from '../../src/entitlements/show-headings.js';
import { SYSTEM, type Actor } from '../../src/identity/index.js';
import { ManualClock, newId } from '../../src/kernel/index.js';
import { BankDirectory, Funds, Places, Programmes } from '../../src/organisation/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';

const source = { configDir: 'config', variable: () => undefined };
const ERRORS_READ_MAX = 100_000;

/** The use cases of lists over a real database, at noon of 21 November 2026, with the configured reference data. */
export function importsOver(database: Database) {
  const clock = new ManualClock(new Date('2026-11-21T05:00:00Z'));
  const funds = Funds.load(source);
  const programmes = Programmes.load(source, funds);
  const outbox = new Outbox(new SubscriberRegistry(), clock);
  const audit = new AuditTrail(clock);
  const officer: Actor = { ...SYSTEM, kind: 'user', id: newId(), name: 'preparer' };
  const receive = new ReceiveImport(database, outbox, audit, programmes, clock);
  const [places, banks] = [Places.load(source), BankDirectory.load(source)];
  const check = new CheckImport(database, outbox, clock, places, banks, programmes, funds);
  const apply = new ApplyImport(database, new RegisterPayees(), outbox, audit, clock);
  const refuse = new RefuseImport(database, audit, clock);
  return {
    clock,
    officer,
    receive,
    check,
    correct: new CorrectCell(database, audit, clock, places, banks, programmes, funds),
    apply,
    refuse,
    map: new MapColumns(database, receive, refuse),
    headings: new ShowHeadings(database),
    end: new EndEntitlement(database, audit, clock),
    mark: new MarkList(database),
    moves: new EntitlementMoves(),
    /** Received and checked. */
    async checked(
      path: string,
      declaration: RawDeclaration = {},
      fileName = 'danh-sach.xlsx',
    ): Promise<string> {
      const { importId } = await receive.receive({ path, fileName, declaration }, officer);
      await check.check(importId);
      return importId;
    },
    async view(importId: string) {
      const found = await findImport(database.reader, importId);
      if (!found) throw new Error('no such import');
      return found;
    },
    errors(importId: string): Promise<ErrorView[]> {
      return listErrors(database.reader, { importId, after: null, limit: ERRORS_READ_MAX });
    },
  };
}
