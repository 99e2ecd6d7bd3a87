import { Command } from 'commander';
import { registerCommands } from './cli/commands.js';
import { SettingsError } from './platform/config/index.js';

const program = new Command('chitra')
  .description('ChiTra: cashless disbursement for a public treasury')
  .showHelpAfterError();
registerCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  // For a person at a terminal: plain words where they are ours, the stack where it is a fault.
  const isOurs = error instanceof SettingsError;
  process.stderr.write(`${isOurs ? error.message : (error as Error).stack}\n`);
  const told = { ok: false, error: isOurs ? 'settings' : 'fault' };
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit(1));
}
