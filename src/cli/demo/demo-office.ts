import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CreateUser, SYSTEM, type Role } from '../../identity/index.js';
import { DomainError } from '../../kernel/index.js';

/** The people of the demo office. Their passwords are made at random on the first run; none is built in. */
const PEOPLE = [
  { login: 'lap.bang', name: 'Cán bộ Lập bảng (mẫu)', roles: ['preparer'] },
  {
    login: 'ke.toan.truong',
    name: 'Kế toán trưởng (mẫu)',
    roles: ['chief_accountant'],
    signature: 'second',
  },
  {
    login: 'chu.tai.khoan',
    name: 'Chủ tài khoản (mẫu)',
    roles: ['account_holder'],
    signature: 'first',
  },
  { login: 'giam.sat', name: 'Giám sát (mẫu)', roles: ['monitor'] },
  { login: 'quan.tri', name: 'Quản trị (mẫu)', roles: ['administrator'] },
] as const satisfies readonly {
  login: string;
  name: string;
  roles: readonly Role[];
  signature?: 'first' | 'second';
}[];

export type DemoLogin = (typeof PEOPLE)[number]['login'];

const officeSchema = z.object({
  passwords: z.record(z.string(), z.string()),
  secrets: z.object({ key: z.string(), notice: z.string(), session: z.string() }),
});

/** What the demo remembers between two runs, beside its database. */
export type DemoOffice = z.infer<typeof officeSchema>;

/** The passwords and secrets of this data folder, made when they are not there yet. */
export async function demoOffice(dataDir: string): Promise<DemoOffice> {
  const path = join(dataDir, 'demo-office.json');
  const found = await readFile(path, 'utf8').catch(() => null);
  if (found !== null) return officeSchema.parse(JSON.parse(found));
  const office: DemoOffice = {
    passwords: Object.fromEntries(PEOPLE.map(({ login }) => [login, randomWord(12)])),
    secrets: { key: webhookSecret(), notice: webhookSecret(), session: randomWord(32) },
  };
  await mkdir(dataDir, { recursive: true });
  await writeFile(path, JSON.stringify(office, null, 2), { mode: 0o600 });
  await chmod(path, 0o600);
  return office;
}

/** Makes the users that are not there yet. */
export async function peopleTheOffice(createUser: CreateUser, office: DemoOffice): Promise<void> {
  for (const person of PEOPLE) {
    try {
      await createUser.create({
        actor: SYSTEM,
        login: person.login,
        displayName: person.name,
        password: office.passwords[person.login] ?? '',
        roles: person.roles,
        signature: 'signature' in person ? person.signature : undefined,
      });
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'identity.login-taken')) throw error;
    }
  }
}

/** For the person at the terminal: who can sign in, and how. */
export function peopleTable(office: DemoOffice): string[] {
  return PEOPLE.map(
    ({ login, roles }) =>
      `  ${login.padEnd(16)} ${(office.passwords[login] ?? '').padEnd(18)} ${roles.join(', ')}`,
  );
}

function randomWord(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

function webhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}
