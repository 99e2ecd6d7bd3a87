import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '../kernel/index.js';
import { SYSTEM } from '../identity/index.js';
import { BankDirectory, Funds, Places, Programmes } from '../organisation/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { Outbox } from '../platform/outbox/index.js';
import type { SheetRow } from '../platform/spreadsheet/index.js';
import { compareControls } from './control.rules.js';
import {
  claimCheck,
  dropClaim,
  refuseImport,
  showProgress,
  writeShape,
  type ClaimedCheck,
} from './check.store.js';
import { cellNamingOf, shapeOf } from './cell.naming.js';
import {
  findApplied,
  findDuplicatesInFile,
  findOtherAccountsInFile,
  findOtherNamesInFile,
  findSharedAccountsInFile,
} from './duplicate.store.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { importChecked } from './entitlements.events.js';
import { insertRows, type StoredRow } from './import-row.store.js';
import { appendImportHistory, headingsOfSender } from './import.store.js';
import { judgeRow } from './judge-row.js';
import { mappingOf } from './declaration.rules.js';
import type { Field, Meaning } from './list.columns.js';
import { contextOf } from './list.context.js';
import { ListLines, findList, type FoundList } from './list.reader.js';
import type { ListContext } from './list.row.js';
import {
  controlsOf,
  markBadRows,
  totalsByCommune,
  totalsOf,
  writeOutcome,
} from './outcome.store.js';
import { compareWithRegister } from './register.comparison.js';
import { rawCellsOf } from './row.cells.js';
import { withStoredList } from './stored-list.js';

/** Rows that are judged and written together: few enough for memory, many enough for speed. */
const ROWS_PER_CHUNK = 1_000;

/** A list whose check broke so often will not get better by itself. */
const CHECK_RUNS_MAX = 5;
const log = logger('imports');

/** A later run has taken the check over: this one writes nothing more. */
class Superseded extends Error {}

/**
 * Judges every row of a received list. Rows are read as a stream and written in chunks, so a long list costs no
 * more memory than a short one; what only shows between rows is found by the database afterwards. Whoever dies
 * in the middle leaves a `received` import, and the next run begins it anew.
 */
@Injectable()
export class CheckImport {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly places: Places,
    private readonly banks: BankDirectory,
    private readonly programmes: Programmes,
    private readonly funds: Funds,
  ) {}

  async check(importId: string): Promise<void> {
    const claimed = await this.database.transaction((tx) =>
      claimCheck(tx, { importId, at: this.clock.now() }),
    );
    if (!claimed) return;
    try {
      await withStoredList(this.database.reader, importId, async (spreadsheet) => {
        const list = await findList(
          spreadsheet,
          declaredOf(claimed),
          await this.mappingOf(claimed),
        );
        await this.readRows(claimed, list);
        await this.finish(claimed, list);
      });
    } catch (error) {
      await this.answer(claimed, error);
    }
  }

  private async readRows(claimed: ClaimedCheck, list: FoundList): Promise<void> {
    const context = this.contextOf(claimed);
    const source = new ListLines(list);
    let readRows = 0;
    let chunk: StoredRow[] = [];
    const write = async (): Promise<void> => {
      readRows += chunk.length;
      await this.inRun(claimed, readRows, (tx) =>
        insertRows(tx, { importId: claimed.importId, rows: chunk }),
      );
      chunk = [];
    };
    for await (const row of source.lines()) {
      chunk.push(judged(row, list, context));
      if (chunk.length === ROWS_PER_CHUNK) await write();
    }
    await write();
    await this.inRun(claimed, readRows, (tx) =>
      writeShape(tx, { ...claimed, shape: shapeOf(list, source) }),
    );
  }

  private async finish(claimed: ClaimedCheck, list: FoundList): Promise<void> {
    const { importId } = claimed;
    await this.inRun(claimed, null, async (tx) => {
      const person = cellNamingOf(list, 'personalNumber');
      const account = cellNamingOf(list, 'accountNumber');
      const ofPerson = { importId, field: 'personalNumber', naming: person };
      await findDuplicatesInFile(tx, ofPerson);
      await findApplied(tx, ofPerson);
      await findOtherNamesInFile(tx, ofPerson);
      await findOtherAccountsInFile(tx, { importId, field: 'accountNumber', naming: account });
      await findSharedAccountsInFile(tx, { importId, field: 'accountNumber', naming: account });
      await compareWithRegister(tx, { importId }, list);
      await markBadRows(tx, importId);
      const totals = await totalsOf(tx, importId);
      const byCommune = await totalsByCommune(tx, importId);
      const blocks = compareControls(await controlsOf(tx, importId), { ...totals, byCommune });
      const at = this.clock.now();
      if (!(await writeOutcome(tx, { ...claimed, at, totals, byCommune, blocks })))
        throw new Superseded();
      await appendImportHistory(tx, {
        importId,
        from: 'received',
        to: 'checked',
        at,
        by: SYSTEM,
        detail: { rows: totals.rowCount, badRows: totals.badRows, blocked: blocks.length > 0 },
      });
      await this.outbox.publish(tx, importChecked, { importId });
    });
  }

  /** A transaction that counts only while this run is the newest. */
  private async inRun(
    { importId, run }: ClaimedCheck,
    readRows: number | null,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      if (!(await showProgress(tx, { importId, run, readRows, at }))) throw new Superseded();
      await work(tx);
    });
  }

  /** A file that cannot be read is refused with its reason; any other failure frees the claim for another try. */
  private async answer(claimed: ClaimedCheck, error: unknown): Promise<void> {
    if (error instanceof Superseded) return;
    const { importId } = claimed;
    const refused = error instanceof DomainError ? error : null;
    if (!refused && claimed.run < CHECK_RUNS_MAX) {
      await dropClaim(this.database.reader, claimed);
      throw error;
    }
    if (!refused)
      log.error({ importId, run: claimed.run, why: nameOf(error) }, 'a list broke its check');
    await this.refuse(claimed, refused ?? entitlementsErrors.checkFailed(importId));
  }

  private async refuse(claimed: ClaimedCheck, error: DomainError): Promise<void> {
    const { importId } = claimed;
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const refusal = { code: error.code, ...error.text };
      if (!(await showProgress(tx, { ...claimed, readRows: null, at }))) return;
      await refuseImport(tx, { importId, refusal, at });
      await appendImportHistory(tx, {
        importId,
        from: 'received',
        to: 'refused',
        at,
        by: SYSTEM,
        detail: { code: error.code },
      });
    });
  }

  /** What this office calls its columns: what it taught us before, and what it says now. */
  private async mappingOf(claimed: ClaimedCheck): Promise<Map<string, Meaning>> {
    return mappingOf(await headingsOfSender(this.database.reader, claimed.sender), claimed);
  }

  private contextOf(claimed: ClaimedCheck): ListContext {
    const { places, banks, programmes, funds } = this;
    return contextOf({ places, banks, programmes, funds }, claimed, this.clock.now());
  }
}

function declaredOf(claimed: ClaimedCheck): Set<Field> {
  const declared = new Set<Field>();
  if (claimed.programme) declared.add('programme');
  if (claimed.period) declared.add('period');
  return declared;
}

function judged(row: SheetRow, list: FoundList, context: ListContext): StoredRow {
  const judgement = judgeRow(row, list, context);
  const cells = judgement.problems.length > 0 ? rawCellsOf(row, list.sheet) : null;
  return { ...judgement, entitlementId: newId(), cells };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
