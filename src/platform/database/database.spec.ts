import { QueryFailedError } from 'typeorm';
import { execute, one, prepared, rows, sqlStateOf, type Tx } from './index.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';

describe('the database', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
    await execute(
      db.database.reader,
      'create table thing (id int primary key, amount numeric(20,0))',
    );
  });
  afterAll(() => db.close());

  it('gives rows of a select, of an update with returning, and counts alike', async () => {
    const tx = db.database.reader;
    expect(await execute(tx, 'insert into thing values (1, 10), (2, 20)')).toBe(2);
    expect(await rows(tx, 'update thing set amount = amount + 1 returning id')).toHaveLength(2);
    expect(await one(tx, 'select amount from thing where id = $1', [1])).toEqual({ amount: '11' });
    expect(await execute(tx, 'update thing set amount = 0 where id = 99')).toBe(0);
  });

  it('keeps nothing of a transaction that throws', async () => {
    const failing = db.database.transaction(async (tx) => {
      await execute(tx, 'insert into thing values (3, 30)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await one(db.database.reader, 'select 1 from thing where id = 3')).toBeNull();
  });

  it('runs a transaction again after a deadlock', async () => {
    const order = [
      [1, 2],
      [2, 1],
    ];
    let tries = 0;
    const swap = ([first, second]: number[]) =>
      db.database.transaction(async (tx) => {
        tries += 1;
        await execute(tx, 'update thing set amount = amount + 1 where id = $1', [first]);
        await new Promise((wake) => setTimeout(wake, 200));
        await execute(tx, 'update thing set amount = amount + 1 where id = $1', [second]);
      });
    await Promise.all(order.map(swap));
    expect(tries).toBeGreaterThan(2);
  });

  it('counts what was committed, once, and nothing of what was rolled back', async () => {
    const counted: string[] = [];
    let tries = 0;
    await db.database.transaction(async (tx) => {
      tries += 1;
      db.database.afterCommit(() => counted.push('committed'));
      expect(counted).toEqual([]);
      if (tries === 1)
        await execute(tx, `do $$ begin raise exception 'again' using errcode = '40001'; end $$`);
    });
    const failing = db.database.transaction(() => {
      db.database.afterCommit(() => counted.push('rolled back'));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    db.database.afterCommit(() => counted.push('outside'));
    expect({ tries, counted }).toEqual({ tries: 2, counted: ['committed', 'outside'] });
  });

  it('refuses a transaction inside a transaction', async () => {
    await expect(
      db.database.transaction(() => db.database.transaction(() => Promise.resolve(1))),
    ).rejects.toThrow('inside a transaction');
  });

  it('is read as it stood at one moment, without haste and without writing', async () => {
    const { database } = db;
    const count = (tx: Tx) => one<{ n: number }>(tx, `select count(*)::int as n from moment`);
    await execute(database.reader, 'create table moment (n int)');
    const seen = await database.atOneMoment(async (tx) => {
      const before = await count(tx);
      await execute(database.reader, 'insert into moment values (1)');
      const after = await count(tx);
      const limit = await one(tx, 'show statement_timeout');
      return { before, after, limit };
    });
    expect(seen).toEqual({
      before: { n: 0 },
      after: { n: 0 },
      limit: { statement_timeout: '0' },
    });
    expect(await one(database.reader, 'show statement_timeout')).toEqual({
      statement_timeout: '2min',
    });
    await expect(database.atOneMoment((tx) => execute(tx, 'delete from moment'))).rejects.toThrow(
      'read-only transaction',
    );
  });

  it('has a statement read once for a connection, and what is wrong with it told as of any other', async () => {
    const doubled = prepared('select $1::int * 2 as n');
    expect(prepared('select $1::int * 2 as n')).toBe(doubled);
    const seen = await db.database.transaction(async (tx) => {
      const found = [await one(tx, doubled, [4]), await one(tx, doubled, [21])];
      const known = await rows<{ statement: string }>(
        tx,
        'select statement from pg_prepared_statements where name = $1',
        [doubled.name],
      );
      return { found, known };
    });
    expect(seen).toEqual({ found: [{ n: 8 }, { n: 42 }], known: [{ statement: doubled.text }] });
    const changed = prepared('update thing set id = id where id = $1');
    expect(await execute(db.database.reader, changed, [-1])).toBe(0);
    await expect(rows(db.database.reader, prepared('select 1 / $1::int'), [0])).rejects.toThrow(
      QueryFailedError,
    );
    await expect(
      rows(db.database.reader, prepared('select $1::text as t'), ['\u0000']),
    ).rejects.toMatchObject({ code: 'text.not-storable' });
  });

  it('runs the commit hook inside the transaction', async () => {
    await db.database.withCommitHook(
      async (tx) => {
        await execute(tx, 'insert into thing values (50, 0)');
      },
      () => db.database.transaction((tx) => execute(tx, 'insert into thing values (51, 0)')),
    );
    expect(
      await rows(db.database.reader, 'select id from thing where id in (50, 51)'),
    ).toHaveLength(2);
  });

  it('refuses a date of the year 0000 kindly, which ISO 8601 can write and the calendar has not', async () => {
    await expect(rows(db.database.reader, 'select $1::date', ['0000-01-01'])).rejects.toMatchObject(
      { kind: 'invalid', code: 'date.not-storable' },
    );
  });

  it.each([
    ['NUL', 'select $1::text', 'a\u0000b'],
    ['NUL in JSON', 'select $1::jsonb', JSON.stringify({ note: 'a\u0000b' })],
    ['half a character in JSON', 'select $1::jsonb', JSON.stringify({ note: '\ud800' })],
  ])('refuses %s kindly, as it cannot be stored', async (_, sql, text) => {
    await expect(rows(db.database.reader, sql, [text])).rejects.toMatchObject({
      kind: 'invalid',
      code: 'text.not-storable',
    });
    await expect(rows(db.database.reader, 'select $1::jsonb', ['{'])).rejects.toMatchObject({
      name: 'QueryFailedError',
    });
  });

  it('tells the SQLSTATE of a refusal', async () => {
    const error: unknown = await execute(
      db.database.reader,
      'insert into thing values (1, 1)',
    ).catch((e: unknown) => e);
    expect(sqlStateOf(error)).toBe('23505');
  });
});
