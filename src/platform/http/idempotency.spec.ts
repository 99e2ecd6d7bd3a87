import {
  Body,
  Controller,
  HttpCode,
  Post,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Response } from 'express';
import { z } from 'zod';
import { DomainError, ManualClock, newId } from '../../kernel/index.js';
import { Database, execute, one } from '../database/index.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { Idempotent, RequiresNamed } from './index.js';
import { LEASE_MS } from './idempotency.interceptor.js';

const orderBody = z.strictObject({
  amount: z.string(),
  how: z
    .enum(['well', 'refused', 'refused-late', 'fault', 'fault-late', 'slow', 'behind'])
    .default('well'),
});

const refusal = () => new DomainError('conflict', 'probe.refused', { vi: 'không', en: 'no' });

@Controller('orders')
@RequiresNamed('import.write')
class OrdersController {
  /** Requests that wait inside their transaction until the test lets them go. */
  static gate: Promise<void> = Promise.resolve();
  /** What a request left running behind it. */
  static behind: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  @Post()
  @Idempotent()
  async create(
    @Body({ schema: orderBody }) body: z.infer<typeof orderBody>,
    @Res({ passthrough: true }) response: Response,
  ) {
    if (body.how === 'refused') throw refusal();
    if (body.how === 'fault') throw new Error('a bug before anything');
    const id = newId();
    await this.database.transaction(async (tx) => {
      await execute(tx, `insert into effect values ($1, $2)`, [id, body.amount]);
      if (body.how === 'slow') await OrdersController.gate;
    });
    if (body.how === 'refused-late') throw refusal();
    if (body.how === 'behind') OrdersController.behind = this.workBehind();
    if (body.how === 'fault-late') throw new Error('a bug after the commit');
    response.setHeader('Location', `/orders/${id}`);
    return { amount: body.amount, id };
  }

  private async workBehind(): Promise<void> {
    await new Promise((wake) => setTimeout(wake, 100));
    await this.database.transaction((tx) =>
      execute(tx, `insert into effect values ($1, 'behind')`, [newId()]),
    );
  }

  @Post('files')
  @HttpCode(202)
  @Idempotent()
  @UseInterceptors(FileInterceptor('file'))
  async upload(@UploadedFile() file: { buffer: Buffer }) {
    await this.database.transaction((tx) =>
      execute(tx, `insert into effect values ($1, $2)`, [newId(), String(file.buffer.length)]),
    );
    return { bytes: file.buffer.length };
  }

  @Post('wrong')
  @UseInterceptors(FileInterceptor('file'))
  @Idempotent()
  wrong() {
    return 'the decorators stand in the wrong order';
  }
}

