import { Injectable } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { z } from 'zod';
import { queueProgram, until } from '../../../test/builders/queue-program.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';
import { Database, execute, one, rows } from '../database/index.js';
import { Metrics } from '../metrics/index.js';
import { Doorbell, OnEvent } from '../queue/index.js';
import { defineEvent, Outbox, REDELIVER_AFTER_MS, SubscriberRegistry } from './index.js';

const happened = defineEvent('tries.happened', z.object({ word: z.string() }));

@OnEvent(happened, { subscriber: 'tries.first' })
@Injectable()
class First {
  readonly heard: string[] = [];

  handle({ word }: { word: string }): Promise<void> {
    this.heard.push(word);
    return Promise.resolve();
  }
}

@OnEvent(happened, { subscriber: 'tries.second' })
@Injectable()
class Second {
  readonly heard: string[] = [];
  failures = 0;

  handle({ word }: { word: string }): Promise<void> {
    this.heard.push(word);
    this.failures -= 1;
    return this.failures >= 0 ? Promise.reject(new Error('not yet')) : Promise.resolve();
  }
}

describe('an event in the outbox', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  const programs = new Set<TestingModule>();

  const start = async (
    role: 'web' | 'worker',
    more: { providers?: (typeof First | typeof Second)[]; sweepMs?: string } = {},
  ) => {
    const program = await queueProgram({
      databaseUrl: db.url,
      providers: more.providers ?? [First, Second],
      clock,
      environment: { ROLE: role, SWEEP_INTERVAL_MS: more.sweepMs ?? '50' },
    });
    programs.add(program);
    return program;
  };
  const publish = (program: TestingModule, ...words: string[]) =>
    program.get(Database).transaction(async (tx) => {
      for (const word of words) await program.get(Outbox).publish(tx, happened, { word });
    });
  const open = async (subscriber = 'tries.%') =>
    (
      await rows(
        db.database.reader,
        'select 1 from outbox_delivery where done_at is null and subscriber like $1',
        [subscriber],
      )
    ).length;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));
  });
  afterEach(async () => {
    for (const program of programs) await program.close();
    programs.clear();
    await db.close();
  });

  it('of a transaction that was rolled back is told to nobody', async () => {
    const worker = await start('worker');
    const failing = worker.get(Database).transaction(async (tx) => {
      await worker.get(Outbox).publish(tx, happened, { word: 'never' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await publish(worker, 'kept');
    await until(async () => (await open()) === 0);
    expect(worker.get(First).heard).toEqual(['kept']);
    expect(await one(db.database.reader, 'select count(*)::int as n from outbox_event')).toEqual({
      n: 1,
    });
  });

  it('is not published with a payload of another shape', async () => {
    const web = await start('web');
    const wrong = web
      .get(Database)
      .transaction((tx) => web.get(Outbox).publish(tx, happened, { word: 7 as unknown as string }));
    await expect(wrong).rejects.toThrow();
    expect(await open()).toBe(0);
  });

  it('is told again to the subscriber that failed, and not to the one that did not', async () => {
    const worker = await start('worker');
    worker.get(Second).failures = 2;
    await publish(worker, 'hard');
    await until(async () => (await open('tries.first')) === 0);
    await until(() => worker.get(Second).heard.length === 1);
    const why = () =>
      one<{ why: string | null }>(
        db.database.reader,
        `select last_error as why from outbox_delivery where subscriber = 'tries.second'`,
      );
    await until(async () => (await why())?.why === 'Error: not yet');
    // A failure that is written down brings the next time near; before, it is as far off as a lost job's.
    const isNear = async () => {
      const found = await one<{ due: Date }>(
        db.database.reader,
        `select due_at as due from outbox_delivery where subscriber = 'tries.second'`,
      );
      return found !== null && found.due.getTime() - clock.now().getTime() < REDELIVER_AFTER_MS;
    };
    for (let told = 2; told <= 3; told += 1) {
      await until(isNear);
      clock.advanceMs(60_000);
      await until(() => worker.get(Second).heard.length === told);
    }
    await until(async () => (await open()) === 0);
    expect(worker.get(First).heard).toEqual(['hard']);
    expect((await why())?.why).toBeNull();
  });

  it('whose job was lost is rung for again, after a while', async () => {
    const web = await start('web');
    await publish(web, 'lost');
    const claimed = await web.get(Database).transaction((tx) => web.get(Outbox).claimDue(tx, 10));
    expect(claimed).toHaveLength(2);
    const worker = await start('worker');
    await new Promise((wake) => setTimeout(wake, 300));
    expect(worker.get(First).heard).toEqual([]);
    clock.advanceMs(REDELIVER_AFTER_MS + 1);
    await until(async () => (await open()) === 0);
    expect(worker.get(First).heard).toEqual(['lost']);
  });

  it('is rung for as soon as the queue is back, however long it was away', async () => {
    const web = await start('web');
    const outbox = web.get(Outbox);
    await publish(web, 'waits');
    for (let second = 0; second < 100; second += 1) {
      await web.get(Database).transaction(async (tx) => {
        await outbox.putBack(tx, await outbox.claimDue(tx, 10), 2000);
      });
      clock.advanceMs(2001);
    }
    const worker = await start('worker');
    await until(async () => (await open()) === 0);
    expect(worker.get(First).heard).toEqual(['waits']);
  });

  it('survives a doorbell that breaks in the hand of the relay', async () => {
    const worker = await start('worker');
    const doorbell = worker.get(Doorbell);
    const ring = doorbell.ring.bind(doorbell);
    let broken = 0;
    doorbell.ring = () => {
      broken += 1;
      return Promise.reject(new Error('the queue is away'));
    };
    await publish(worker, 'patient');
    await until(() => broken > 0);
    doorbell.ring = ring;
    // Given back by the time that the clock then shows: two seconds from there it is due.
    const isGivenBack = `select 1 from outbox_delivery having max(rings) filter (where done_at is null) = 0`;
    await until(async () => (await one(db.database.reader, isGivenBack)) !== null);
    clock.advanceMs(2001);
    await until(async () => (await open()) === 0);
    expect(worker.get(Second).heard).toEqual(['patient']);
  });

  it('is told again when the process died between the work and the record of it', async () => {
    const worker = await start('worker');
    const outbox = worker.get(Outbox);
    const finish = outbox.finish.bind(outbox);
    outbox.finish = () => Promise.reject(new Error('died here'));
    await publish(worker, 'twice');
    await until(
      () => worker.get(First).heard.length === 1 && worker.get(Second).heard.length === 1,
    );
    outbox.finish = finish;
    clock.advanceMs(REDELIVER_AFTER_MS + 1);
    await until(async () => (await open()) === 0);
    expect(worker.get(First).heard).toEqual(['twice', 'twice']);
  });

  it('for a subscriber of another release waits for that release', async () => {
    const newer = await start('web');
    await publish(newer, 'ahead');
    const older = await start('worker', { providers: [First] });
    await until(async () => (await open('tries.first')) === 0);
    clock.advanceMs(REDELIVER_AFTER_MS + 1);
    await new Promise((wake) => setTimeout(wake, 300));
    expect(await open('tries.second')).toBe(1);
    programs.delete(older);
    await older.close();
    const later = await start('worker');
    clock.advanceMs(64 * REDELIVER_AFTER_MS);
    await until(async () => (await open()) === 0);
    expect(later.get(Second).heard).toEqual(['ahead']);
  });

  it('is lost by none of two relays at once, and counted until it is told', async () => {
    const [one_, other] = [await start('worker'), await start('worker')];
    const words = Array.from({ length: 150 }, (_, at) => `word ${at}`);
    await Promise.all(words.map((word, at) => publish(at % 2 ? one_ : other, word)));
    await until(async () => (await open()) === 0);
    const heard = [...one_.get(First).heard, ...other.get(First).heard];
    expect(heard.sort()).toEqual(words.sort());
    const text = await one_.get(Metrics).registry.metrics();
    expect(text).toContain('\nchitra_outbox_waiting 0\n');
    expect(text).toContain('\nchitra_outbox_lag_seconds 0\n');
  });

  it('is heard by notice alone, also after PostgreSQL cut the line', async () => {
    const worker = await start('worker', { sweepMs: '600000' });
    const listening = () =>
      one<{ pid: number }>(
        db.database.reader,
        `select pid from pg_stat_activity where query = 'listen chitra_outbox'
          and datname = current_database()`,
      );
    const cut = await listening();
    await execute(db.database.reader, 'select pg_terminate_backend($1)', [cut?.pid]);
    await until(async () => ![undefined, cut?.pid].includes((await listening())?.pid));
    await publish(worker, 'heard');
    await until(() => worker.get(First).heard.length === 1);
  });

  it('counts while nobody works, and says since when', async () => {
    const web = await start('web');
    await publish(web, 'a', 'b');
    clock.advanceMs(90_000);
    const text = await web.get(Metrics).registry.metrics();
    expect(text).toContain('\nchitra_outbox_waiting 4\n');
    expect(text).toContain('\nchitra_outbox_lag_seconds 90\n');
  });
});

describe('a subscriber', () => {
  const handler = { handle: () => Promise.resolve() };

  it('has a name that no other has, and that a job id can hold', () => {
    const subscribers = new SubscriberRegistry();
    subscribers.register('tries.first', happened, handler);
    expect(() => subscribers.register('tries.first', happened, handler)).toThrow(
      'two handlers under one subscriber name',
    );
    for (const name of ['', 'tries:first', 'Tries', '1st']) {
      expect(() => subscribers.register(name, happened, handler)).toThrow('not a subscriber name');
    }
    expect(subscribers.of('tries.happened')).toEqual(['tries.first']);
    expect(subscribers.of('tries.other')).toEqual([]);
  });
});
