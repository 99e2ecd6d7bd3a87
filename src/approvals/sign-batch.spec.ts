import { anOffice, anOfficer, type Office } from '../../test/builders/officers.js';
import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { areOwed, peopleOwed } from '../../test/builders/owed.js';
import { signingRoom, type SigningRoom } from '../../test/builders/signing-room.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import type { Actor } from '../identity/index.js';
import { DomainError, ManualClock, Money } from '../kernel/index.js';
import { one, rows } from '../platform/database/index.js';

describe('signing a batch', () => {
  let db: TestDatabase;
  let desk: BatchDesk;
  let room: SigningRoom;
  let office: Office;
  let month = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
    desk = batchDesk(db.database, clock);
    room = signingRoom(db.database, clock);
    office = await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;

  async function aProposal(people = 3, amount = '2789000') {
    month += 1;
    const period = `20${30 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    const owed = await peopleOwed(reader(), people, { period, amount });
    const order = { actor: office.preparer, programme: 'NCC_MONTHLY', period };
    const { batchId } = await desk.assembling.assemble(order);
    return { period, owed, ...(await desk.proposing.propose({ actor: office.preparer, batchId })) };
  }
  type Proposal = { batchId: string; digest: string; lineCount: number; total: Money };
  const sign = (actor: Actor, batch: Proposal, seen: object = {}) =>
    room.signing.sign({
      actor,
      batchId: batch.batchId,
      seen: { digest: batch.digest, lineCount: batch.lineCount, total: batch.total, ...seen },
    });
  const signaturesOf = (batchId: string) =>
    rows<{ step: number; signer: string }>(
      reader(),
      `select step, signer_id as signer from signature where batch_id = $1 order by round, step`,
      [batchId],
    );
  const stateOf = async (batchId: string) =>
    (await one<{ state: string }>(reader(), 'select state from batch where id = $1', [batchId]))
      ?.state;

  /** Whoever lost a race is told so in words, not by a fault of the database. */
  const refusedKindly = (outcomes: PromiseSettledResult<unknown>[]) => {
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DomainError);
    }
  };

  it('is refused to whoever had a hand in the batch, even when they are registered to sign', async () => {
    const batch = await aProposal();
    const both: Actor = {
      ...office.preparer,
      permissions: new Set([...office.preparer.permissions, 'batch.sign']),
    };
    await expect(sign(both, batch)).rejects.toMatchObject({ code: 'approvals.not-a-signatory' });
    await expect(sign(office.preparer, batch)).rejects.toMatchObject({ kind: 'forbidden' });

    // The accountant proposes one themselves.
    const period = '2055-01';
    await areOwed(reader(), [{ period }]);
    const preparing: Actor = {
      ...office.accountant,
      permissions: new Set([...office.accountant.permissions, 'batch.prepare']),
    };
    const own = await desk.assembling.assemble({
      actor: office.preparer,
      programme: 'NCC_MONTHLY',
      period,
    });
    const proposed = await desk.proposing.propose({ actor: preparing, batchId: own.batchId });
    await expect(sign(office.accountant, proposed)).rejects.toMatchObject({
      code: 'approvals.own-work',
    });
    expect(await signaturesOf(own.batchId)).toEqual([]);
  });

  it('is refused out of turn, saying who is next', async () => {
    const batch = await aProposal();
    await expect(sign(office.holder, batch)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'approvals.not-your-turn',
      details: { next: { step: 1, signature: 'second', role: 'chief_accountant' } },
    });
    await sign(office.accountant, batch);
    await expect(sign(office.otherAccountant, batch)).rejects.toMatchObject({
      code: 'approvals.no-step-for-you',
      details: { next: { step: 2, signature: 'first' } },
    });
    await expect(sign(office.accountant, batch)).rejects.toMatchObject({
      code: 'approvals.signed-already',
    });
    expect(await signaturesOf(batch.batchId)).toHaveLength(1);
  });

  it('is refused to API keys and to signers without the role of the step', async () => {
    const batch = await aProposal();
    await expect(sign({ ...office.accountant, kind: 'api-key' }, batch)).rejects.toMatchObject({
      code: 'approvals.signed-by-people',
    });
    await expect(
      sign({ ...office.accountant, permissions: new Set() }, batch),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    const stand = await anOfficer(reader(), {
      login: 'thu.quy',
      roles: ['account_holder'],
      signature: 'second',
    });
    await expect(sign(stand, batch)).rejects.toMatchObject({ code: 'approvals.no-step-for-you' });
  });

  it('signs nothing when digest, count or total is not what the signer saw, and says what', async () => {
    const batch = await aProposal();
    await expect(sign(office.accountant, batch, { lineCount: 4 })).rejects.toMatchObject({
      kind: 'precondition-failed',
      code: 'approvals.something-else-seen',
      details: { changed: { lineCount: { seen: 4, now: 3 } } },
    });
    await expect(sign(office.accountant, batch, { total: Money.of('1') })).rejects.toMatchObject({
      details: { changed: { total: { seen: '1', now: '8367000' } } },
    });
    await expect(sign(office.accountant, batch, { digest: 'f'.repeat(64) })).rejects.toMatchObject({
      details: { changed: { digest: { seen: 'f'.repeat(64), now: batch.digest } } },
    });
    expect(await signaturesOf(batch.batchId)).toEqual([]);
    expect(await stateOf(batch.batchId)).toBe('proposed');
  });

  it('tells a signer how many lines are new, gone and changed since the round they saw', async () => {
    const seen = await aProposal(4);
    await room.returning.return({
      actor: office.accountant,
      batchId: seen.batchId,
      reason: 'thiếu người',
    });
    await desk.removing.remove({
      actor: office.preparer,
      batchId: seen.batchId,
      entitlementIds: [seen.owed[0]!.entitlementId],
      reason: 'chờ xác minh',
    });
    await peopleOwed(reader(), 2, { period: seen.period });
    await desk.rebuilding.rebuild({ actor: office.colleague, batchId: seen.batchId });
    const now = await desk.proposing.propose({ actor: office.colleague, batchId: seen.batchId });
    await expect(sign(office.accountant, seen)).rejects.toMatchObject({
      code: 'approvals.something-else-seen',
      details: {
        changed: { digest: { seen: seen.digest, now: now.digest }, lineCount: { seen: 4, now: 5 } },
        linesSinceYouLooked: { round: 1, newLines: 2, goneLines: 1, changedLines: 0 },
      },
    });
    await expect(sign(office.accountant, now)).resolves.toMatchObject({ approvalId: null });
  });

  it('counts no signature of an earlier round, and keeps it in the books', async () => {
    const first = await aProposal();
    await sign(office.accountant, first);
    const { round } = await room.returning.return({
      actor: office.holder,
      batchId: first.batchId,
      reason: 'sai quỹ',
    });
    expect(round).toBe(2);
    const second = await desk.proposing.propose({
      actor: office.preparer,
      batchId: first.batchId,
    });
    expect(second.digest).not.toBe(first.digest);
    await expect(sign(office.holder, second)).rejects.toMatchObject({
      code: 'approvals.not-your-turn',
    });
    await sign(office.accountant, second);
    await expect(sign(office.holder, second)).resolves.toMatchObject({ next: null });
    expect(await signaturesOf(first.batchId)).toHaveLength(3);
    expect(await stateOf(first.batchId)).toBe('approved');
  });

  it('lets a second approver in a race sign nothing', async () => {
    const batch = await aProposal(20);
    const seconds = await Promise.allSettled([
      sign(office.accountant, batch),
      sign(office.otherAccountant, batch),
    ]);
    expect(seconds.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
    const firsts = await Promise.allSettled([
      sign(office.holder, batch),
      sign(office.delegate, batch),
      sign(office.holder, batch),
      sign(office.delegate, batch),
    ]);
    expect(firsts.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
    refusedKindly([...seconds, ...firsts]);
    expect(await signaturesOf(batch.batchId)).toHaveLength(2);
    const approvals = await rows(reader(), 'select 1 from approval where batch_id = $1', [
      batch.batchId,
    ]);
    expect(approvals).toHaveLength(1);
    const events = await rows(
      reader(),
      `select 1 from outbox_event where event = 'batch.approved' and payload ->> 'batchId' = $1`,
      [batch.batchId],
    );
    expect(events).toHaveLength(1);
  });

  it('lets the same signer sign once, however often they press the button at once', async () => {
    const batch = await aProposal(20);
    const presses = await Promise.allSettled(
      Array.from({ length: 6 }, () => sign(office.accountant, batch)),
    );
    expect(presses.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
    refusedKindly(presses);
    expect(await signaturesOf(batch.batchId)).toHaveLength(1);
  });

  it('is either returned or signed when both are asked at once, and never signed after it was returned', async () => {
    const batch = await aProposal(20);
    await sign(office.accountant, batch);
    const [signed, returned] = await Promise.allSettled([
      sign(office.holder, batch),
      room.returning.return({ actor: office.delegate, batchId: batch.batchId, reason: 'khoan' }),
    ]);
    expect([signed.status, returned.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(await stateOf(batch.batchId)).toBe(signed.status === 'fulfilled' ? 'approved' : 'draft');
  });

  it('is not returned by a signer it does not wait for, nor after it was approved', async () => {
    const batch = await aProposal();
    const back = (actor: Actor) =>
      room.returning.return({ actor, batchId: batch.batchId, reason: 'khoan' });
    await expect(back(office.holder)).rejects.toMatchObject({ code: 'approvals.cannot-return' });
    await expect(back(office.preparer)).rejects.toMatchObject({ kind: 'forbidden' });
    await sign(office.accountant, batch);
    await sign(office.holder, batch);
    await expect(back(office.holder)).rejects.toMatchObject({ code: 'batches.not-proposed' });
    await expect(
      desk.cancelling.cancel({ actor: office.preparer, batchId: batch.batchId, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'batches.cannot-cancel' });
  });

  it('asks one more first signature above ten billion đồng, from somebody else', async () => {
    const batch = await aProposal(1, '10000000001');
    await sign(office.accountant, batch);
    await expect(sign(office.holder, batch)).resolves.toMatchObject({
      approvalId: null,
      next: { step: 3, signature: 'first' },
    });
    await expect(sign(office.holder, batch)).rejects.toMatchObject({
      code: 'approvals.signed-already',
    });
    expect(await stateOf(batch.batchId)).toBe('proposed');
    const last = await sign(office.delegate, batch);
    expect(last.approvalId).not.toBeNull();
    expect(await stateOf(batch.batchId)).toBe('approved');
    const audited = await rows<{ action: string }>(
      reader(),
      `select action from audit_entry where subject_id = $1 order by id`,
      [batch.batchId],
    );
    expect(audited.map((entry) => entry.action)).toEqual([
      'batch.assembled',
      'batch.proposed',
      'batch.signed',
      'batch.signed',
      'batch.signed',
      'batch.approved',
    ]);
  });

  it('publishes the approved lines to payments with their approval', async () => {
    const batch = await aProposal(2);
    const before = await rows(
      reader(),
      'select 1 from approved_batch_line_view where batch_id = $1',
      [batch.batchId],
    );
    expect(before).toEqual([]);
    await sign(office.accountant, batch);
    const { approvalId } = await sign(office.holder, batch);
    const after = await rows<{ approval: string }>(
      reader(),
      'select approval_id as approval from approved_batch_line_view where batch_id = $1',
      [batch.batchId],
    );
    expect(after).toEqual([{ approval: approvalId }, { approval: approvalId }]);
  });
});
