import { Redis } from 'ioredis';
import { describeWithRedis } from './redis.js';

describeWithRedis('the Redis of the tests', (redis) => {
  async function ask<T>(question: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(redis().url);
    try {
      return await question(client);
    } finally {
      await client.quit();
    }
  }

  it('never evicts and keeps an append-only file, as production must', async () => {
    expect(await ask((client) => client.config('GET', 'maxmemory-policy'))).toContain('noeviction');
    expect(await ask((client) => client.config('GET', 'appendonly'))).toContain('yes');
  });

  it('can be made to forget', async () => {
    await ask((client) => client.set('a', '1'));
    await redis().flush();
    expect(await ask((client) => client.get('a'))).toBeNull();
  });

  it('can be killed, and comes back at the same address', async () => {
    await redis().kill();
    await expect(redis().flush()).rejects.toThrow();
    await redis().revive();
    expect(await ask((client) => client.ping())).toBe('PONG');
  });
});
