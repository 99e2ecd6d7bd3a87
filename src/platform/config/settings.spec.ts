import fc from 'fast-check';
import { AppConfig, readSettings, SettingsError, settingsSchema } from './index.js';

const NAMES = Object.keys(settingsSchema.shape);

function refusalOf(environment: Record<string, string | undefined>): string {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

/** Nothing that stands in a message of its own accord. */
const secret = fc
  .string({ unit: fc.constantFrom(...'QXZJ#%&!~0123456789'), minLength: 8, maxLength: 60 })
  .map((text) => `Zq${text}`);

describe('the settings', () => {
  it.each([
    ['NODE_ENV', 'prod'],
    ['ROLE', 'both'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '30.5'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'treasury.example'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['TRUST_PROXY', 'yes'],
    ['DATABASE_URL', 'mysql://db'],
    ['DATABASE_POOL_MAX', '1'],
    ['REDIS_URL', 'http://redis'],
    ['REDIS_URL', 'redis+cluster://n1:6379,/0'],
    ['REDIS_URL', 'redis+sentinel://s1,s2'],
    ['QUEUE_PREFIX', 'a-b'],
    ['QUEUE_PREFIX', '1a'],
    ['QUEUE_PREFIX', 'a"; drop schema public'],
    ['LOG_LEVEL', 'loud'],
    ['SESSION_SECRET', 'short'],
    ['UPLOAD_MAX_BYTES', '50MB'],
    ['SHUTDOWN_TIMEOUT_MS', '0'],
    ['ALERT_WEBHOOK_URL', 'ftp://alerts'],
  ])('refuse %s=%s and say which it is', (name, value) => {
    const message = refusalOf({ [name]: value });
    expect(message).toContain(`- ${name}: `);
    expect(message.split('\n')).toHaveLength(2);
  });

  it('never say what was set, whatever is wrong', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), secret, (name, value) => {
        const message = refusalOf({ [name]: value });
        expect(message).not.toContain(value);
        if (message !== '') expect(message).toContain(name);
      }),
      { numRuns: 500 },
    );
  });

  it('are told together when more than one is wrong', () => {
    const message = refusalOf({ PORT: 'x', ROLE: 'y', LOG_LEVEL: 'z' });
    expect(message.split('\n')).toHaveLength(4);
  });

  it('take an empty or blank variable for one that is not set', () => {
    const blank = Object.fromEntries(NAMES.map((name, at) => [name, at % 2 ? '' : '  ']));
    expect(readSettings(blank)).toEqual(readSettings({}));
  });

  it('leave alone what is not theirs', () => {
    expect(readSettings({ PATH: '/bin', HOME: '/' })).toEqual(readSettings({}));
  });

  it('are safe where they are not given: this machine only, the embedded database', () => {
    expect(readSettings({})).toMatchObject({
      NODE_ENV: 'development',
      ROLE: 'all',
      HOST: '127.0.0.1',
      TRUST_PROXY: 'false',
      LOG_LEVEL: 'info',
    });
  });

  it('are whole in production or the process does not start', () => {
    const message = refusalOf({ NODE_ENV: 'production' });
    expect(message).toContain('SESSION_SECRET: is needed in production');
    expect(message).toContain('DATABASE_URL: is needed in production');
    const worker = { NODE_ENV: 'production', ROLE: 'worker', DATABASE_URL: 'postgres://db/chitra' };
    expect(refusalOf(worker)).toBe('');
    expect(refusalOf({ ...worker, ROLE: 'web' })).toContain('SESSION_SECRET');
    expect(refusalOf({ ...worker, ROLE: 'web', SESSION_SECRET: 's'.repeat(32) })).toBe('');
  });

  it('want a doubt to alarm before it is critical', () => {
    const both = { UNKNOWN_ALERT_AFTER_MS: '60000', UNKNOWN_CRITICAL_AFTER_MS: '59999' };
    expect(refusalOf(both)).toContain(
      'UNKNOWN_CRITICAL_AFTER_MS: is not shorter than UNKNOWN_ALERT_AFTER_MS',
    );
    expect(refusalOf({ ...both, UNKNOWN_CRITICAL_AFTER_MS: '60000' })).toBe('');
  });

  it('want the secret that signs alerts with the address they are sent to', () => {
    expect(refusalOf({ ALERT_WEBHOOK_URL: 'https://alerts.example' })).toContain(
      'ALERT_WEBHOOK_SECRET: is needed with ALERT_WEBHOOK_URL',
    );
  });
});

describe('the configuration of a process', () => {
  const configOf = (environment: Record<string, string>) =>
    new AppConfig(readSettings(environment), environment, 'postgres://none/none');

  it.each([
    ['web', true, false],
    ['worker', false, true],
    ['all', true, true],
  ])('as %s', (role, web, worker) => {
    const config = configOf({ ROLE: role });
    expect([config.runsWeb, config.runsWorker]).toEqual([web, worker]);
  });

  it('chooses the queue by REDIS_URL', () => {
    expect(configOf({}).queueBackend).toBe('postgres');
    expect(configOf({ REDIS_URL: 'redis://redis:6379' }).queueBackend).toBe('redis');
  });

  it('gives a variable to a YAML file, and none for an empty one', () => {
    const config = configOf({ BANK_KEY: ' k ', EMPTY: ' ' });
    expect(config.variable('BANK_KEY')).toBe('k');
    expect(config.variable('EMPTY')).toBeUndefined();
    expect(config.variable('UNSET')).toBeUndefined();
  });
});
