import { Injectable } from '@nestjs/common';
import { Programmes } from '../organisation/index.js';
import type { Tx } from '../platform/database/index.js';
import { countAccounts, hasLinesOf, listAccounts } from './account-state.read.js';
import {
  freshSince,
  notChecked,
  UNCHECKED_STATES,
  type AccountCount,
  type AccountState,
  type ProposedAccounts,
} from './account-state.rules.js';
import { accountsNotChecked } from './batches.errors.js';

/** Lines that a refusal names; it tells the counts of all. */
const LINES_SHOWN = 100;

export interface AccountsNow {
  readonly mode: 'warn' | 'block';
  readonly counts: AccountCount[];
  readonly lines: { lineNo: number; beneficiaryId: string; state: AccountState }[];
}

/** What is known of a batch's accounts, as its programme wants it known before the batch is proposed. */
@Injectable()
export class LookAtAccounts {
  constructor(private readonly programmes: Programmes) {}

  /**
   * @returns figures for the signers; null where the programme checks no accounts.
   * @throws DomainError `batches.accounts-not-checked` where the programme blocks and an account is neither exact
   *   nor confirmed by a person.
   */
  async beforeProposal(
    tx: Tx,
    batch: { id: string; programme: string },
    at: Date,
  ): Promise<ProposedAccounts | null> {
    const rule = this.programmes.accountCheckOf(batch.programme);
    const { mode, freshForDays } = rule;
    if (mode === 'off') return null;
    const of = { batchId: batch.id, freshSince: freshSince(rule, at) };
    const counts = await countAccounts(tx, of);
    if (mode === 'block' && notChecked(counts).length > 0) {
      const lines = await listAccounts(tx, {
        ...of,
        states: UNCHECKED_STATES,
        afterLineNo: 0,
        limit: LINES_SHOWN,
      });
      throw accountsNotChecked(batch.id, notChecked(counts), lines);
    }
    return { mode, freshForDays, counts };
  }

  /** For whoever looks before signing; null where the programme checks no accounts. */
  async asKnownNow(
    tx: Tx,
    batch: { id: string; programme: string },
    { at, limit }: { at: Date; limit: number },
  ): Promise<AccountsNow | null> {
    const rule = this.programmes.accountCheckOf(batch.programme);
    if (rule.mode === 'off') return null;
    const of = { batchId: batch.id, freshSince: freshSince(rule, at) };
    const counts = await countAccounts(tx, of);
    const lines = hasLinesOf(counts, UNCHECKED_STATES)
      ? await listAccounts(tx, { ...of, states: UNCHECKED_STATES, afterLineNo: 0, limit })
      : [];
    return {
      mode: rule.mode,
      counts,
      lines: lines.map(({ lineNo, beneficiaryId, state }) => ({ lineNo, beneficiaryId, state })),
    };
  }
}
