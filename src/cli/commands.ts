import type { Command } from 'commander';
import { registerBooksCommands } from './books-commands.js';
import { registerExportCommand } from './export-month.js';
import { registerPartitionCommands } from './partition-commands.js';
import { registerPeopleCommands } from './people-commands.js';
import { registerProgramCommands } from './program-commands.js';
import { registerSecretCommands } from './secret-commands.js';
import { registerWatchCommands } from './watch-commands.js';
import { registerWorkCommands } from './work-commands.js';

/** Everything the command line can do; each command ends the process's work in good order. */
export function registerCommands(program: Command): void {
  registerProgramCommands(program);
  registerWatchCommands(program);
  registerPeopleCommands(program);
  registerSecretCommands(program);
  registerWorkCommands(program);
  registerBooksCommands(program);
  registerPartitionCommands(program);
  registerExportCommand(program);
}
