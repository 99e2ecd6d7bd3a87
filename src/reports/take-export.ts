import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock, officeDate } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import {
  exportList,
  type Exported,
  type ExportFormat,
  type ExportList,
} from '../platform/spreadsheet/index.js';

export interface ExportOrder {
  readonly actor: Actor;
  /** What is taken, as the audit trail and the file call it: `payments`. */
  readonly list: string;
  readonly format: ExportFormat;
  /** The filter as it stands in the address. */
  readonly filter: Readonly<Record<string, unknown>>;
}

export interface TakenExport extends Exported {
  readonly fileName: string;
}

/** Codes, ids, days and periods; names, numbers of persons and accounts are not. */
const CODE = /^(?!\d{6,}$)[A-Za-z0-9_.:-]{1,64}$/;

/**
 * Gives a whole list out of the house. What leaves holds personal data (Law 91/2025/QH15), so the trail says who took
 * which list with which filter before the first row is sent.
 */
@Injectable()
export class TakeExport {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async take<R>(
    { actor, list, format, filter }: ExportOrder,
    what: Omit<ExportList<R>, 'at' | 'by'>,
  ): Promise<TakenExport> {
    const at = this.clock.now();
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actor: { kind: actor.kind, id: actor.id, name: actor.name },
        action: 'list.exported',
        subject: { type: 'list', id: list },
        detail: { format, filter: traced(filter) },
      }),
    );
    const fileName = `${list}-${officeDate(at)}.${format}`;
    return { fileName, ...exportList(format, { ...what, at, by: actor.name }) };
  }
}

/** What may stand in the trail: of a text that somebody searched for, only that there was one. */
function traced(filter: ExportOrder['filter']): Record<string, string> {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    set.map(([name, value]) => {
      const values = (Array.isArray(value) ? value : [value]).map(String);
      return [name, values.map((one) => (CODE.test(one) ? one : '…')).join(',')];
    }),
  );
}
