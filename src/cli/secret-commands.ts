import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { ApiKeyReads, RotateApiKey, SYSTEM, type ApiKeyRow } from '../identity/index.js';
import { formatInstant } from '../kernel/index.js';
import { everyRow } from '../platform/spreadsheet/index.js';
import { badOption, conclude, say, withApplication, type Get } from './run-command.js';

const PAGE = 200;
const HOUR_MS = 3_600_000;
const OVERLAP_MOST_HOURS = 31 * 24;

/** 256 random bits and more, as each setting takes them. */
const SECRETS: Readonly<Record<string, () => string>> = {
  session: () => randomBytes(48).toString('base64url'),
  webhook: () => `whsec_${randomBytes(32).toString('base64')}`,
  metrics: () => randomBytes(32).toString('base64url'),
};

/** Keys of other systems, and secrets of ours. */
export function registerSecretCommands(program: Command): void {
  const keys = program.command('keys').description('API keys of other systems');
  keys
    .command('list')
    .description('every key: its name, scopes, end and last use')
    .action(listKeys);
  keys
    .command('rotate')
    .description('make a successor with the same scopes, told once, and end the old key')
    .requiredOption('--name <name>', 'of the key that is to be replaced')
    .option('--overlap-hours <hours>', 'the old key works on for so long; 0 ends it at once', '0')
    .action(rotateKey);
  program
    .command('secret')
    .description(
      'print a new random secret for a setting; src/platform/runbooks.md says how to change over',
    )
    .requiredOption('--for <setting>', 'session, webhook (also those shared with banks) or metrics')
    .action(makeSecret);
}

async function listKeys(): Promise<void> {
  await withApplication(async (get) => {
    let count = 0;
    for await (const key of everyRow((cursor) => pageOfKeys(get, cursor))) {
      say(lineOf(key));
      count += 1;
    }
    conclude({ ok: true, keys: count });
  });
}

async function pageOfKeys(get: Get, beforeId: string | undefined) {
  const items = await get(ApiKeyReads).list({ beforeId: beforeId ?? null, limit: PAGE });
  return { items, nextCursor: items.length < PAGE ? null : (items.at(-1)?.id ?? null) };
}

function lineOf({ name, permissions, expiresAt, lastUsedAt, revokedAt }: ApiKeyRow): string {
  const used = lastUsedAt === null ? '–' : formatInstant(lastUsedAt);
  const end =
    revokedAt === null
      ? `hết hạn / ends ${formatInstant(expiresAt)}`
      : `đã thu hồi / revoked ${formatInstant(revokedAt)}`;
  return `  ${name}  ${permissions.join(', ')}  ${end}  dùng lần cuối / last used ${used}`;
}

async function rotateKey(given: { name: string; overlapHours: string }): Promise<void> {
  await withApplication(async (get) => {
    const hours = Number(given.overlapHours);
    if (!Number.isInteger(hours) || hours < 0 || hours > OVERLAP_MOST_HOURS) {
      throw badOption('--overlap-hours', {
        vi: `là số giờ nguyên từ 0 đến ${OVERLAP_MOST_HOURS}`,
        en: `is a whole number from 0 to ${OVERLAP_MOST_HOURS}`,
      });
    }
    const order = { actor: SYSTEM, name: given.name, overlapMs: hours * HOUR_MS };
    const made = await get(RotateApiKey).rotate(order);
    say(`${given.name} → ${made.name}`);
    say(`khóa cũ dùng được đến / the old key works until ${formatInstant(made.oldEndsAt)}`);
    say('mã khóa dưới đây chỉ hiện một lần / the token below is shown once');
    conclude({ ok: true, ...made });
  });
}

async function makeSecret(given: { for: string }): Promise<void> {
  const make = Object.hasOwn(SECRETS, given.for) ? SECRETS[given.for] : undefined;
  if (!make) {
    process.stderr.write(`--for: là / is ${Object.keys(SECRETS).join(', ')}\n`);
    conclude({ ok: false, error: 'cli.bad-option' });
    return Promise.resolve();
  }
  conclude({ ok: true, for: given.for, secret: make() });
  return Promise.resolve();
}
