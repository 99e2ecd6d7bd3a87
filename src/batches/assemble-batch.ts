import { Injectable } from '@nestjs/common';
import { Clock, newId, officeDate } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { BankDirectory, Funds, Places, Programmes } from '../organisation/index.js';
import { Database, lookAtGrown } from '../platform/database/index.js';
import { payDayPast, periodDoesNotFit, personNeeded, unknownChoice } from './batches.errors.js';
import { insertBatch, nextNumber, type BatchFilter } from './batch.store.js';
import { FillDraft, type Filled } from './fill-draft.js';
import { tellAssembled } from './tell-assembled.js';

export interface AssembleOrder {
  readonly actor: Actor;
  /** Code or name of a programme. */
  readonly programme: string;
  readonly period: string;
  readonly fund?: string;
  readonly communeCodes?: readonly string[];
  readonly bankBins?: readonly string[];
  readonly kind?: 'regular' | 'arrears' | 'one_off';
  /** ISO 8601 date; absent means as soon as it is signed. */
  readonly payOn?: string;
  readonly note?: string;
}

export interface Assembled extends Filled {
  readonly batchId: string;
  readonly number: string;
}

/** Gathers what is owed for one programme and period into a draft; each entitlement into one batch only. */
@Injectable()
export class AssembleBatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly programmes: Programmes,
    private readonly funds: Funds,
    private readonly banks: BankDirectory,
    private readonly places: Places,
    private readonly fillDraft: FillDraft,
    private readonly audit: AuditTrail,
  ) {}

  async assemble(order: AssembleOrder): Promise<Assembled> {
    const { actor, period } = order;
    assertMay(actor, 'batch.prepare');
    if (actor.kind === 'system') throw personNeeded();
    const at = this.clock.now();
    const programme = this.programmeOf(order);
    const filter = this.filterOf(order);
    const payOn = order.payOn ?? null;
    if (payOn !== null && payOn < officeDate(at)) throw payDayPast(payOn);

    const assembled = await this.database.transaction(async (tx) => {
      const number = await nextNumber(tx, { programme, period });
      const id = newId();
      const draft = { id, programme, period, filter, payOn, at };
      await insertBatch(tx, {
        ...draft,
        number,
        note: order.note ?? null,
        currency: 'VND',
        preparedBy: actor.id,
        followUpOf: null,
      });
      const filled = await this.fillDraft.fill(tx, { ...draft, reissues: null, actor });
      const followUpOf = null;
      await tellAssembled(tx, this.audit, { batchId: id, number, followUpOf, filled, actor, at });
      return { batchId: id, number, ...filled };
    });
    const grown = { tables: ['batch_line'], added: assembled.lineCount };
    await lookAtGrown(this.database.reader, grown);
    return assembled;
  }

  private programmeOf(order: AssembleOrder): string {
    const programme = this.programmes.find(order.programme);
    if (!programme) throw unknownChoice('programme', order.programme);
    if (!this.programmes.periodFits(programme, order.period)) {
      throw periodDoesNotFit(programme.code, order.period);
    }
    return programme.code;
  }

  private filterOf(order: AssembleOrder): BatchFilter {
    const today = officeDate(this.clock.now());
    const fund = order.fund === undefined ? undefined : this.funds.find(order.fund)?.code;
    if (order.fund !== undefined && fund === undefined) throw unknownChoice('fund', order.fund);
    const bank = order.bankBins?.find((bin) => !this.banks.byBin(bin));
    if (bank !== undefined) throw unknownChoice('bankBins', bank);
    const commune = order.communeCodes?.find((code) => !this.places.commune(code, today));
    if (commune !== undefined) throw unknownChoice('communeCodes', commune);
    const { communeCodes, bankBins, kind } = order;
    return { fund, communeCodes, bankBins, kind };
  }
}
