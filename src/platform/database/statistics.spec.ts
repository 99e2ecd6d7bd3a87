import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { execute, one } from './sql.js';
import { lookAtGrown } from './statistics.js';

describe('a table that has grown', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  const known = async (table: string): Promise<number> => {
    const sql = 'select reltuples::int as rows from pg_class where oid = $1::regclass';
    return (await one<{ rows: number }>(db.database.reader, sql, [table]))?.rows ?? 0;
  };

  it('to many times its size is looked at; one that hardly grew is left to its time', async () => {
    const { reader } = db.database;
    for (const [table, count] of [
      ['small', 10],
      ['large', 500],
    ] as const) {
      await execute(reader, `create table ${table} as select generate_series(1, ${count}) as n`);
    }
    await execute(reader, 'analyze small');
    await execute(reader, 'analyze large');
    await execute(reader, 'insert into small select generate_series(1, 200)');
    await execute(reader, 'insert into large select generate_series(1, 200)');
    await lookAtGrown(reader, { tables: ['small', 'large'], added: 200 });
    expect(await known('small')).toBe(210);
    expect(await known('large')).toBe(500);
  });

  it('in parts is looked at where it grew, once it is known as a whole', async () => {
    const { reader } = db.database;
    await execute(reader, 'create table parted (n int) partition by range (n)');
    for (const [from, to] of [
      [0, 1000],
      [1000, 5000],
    ])
      await execute(
        reader,
        `create table parted_${from} partition of parted for values from (${from}) to (${to})`,
      );
    await execute(reader, 'insert into parted select generate_series(0, 999)');
    await lookAtGrown(reader, { tables: ['parted'], added: 900 });
    expect([await known('parted'), await known('parted_0')]).toEqual([1000, 1000]);
    await execute(reader, 'insert into parted select generate_series(1000, 1899)');
    await lookAtGrown(reader, { tables: ['parted'], added: 900 });
    expect([await known('parted'), await known('parted_1000')]).toEqual([1000, 900]);
  });
});
