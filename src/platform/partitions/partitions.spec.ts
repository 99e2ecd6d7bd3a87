import { idAt } from '../../../test/builders/id-at.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';
import { execute, one, rows } from '../database/index.js';
import { ArchiveParts } from './archive-parts.js';
import { MakeParts } from './make-parts.js';
import { addMonths, monthsAhead, monthsMissing } from './month.rules.js';
import { partsOf } from './part.store.js';
import type { Part, PartitionedTable } from './partitioned-table.js';
import { ViewParts } from './view-parts.js';

const EVENTS: PartitionedTable = { table: 'outbox_event', keepMonths: 3, past: 'archive' };
const DELIVERIES: PartitionedTable = {
  table: 'outbox_delivery',
  keepMonths: 3,
  past: 'drop',
  needed: 'r.done_at is null',
};
const TABLES = [DELIVERIES, EVENTS];

/** Noon of the tenth of a month, at the office. */
const inMonth = (month: string): Date => new Date(`${month}-10T05:00:00Z`);

describe('tables in parts', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  /** The month after the newest part that the migration made. */
  let next: string;

  beforeEach(async () => {
    db = await testDatabase();
    const made = await partsOf(db.database.reader, ['outbox_event']);
    next = made.findLast(({ upTo }) => upTo !== null)?.upTo ?? '';
    clock = new ManualClock(inMonth(next));
  });
  afterEach(() => db.close());

  const maker = () => new MakeParts(db.database, clock, TABLES);
  const archiver = () => new ArchiveParts(db.database, clock, TABLES);
  const viewed = () => new ViewParts(db.database, clock, TABLES).all();
  const partNames = async (table: string) =>
    (await partsOf(db.database.reader, [table])).map(({ name }) => name);
  const happen = async (at: Date, deliveryDoneAt: Date | null = at): Promise<string> => {
    const id = idAt(at);
    await execute(
      db.database.reader,
      `insert into outbox_event (id, event, payload, created_at) values ($1, 'tries.happened', '{}', $2)`,
      [id, at],
    );
    await execute(
      db.database.reader,
      `insert into outbox_delivery (event_id, subscriber, due_at, done_at) values ($1, 'tries', $2, $3)`,
      [id, at, deliveryDoneAt],
    );
    return id;
  };
  const placeOf = async (id: string) => {
    const sql = 'select tableoid::regclass::text as part from outbox_event where id = $1';
    return (await one<{ part: string }>(db.database.reader, sql, [id]))?.part ?? null;
  };
  const archive = (order: { before?: string; table?: string }) =>
    archiver().archive({
      before: order.before ?? null,
      table: order.table ?? null,
      record: () => Promise.resolve(),
    });

  it('are made this month and three ahead, once, by however many workers', async () => {
    const [first, second] = await Promise.all([maker().make(), maker().make()]);
    const made = [...first.made, ...second.made];
    const months = [next, ...[1, 2, 3].map((count) => addMonths(next, count))];
    for (const table of ['outbox_event', 'outbox_delivery']) {
      const those = made.filter((one) => one.table === table).map(({ month }) => month);
      expect(those.sort()).toEqual(months);
    }
    expect(await maker().make()).toEqual({ made: [], blocked: [] });
    expect((await viewed()).map((one) => one.monthsAhead)).toEqual([3, 3]);
  });

  it('take a row into the month of the office in which its id was made', async () => {
    await maker().make();
    const after = addMonths(next, 1);
    const midnight = new Date(`${after}-01T00:00:00+07:00`);
    const last = await happen(new Date(midnight.getTime() - 1));
    const first = await happen(midnight);
    expect(await placeOf(last)).toBe(`outbox_event_${next.replace('-', '_')}`);
    expect(await placeOf(first)).toBe(`outbox_event_${after.replace('-', '_')}`);
  });

  it('without a part for its month a row is kept all the same, and it is seen', async () => {
    clock.set(inMonth(addMonths(next, -2)));
    expect((await viewed()).map(({ hasStrays }) => hasStrays)).toEqual([false, false]);
    const id = await happen(inMonth(next));
    expect(await placeOf(id)).toBe('outbox_event_default');
    expect(await viewed()).toMatchObject([
      { table: 'outbox_delivery', hasStrays: true, monthsAhead: 1 },
      { table: 'outbox_event', hasStrays: true, monthsAhead: 1 },
    ]);
    const { made, blocked } = await maker().make();
    expect(blocked).toContainEqual({ table: 'outbox_event', month: next });
    expect(made).toContainEqual({ table: 'outbox_event', month: addMonths(next, 1) });
    expect(await placeOf(id)).toBe('outbox_event_default');
    await execute(db.database.reader, 'delete from outbox_delivery');
    expect((await maker().make({ homeStrays: true })).blocked).toEqual([]);
    expect(await placeOf(id)).toBe(`outbox_event_${next.replace('-', '_')}`);
    expect((await viewed()).map(({ hasStrays }) => hasStrays)).toEqual([false, false]);
  });

  it('keep what is within its time: nothing leaves', async () => {
    await happen(inMonth(addMonths(next, -1)));
    clock.set(inMonth(addMonths(next, 2)));
    const before = await partNames('outbox_event');
    await expect(archive({ before: next })).rejects.toMatchObject({
      code: 'partitions.too-young',
      kind: 'conflict',
    });
    expect(await partNames('outbox_event')).toEqual(before);
    await expect(archive({ table: 'payment' })).rejects.toMatchObject({
      code: 'partitions.unknown-table',
    });
  });

  it('leave when their time is over: into the archive, or away; what is still needed stays', async () => {
    const month = addMonths(next, -1);
    const [old, open] = [inMonth(addMonths(month, -1)), inMonth(month)];
    const kept = await happen(old);
    await happen(open, null);
    clock.set(inMonth(addMonths(next, 3)));
    const told = await archive({ before: next, table: 'outbox_delivery' });
    const part = `outbox_delivery_${month.replace('-', '_')}`;
    expect(told.needed.map((one) => one.part.name)).toEqual([part]);
    expect(await partNames('outbox_delivery')).toEqual([part, 'outbox_delivery_default']);
    const events = await archive({ before: month, table: 'outbox_event' });
    expect(events.left.length).toBeGreaterThan(0);
    expect(await placeOf(kept)).toBeNull();
    const sql = 'select id from archive.outbox_event';
    expect(await rows(db.database.reader, sql)).toEqual([{ id: kept }]);
    await expect(rows(db.database.reader, 'delete from archive.outbox_event')).rejects.toThrow(
      'append-only',
    );
    expect((await archive({ before: month, table: 'outbox_event' })).left).toEqual([]);
  });

  it('stay when nobody can write down that they left', async () => {
    clock.set(inMonth(addMonths(next, 6)));
    const before = await partNames('outbox_delivery');
    const order = {
      before: null,
      table: null,
      record: () => Promise.reject(new Error('no audit')),
    };
    await expect(archiver().archive(order)).rejects.toThrow('no audit');
    expect(await partNames('outbox_delivery')).toEqual(before);
  });
});

describe('months', () => {
  const part = (from: string | null, upTo: string | null): Part => ({
    ...{ table: 't', name: 'p', bytes: 0, rows: 0 },
    from,
    upTo,
  });

  it('are counted over the year', () => {
    expect(addMonths('2026-11', 3)).toBe('2027-02');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-12', 144)).toBe('2038-12');
  });

  it('that lie in no part are missing; a gap is not ahead', () => {
    const parts = [part(null, '2026-12'), part('2027-01', '2027-02'), part(null, null)];
    expect(monthsMissing(parts, '2026-11')).toEqual(['2026-12', '2027-02']);
    expect(monthsAhead(parts, '2026-11')).toBe(0);
    expect(monthsAhead(parts, '2027-01')).toBe(0);
    expect(monthsAhead(parts, '2027-03')).toBe(-1);
  });
});
