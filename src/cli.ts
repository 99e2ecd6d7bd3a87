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
  const text = error instanceof SettingsError ? error.message : (error as Error).stack;
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
