import type { Command } from 'commander';
import { VerifyAudit } from '../audit/index.js';
import { SystemClock } from '../kernel/index.js';
import { conclude, say, withDatabase } from './run-command.js';
import { showFunds, verifyBooks } from './verify-books.js';

/** Proofs that the books are what they should be. */
export function registerBooksCommands(program: Command): void {
  const audit = program.command('audit').description('the audit trail');
  audit
    .command('verify')
    .description('recompute the hash chain; exits 1 when an entry is not what was written')
    .action(verifyAudit);
  const ledger = program.command('ledger').description('the books of the funds');
  ledger
    .command('verify')
    .description('prove that the books balance and agree with the payments; exits 1 when not')
    .action(verifyLedger);
}

async function verifyAudit(): Promise<void> {
  await withDatabase(async (database) => {
    const found = await new VerifyAudit(database, new SystemClock()).verify();
    conclude({ ...found });
  });
}

async function verifyLedger(): Promise<void> {
  await withDatabase((database) =>
    database.atOneMoment(async (tx) => {
      const verdict = await verifyBooks(tx, say);
      await showFunds(tx, say);
      conclude({ ...verdict });
    }),
  );
}
