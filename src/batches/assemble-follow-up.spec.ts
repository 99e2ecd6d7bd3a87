import { anOffice, type Office } from '../../test/builders/officers.js';
import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { accountReplaced, peopleOwed } from '../../test/builders/owed.js';
import { signingRoom, type SigningRoom } from '../../test/builders/signing-room.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { SYSTEM } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { basisOf, countChanges } from './changes.read.js';
import { findSummary } from './batch.read.js';

describe('a follow-up batch', () => {
  let db: TestDatabase;
  let desk: BatchDesk;
  let room: SigningRoom;
  let office: Office;
  let month = 0;
  const at = new Date('2026-11-10T02:00:00Z');

  beforeAll(async () => {
    db = await testDatabase();
    desk = batchDesk(db.database, new ManualClock(at));
    room = signingRoom(db.database, new ManualClock(at));
    office = await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;

  /** An approved batch of four, the first three of which finally failed. */
  async function failures() {
    month += 1;
    const period = `2041-${String(month).padStart(2, '0')}`;
    const people = await peopleOwed(reader(), 4, { period });
    const order = { actor: office.preparer, programme: 'NCC_MONTHLY', period };
    const { batchId } = await desk.assembling.assemble(order);
    const { digest, lineCount, total } = await desk.proposing.propose({
      actor: office.preparer,
      batchId,
    });
    const seen = { digest, lineCount, total };
    await room.signing.sign({ actor: office.accountant, batchId, seen });
    await room.signing.sign({ actor: office.holder, batchId, seen });
    const failed = people.slice(0, 3).map((person) => ({ ...person, reissueOf: newId() }));
    await db.database.transaction((tx) =>
      new EntitlementMoves().reopenFailed(tx, {
        at,
        cause: 'payment rejected',
        items: failed.map((person) => ({
          entitlementId: person.entitlementId,
          reasonCode: 'AC01',
          accountId: person.accountId!,
        })),
      }),
    );
    return { period, batchId, failed };
  }
  type Failed = Awaited<ReturnType<typeof failures>>['failed'];
  const followUp = (of: string, lines: Failed, actor = office.preparer) =>
    db.database.transaction((tx) => desk.followUps.assemble(tx, { actor, of, lines }));

  it('is not made of a batch that is not approved, nor by the program itself, nor of nothing payable', async () => {
    const { period, batchId, failed } = await failures();
    await peopleOwed(reader(), 1, { period });
    const draft = await desk.assembling.assemble({
      actor: office.preparer,
      programme: 'NCC_MONTHLY',
      period,
    });
    await expect(followUp(draft.batchId, failed)).rejects.toMatchObject({
      code: 'batches.not-approved',
    });
    await expect(followUp(newId(), failed)).rejects.toMatchObject({ code: 'batches.not-found' });
    await expect(followUp(batchId, failed, SYSTEM)).rejects.toMatchObject({
      code: 'batches.person-needed',
    });
    await execute(
      reader(),
      `update beneficiary set hold_reason = 'MD07', held_at = $2 where id = any($1::uuid[])`,
      [failed.map((person) => person.beneficiaryId), at],
    );
    await expect(followUp(batchId, failed)).rejects.toMatchObject({
      code: 'batches.nothing-to-pay',
      details: { leftOut: [{ reason: 'held', count: 3 }] },
    });
  });

  it('takes each failed entitlement once, however often it is asked for at once', async () => {
    const { batchId, failed } = await failures();
    const asked = await Promise.allSettled([
      followUp(batchId, failed),
      followUp(batchId, failed),
      followUp(batchId, failed),
    ]);
    expect(asked.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
  });

  it('pays the mended account, is linked line by line to what failed, and leaves out who cannot be paid', async () => {
    const { period, batchId, failed } = await failures();
    const [mended, , held] = failed;
    const accountId = await accountReplaced(reader(), mended!.beneficiaryId, {
      number: '5550001112',
    });
    await execute(
      reader(),
      `update beneficiary set hold_reason = 'MD07', held_at = $2 where id = $1`,
      [held!.beneficiaryId, at],
    );
    const made = await followUp(batchId, failed);
    expect(made).toMatchObject({
      number: `NCC_MONTHLY-${period}-02`,
      lineCount: 2,
      leftOut: [{ reason: 'held', count: 1 }],
    });
    const lines = await rows(
      reader(),
      `select entitlement_id, account_id, reissue_of from batch_line where batch_id = $1 order by line_no`,
      [made.batchId],
    );
    expect(lines[0]).toEqual({
      entitlement_id: mended!.entitlementId,
      account_id: accountId,
      reissue_of: mended!.reissueOf,
    });
    const batch = await findSummary(reader(), made.batchId);
    expect(basisOf(batch!)).toEqual({ batchId });
    expect(await countChanges(reader(), batch!)).toMatchObject({
      newPeople: 0,
      gonePeople: 0,
      otherAmountPeople: 0,
      otherAccountPeople: 1,
    });

    // Rebuilt, it looks at the same failures again and keeps their links.
    await execute(
      reader(),
      `update beneficiary set hold_reason = null, held_at = null where id = $1`,
      [held!.beneficiaryId],
    );
    const rebuilt = await desk.rebuilding.rebuild({
      actor: office.preparer,
      batchId: made.batchId,
    });
    expect(rebuilt).toMatchObject({ lineCount: 3, leftOut: [] });
    const link = await one<{ reissueOf: string }>(
      reader(),
      `select reissue_of as "reissueOf" from batch_line where batch_id = $1 and entitlement_id = $2`,
      [made.batchId, held!.entitlementId],
    );
    expect(link?.reissueOf).toBe(held!.reissueOf);
  });

  it('cancelled, leaves the failures waiting for another follow-up and for no ordinary batch', async () => {
    const { period, batchId, failed } = await failures();
    const made = await followUp(batchId, failed);
    await desk.cancelling.cancel({
      actor: office.preparer,
      batchId: made.batchId,
      reason: 'chưa sửa',
    });
    await expect(
      desk.assembling.assemble({ actor: office.preparer, programme: 'NCC_MONTHLY', period }),
    ).rejects.toMatchObject({
      details: {
        leftOut: [
          { reason: 'failed_before', count: 3 },
          { reason: 'in_another_batch', count: 1 },
        ],
      },
    });
    await expect(followUp(batchId, failed)).resolves.toMatchObject({ lineCount: 3 });
  });
});