describe('an idempotency key', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;
  let agent: Awaited<ReturnType<HttpUnderTest['asSystem']>>;
  const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));

  beforeAll(async () => {
    database = await testDatabase();
    await execute(
      database.database.reader,
      `create table effect (id uuid primary key, amount text)`,
    );
    http = await httpUnderTest(database, { clock, controllers: [OrdersController] });
    agent = await http.asSystem('import.write');
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });
  beforeEach(() => execute(database.database.reader, 'delete from effect'));

  const post = (key: string, body: object = { amount: '1' }, as = agent) =>
    as.post('/orders').set('Idempotency-Key', key).send(body);
  const effects = async () =>
    Number(
      (await one<{ n: string }>(database.database.reader, 'select count(*) n from effect'))?.n,
    );
  const stateOf = async (key: string) =>
    (
      await one<{ state: string }>(
        database.database.reader,
        'select state from idempotency_key where key = $1',
        [key],
      )
    )?.state;
  const until = async (ready: () => Promise<boolean>) => {
    for (let tries = 0; !(await ready()); tries += 1) {
      if (tries > 1_000) throw new Error('waited for something that did not come');
      await new Promise((wake) => setTimeout(wake, 5));
    }
  };

  it.each(['', 'two words', 'khóa', 'x'.repeat(256)])(
    'is needed, and decent: "%s"',
    async (key) => {
      const request = agent.post('/orders').send({ amount: '1' });
      if (key !== '') request.set('Idempotency-Key', encodeURI(key) === key ? key : 'a b');
      const answer = await request.expect(400);
      expect(answer.body.code).toBe('idempotency.key-missing');
      expect(await effects()).toBe(0);
    },
  );

  it('has one effect under fifty posts at once, and all who are answered get the same', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('fifty')));
    expect(await effects()).toBe(1);
    const done = answers.filter((answer) => answer.status === 201);
    const waiting = answers.filter((answer) => answer.status === 409);
    expect(done.length + waiting.length).toBe(50);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map((answer) => answer.body.id)).size).toBe(1);
    for (const answer of waiting) {
      expect(answer.body.code).toBe('idempotency.running');
      expect(answer.headers['retry-after']).toBe('2');
    }
  });

  it('gives the first answer again: status, body, Location', async () => {
    const first = await post('again').expect(201);
    const again = await post('again').expect(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(again.headers['location']).toBe(first.headers['location']);
    clock.advanceMs(400 * 24 * 3_600_000);
    const later = await http.asSystem('import.write');
    await post('again', { amount: '1' }, later).expect(201);
    agent = await http.asSystem('import.write');
    expect(await effects()).toBe(2);
  });

  it('belongs to its caller: the same key of another is another', async () => {
    const other = await http.asSystem('import.write');
    await post('mine').expect(201);
    const theirs = await post('mine', { amount: '1' }, other).expect(201);
    expect(theirs.headers['idempotency-replayed']).toBeUndefined();
    expect(await effects()).toBe(2);
  });

  it('does not serve another body, while one written in another order is the same', async () => {
    await post('body', { amount: '1', how: 'well' }).expect(201);
    await post('body', { how: 'well', amount: '1' }).expect(201);
    const answer = await post('body', { amount: '2', how: 'well' }).expect(422);
    expect(answer.body.code).toBe('idempotency.key-reused');
    expect(await effects()).toBe(1);
  });

  it('comes free when a refusal changed nothing, so that the order can be mended', async () => {
    await post('mend', { amount: '1', how: 'refused' }).expect(409);
    await post('mend', { amount: 1 }).expect(400);
    await post('mend', { amount: '1', how: 'fault' }).expect(500);
    expect(await stateOf('mend')).toBeUndefined();
    await post('mend', { amount: '1' }).expect(201);
    expect(await effects()).toBe(1);
  });

  it('keeps a refusal that came after a commit, and does nothing twice', async () => {
    const first = await post('late', { amount: '1', how: 'refused-late' }).expect(409);
    const again = await post('late', { amount: '1', how: 'refused-late' }).expect(409);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers['content-type']).toContain('application/problem+json');
    expect(again.body).toEqual(first.body);
    expect(await effects()).toBe(1);
  });

  it('whose answer was lost after the commit says so, and does nothing again', async () => {
    await post('lost', { amount: '1', how: 'fault-late' }).expect(500);
    expect(await stateOf('lost')).toBe('committed');
    const later = await post('lost', { amount: '1', how: 'fault-late' }).expect(409);
    expect(later.body.code).toBe('idempotency.answer-lost');
    expect(await effects()).toBe(1);
  });

  it('whose holder died after the commit is waited for, and then tells that the answer is lost', async () => {
    await post('cut').expect(201);
    await execute(
      database.database.reader,
      `update idempotency_key set state = 'committed', response_status = null where key = 'cut'`,
    );
    await execute(
      database.database.reader,
      `update idempotency_key set lease_until = $1 where key = 'cut'`,
      [new Date(clock.now().getTime() + LEASE_MS)],
    );
    expect((await post('cut').expect(409)).body.code).toBe('idempotency.running');
    clock.advanceMs(LEASE_MS);
    expect((await post('cut').expect(409)).body.code).toBe('idempotency.answer-lost');
    expect(await effects()).toBe(1);
  });

  it('of a holder that died before its commit is taken over, by one of many', async () => {
    await post('template');
    await execute(
      database.database.reader,
      `insert into idempotency_key (scope, key, request_hash, state, created_at, lease_until)
       select scope, 'dead', request_hash, 'running', $1, $2 from idempotency_key where key = 'template'`,
      [clock.now(), new Date(clock.now().getTime() + LEASE_MS)],
    );
    const before = await effects();
    await post('dead').expect(409);
    clock.advanceMs(LEASE_MS);
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('dead')));
    expect(answers.some((answer) => answer.status === 201)).toBe(true);
    expect((await effects()) - before).toBe(1);
  });

  it('of a holder that was overtaken cannot commit any more', async () => {
    let open = (): void => undefined;
    OrdersController.gate = new Promise((resolve) => (open = resolve));
    const body = { amount: '1', how: 'slow' };
    const slow = post('slow', body).then((answer) => answer);
    await until(async () => (await stateOf('slow')) === 'running');
    clock.advanceMs(LEASE_MS);
    const overtaking = post('slow', body).then((answer) => answer);
    await until(async () => {
      const row = await one<{ lease: Date }>(
        database.database.reader,
        `select lease_until lease from idempotency_key where key = 'slow'`,
      );
      return (row?.lease.getTime() ?? 0) > clock.now().getTime();
    });
    open();
    const [first, second] = await Promise.all([slow, overtaking]);
    expect([first.status, second.status].sort()).toEqual([201, 409]);
    expect(first.body.code).toBe('idempotency.lease-lost');
    expect(await effects()).toBe(1);
  });

  it('has no hold over what a request leaves running behind it', async () => {
    await post('behind', { amount: '1', how: 'behind' }).expect(201);
    await OrdersController.behind;
    expect(await effects()).toBe(2);
    expect(await stateOf('behind')).toBe('answered');
  });

  it('covers the bytes of an uploaded file', async () => {
    const upload = (bytes: string) =>
      agent
        .post('/orders/files')
        .set('Idempotency-Key', 'file')
        .attach('file', Buffer.from(bytes), 'list.csv');
    await upload('a,b').expect(202);
    const again = await upload('a,b').expect(202);
    expect(again.headers['idempotency-replayed']).toBe('true');
    await upload('a,c').expect(422);
    expect(await effects()).toBe(1);
  });

  it('in front of an upload that it cannot see is a fault of ours, not a silent hole', async () => {
    await agent
      .post('/orders/wrong')
      .set('Idempotency-Key', 'wrong')
      .attach('file', Buffer.from('x'), 'x.csv')
      .expect(500);
  });
});
