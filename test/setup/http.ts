import type { ModuleMetadata } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { AuditModule } from '../../src/audit/index.js';
import {
  CreateApiKey,
  CreateUser,
  IdentityModule,
  sessionMiddleware,
  SYSTEM,
  type Permission,
  type Role,
  type SignatureKind,
} from '../../src/identity/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { SystemClock } from '../../src/kernel/index.js';
import { migrations } from '../../src/migrations/index.js';
import { AppConfig, readSettings } from '../../src/platform/config/index.js';
import { createDataSource } from '../../src/platform/database/index.js';
import { configureHttp, HttpModule, NEST_HTTP_OPTIONS } from '../../src/platform/http/index.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import type { TestDatabase } from './database.js';

export const TEST_PASSWORD = 'bốn từ ghép vào nhau';

type Agent = ReturnType<typeof request.agent>;

export interface HttpUnderTest {
  readonly app: NestExpressApplication;
  /** Nobody: no cookie, no token. */
  anonymous(): Agent;
  /** Another system, by a new API key with these permissions. */
  asSystem(...permissions: Permission[]): Promise<Agent>;
  /** A new person, signed in. */
  asUser(
    roles: Role[],
    options?: { login?: string; signature?: SignatureKind },
  ): Promise<{ agent: Agent; userId: string; login: string }>;
  close(): Promise<void>;
}

let counter = 0;

/** The modules under test over real HTTP, with the platform, identity and audit beneath them. */
export async function httpUnderTest(
  database: TestDatabase,
  parts: Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'> & {
    clock?: Clock;
    environment?: Record<string, string>;
  } = {},
): Promise<HttpUnderTest> {
  const config = new AppConfig(
    readSettings({ NODE_ENV: 'test', ...parts.environment }),
    parts.environment ?? {},
    database.url,
  );
  const source = createDataSource({
    url: database.url,
    migrations,
    poolMax: 10,
    applicationName: 'http-test',
  });
  await source.initialize();
  const clock = parts.clock ?? new SystemClock();
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.register({ config, source, clock }),
      HttpModule,
      AuditModule,
      IdentityModule,
      ...(parts.imports ?? []),
    ],
    controllers: parts.controllers ?? [],
    providers: parts.providers ?? [],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({
    ...NEST_HTTP_OPTIONS,
    logger: false,
  });
  configureHttp(app, config, sessionMiddleware(app));
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    anonymous: () => request.agent(url),
    asSystem: async (...permissions) => {
      counter += 1;
      const { token } = await app.get(CreateApiKey).create({
        actor: SYSTEM,
        name: `system-${counter}`,
        permissions,
        expiresAt: new Date(clock.now().getTime() + 24 * 3_600_000),
      });
      return request.agent(url).auth(token, { type: 'bearer' });
    },
    asUser: async (roles, options = {}) => {
      counter += 1;
      const login = options.login ?? `user-${counter}`;
      const { userId } = await app.get(CreateUser).create({
        actor: SYSTEM,
        login,
        displayName: 'Người Thử',
        password: TEST_PASSWORD,
        roles,
        signature: options.signature,
      });
      const agent = request.agent(url);
      await agent.post('/api/v1/sessions').send({ login, password: TEST_PASSWORD }).expect(201);
      return { agent, userId, login };
    },
    close: () => app.close(),
  };
}
