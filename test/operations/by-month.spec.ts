import { idAt } from '../builders/id-at.js';
import { testDatabase, type TestDatabase } from '../setup/database.js';
import { execute, one, rows } from '../../src/platform/database/index.js';
import { joinMonths, partitionByMonth } from '../../src/migrations/by-month.js';

const HISTORY = { table: 'thing_history', key: 'thing_id', historyIndex: 'thing_history_by_thing' };

const BEFORE = `
  create table thing (id uuid primary key);
  create table thing_history (
    id bigint generated always as identity primary key,
    thing_id uuid not null references thing (id),
    word text not null constraint words_are_short check (char_length(word) < 10)
  );
  create index thing_history_by_thing on thing_history (thing_id, id);
  create index thing_history_by_word on thing_history (word) where word <> '';
  create view thing_history_view as select thing_id, word from thing_history;
  create function thing_says() returns trigger language plpgsql as $$
  begin
    if new.word = 'bad' then raise exception 'a bad word'; end if;
    return new;
  end $$;
  create trigger thing_says before insert on thing_history for each row execute function thing_says();
  create trigger thing_history_only_grows before update or delete or truncate on thing_history
    for each statement execute function refuse_change();
`;

describe('a table that is made one of months', () => {
  let db: TestDatabase;
  const [early, late] = [idAt(new Date('2024-02-10T00:00:00Z')), idAt(new Date())];
  /** Years ahead of every part that there is. */
  const far = idAt(new Date(Date.now() + 5 * 366 * 86_400_000));

  const write = (id: string, word: string) =>
    execute(db.database.reader, `insert into thing_history (thing_id, word) values ($1, $2)`, [
      id,
      word,
    ]);
  const words = async () => {
    const found = await rows<{ word: string }>(
      db.database.reader,
      'select h.word from thing_history_view v join thing_history h using (thing_id, word) order by h.id',
    );
    return found.map(({ word }) => word);
  };
  const parts = async () => {
    const found = await rows<{ name: string }>(
      db.database.reader,
      `select inhrelid::regclass::text as name from pg_inherits
        where inhparent = 'thing_history'::regclass order by 1`,
    );
    return found.map(({ name }) => name);
  };

  beforeAll(async () => {
    db = await testDatabase();
    await execute(db.database.reader, BEFORE);
    await execute(db.database.reader, 'insert into thing select unnest($1::uuid[])', [
      [early, late, far],
    ]);
    await write(early, 'one');
    await write(late, 'two');
    await execute(db.database.reader, partitionByMonth(HISTORY));
  });
  afterAll(() => db.close());

  it('has its rows as before, and numbers go on', async () => {
    await write(late, 'three');
    expect(await words()).toEqual(['one', 'two', 'three']);
    const last = await one(db.database.reader, 'select max(id) as id from thing_history');
    expect(last).toEqual({ id: '3' });
    expect(await parts()).toHaveLength(5);
  });

  it('keeps its promises, also on a part that is made later and is written to by itself', async () => {
    const add = `select add_month_partition('thing_history', '2040-05-01')`;
    await execute(db.database.reader, add);
    for (const part of ['thing_history', ...(await parts())]) {
      for (const act of [`update ${part} set word = ''`, `delete from ${part}`, `truncate ${part}`])
        await expect(execute(db.database.reader, act)).rejects.toThrow('append-only');
    }
    await expect(write(late, 'bad')).rejects.toThrow('a bad word');
    await expect(write(late, 'far too long')).rejects.toThrow('words_are_short');
    await expect(write(idAt(new Date()), 'nobody')).rejects.toThrow('foreign key');
    const places = `select count(*)::int as n from pg_indexes
                     where tablename = 'thing_history_2040_05' and indexdef like '%word%'`;
    expect(await one(db.database.reader, places)).toEqual({ n: 1 });
  });

  it('looks for one id in one month only', async () => {
    const plan = await rows<Record<string, string>>(
      db.database.reader,
      'explain select 1 from thing_history where thing_id = $1 order by id desc limit 1',
      [late],
    );
    const lines = plan.map((line) => line['QUERY PLAN'] ?? '').join('\n');
    expect(lines).toContain('thing_history_first');
    expect(lines).not.toMatch(/thing_history_(2|default)/);
  });

  it('is one table again with all of its rows', async () => {
    await write(far, 'far');
    await execute(db.database.reader, joinMonths(HISTORY));
    expect(await words()).toEqual(['one', 'two', 'three', 'far']);
    await write(early, 'more');
    expect((await words()).at(-1)).toBe('more');
    await expect(execute(db.database.reader, 'delete from thing_history')).rejects.toThrow();
    await expect(write(late, 'bad')).rejects.toThrow('a bad word');
    const left = `select count(*)::int as n from pg_class where relname like 'thing_history_%_first'`;
    expect(await one(db.database.reader, left)).toEqual({ n: 0 });
  });
});
