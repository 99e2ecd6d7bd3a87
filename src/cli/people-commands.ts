import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import {
  CreateUser,
  DisableUser,
  EndSessions,
  noSuchUser,
  ROLES,
  SYSTEM,
  UserReads,
  type Role,
  type UserRow,
} from '../identity/index.js';
import { formatInstant } from '../kernel/index.js';
import { SettingsError } from '../platform/config/index.js';
import { everyRow } from '../platform/spreadsheet/index.js';
import { badOption, conclude, say, withApplication, type Get } from './run-command.js';

const PAGE = 200;

/** People who sign in. */
export function registerPeopleCommands(program: Command): void {
  program
    .command('create-user')
    .description('make a user, the first administrator for instance; asks for the password')
    .requiredOption('--login <login>', 'name to sign in with')
    .requiredOption('--name <name>', 'name to show')
    .requiredOption('--roles <roles>', `with commas between: ${ROLES.join(', ')}`)
    .option('--signature <kind>', 'registers as signatory for ever: first or second')
    .action(createUser);
  const users = program.command('users').description('the people who may sign in');
  users
    .command('list')
    .description('every user, with roles, signature and state')
    .option('--role <role>', `only of this role: ${ROLES.join(', ')}`)
    .option('--state <state>', 'only these: active or disabled')
    .action(listUsers);
  users
    .command('disable')
    .description('shut a user out for ever and end all their sessions; harmless twice')
    .requiredOption('--login <login>')
    .action(disableUser);
  users
    .command('end-sessions')
    .description('sign a user out everywhere; they may sign in again')
    .requiredOption('--login <login>')
    .action(endSessions);
}

async function createUser(given: {
  login: string;
  name: string;
  roles: string;
  signature?: string;
}): Promise<void> {
  const roles = given.roles.split(',').map((role) => role.trim());
  const unknown = roles.filter((role) => !isRole(role));
  if (unknown.length > 0) throw new SettingsError([`--roles: no such role: ${unknown.join(', ')}`]);
  if (given.signature && !['first', 'second'].includes(given.signature)) {
    throw new SettingsError(['--signature: is first or second']);
  }
  const password = await askPassword();
  await withApplication(async (get) => {
    const { userId } = await get(CreateUser).create({
      actor: SYSTEM,
      login: given.login,
      displayName: given.name,
      password,
      roles: roles as Role[],
      signature: given.signature as 'first' | 'second' | undefined,
    });
    conclude({ ok: true, userId, login: given.login });
  });
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

async function listUsers(given: { role?: string; state?: string }): Promise<void> {
  const { role, state } = given;
  await withApplication(async (get) => {
    if (role !== undefined && !isRole(role)) {
      throw badOption('--role', { vi: 'không có vai trò này', en: 'there is no such role' });
    }
    if (state !== undefined && state !== 'active' && state !== 'disabled') {
      throw badOption('--state', { vi: 'là active hoặc disabled', en: 'is active or disabled' });
    }
    let count = 0;
    for await (const user of everyRow((cursor) => pageOfUsers(get, { role, state }, cursor))) {
      say(lineOf(user));
      count += 1;
    }
    conclude({ ok: true, users: count });
  });
}

async function pageOfUsers(
  get: Get,
  filter: { role?: Role; state?: 'active' | 'disabled' },
  afterLogin: string | undefined,
): Promise<{ items: UserRow[]; nextCursor: string | null }> {
  const page = { afterLogin: afterLogin ?? null, limit: PAGE };
  const items = await get(UserReads).list(filter, page);
  return { items, nextCursor: items.length < PAGE ? null : (items.at(-1)?.login ?? null) };
}

function lineOf({ login, displayName, roles, signature, disabledAt }: UserRow): string {
  const signs = signature === null ? '' : `  chữ ký / signature: ${signature}`;
  const ended = disabledAt === null ? '' : `  đã khóa / disabled ${formatInstant(disabledAt)}`;
  return `  ${login}  ${displayName}  ${roles.join(', ')}${signs}${ended}`;
}

async function disableUser({ login }: { login: string }): Promise<void> {
  await withApplication(async (get) => {
    const userId = await idOf(get, login);
    await get(DisableUser).disable({ actor: SYSTEM, userId });
    conclude({ ok: true, userId, login });
  });
}

async function endSessions({ login }: { login: string }): Promise<void> {
  await withApplication(async (get) => {
    const userId = await idOf(get, login);
    await get(EndSessions).endOf({ actor: SYSTEM, userId });
    conclude({ ok: true, userId, login });
  });
}

async function idOf(get: Get, login: string): Promise<string> {
  const user = await get(UserReads).withLogin(login);
  if (!user) throw noSuchUser();
  return user.id;
}

/** From the terminal without echo, or the first line of a pipe; never from an argument, which others can read. */
async function askPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = process.stdin.isTTY;
  if (terminal) process.stderr.write('Mật khẩu / password: ');
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  const first = await firstOf(lines);
  lines.close();
  if (terminal) process.stderr.write('\n');
  if (!first) throw new SettingsError(['the password was empty']);
  return first;
}

async function firstOf(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) return line;
  return undefined;
}
