import { Money } from '../../kernel/index.js';
import { configureLogging, logger, NestLog } from './index.js';

const NUMBER = '020012345678';
const ACCOUNT = '8100099887766';

describe('the log', () => {
  let lines: string[];
  const capture = (level = 'trace') => {
    configureLogging({
      level,
      role: 'test',
      destination: { write: (line: string) => void lines.push(line) },
    });
  };
  beforeEach(() => {
    lines = [];
    capture();
  });
  afterAll(() => configureLogging({ level: 'silent', role: 'test' }));

  const only = (): Record<string, unknown> => {
    expect(lines).toHaveLength(1);
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  };
  const log = logger('tries');

  it('writes one JSON line with role, area, level by name, time and fields', () => {
    log.info({ batchId: 'b-1', count: 3, at: new Date(0), total: Money.of('12') }, 'signed');
    expect(only()).toMatchObject({
      level: 'info',
      role: 'test',
      area: 'tries',
      batchId: 'b-1',
      count: 3,
      at: '1970-01-01T00:00:00.000Z',
      total: '12',
      msg: 'signed',
    });
    expect(only()['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it.each([
    [{ accountNumber: ACCOUNT }],
    [{ account_number: ACCOUNT }],
    [{ payment: { payee: { account: { accountNumber: ACCOUNT } } } }],
    [{ rows: [{ deep: [{ account_number: ACCOUNT }] }] }],
    [{ headers: { Authorization: `Bearer ${ACCOUNT}`, 'set-cookie': [ACCOUNT] } }],
    [{ settings: { SESSION_SECRET: ACCOUNT, databaseUrl: ACCOUNT, REDIS_URL: ACCOUNT } }],
    [{ full_name: ACCOUNT, fullName: ACCOUNT, payeeName: ACCOUNT, password: ACCOUNT }],
    [{ error: Object.assign(new Error('failed'), { parameters: [ACCOUNT] }) }],
    [{ err: Object.assign(new Error('failed'), { query: 'insert', driverError: ACCOUNT }) }],
    [{ a: { b: { c: { d: { e: { f: { g: ACCOUNT } } } } } } }],
    [{ why: `no person ${NUMBER}` }],
    [{ err: new Error('outer', { cause: new Error(`inner ${NUMBER}`) }) }],
    [{ url: `postgres://chitra:${ACCOUNT}@db:5432/chitra` }],
    [{ raw: Buffer.from(ACCOUNT) }],
  ])('writes nothing of an account, a person or a secret: %j', (fields) => {
    log.error(fields, 'something');
    const text = JSON.stringify(only());
    expect(text).not.toContain(ACCOUNT);
    expect(text).not.toContain(NUMBER);
  });

  it('says of an error what it was and where, and of a bare one too', () => {
    log.error({ err: Object.assign(new TypeError('broken'), { code: '23505' }) }, 'met');
    expect(only()['err']).toMatchObject({ type: 'TypeError', message: 'broken', code: '23505' });
    lines = [];
    log.error(Object.assign(new Error(`bare`), { parameters: [ACCOUNT] }));
    expect(only()).toMatchObject({ msg: 'bare' });
    expect(JSON.stringify(only())).not.toContain(ACCOUNT);
  });

  it('keeps what is needed to find a thing: ids, references, amounts and times', () => {
    const fields = {
      id: '019a9b6e-0123-7456-8901-012345678901',
      reference: 'CT019A9B6E012374568901012345678901',
      amount: '7795000000',
      at: '2026-11-21T02:00:00.000Z',
    };
    log.info(fields, 'kept');
    expect(only()).toMatchObject(fields);
  });

  it('bears what points to itself', () => {
    const ring: Record<string, unknown> = { name: 'ring' };
    ring['self'] = ring;
    log.warn({ ring }, 'round');
    expect(lines).toHaveLength(1);
  });

  it('follows the level that is set, also for loggers made before', () => {
    capture('warn');
    log.info('quiet');
    log.warn('loud');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['loud']);
    capture('silent');
    log.fatal('nothing');
    expect(lines).toHaveLength(1);
  });

  it("takes Nest's own messages in, each at its level, and never a thing as it is", () => {
    const nest = new NestLog();
    nest.log('started', 'NestFactory');
    nest.warn('careful', 'Router');
    nest.error('failed', 'Error: failed\n  at x', 'Exceptions');
    nest.error(new Error(`no ${NUMBER}`));
    nest.fatal({ accountNumber: ACCOUNT });
    const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(written.map(({ level }) => level)).toEqual(['debug', 'warn', 'error', 'error', 'fatal']);
    expect(written[0]).toMatchObject({ area: 'nest', context: 'NestFactory', msg: 'started' });
    expect(lines.join('')).not.toContain(ACCOUNT);
    expect(lines.join('')).not.toContain(NUMBER);
  });
});
