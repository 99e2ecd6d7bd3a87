import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { VerifyAudit } from '../../../src/audit/index.js';
import { boot, type Booted } from '../../../src/boot.js';
import { verifyBooks } from '../../../src/cli/verify-books.js';
import { CreateUser, SYSTEM, type Role } from '../../../src/identity/index.js';
import { foldText } from '../../../src/kernel/index.js';
import { readSettings } from '../../../src/platform/config/index.js';
import { Database, embeddedPostgres } from '../../../src/platform/database/index.js';
import { fill } from './fill.js';
import type { FillOrder, NamePart } from './fill.order.js';

export const DATA_DIR = '.data/bench-pages';
export const PASSWORD = 'mật khẩu chỉ để đo 2026';
export const OFFICERS = {
  'lap.bang': { roles: ['preparer'] },
  'ke.toan.truong': { roles: ['chief_accountant'], signature: 'second' },
  'chu.tai.khoan': { roles: ['account_holder'], signature: 'first' },
  'giam.sat': { roles: ['monitor'] },
  'quan.tri': { roles: ['administrator'] },
} as const satisfies Record<string, { roles: Role[]; signature?: 'first' | 'second' }>;
export type Login = keyof typeof OFFICERS;

/** Of so many people each is paid about so many times. */
const PAYMENTS_A_PERSON = 20.5;
const PROVINCE = '20';
const FAMILY = 'Nguyễn Hoàng Nông Lý Vi Lương Triệu Hứa Đinh Bế Đặng Đàm Lã Phùng Chu Dương';
const MIDDLE = 'Văn Thị Đức Thế Ngọc Hữu Kim Quốc';
const GIVEN = 'Thử Ví Dụ Giả Định Tưởng Phỏng Chừng Nháp Kiểm Nghiệm Minh Họa Tạm Tỉ Lệ Khuôn Phép';

type Say = (line: string) => unknown;

export interface FilledDatabase {
  readonly url: string;
  /** Of PostgreSQL. */
  readonly processId: number;
  /** What `main.js` needs to serve it. */
  readonly environment: Record<string, string>;
  stop(): Promise<void>;
}

/** A database of so many payments; it is kept, and the next run finds it. `fresh` fills it anew. */
export async function filledDatabase(
  wanted: { payments: number; fresh: boolean },
  say: Say,
): Promise<FilledDatabase> {
  const server = await embeddedPostgres({ dataDir: DATA_DIR });
  await dareToLose(await server.url('postgres'));
  const name = `pages_${wanted.payments}`;
  if (wanted.fresh) {
    await asked(await server.url('postgres'), `drop database if exists ${name} with (force)`);
  }
  const url = await server.url(name);
  const environment = await surroundings(url);
  const booted = await boot({ settings: readSettings({ ...environment, PORT: '0' }), environment });
  try {
    if (await isEmpty(url)) await fillAndProve(booted, url, wanted.payments, say);
  } finally {
    await booted.stop();
  }
  const pid = await readFile(join(DATA_DIR, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
  const processId = Number(pid.split('\n')[0]);
  return { url, processId, environment, stop: () => server.stop() };
}

/** Nothing here is worth a wait for the disk. */
async function dareToLose(url: string): Promise<void> {
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    await asked(url, `alter system set ${name} = off`);
  }
  await asked(url, `alter system set max_wal_size = '8GB'`);
  await asked(url, 'select pg_reload_conf()');
}

async function asked(url: string, sql: string): Promise<pg.QueryResult<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<Record<string, unknown>>(sql);
  } finally {
    await client.end();
  }
}

async function isEmpty(url: string): Promise<boolean> {
  return (await asked(url, 'select from payment limit 1')).rowCount === 0;
}

/** The shipped configuration, with a bank of lists and a bank of files beside the two sandbox ones. */
async function surroundings(databaseUrl: string): Promise<Record<string, string>> {
  const configDir = resolve(DATA_DIR, 'config');
  await mkdir(configDir, { recursive: true });
  await cp('config', configDir, { recursive: true });
  for (const [file, change] of [
    ['agribank-list.yaml', (text: string) => text],
    ['h2h-iso20022.yaml', byFolder],
  ] as const) {
    const text = await readFile(join(configDir, 'banks/examples', file), 'utf8');
    await writeFile(join(configDir, 'banks', file), change(text));
  }
  const secret = `whsec_${Buffer.alloc(24).toString('base64')}`;
  return {
    NODE_ENV: 'test',
    ROLE: 'web',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    CONFIG_DIR: configDir,
    DATA_DIR: resolve(DATA_DIR, 'service'),
    BANK_SANDBOX_URL: 'http://127.0.0.1:9',
    BANK_SANDBOX_KEY_ID: 'none',
    BANK_SANDBOX_SECRET: secret,
    BANK_SANDBOX_NOTICE_SECRET: secret,
    H2H_CUSTOMER_ID: 'none',
    H2H_ACCOUNT_NSTW_NCC: '1000000001',
    H2H_ACCOUNT: '1000000002',
  };
}

/** Of one payee bank only, and over a folder instead of a server that would have to be there. */
function byFolder(text: string): string {
  return text
    .replace("receives: '*'", "receives: ['970418']")
    .replace('door: sftp', 'door: folder')
    .replace(/  sftp:\n( {4}.*\n)+/, '');
}

async function fillAndProve(
  booted: Booted,
  url: string,
  payments: number,
  say: Say,
): Promise<void> {
  const createUser = booted.app.get(CreateUser, { strict: false });
  const ids = new Map<string, string>();
  for (const [login, person] of Object.entries(OFFICERS)) {
    const { userId } = await createUser.create({
      actor: SYSTEM,
      login,
      displayName: login,
      password: PASSWORD,
      roles: person.roles,
      signature: 'signature' in person ? person.signature : undefined,
    });
    ids.set(login, userId);
  }
  const idOf = (login: Login): string => ids.get(login) ?? '';
  const order: FillOrder = {
    payments,
    people: Math.round(payments / PAYMENTS_A_PERSON),
    now: new Date().toISOString(),
    officers: {
      preparer: idOf('lap.bang'),
      accountant: idOf('ke.toan.truong'),
      holder: idOf('chu.tai.khoan'),
    },
    communes: await communesOf(PROVINCE),
    names: [FAMILY, MIDDLE, GIVEN, GIVEN].map(partsOf),
  };
  await fill(url, order, (step, seconds) => say(`  ${step.padEnd(20)} ${seconds.toFixed(1)} s`));
  await prove(booted, say);
}

const communeFile = z.object({
  communes: z.array(
    z.object({ code: z.string(), provinceCode: z.string(), until: z.string().nullable() }),
  ),
});

async function communesOf(province: string): Promise<string[]> {
  const text = await readFile('config/reference/communes.json', 'utf8');
  return communeFile
    .parse(JSON.parse(text))
    .communes.filter(({ provinceCode, until }) => provinceCode === province && until === null)
    .map(({ code }) => code);
}

const partsOf = (names: string): NamePart[] =>
  names.split(' ').map((name) => ({ name, folded: foldText(name) }));

/** What triggers would have refused is looked for afterwards. */
async function prove(booted: Booted, say: Say): Promise<void> {
  const verdict = await booted.app
    .get(Database, { strict: false })
    .atOneMoment((tx) => verifyBooks(tx, say));
  const audit = await booted.app.get(VerifyAudit, { strict: false }).verify();
  say(
    `  books ${JSON.stringify(verdict)}, audit ${JSON.stringify({ ok: audit.ok, checked: audit.checked })}`,
  );
  if (!verdict.ok || !audit.ok) throw new Error('the filled books do not hold');
}
