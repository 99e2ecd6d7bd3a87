import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database, Together } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { BankGate } from './bank-gate.js';
import type { Bank } from './bank.registry.js';
import {
  callEndOf,
  noteCall,
  soundBank,
  type BankHealth,
  type EndedCall,
  type HealthHappening,
} from './breaker.rules.js';
import type { EnquiryAnswer, PayAnswer } from './contract.js';
import { CallMetrics } from './call.metrics.js';
import { appendHealthHistory, BREAKER, healthOf, lockHealth, writeHealth } from './health.store.js';

const LOOKED_UP_TOGETHER = 1000;
const log = logger('banks');

export interface MadeCall {
  readonly bank: Bank;
  /** Id of its attempt. */
  readonly callId: string;
  readonly startedAt: Date;
  /** What was answered of each payment; null when the call was not made after all. */
  readonly answers: Iterable<PayAnswer | EnquiryAnswer> | null;
}

/**
 * Notes what a call showed of its bank. Nearly every call shows nothing new, and then nothing is written. Comes after
 * the answers are recorded: a process that dies before it loses one count, or leaves a probe whose lease runs out.
 */
@Injectable()
export class NoteCall {
  /** How a bank stands is looked up once for all calls that end at the same moment. */
  private readonly standings = new Together<string, BankHealth>(
    (bankCodes) => this.standingsOf(bankCodes),
    { most: LOOKED_UP_TOGETHER, atOnce: 1 },
  );

  constructor(
    private readonly database: Database,
    private readonly gate: BankGate,
    private readonly clock: Clock,
    private readonly metrics: CallMetrics,
  ) {}

  async note({ bank, callId, startedAt, answers }: MadeCall): Promise<void> {
    const at = this.clock.now();
    const bankCode = bank.code;
    if (answers === null) {
      await this.database.transaction((tx) => this.gate.giveBack(tx, { bankCode, callId, at }));
      return;
    }
    const call: EndedCall = { callId, startedAt, at, end: callEndOf(answers) };
    this.metrics.ended(bankCode, call);
    const before = await this.standings.do(bankCode);
    if (noteCall(before, call, bank.settings) === null) return;
    await this.noteChange(bank, call);
  }

  private async standingsOf(bankCodes: readonly string[]): Promise<BankHealth[]> {
    const known = new Map<string, BankHealth>();
    for (const bankCode of new Set(bankCodes)) {
      known.set(bankCode, await healthOf(this.database.reader, bankCode));
    }
    return bankCodes.map((bankCode) => known.get(bankCode) ?? soundBank(bankCode));
  }

  private async noteChange(bank: Bank, call: EndedCall): Promise<void> {
    const { at, callId, end } = call;
    const happened = await this.database.transaction(async (tx): Promise<HealthHappening[]> => {
      const from = await lockHealth(tx, bank.code);
      const move = noteCall(from, call, bank.settings);
      if (move === null) return [];
      const changedAt = move.happened.length > 0 ? at : null;
      await writeHealth(tx, { from, to: move.next, changedAt });
      for (const one of move.happened) {
        const paused = one === 'paused';
        await appendHealthHistory(tx, {
          bankCode: bank.code,
          happened: one,
          from: paused ? move.next.state : from.state,
          to: move.next.state,
          at,
          actor: BREAKER,
          callId,
          until: paused ? move.next.pausedUntil : move.next.nextProbeAt,
          reason: end.why,
        });
      }
      return [...move.happened];
    });
    for (const one of happened) {
      log.warn({ bank: bank.code, happened: one, attemptId: callId, why: end.why }, 'bank health');
    }
  }
}
