import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { BankRegistry, type Bank } from './bank.registry.js';
import { soundBank } from './breaker.rules.js';
import { BankHealthReads, type HealthEntry, type HealthRow } from './health.read.js';

/** `off` goes before `unreachable`, that before `paused` (by the bank's Retry-After). */
export type Standing = 'sending' | 'paused' | 'unreachable' | 'off';

export interface BankStanding {
  readonly bank: Bank;
  readonly health: HealthRow;
  readonly standing: Standing;
}

export const soundHealth = (bankCode: string): HealthRow => ({
  ...soundBank(bankCode),
  switchedOffBy: null,
  switchedOffReason: null,
  changedAt: null,
});

export function standingOf(
  health: Pick<HealthRow, 'switchedOffAt' | 'state' | 'pausedUntil'>,
  now: Date,
): Standing {
  if (health.switchedOffAt !== null) return 'off';
  if (health.state !== 'closed') return 'unreachable';
  return health.pausedUntil !== null && health.pausedUntil > now ? 'paused' : 'sending';
}

/** The banks of this deployment, and whether each may be called now. */
@Injectable()
export class BankStandings {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly health: BankHealthReads,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<BankStanding[]> {
    const found = await this.health.all(this.database.reader);
    const rows = new Map(found.map((row) => [row.bankCode, row]));
    const now = this.clock.now();
    return this.banks.all().map((bank) => {
      const health = rows.get(bank.code) ?? soundHealth(bank.code);
      return { bank, health, standing: standingOf(health, now) };
    });
  }

  /** @throws DomainError banks.unknown-bank */
  async of(bankCode: string): Promise<BankStanding> {
    const bank = this.banks.of(bankCode);
    const found = (await this.all()).find((one) => one.bank.code === bank.code);
    const health = found?.health ?? soundHealth(bank.code);
    return { bank, health, standing: standingOf(health, this.clock.now()) };
  }

  /** What happened to one bank, the newest first. @param before an id, for the page after it. */
  history(of: { bankCode: string; before: string | null; limit: number }): Promise<HealthEntry[]> {
    return this.health.history(this.database.reader, of);
  }
}
