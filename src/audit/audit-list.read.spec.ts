import { ManualClock } from '../kernel/index.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditReads, AuditTrail, type AuditFilter } from './index.js';

describe('the audit trail, searched', () => {
  let database: TestDatabase;
  let reads: AuditReads;
  const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));
  const actor = (name: string) => ({ kind: 'user' as const, id: `id-${name}`, name });

  beforeAll(async () => {
    database = await testDatabase();
    reads = new AuditReads(database.database);
    const trail = new AuditTrail(clock);
    const acts: [string, string, string][] = [
      ['lan', 'batch.proposed', 'b1'],
      ['hung', 'batch.signed', 'b1'],
      ['lan', 'session.opened', 'lan'],
      ['hung', 'batch.signed', 'b2'],
      ['minh', 'batch.signed', 'b2'],
      ['lan', 'session.opened', 'lan'],
    ];
    for (const [name, action, id] of acts) {
      await database.database.transaction((tx) =>
        trail.record(tx, { actor: actor(name), action, subject: { type: 'batch', id } }),
      );
      clock.advanceMs(24 * 3_600_000);
    }
  });
  afterAll(() => database.close());

  const days = async (filter: AuditFilter, page: { beforeId?: string; limit?: number } = {}) => {
    const found = await reads.list(filter, { beforeId: null, limit: 10, ...page });
    return found.map(({ at, actorName }) => `${at.getUTCDate()} ${actorName}`);
  };

  it('finds nothing for nobody, for no act, and after its end', async () => {
    expect(await days({ actorIds: [] })).toEqual([]);
    expect(await days({ actions: [] })).toEqual([]);
    expect(await days({ from: new Date('2026-12-24T00:00:00Z') })).toEqual([]);
    expect(await days({ actorIds: ['id-lan'], actions: ['batch.signed'] })).toEqual([]);
  });

  it('by people, by acts, by both and by the thing, newest first', async () => {
    expect(await days({ actorIds: ['id-lan', 'id-minh'] })).toEqual([
      '26 lan',
      '25 minh',
      '23 lan',
      '21 lan',
    ]);
    expect(await days({ actions: ['batch.signed', 'batch.proposed'] })).toEqual([
      '25 minh',
      '24 hung',
      '22 hung',
      '21 lan',
    ]);
    const both = { actorIds: ['id-hung', 'id-lan'], actions: ['batch.signed', 'session.opened'] };
    expect(await days(both, { limit: 3 })).toEqual(['26 lan', '24 hung', '23 lan']);
    expect(await days({ subjectType: 'batch', subjectId: 'b2' })).toEqual(['25 minh', '24 hung']);
    expect(await days({ subjectId: 'b1', actorIds: ['id-hung'] })).toEqual(['22 hung']);
  });

  it('from a time on, until before another, whichever way it is looked for', async () => {
    const span = {
      from: new Date('2026-11-22T02:00:00Z'),
      until: new Date('2026-11-25T02:00:00Z'),
    };
    expect(await days(span)).toEqual(['24 hung', '23 lan', '22 hung']);
    expect(await days({ ...span, actorIds: ['id-hung'] })).toEqual(['24 hung', '22 hung']);
    expect(await days({ ...span, actions: ['session.opened'] })).toEqual(['23 lan']);
  });

  it('page by page, and all of them one after the other', async () => {
    const filter = { actorIds: ['id-lan', 'id-hung'] };
    const [first, second] = await reads.list(filter, { beforeId: null, limit: 2 });
    expect(first && (await days(filter, { beforeId: second?.id }))).toEqual([
      '23 lan',
      '22 hung',
      '21 lan',
    ]);
    const seen: string[] = [];
    for await (const { actorName } of reads.all(filter)) seen.push(actorName);
    expect(seen).toEqual(['lan', 'hung', 'lan', 'hung', 'lan']);
  });

  it('tells when each last did something', async () => {
    const times = await reads.lastTimes({
      actorIds: ['id-lan', 'id-hung'],
      action: 'session.opened',
    });
    expect([...times]).toEqual([['id-lan', new Date('2026-11-26T02:00:00Z')]]);
  });
});
