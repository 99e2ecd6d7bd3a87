import { Injectable } from '@nestjs/common';
import { AlertRead, type Severity } from '../alerts/index.js';
import { ViewRounds } from '../approvals/index.js';
import { BankRegistry } from '../banks/index.js';
import { may, SignatoryRegister, type Actor } from '../identity/index.js';
import { Clock, Money } from '../kernel/index.js';
import { HandOverReads, isCarriedByPeople } from '../payments/index.js';
import { Database } from '../platform/database/index.js';
import { WaitingRead, type Waiting } from './waiting.read.js';

/** In the order in which a day is worked: what stops money first. */
export const WAITING_KINDS = [
  'sign',
  'sign-ruling',
  'own-alerts',
  'carry',
  'alerts',
  'mend',
  'doubts',
  'own-exceptions',
  'exceptions',
  'propose',
  'apply',
] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];

export interface WaitingItem extends Waiting {
  readonly kind: WaitingKind;
  /** Of them, those that need it first: returned drafts, critical alerts. */
  readonly pressing: number;
  /** May do it, and not only see it. */
  readonly isYours: boolean;
}

/** Batches that wait for signatures are few; of more than these nobody would read the list either. */
const BATCH_PAGE = 200;
const BATCH_PAGES_MAX = 5;

/** What waits, for whoever asks: only what they may see, and whether it is theirs to do. Reads only. */
@Injectable()
export class WaitingForYou {
  constructor(
    private readonly database: Database,
    private readonly read: WaitingRead,
    private readonly rounds: ViewRounds,
    private readonly register: SignatoryRegister,
    private readonly alerts: AlertRead,
    private readonly banks: BankRegistry,
    private readonly lists: HandOverReads,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor): Promise<WaitingItem[]> {
    // One after the other: each takes a millisecond or two, and a page must not take the whole pool.
    const found = [
      may(actor, 'batch.sign') ? await this.toSign(actor) : null,
      may(actor, 'batch.sign') ? await this.rulings(actor) : null,
      may(actor, 'alert.handle') ? await this.ownAlerts(actor) : null,
      may(actor, 'payment.read') ? await this.toCarry(actor) : null,
      may(actor, 'alert.read') ? await this.openAlerts(actor) : null,
      may(actor, 'payment.read') ? await this.toMend(actor) : null,
      may(actor, 'payment.read') ? await this.doubts(actor) : null,
      ...(may(actor, 'reconciliation.read') ? await this.exceptions(actor) : []),
      may(actor, 'batch.prepare') ? await this.drafts() : null,
      may(actor, 'import.write') ? await this.imports() : null,
    ];
    return found.filter((item) => item !== null).filter(({ count }) => count > 0);
  }

  /** Batches whose next signature is this person's to give. */
  private async toSign(actor: Actor): Promise<WaitingItem> {
    const totals: Money[] = [];
    let oldest: Date | null = null;
    let afterId: string | null = null;
    for (let page = 0; page < BATCH_PAGES_MAX; page += 1) {
      const { views, next } = await this.rounds.waiting({ afterId, limit: BATCH_PAGE }, actor);
      for (const { batch } of views) {
        totals.push(Money.of(batch.total));
        if (batch.proposedAt && (!oldest || batch.proposedAt < oldest)) oldest = batch.proposedAt;
      }
      if (next === null) break;
      afterId = next;
    }
    const total = Money.sum(totals).toString();
    return { kind: 'sign', count: totals.length, total, oldest, pressing: 0, isYours: true };
  }

  private async rulings(actor: Actor): Promise<WaitingItem | null> {
    const { reader } = this.database;
    if (actor.kind !== 'user') return null;
    if ((await this.register.signatureOf(reader, actor.id)) === null) return null;
    const found = await this.read.rulings(reader, { notBy: actor.id });
    return { kind: 'sign-ruling', ...found, pressing: 0, isYours: true };
  }

  /** What this person took on or was given, and has not resolved. */
  private async ownAlerts(actor: Actor): Promise<WaitingItem> {
    const found = await this.alerts.inHandOf(actor.id);
    return { kind: 'own-alerts', ...summed(found), isYours: true };
  }

  /** Lists that go to a bank by hand: payments stand still until somebody carries them. */
  private async toCarry(actor: Actor): Promise<WaitingItem | null> {
    const carried = this.banks.all().filter(isCarriedByPeople);
    if (carried.length === 0) return null;
    const banks = carried.map(({ code }) => code);
    const now = this.clock.now();
    const found = await this.lists.toCarry(this.database.reader, { banks, now });
    return { kind: 'carry', ...found, pressing: 0, isYours: may(actor, 'run.operate') };
  }

  private async openAlerts(actor: Actor): Promise<WaitingItem> {
    const found = await this.alerts.unclaimed();
    return { kind: 'alerts', ...summed(found), isYours: may(actor, 'alert.handle') };
  }

  private async toMend(actor: Actor): Promise<WaitingItem> {
    const found = await this.read.toMend(this.database.reader);
    return { kind: 'mend', ...found, pressing: 0, isYours: may(actor, 'batch.prepare') };
  }

  private async doubts(actor: Actor): Promise<WaitingItem> {
    const found = await this.read.doubts(this.database.reader);
    return { kind: 'doubts', ...found, pressing: 0, isYours: may(actor, 'doubt.propose') };
  }

  /** One's own apart; then all of them, unless all of them are one's own. */
  private async exceptions(actor: Actor): Promise<WaitingItem[]> {
    const { all, mine } = await this.read.exceptions(this.database.reader, { owner: actor.id });
    const isYours = may(actor, 'reconciliation.operate');
    const own: WaitingItem = { kind: 'own-exceptions', ...mine, pressing: 0, isYours };
    const some: WaitingItem = { kind: 'exceptions', ...all, pressing: 0, isYours };
    return all.count > mine.count ? [own, some] : [own];
  }

  private async drafts(): Promise<WaitingItem> {
    const { returned, ...found } = await this.read.drafts(this.database.reader);
    return { kind: 'propose', ...found, pressing: returned, isYours: true };
  }

  private async imports(): Promise<WaitingItem> {
    const found = await this.read.imports(this.database.reader);
    return { kind: 'apply', ...found, pressing: 0, isYours: true };
  }
}

function summed(
  groups: readonly { severity: Severity; count: number; oldest: Date }[],
): Pick<WaitingItem, 'count' | 'total' | 'oldest' | 'pressing'> {
  const oldest = groups.map((group) => group.oldest).sort((a, b) => Number(a) - Number(b))[0];
  return {
    count: groups.reduce((sum, { count }) => sum + count, 0),
    total: null,
    oldest: oldest ?? null,
    pressing: groups.find(({ severity }) => severity === 'critical')?.count ?? 0,
  };
}
