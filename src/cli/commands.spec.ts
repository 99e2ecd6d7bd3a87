import { Command } from 'commander';
import { registerCommands } from './commands.js';

/** Every command that does something, with the words before it: `users list`. */
function commandsOf(parent: Command, before = ''): { path: string; command: Command }[] {
  return parent.commands.flatMap((command) => {
    const path = `${before}${command.name()}`;
    return command.commands.length > 0 ? commandsOf(command, `${path} `) : [{ path, command }];
  });
}

describe('the help of the command line', () => {
  const program = new Command('chitra');
  registerCommands(program);
  const commands = commandsOf(program);

  it('has a command for every chore', () => {
    const chores = [
      ...['after-restore', 'alerts list', 'audit verify', 'create-user', 'export-month'],
      ...['keys list', 'keys rotate', 'ledger verify', 'migrate', 'notices replay'],
      ...[
        'partitions archive',
        'queues ring',
        'secret',
        'status',
        'users disable',
        'users end-sessions',
        'users list',
      ],
    ];
    expect(commands.map(({ path }) => path)).toEqual(expect.arrayContaining(chores));
  });

  it.each(commands)('says of $path what it does, and what each option takes', ({ command }) => {
    expect(command.description().length).toBeGreaterThan(15);
    expect(command.helpInformation()).toContain('Usage:');
  });
});
