import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { admissionOf, probeFirst, type Admission } from './breaker.rules.js';
import {
  appendHealthHistory,
  BREAKER,
  healthOf,
  holdOffSwitches,
  winProbe,
  withdrawProbe,
} from './health.store.js';

export interface Entry {
  readonly bankCode: string;
  /** Id of the attempt that the call will be. */
  readonly callId: string;
  readonly at: Date;
  /** A probe that has not ended by then is lost, and another may go. */
  readonly leaseUntil: Date;
}

/** Whether a bank may be called now, one answer for all workers. Asked before a call is written, in its transaction. */
@Injectable()
export class BankGate {
  /** How it stands; for who rings, and for who would only find the door shut. */
  async standing(
    tx: Tx,
    of: { bankCode: string; at: Date },
  ): Promise<{ sending: Admission; asking: Admission; probeFirst: 'asking' | 'sending' }> {
    const health = await healthOf(tx, of.bankCode);
    return { ...admissionOf(health, of.at), probeFirst: probeFirst(health) };
  }

  /** An officer's switch waits for claims under way, and every later claim sees it. */
  async admitSending(tx: Tx, entry: Entry): Promise<Admission> {
    await holdOffSwitches(tx, entry.bankCode);
    const health = await healthOf(tx, entry.bankCode);
    return this.admit(tx, entry, admissionOf(health, entry.at).sending);
  }

  async admitAsking(tx: Tx, entry: Entry): Promise<Admission> {
    const health = await healthOf(tx, entry.bankCode);
    return this.admit(tx, entry, admissionOf(health, entry.at).asking);
  }

  /** There was nothing to call the bank for after all, or the call was not made: another may probe at once. */
  async giveBack(
    tx: Tx,
    { bankCode, callId, at }: Pick<Entry, 'bankCode' | 'callId' | 'at'>,
  ): Promise<void> {
    if ((await withdrawProbe(tx, { bankCode, callId, at })) === 0) return;
    await appendHealthHistory(tx, {
      bankCode,
      happened: 'probe-withdrawn',
      from: 'probing',
      to: 'open',
      at,
      actor: BREAKER,
      callId,
    });
  }

  private async admit(tx: Tx, entry: Entry, admission: Admission): Promise<Admission> {
    if (admission !== 'probe') return admission;
    const { bankCode, callId, at, leaseUntil } = entry;
    const won = await winProbe(tx, { bankCode, callId, at, until: leaseUntil });
    if (!won) return 'hold';
    await appendHealthHistory(tx, {
      bankCode,
      happened: 'probing',
      from: won.from,
      to: 'probing',
      at,
      actor: BREAKER,
      callId,
      until: leaseUntil,
      reason: won.from === 'probing' ? 'the probe before it did not come back' : null,
    });
    return 'probe';
  }
}
