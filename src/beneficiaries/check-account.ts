import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { askAccount, BankRegistry, type AccountAnswer, type Bank } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { judge, takesOver } from './account-check.rules.js';
import {
  claimRequest,
  endRequest,
  insertCheck,
  lockAccount,
  markAccount,
  standingOf,
  type ClaimedCheck,
} from './account-check.store.js';
import { CHECK_ACCOUNT, RingAccountChecks } from './ring-account-checks.js';

const payloadSchema = z.object({ accountId: z.uuid() });

/** Beyond the bank's time-out: so long a claim holds against a second asker. */
const CLAIM_MARGIN_MS = 10_000;

/**
 * Asks one bank about one account, in three steps: claim, call with no transaction open, write the answer. Who dies
 * in between leaves a claim that lapses; asking once more harms nobody. One call a job, on the bank's own queue: so
 * the bank's rate limit counts payments and checks together.
 */
@JobHandler({ name: CHECK_ACCOUNT, schema: payloadSchema })
@Injectable()
export class CheckAccount {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly bell: RingAccountChecks,
    private readonly clock: Clock,
  ) {}

  async handle({ accountId }: z.infer<typeof payloadSchema>): Promise<void> {
    const claimId = newId();
    const claimed = await this.database.transaction((tx) => this.claim(tx, accountId, claimId));
    if (!claimed) return;
    const bank = this.banks.of(claimed.bankCode);
    const answer = await askAccount(bank, claimed, claimId);
    await this.database.transaction((tx) => this.record(tx, { claimed, claimId, answer }));
    await this.bell.ring(bank);
  }

  private claim(tx: Tx, accountId: string, claimId: string): Promise<ClaimedCheck | null> {
    const at = this.clock.now();
    const until = (bankCode: string): Date | null => {
      const bank = this.knownBank(bankCode);
      return bank && new Date(at.getTime() + bank.settings.timeoutMs + CLAIM_MARGIN_MS);
    };
    return claimRequest(tx, { accountId, claimId, at, until });
  }

  /** A bank whose file was taken away meanwhile is looked up anew by the sweeper. */
  private knownBank(code: string): Bank | null {
    return this.banks.all().find((bank) => bank.code === code) ?? null;
  }

  private async record(
    tx: Tx,
    given: { claimed: ClaimedCheck; claimId: string; answer: AccountAnswer },
  ): Promise<void> {
    const { claimed, claimId, answer } = given;
    const { accountId, bankCode } = claimed;
    const ourName = await lockAccount(tx, accountId);
    const actor = await endRequest(tx, { accountId, claimId });
    if (ourName === null || actor === null) return;
    const judged = judge(ourName, answer);
    const stands = takesOver(await standingOf(tx, accountId), judged);
    const at = this.clock.now();
    await insertCheck(tx, {
      id: newId(),
      accountId,
      ourName,
      bankCode,
      ...judged,
      stands,
      actor,
      at,
    });
    if (stands) await markAccount(tx, accountId, { verdict: judged.verdict, at });
  }
}
