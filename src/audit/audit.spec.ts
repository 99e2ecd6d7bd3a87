import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail, VerifyAudit } from './index.js';

const ACTOR = { kind: 'user', id: '0193', name: 'ke.toan' } as const;

describe('the audit trail', () => {
  let database: TestDatabase;
  let trail: AuditTrail;
  let verifier: VerifyAudit;
  const clock = new ManualClock(new Date('2026-11-21T02:00:00.123Z'));

  beforeEach(async () => {
    database = await testDatabase();
    trail = new AuditTrail(clock);
    verifier = new VerifyAudit(database.database, clock);
  });
  afterEach(() => database.close());

  const act = (n: number) =>
    database.database.transaction((tx) =>
      trail.record(tx, {
        actor: ACTOR,
        action: 'batch.proposed',
        subject: { type: 'batch', id: `b${n}` },
        detail: { lines: n, tổng: `${n}000`, nested: { b: 1.5, a: [true, null] } },
      }),
    );
  const acts = async (count: number) => {
    for (let n = 1; n <= count; n += 1) await act(n);
  };
  /** What somebody with all rights on the database can do. */
  const tamper = (sql: string, parameters: unknown[] = []) =>
    database.database.transaction(async (tx) => {
      await execute(tx, `set local session_replication_role = replica`);
      return execute(tx, sql, parameters);
    });

  it.each(['audit_entry', 'audit_link'])(
    '%s refuses change, deletion and emptying',
    async (table) => {
      await acts(1);
      const tx = database.database.reader;
      const column = table === 'audit_entry' ? 'subject_id' : 'hash';
      for (const sql of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ]) {
        await expect(execute(tx, sql)).rejects.toThrow('append-only');
      }
    },
  );

  it('holds nothing of an act that was rolled back', async () => {
    const broken = database.database.transaction(async (tx) => {
      await trail.record(tx, { actor: ACTOR, action: 'a.b', subject: { type: 'x', id: '1' } });
      throw new Error('the use case failed');
    });
    await expect(broken).rejects.toThrow('the use case failed');
    expect(await verifier.verify()).toMatchObject({ ok: true, checked: 0, head: { seq: '0' } });
  });

  it('is one whole chain when twenty transactions commit at once, with several entries each', async () => {
    const several = (n: number) =>
      database.database.transaction(async (tx) => {
        for (const part of ['x', 'y', 'z']) {
          const subject = { type: part, id: `${n}` };
          await trail.record(tx, { actor: ACTOR, action: 'race.run', subject });
        }
      });
    await Promise.all(Array.from({ length: 20 }, (_, n) => several(n)));
    expect(await verifier.verify()).toMatchObject({ ok: true, checked: 60, head: { seq: '60' } });
    const links = await rows<{ of: string }>(
      database.database.reader,
      `select e.subject_id || e.subject_type as of from audit_link l join audit_entry e on e.id = l.entry_id order by seq`,
    );
    // The entries of one transaction stand together and in their order.
    for (let at = 0; at < 60; at += 3) {
      const id = links[at]?.of.slice(0, -1);
      expect(links.slice(at, at + 3).map((link) => link.of)).toEqual([
        `${id}x`,
        `${id}y`,
        `${id}z`,
      ]);
    }
  });

  it.each([
    ['at', `at + interval '1 microsecond'`],
    ['actor_kind', `'system'`],
    ['actor_id', `'somebody else'`],
    ['actor_name', `'somebody else'`],
    ['action', `'batch.returned'`],
    ['subject_type', `'payment'`],
    ['subject_id', `'other'`],
    ['detail', `detail || '{"lines": 4}'`],
  ])('a changed %s is found at its entry', async (column, value) => {
    await acts(5);
    const third = await one<{ entry_id: string }>(
      database.database.reader,
      `select entry_id from audit_link where seq = 3`,
    );
    await tamper(`update audit_entry set ${column} = ${value} where id = $1`, [third?.entry_id]);
    expect(await verifier.verify()).toMatchObject({
      ok: false,
      checked: 2,
      broken: { reason: 'entry-changed', seq: '3', entryId: third?.entry_id },
    });
  });

  it.each([
    [
      'a changed hash',
      `update audit_link set hash = repeat('a', 64) where seq = 3`,
      'entry-changed',
      '3',
    ],
    [
      'a changed previous hash',
      `update audit_link set previous_hash = repeat('a', 64) where seq = 3`,
      'chain-broken',
      '3',
    ],
    ['a changed number', `update audit_link set seq = 9 where seq = 3`, 'link-missing', '4'],
    ['a missing link', `delete from audit_link where seq = 3`, 'link-missing', '4'],
    [
      'a missing entry',
      `delete from audit_entry where id = (select entry_id from audit_link where seq = 3)`,
      'entry-missing',
      '3',
    ],
    [
      'an entry under another id',
      `update audit_entry set id = '019a0000-0000-7000-8000-000000000000' where id = (select entry_id from audit_link where seq = 3)`,
      'entry-missing',
      '3',
    ],
    ['a missing last link', `delete from audit_link where seq = 5`, 'entry-unsealed', null],
  ])('%s is found', async (_, sql, reason, seq) => {
    await acts(5);
    expect(await tamper(sql)).toBe(1);
    expect(await verifier.verify()).toMatchObject({ ok: false, broken: { reason, seq } });
  });

  it('an entry put in past the chain is found', async () => {
    await acts(2);
    await tamper(
      `insert into audit_entry select $1, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, detail
         from audit_entry limit 1`,
      [newId()],
    );
    expect(await verifier.verify()).toMatchObject({ broken: { reason: 'entry-unsealed' } });
  });

  it('an end that was cut off cleanly is found only against a head noted before', async () => {
    await acts(5);
    const { head } = await verifier.verify();
    await tamper(`with cut as (delete from audit_link where seq > 3 returning entry_id)
                  delete from audit_entry where id in (select entry_id from cut)`);
    expect(await verifier.verify()).toMatchObject({ ok: true, checked: 3 });
    expect(await verifier.verify(head)).toMatchObject({
      ok: false,
      broken: { reason: 'head-missing', seq: '5' },
    });
    await acts(4);
    expect(await verifier.verify(head)).toMatchObject({ broken: { reason: 'head-missing' } });
  });

  it('a head noted earlier is still found in a longer chain', async () => {
    await acts(2);
    const { head } = await verifier.verify();
    await acts(3);
    expect(await verifier.verify(head)).toMatchObject({ ok: true, checked: 5 });
  });
});
