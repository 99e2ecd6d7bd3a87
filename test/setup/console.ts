import { resolve } from 'node:path';
import request from 'supertest';
import { boot, type Booted } from '../../src/boot.js';
import { CreateUser, SYSTEM, type Role, type SignatureKind } from '../../src/identity/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { readSettings } from '../../src/platform/config/index.js';
import { NO_BANK } from './compiled-program.js';
import type { TestDatabase } from './database.js';
import { TEST_PASSWORD } from './http.js';

/** Somebody at the console: follows links and sends forms as a browser without script does. */
export interface Visitor {
  readonly userId: string;
  readonly login: string;
  /** What people call them. */
  readonly name: string;
  readonly agent: ReturnType<typeof request.agent>;
  /** The page's HTML; any other status than the expected one fails. */
  page(path: string, status?: number): Promise<string>;
  /**
   * Sends a form that stands on the page `from` and gives what the browser then shows: the page it is led to.
   * The hidden fields of the console's forms are added.
   */
  send(
    action: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    options?: { from?: string; key?: string },
  ): Promise<{ path: string; html: string }>;
}

export interface ConsoleUnderTest {
  readonly url: string;
  readonly booted: Booted;
  visitor(
    roles: Role[],
    options?: { login?: string; signature?: SignatureKind; language?: 'vi' | 'en' },
  ): Promise<Visitor>;
  close(): Promise<void>;
}

let counter = 0;

/** The whole program in the role of web over a database: its pages over HTTP, and nothing that works behind them. */
export async function consoleUnderTest(
  database: TestDatabase,
  options: { clock?: Clock; environment?: Record<string, string> } = {},
): Promise<ConsoleUnderTest> {
  const booted = await boot({
    settings: readSettings({
      NODE_ENV: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      ROLE: 'web',
      DATABASE_URL: database.url,
      CONFIG_DIR: resolve('config'),
      ...options.environment,
    }),
    environment: NO_BANK,
    clock: options.clock,
  });
  await booted.app.listen(0, '127.0.0.1');
  const url = await booted.app.getUrl();
  return {
    url,
    booted,
    visitor: async (roles, who = {}) => {
      counter += 1;
      const login = who.login ?? `visitor-${counter}`;
      const name = `Người Thử ${counter}`;
      const { userId } = await booted.app.get(CreateUser, { strict: false }).create({
        actor: SYSTEM,
        login,
        displayName: name,
        password: TEST_PASSWORD,
        roles,
        signature: who.signature,
      });
      return visitorOf(url, { userId, login, name, language: who.language ?? 'vi' });
    },
    close: () => booted.stop(),
  };
}

async function visitorOf(
  url: string,
  who: { userId: string; login: string; name: string; language: 'vi' | 'en' },
): Promise<Visitor> {
  const agent = request.agent(url);
  await agent
    .post('/sign-in')
    .type('form')
    .send({ login: who.login, password: TEST_PASSWORD })
    .expect(303);
  if (who.language === 'en') {
    await agent.post('/language').type('form').send({ language: 'en' }).expect(303);
  }
  const page = async (path: string, status = 200): Promise<string> => {
    const answer = await agent.get(path);
    if (answer.status !== status) throw new Error(`${path} is ${answer.status}: ${answer.text}`);
    return answer.text;
  };
  return {
    userId: who.userId,
    login: who.login,
    name: who.name,
    agent,
    page,
    send: async (action, fields, options = {}) => {
      counter += 1;
      const answer = await agent
        .post(action)
        .type('form')
        .send({ _key: options.key ?? `act-${counter}`, _from: options.from ?? '/', ...fields });
      if (answer.status !== 303) throw new Error(`${action} is ${answer.status}: ${answer.text}`);
      const path = answer.headers['location'] ?? '/';
      return { path, html: await page(path) };
    },
  };
}

/** The words of a page, without its tags: what somebody reads. */
export function wordsOf(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}
