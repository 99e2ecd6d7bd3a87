import { createServer, type Server } from 'node:http';
import { Webhook as Receiver } from 'standardwebhooks';
import { ManualClock } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';
import { freePort } from '../platform/database/index.js';
import { alertDesk } from '../../test/builders/alert-desk.js';
import { anOffice } from '../../test/builders/officers.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { MOST_TRIES } from './alert.rules.js';

const SECRET = `whsec_${Buffer.from('the receiver knows this too').toString('base64')}`;

interface Received {
  readonly id: string;
  readonly message: { type: string; data: Record<string, unknown> };
}

describe('telling the receiver of alerts', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let desk: ReturnType<typeof alertDesk>;
  let port: number;
  let server: Server | null = null;
  let answers: number[] = [];
  let received: Received[] = [];

  beforeEach(async () => {
    // The receiver checks the time stamp against its own clock.
    clock = new ManualClock(new Date());
    db = await testDatabase();
    port = await freePort();
    answers = [];
    received = [];
    desk = alertDesk(db.database, clock, { url: `http://127.0.0.1:${port}/hook`, secret: SECRET });
    await db.database.transaction(async (tx) => {
      await sentPayments(tx, await anOffice(tx), 2, { state: 'rejected' });
    });
  });
  afterEach(async () => {
    await down();
    await desk.close();
    await db.close();
  });

  const up = () =>
    new Promise<void>((ready) => {
      server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const body = Buffer.concat(chunks).toString();
          const headers = request.headers as Record<string, string>;
          const message = new Receiver(SECRET).verify(body, headers) as Received['message'];
          received.push({ id: headers['webhook-id'] ?? '', message });
          response.statusCode = answers.shift() ?? 204;
          response.end();
        });
      }).listen(port, '127.0.0.1', ready);
    });
  const down = () =>
    new Promise<void>((done) => {
      if (!server) return done();
      server.closeAllConnections();
      server.close(() => done());
      server = null;
    });
  const delivery = () =>
    one<{ state: string; tries: number; id: string }>(
      db.database.reader,
      'select state, tries, id from alert_delivery order by id limit 1',
    );

  it('without an address nothing waits to be delivered', async () => {
    const silent = alertDesk(db.database, clock);
    await silent.evaluating.evaluate();
    expect(await delivery()).toBeNull();
    expect(await silent.delivering.deliver()).toBe(0);
  });

  it('down, then up: it is told once it is back, each try visible, under one id', async () => {
    await desk.evaluating.evaluate();
    expect(await desk.delivering.deliver()).toBe(0);
    expect(await desk.delivering.deliver()).toBe(0);
    expect(await delivery()).toMatchObject({ state: 'waiting', tries: 1 });
    await up();
    answers = [500];
    clock.advanceMs(6_000);
    expect(await desk.delivering.deliver()).toBe(0);
    clock.advanceMs(11_000);
    expect(await desk.delivering.deliver()).toBe(1);
    expect(await desk.delivering.deliver()).toBe(0);
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    const [alert] = await desk.read.list({ before: null, limit: 1 });
    const [told] = await desk.read.deliveries(alert?.id ?? '');
    expect(told).toMatchObject({ state: 'delivered', tries: 3 });
    expect(told?.attempts.map(({ status, failure }) => [status, failure])).toEqual([
      [null, 'ECONNREFUSED'],
      [500, 'HTTP 500'],
      [204, null],
    ]);
  });

  it('is told what to do next, signed, with names of nobody', async () => {
    await up();
    await desk.evaluating.evaluate();
    await desk.delivering.deliver();
    const [first] = received;
    expect(first?.message.type).toBe('alert.opened');
    expect(first?.message.data).toMatchObject({ rule: 'payments-failed', count: 2, state: 'open' });
    expect(JSON.stringify(first?.message)).toContain('nextStep');
    expect(String(first?.message.data['runbook'])).toMatch(/\/guide\/alerts#payments-failed$/);
    expect(JSON.stringify(first?.message)).not.toMatch(/Người Thử|NGUOI THU|020\d{9}/);
    await execute(db.database.reader, `update payment set state = 'settled'`);
    await desk.evaluating.evaluate();
    await desk.delivering.deliver();
    expect(received.map(({ message }) => message.type)).toEqual(['alert.opened', 'alert.resolved']);
  });

  it('delivered by several workers at once, each is told once', async () => {
    await up();
    await desk.evaluating.evaluate();
    await execute(
      db.database.reader,
      `insert into alert_delivery (id, alert_id, happened, state, due_at, created_at)
       select gen_random_uuid(), alert_id, happened, state, due_at, created_at
         from alert_delivery, generate_series(1, 99)`,
    );
    await Promise.all(Array.from({ length: 5 }, () => desk.delivering.deliver()));
    expect(received).toHaveLength(100);
    expect(new Set(received.map(({ id }) => id)).size).toBe(100);
  });

  it('a worker that dies with a try leaves it to be made again', async () => {
    await up();
    await desk.evaluating.evaluate();
    await execute(db.database.reader, 'update alert_delivery set tries = tries + 1, due_at = $1', [
      new Date(clock.now().getTime() + 30_000),
    ]);
    expect(await desk.delivering.deliver()).toBe(0);
    clock.advanceMs(31_000);
    expect(await desk.delivering.deliver()).toBe(1);
    expect(received).toHaveLength(1);
  });

  it('is given up after the most tries, and says so', async () => {
    await desk.evaluating.evaluate();
    for (let attempt = 0; attempt < MOST_TRIES + 3; attempt += 1) {
      await desk.delivering.deliver();
      clock.advanceMs(3_700_000);
    }
    expect(await delivery()).toMatchObject({ state: 'given_up', tries: MOST_TRIES });
  });
});
