import { resolve } from 'node:path';
import { WatchFromWeb } from '../../src/alerts/jobs/watch-from-web.js';
import { boot, type Booted } from '../../src/boot.js';
import type { ApiClient } from '../../src/cli/demo/api-client.js';
import {
  CreateApiKey,
  CreateUser,
  permissionsOf,
  ROLES,
  SYSTEM,
  type Role,
} from '../../src/identity/index.js';
import { readSettings } from '../../src/platform/config/index.js';
import { NO_BANK } from '../setup/compiled-program.js';
import {
  act,
  anything,
  assembleAndPropose,
  atRest,
  importAndApply,
  listOf,
  people,
  runOf,
  sign,
  signBoth,
  until,
} from '../e2e/month.js';
import { startSystem, type System } from '../e2e/system.js';

export const OFFICE_PASSWORD = 'bốn từ ghép vào nhau';
const SIGNATURE: Partial<Record<Role, 'first' | 'second'>> = {
  chief_accountant: 'second',
  account_holder: 'first',
};

/** Somebody of one role, at the door. */
export interface Person {
  readonly role: Role;
  readonly login: string;
  readonly userId: string;
  readonly permissions: ReadonlySet<string>;
  cookie: string;
}

/** The whole web service over a database in which a month has been paid, and nothing that works behind it. */
export interface Office {
  readonly url: string;
  readonly databaseUrl: string;
  readonly booted: Booted;
  readonly noticeSecret: string;
  readonly people: readonly Person[];
  signIn(person: Person): Promise<void>;
  stop(): Promise<void>;
}

/** A person of each role there is, before a service that has something of everything to be attacked. */
export async function openOffice(): Promise<Office> {
  const system = await startSystem();
  const databaseUrl = system.booted.config.databaseUrl;
  try {
    await liveAMonth(system);
  } finally {
    // No job and no sweep may write while effects are looked for.
    await system.booted.stop();
  }
  const booted = await boot({
    settings: readSettings({
      NODE_ENV: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      ROLE: 'web',
      DATABASE_URL: databaseUrl,
      CONFIG_DIR: resolve('config'),
      // Wrong passwords shut out an address, and everything here comes from one machine.
      TRUST_PROXY: 'true',
    }),
    environment: { ...NO_BANK, BANK_SANDBOX_NOTICE_SECRET: system.noticeSecret },
  });
  await booted.app.listen(0, '127.0.0.1');
  // Nor may the watch of a web process that has no workers: what it raises with time is no effect of a request.
  await booted.app.get(WatchFromWeb, { strict: false }).onModuleDestroy();
  const url = await booted.app.getUrl();
  const signIn = (person: Person) => signedIn(url, person);
  return {
    url,
    databaseUrl,
    booted,
    noticeSecret: system.noticeSecret,
    people: await engage(booted, signIn),
    signIn,
    stop: async () => {
      await booted.stop();
      // Its program is stopped already; the sandbox bank and the databases are left.
      await system.stop();
    },
  };
}

async function engage(booted: Booted, signIn: (person: Person) => Promise<void>) {
  const people: Person[] = [];
  for (const name of ['may-mot', 'may-hai'])
    await booted.app.get(CreateApiKey, { strict: false }).create({
      actor: SYSTEM,
      name,
      permissions: ['batch.read'],
      expiresAt: new Date(Date.now() + 24 * 3_600_000),
    });
  for (const role of ROLES) {
    const login = `tuong.lua.${role.replaceAll('_', '-')}`;
    const { userId } = await booted.app.get(CreateUser, { strict: false }).create({
      actor: SYSTEM,
      login,
      displayName: 'Người Thử Lửa',
      password: OFFICE_PASSWORD,
      roles: [role],
      signature: SIGNATURE[role],
    });
    const person = { role, login, userId, permissions: permissionsOf([role]), cookie: '' };
    await signIn(person);
    people.push(person);
  }
  return people;
}

let addresses = 0;
/** An address that nobody has come from before. */
export function newAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

async function signedIn(url: string, person: Person): Promise<void> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': newAddress() },
    body: JSON.stringify({ login: person.login, password: OFFICE_PASSWORD }),
  });
  if (answer.status !== 201) throw new Error(`${person.login} cannot sign in: ${answer.status}`);
  person.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Something of every state: paid, refused, returned, in doubt, waiting, half signed, drafted, checked, unreadable. */
async function liveAMonth(system: System): Promise<void> {
  const preparer = await system.signIn('lap.bang');
  await importAndApply(
    preparer,
    listOf(
      [
        ...people(4, 1, { ending: '000001' }),
        ...people(2, 11, { ending: '990101' }),
        ...people(2, 21, { ending: '993004' }),
      ],
      '11/2026',
    ),
  );
  const paid = await assembleAndPropose(preparer, '11/2026');
  await signBoth(system, paid.id);
  const run = await runOf(preparer, paid.id);
  await atRest(system, preparer, run.id);
  await reconcile(preparer);
  await until(
    () => preparer.get('/api/v1/alerts?limit=1', anything),
    (page) => page.items.length > 0,
  );
  await leaveWorkUndone(system, preparer);
}

async function reconcile(preparer: ApiClient): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const { id } = await preparer.post('/api/v1/reconciliations', anything, {
    json: { bank: 'sandbox', from: day, to: day },
    act: act(),
  });
  await until(
    () => preparer.get(`/api/v1/reconciliations/${id}`, anything),
    (found) => found.endedAt !== null,
  );
}

async function leaveWorkUndone(system: System, preparer: ApiClient): Promise<void> {
  const month = (period: string, from: number) =>
    importAndApply(preparer, listOf(people(3, from, { ending: '000001' }), period));
  for (const [at, period] of ['10/2026', '09/2026', '08/2026', '07/2026'].entries())
    await month(period, 100 + at * 10);
  await preparer.post('/api/v1/batches', anything, {
    json: { programme: 'NCC_MONTHLY', period: '10/2026' },
    act: act(),
  });
  await assembleAndPropose(preparer, '09/2026');
  const waiting = await assembleAndPropose(preparer, '08/2026');
  await sign(await system.signIn('ke.toan.truong'), waiting.id);
  system.mood({ outage: 'error' });
  const doubtful = await assembleAndPropose(preparer, '07/2026');
  await signBoth(system, doubtful.id);
  await runOf(preparer, doubtful.id);
  await until(
    () => preparer.get(`/api/v1/payments?state=unknown&limit=1`, anything),
    (page) => page.items.length > 0,
  );
  for (const list of [
    listOf(people(3, 900, { ending: '000001' }), '06/2026').replace('2789000', 'hai triệu'),
    listOf(people(2, 950, { ending: '000001' }), '06/2026'),
  ]) {
    const form = new FormData();
    form.set('file', new Blob([list]), 'danh-sach.csv');
    const { id } = await preparer.post('/api/v1/imports', anything, { form, act: act() });
    await until(
      () => preparer.get(`/api/v1/imports/${id}`, anything),
      (now) => now.state !== 'received',
    );
  }
}
