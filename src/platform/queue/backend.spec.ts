import { Redis } from 'ioredis';
import { queueProgram } from '../../../test/builders/queue-program.js';
import { testDatabase } from '../../../test/setup/database.js';
import { describeWithRedis } from '../../../test/setup/redis.js';
import { AppConfig, readSettings, SettingsError } from '../config/index.js';
import { Doorbell, EVENTS_QUEUE, openQueueBackend } from './index.js';

const configOf = (redisUrl: string) =>
  new AppConfig(
    readSettings({ NODE_ENV: 'test', REDIS_URL: redisUrl }),
    {},
    'postgres://none/none',
  );

describe('a Redis that is not there', () => {
  it('stops the start in plain words, without the address and its password', async () => {
    const refused: unknown = await openQueueBackend(
      configOf('redis://user:geheim@127.0.0.1:1/0'),
    ).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SettingsError);
    expect(String(refused)).toContain('REDIS_URL: no Redis answers there');
    expect(String(refused)).not.toMatch(/geheim|127\.0\.0\.1/);
  });
});

describeWithRedis('a Redis', (redis) => {
  it('that may evict keys is refused', async () => {
    const client = new Redis(redis().url);
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    try {
      await expect(openQueueBackend(configOf(redis().url))).rejects.toThrow(
        'REDIS_URL: maxmemory-policy must be noeviction, it is allkeys-lru',
      );
    } finally {
      await client.config('SET', 'maxmemory-policy', 'noeviction');
      client.disconnect();
    }
  });

  it('that goes away makes a ring fail at once, and rings again when it is back', async () => {
    const db = await testDatabase();
    const program = await queueProgram({
      databaseUrl: db.url,
      redisUrl: redis().url,
      providers: [],
      environment: { ROLE: 'web' },
    });
    const ring = () =>
      program
        .get(Doorbell)
        .ring(EVENTS_QUEUE.name, [{ name: 'any', id: `ring-${Date.now()}`, payload: {} }]);
    try {
      await ring();
      await redis().kill();
      const began = Date.now();
      await expect(ring()).rejects.toThrow();
      expect(Date.now() - began).toBeLessThan(6000);
      await redis().revive();
      for (let attempt = 0; ; attempt += 1) {
        const rung = await ring().then(
          () => true,
          () => false,
        );
        if (rung) break;
        expect(attempt).toBeLessThan(100);
        await new Promise((wake) => setTimeout(wake, 100));
      }
      expect((await program.get(Doorbell).counts(EVENTS_QUEUE.name)).wait).toBeGreaterThan(0);
    } finally {
      await program.close();
      await db.close();
    }
  });
});
