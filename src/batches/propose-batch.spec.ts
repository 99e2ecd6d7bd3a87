import { anOffice, type Office } from '../../test/builders/officers.js';
import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { accountReplaced, areOwed, peopleOwed } from '../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';

describe('proposing a batch', () => {
  let db: TestDatabase;
  let desk: BatchDesk;
  let office: Office;
  let month = 0;
  const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));

  beforeAll(async () => {
    db = await testDatabase();
    desk = batchDesk(db.database, clock);
    office = await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;

  async function aDraft(count: number) {
    month += 1;
    const period = `20${30 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    const people = await peopleOwed(reader(), count, { period });
    const batch = await desk.assembling.assemble({
      actor: office.preparer,
      programme: 'NCC_MONTHLY',
      period,
    });
    return { ...batch, people, period };
  }
  async function aProposal(count: number) {
    const draft = await aDraft(count);
    const proposal = await propose(draft.batchId);
    return { ...draft, ...proposal };
  }
  const propose = (batchId: string, more: object = {}) =>
    desk.proposing.propose({ actor: office.preparer, batchId, ...more });
  const sql = (text: string, parameters: unknown[]) => execute(reader(), text, parameters);

  it('refuses lines whose payee is held, has died, or has another account or name meanwhile, and names them', async () => {
    const { batchId, people } = await aDraft(6);
    await sql(`update beneficiary set hold_reason = 'MD07', held_at = $2 where id = $1`, [
      people[0]!.beneficiaryId,
      clock.now(),
    ]);
    await sql(`update beneficiary set deceased_on = '2026-11-01' where id = $1`, [
      people[1]!.beneficiaryId,
    ]);
    await accountReplaced(reader(), people[2]!.beneficiaryId, { number: '999888777' });
    await sql(`update beneficiary set full_name = 'Tên Đã Sửa' where id = $1`, [
      people[3]!.beneficiaryId,
    ]);
    await sql(`update payment_account set replaced_at = valid_from where beneficiary_id = $1`, [
      people[4]!.beneficiaryId,
    ]);
    await expect(propose(batchId)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'batches.lines-outdated',
      details: {
        count: 5,
        lines: [
          { lineNo: 1, change: 'held' },
          { lineNo: 2, change: 'deceased' },
          { lineNo: 3, change: 'account_changed' },
          { lineNo: 4, change: 'name_changed' },
          { lineNo: 5, change: 'no_account' },
        ],
      },
    });
    const rebuilt = await desk.rebuilding.rebuild({ actor: office.preparer, batchId });
    expect(rebuilt.lineCount).toBe(3);
    expect(rebuilt.leftOut.map((left) => left.reason)).toEqual(['deceased', 'held', 'no_account']);
    await expect(propose(batchId)).resolves.toMatchObject({ lineCount: 3 });
  });

  it('is not done by an API key, by a signer, on a stale page, or twice', async () => {
    const { batchId, version } = await aDraft(1);
    await expect(
      propose(batchId, { actor: { ...office.preparer, kind: 'api-key' } }),
    ).rejects.toMatchObject({ code: 'batches.person-needed' });
    await expect(propose(batchId, { actor: office.accountant })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(propose(batchId, { version: version - 1 })).rejects.toMatchObject({
      kind: 'precondition-failed',
    });
    await expect(propose(batchId, { version })).resolves.toMatchObject({ round: 1 });
    await expect(propose(batchId)).rejects.toMatchObject({ code: 'batches.not-a-draft' });
  });

  it('freezes the lines: the database refuses to add, change or delete one', async () => {
    const { batchId } = await aProposal(3);
    const refused = { message: expect.stringContaining('are frozen') };
    await expect(
      sql(`delete from batch_line where batch_id = $1 and line_no = 1`, [batchId]),
    ).rejects.toMatchObject(refused);
    await expect(
      sql(`update batch_line set line_no = 17 where batch_id = $1 and line_no = 1`, [batchId]),
    ).rejects.toMatchObject(refused);
    const extra = await aDraft(1);
    await expect(
      sql(
        `insert into batch_line
         select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'batch_id', $1::text, 'line_no', 4))).*
           from batch_line l where batch_id = $2`,
        [batchId, extra.batchId],
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      sql(`update batch_line set amount = 1 where batch_id = $1`, [extra.batchId]),
    ).rejects.toThrow('keeps what it says');
    await expect(sql(`update batch set total_amount = 1 where id = $1`, [batchId])).rejects.toThrow(
      'is frozen while it is signed',
    );
    await expect(sql(`delete from batch where id = $1`, [batchId])).rejects.toThrow(
      'never deleted',
    );
  });

  it('cannot be proposed with figures that are not the figures of its lines', async () => {
    const { batchId } = await aDraft(2);
    await expect(
      sql(
        `update batch set state = 'proposed', digest = repeat('a', 64), proposed_by = prepared_by,
                proposed_at = created_at, total_amount = 1 where id = $1`,
        [batchId],
      ),
    ).rejects.toThrow("figures that are not its lines'");
  });

  it('is proposed once when asked twice at the same time', async () => {
    const { batchId } = await aDraft(40);
    const outcomes = await Promise.allSettled([propose(batchId), propose(batchId)]);
    expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is either proposed whole or loses a line first, never both', async () => {
    const { batchId, people } = await aDraft(20);
    const removal = desk.removing.remove({
      actor: office.colleague,
      batchId,
      entitlementIds: [people[3]!.entitlementId],
      reason: 'chờ xác minh',
    });
    await Promise.allSettled([propose(batchId), removal]);
    const batch = await one<{ count: number; stored: number }>(
      reader(),
      `select line_count as count, (select count(*)::int from batch_line where batch_id = b.id) as stored
         from batch b where id = $1 and state = 'proposed'`,
      [batchId],
    );
    expect(batch?.stored).toBe(batch?.count);
    expect((await desk.signedLines.verify(reader(), batchId)).ok).toBe(true);
  });

  it('lets a line out of a draft with a reason: what it owes is open again and stays out of this batch', async () => {
    const { batchId, people } = await aDraft(3);
    const remove = (entitlementIds: string[]) =>
      desk.removing.remove({
        actor: office.preparer,
        batchId,
        entitlementIds,
        reason: 'chờ xác minh',
      });
    const [, middle] = people;
    await expect(
      remove([middle!.entitlementId, '01980000-0000-7000-8000-000000000000']),
    ).rejects.toMatchObject({ code: 'batches.no-such-lines' });
    await expect(remove([middle!.entitlementId])).resolves.toMatchObject({
      removed: 1,
      lineCount: 2,
    });
    expect(
      await one(reader(), `select state, batch_id from entitlement where id = $1`, [
        middle!.entitlementId,
      ]),
    ).toEqual({ state: 'open', batch_id: null });
    const rebuilt = await desk.rebuilding.rebuild({ actor: office.preparer, batchId });
    expect(rebuilt).toMatchObject({ lineCount: 2, leftOut: [{ reason: 'removed', count: 1 }] });
    await propose(batchId);
    const numbers = await rows<{ no: number }>(
      reader(),
      `select line_no as no from batch_line where batch_id = $1 order by 1`,
      [batchId],
    );
    expect(numbers.map((line) => line.no)).toEqual([1, 2]);
  });

  it('refuses to be proposed empty', async () => {
    const { batchId, people } = await aDraft(1);
    await desk.removing.remove({
      actor: office.preparer,
      batchId,
      entitlementIds: [people[0]!.entitlementId],
      reason: 'chờ xác minh',
    });
    await expect(propose(batchId)).rejects.toMatchObject({ code: 'batches.no-lines-left' });
  });

  it('is found out when a stored line is another than the signed one, whoever changed it', async () => {
    const { batchId, digest } = await aProposal(3);
    expect(await desk.signedLines.verify(reader(), batchId)).toEqual({
      ok: true,
      signed: digest,
      found: digest,
      lineCount: 3,
    });
    // As somebody who owns the database could do, around every trigger.
    const runner = db.database.source.createQueryRunner();
    await execute(runner.manager, `set session_replication_role = replica`);
    await execute(
      runner.manager,
      `update batch_line set account_number = '666666666' where batch_id = $1 and line_no = 2`,
      [batchId],
    );
    await execute(runner.manager, `set session_replication_role = default`);
    await runner.release();
    expect(await desk.signedLines.verify(reader(), batchId)).toMatchObject({
      ok: false,
      lineCount: 3,
    });
  });

  it('sees a day of payment that has passed while the draft lay', async () => {
    const period = '2045-01';
    await areOwed(reader(), [{ period }]);
    const { batchId } = await desk.assembling.assemble({
      actor: office.preparer,
      programme: 'NCC_MONTHLY',
      period,
      payOn: '2026-11-10',
    });
    clock.set(new Date('2026-11-11T02:00:00Z'));
    await expect(propose(batchId)).rejects.toMatchObject({ code: 'batches.pay-day-past' });
    clock.set(new Date('2026-11-10T02:00:00Z'));
    await expect(propose(batchId)).resolves.toMatchObject({ lineCount: 1 });
  });

  it('cancelled, gives back what it held, once', async () => {
    const { batchId, people } = await aProposal(2);
    const cancel = () =>
      desk.cancelling.cancel({ actor: office.preparer, batchId, reason: 'lập nhầm kỳ' });
    const outcomes = await Promise.allSettled([cancel(), cancel()]);
    expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
    const open = await one<{ n: number }>(
      reader(),
      `select count(*)::int as n from entitlement where state = 'open' and id = any($1::uuid[])`,
      [people.map((p) => p.entitlementId)],
    );
    expect(open?.n).toBe(2);
    await expect(sql(`update batch set note = 'x' where id = $1`, [batchId])).rejects.toThrow(
      'does not change',
    );
  });

  it('cannot be approved by a raw update, because no approval stands behind it', async () => {
    const { batchId } = await aProposal(1);
    await expect(
      sql(`update batch set state = 'approved', approval_id = gen_random_uuid() where id = $1`, [
        batchId,
      ]),
    ).rejects.toThrow('approved_by_its_own_approval');
    await expect(
      sql(`update batch set state = 'approved' where id = $1`, [batchId]),
    ).rejects.toThrow('approved_by_an_approval');
  });
});
