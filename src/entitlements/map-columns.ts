import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { findImport, importStateOf } from './import.read.js';
import { mappingOf } from './declaration.rules.js';
import { declaredHeadings, headingsOfSender } from './import.store.js';
import { NOT_READ, fieldOfHeading, headingKey, isMeaning, type Meaning } from './list.columns.js';
import { ReceiveImport } from './receive-import.js';
import { RefuseImport } from './refuse-import.js';
import { withStoredFile } from './stored-list.js';

export interface MappingOrder {
  readonly importId: string;
  /** Headings as they stand in the file, and the field each means, or `not-read`. */
  readonly meanings: Readonly<Record<string, string>>;
}

/**
 * A person says what the columns of a list hold, and the same file is checked once more as a new list; what they said
 * is remembered for its sender. A checked list that this replaces is put aside.
 */
@Injectable()
export class MapColumns {
  constructor(
    private readonly database: Database,
    private readonly receiveImport: ReceiveImport,
    private readonly refuseImport: RefuseImport,
  ) {}

  /**
   * @returns the list that is checked now.
   * @throws DomainError when the list was applied or is being checked, or nothing new was said.
   */
  async map(order: MappingOrder, actor: Actor): Promise<{ importId: string }> {
    const { importId } = order;
    const { reader } = this.database;
    const list = await findImport(reader, importId);
    if (!list) throw entitlementsErrors.importNotFound(importId);
    if (list.state === 'received' || list.state === 'applied')
      throw entitlementsErrors.importNotChecked(importId, list.state);
    const headings = await declaredHeadings(reader, importId);
    const known = mappingOf(await headingsOfSender(reader, list.sender), { headings });
    const said = saidNew(order.meanings, known);
    if (Object.keys(said).length === 0) throw entitlementsErrors.columnsNotChosen(importId);
    const mapping = { ...headings, ...said };
    const declaration = {
      sender: list.sender,
      programme: list.programme ?? undefined,
      period: list.period ?? undefined,
      controlRows: list.controlRows ?? undefined,
      controlTotal: list.controlTotal ?? undefined,
      controlByCommune: list.controlByCommune ?? undefined,
      mapping,
    };
    const received = await withStoredFile(reader, importId, (path) =>
      this.receiveImport.receive({ path, fileName: list.fileName, declaration }, actor),
    );
    if (received.importId === importId) throw entitlementsErrors.columnsNotChosen(importId);
    if ((await importStateOf(reader, importId)) === 'checked')
      await this.refuseImport.refuse({ importId, reason: REPLACED }, actor);
    return { importId: received.importId };
  }
}

const REPLACED =
  'Đã chọn lại nội dung các cột; danh sách được kiểm tra lại (columns were mapped anew).';

/** Only what is not understood so already needs to be said, and kept. */
function saidNew(
  meanings: Readonly<Record<string, string>>,
  known: ReadonlyMap<string, Meaning>,
): Record<string, Meaning> {
  const said: Record<string, Meaning> = {};
  for (const [heading, meaning] of Object.entries(meanings)) {
    const key = headingKey(heading);
    const present = fieldOfHeading(heading, known) ?? NOT_READ;
    if (key !== '' && isMeaning(meaning) && meaning !== present) said[key] = meaning;
  }
  return said;
}
