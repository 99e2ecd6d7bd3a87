import { anOffice, anOfficer, type Office } from '../../test/builders/officers.js';
import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { peopleOwed } from '../../test/builders/owed.js';
import { reserve } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import type { Actor } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';
import { ReturnBatch } from './return-batch.js';
import { signingRoom } from '../../test/builders/signing-room.js';

/** What the database itself refuses, whatever program writes to it. */
describe('the books of signatures', () => {
  let db: TestDatabase;
  let desk: BatchDesk;
  let returning: ReturnBatch;
  let office: Office;
  let month = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
    desk = batchDesk(db.database, clock);
    returning = signingRoom(db.database, clock).returning;
    office = await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;
  const sql = (text: string, parameters: unknown[]) => execute(reader(), text, parameters);

  /** A proposed batch with the ordinary chain written, as its first signer would. */
  async function aProposal(
    chain: [number, string][] = [
      [1, 'second'],
      [2, 'first'],
    ],
  ) {
    month += 1;
    const period = `20${30 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    await peopleOwed(reader(), 2, { period });
    const order = { actor: office.preparer, programme: 'NCC_MONTHLY', period };
    const { batchId } = await desk.assembling.assemble(order);
    const proposed = await desk.proposing.propose({ actor: office.colleague, batchId });
    for (const [step, kind] of chain) {
      await sql(
        `insert into approval_chain (batch_id, round, step, signature_kind, role) values ($1, 1, $2, $3, $4)`,
        [batchId, step, kind, kind === 'first' ? 'account_holder' : 'chief_accountant'],
      );
    }
    return proposed;
  }
  type Proposal = Awaited<ReturnType<typeof aProposal>>;

  const signs = (signer: Actor, batch: Proposal, step: number, kind: string, more: object = {}) => {
    const row = {
      id: newId(),
      batch_id: batch.batchId,
      round: batch.round,
      step,
      signature_kind: kind,
      signer_id: signer.id,
      signer_login: signer.name,
      digest: batch.digest,
      line_count: batch.lineCount,
      total_amount: batch.total.toString(),
      currency: 'VND',
      signed_at: '2026-11-10T02:00:00Z',
      ...more,
    };
    return sql(`insert into signature select (jsonb_populate_record(null::signature, $1)).*`, [
      JSON.stringify(row),
    ]);
  };
  const approves = async (batch: Proposal, more: object = {}) => {
    const approvalId = newId();
    const total = batch.total.toString();
    const row = {
      id: approvalId,
      batch_id: batch.batchId,
      round: batch.round,
      digest: batch.digest,
      line_count: batch.lineCount,
      total_amount: total,
      currency: 'VND',
      approved_at: '2026-11-10T02:00:00Z',
      budget_month: '2026-11',
      reservation_id: await reserve(reader(), { approvalId, total }),
      ...more,
    };
    return sql(`insert into approval select (jsonb_populate_record(null::approval, $1)).*`, [
      JSON.stringify(row),
    ]);
  };

  it('take no signature of whoever assembled, proposed or edited the batch', async () => {
    const batch = await aProposal();
    for (const [index, preparer] of [office.preparer, office.colleague].entries()) {
      const registered = await one(reader(), 'select 1 from signatory where user_id = $1', [
        preparer.id,
      ]);
      if (!registered) {
        await sql(
          `insert into signatory (user_id, signature, registered_at) values ($1, 'second', '2026-01-01')`,
          [preparer.id],
        );
      }
      await expect(signs(preparer, batch, index + 1, 'second')).rejects.toThrow(
        'nobody signs what they prepared',
      );
    }
  });

  it('take no first signature of somebody registered for the second, and none of the unregistered', async () => {
    const batch = await aProposal();
    await signs(office.accountant, batch, 1, 'second');
    await expect(signs(office.otherAccountant, batch, 2, 'first')).rejects.toThrow(
      'not registered for the first signature',
    );
    const monitor = await anOfficer(reader(), { login: 'giam.sat', roles: ['monitor'] });
    await expect(signs(monitor, batch, 2, 'first')).rejects.toThrow('not registered');
    const gone = await anOfficer(reader(), {
      login: 'da.nghi',
      roles: ['account_holder'],
      signature: 'first',
    });
    await sql(`update app_user set disabled_at = '2026-11-01' where id = $1`, [gone.id]);
    await expect(signs(gone, batch, 2, 'first')).rejects.toThrow('not registered');
  });

  it('take nobody twice, no step twice, none out of order and none that the chain does not have', async () => {
    const batch = await aProposal([
      [1, 'second'],
      [2, 'second'],
      [3, 'first'],
    ]);
    await expect(signs(office.holder, batch, 3, 'first')).rejects.toThrow('order of its chain');
    await signs(office.accountant, batch, 1, 'second');
    await expect(signs(office.accountant, batch, 2, 'second')).rejects.toThrow(
      'nobody_signs_twice',
    );
    await expect(signs(office.otherAccountant, batch, 1, 'second')).rejects.toThrow(
      'one_signature_per_step',
    );
    await expect(signs(office.holder, batch, 2, 'first')).rejects.toThrow('signature_of_the_chain');
    await signs(office.otherAccountant, batch, 2, 'second');
    await signs(office.holder, batch, 3, 'first');
    await expect(signs(office.delegate, batch, 4, 'first')).rejects.toThrow(
      'signature_of_the_chain',
    );
  });

  it('take no signature on another digest, count, total or round', async () => {
    const batch = await aProposal();
    for (const other of [{ digest: 'a'.repeat(64) }, { line_count: 3 }, { total_amount: '1' }]) {
      await expect(signs(office.accountant, batch, 1, 'second', other)).rejects.toThrow(
        'on something else than batch',
      );
    }
    await expect(signs(office.accountant, batch, 1, 'second', { round: 2 })).rejects.toThrow(
      'does not wait for signatures of round 2',
    );
  });

  it('take no signature on a draft, a returned or a cancelled batch', async () => {
    const returned = await aProposal();
    await returning.return({
      actor: office.accountant,
      batchId: returned.batchId,
      reason: 'khoan',
    });
    await expect(signs(office.accountant, returned, 1, 'second')).rejects.toThrow('does not wait');
    const cancelled = await aProposal();
    await desk.cancelling.cancel({
      actor: office.preparer,
      batchId: cancelled.batchId,
      reason: 'lập nhầm',
    });
    await expect(signs(office.accountant, cancelled, 1, 'second')).rejects.toThrow('does not wait');
  });

  it('take only one of two raw signatures of one step written at once', async () => {
    const batch = await aProposal();
    const both = await Promise.allSettled([
      signs(office.accountant, batch, 1, 'second'),
      signs(office.otherAccountant, batch, 1, 'second'),
    ]);
    expect(both.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('keep no approval without every signature of the chain', async () => {
    const batch = await aProposal();
    await expect(approves(batch)).rejects.toThrow('lacks signatures');
    await signs(office.accountant, batch, 1, 'second');
    await expect(approves(batch)).rejects.toThrow('lacks signatures');
    await signs(office.holder, batch, 2, 'first');
    await expect(approves(batch, { digest: 'b'.repeat(64) })).rejects.toThrow('something else');
    await expect(approves(batch, { total_amount: '1' })).rejects.toThrow('something else');
    await approves(batch);
    await expect(approves(batch)).rejects.toThrow('one_approval_per_batch');
  });

  it('keep no approval whose funds are not reserved to the đồng, for itself and its month', async () => {
    const batch = await aProposal();
    await signs(office.accountant, batch, 1, 'second');
    await signs(office.holder, batch, 2, 'first');
    const other = { approvalId: newId(), total: batch.total.toString() };
    await expect(approves(batch, { reservation_id: null })).rejects.toThrow('not reserved');
    await expect(
      approves(batch, { reservation_id: await reserve(reader(), other) }),
    ).rejects.toThrow('not reserved');
    await expect(approves(batch, { budget_month: '2026-12' })).rejects.toThrow('not reserved');
    const id = newId();
    const less = await reserve(reader(), { approvalId: id, total: '1' });
    await expect(approves(batch, { id, reservation_id: less })).rejects.toThrow('not reserved');
    await approves(batch);
  });

  it('keep no approval of a chain that lacks a second or a first signature, or has no step at all', async () => {
    const without = await aProposal([]);
    await expect(approves(without)).rejects.toThrow('lacks signatures');
    const oneSided = await aProposal([
      [1, 'second'],
      [2, 'second'],
    ]);
    await signs(office.accountant, oneSided, 1, 'second');
    await signs(office.otherAccountant, oneSided, 2, 'second');
    await expect(approves(oneSided)).rejects.toThrow('lacks signatures');
  });

  it('let no batch be approved by the approval of another', async () => {
    const [mine, other] = [await aProposal(), await aProposal()];
    await signs(office.accountant, other, 1, 'second');
    await signs(office.holder, other, 2, 'first');
    await approves(other);
    await expect(
      sql(
        `update batch set state = 'approved', approval_id = (select id from approval where batch_id = $2)
          where id = $1`,
        [mine.batchId, other.batchId],
      ),
    ).rejects.toThrow('approved_by_its_own_approval');
  });

  it('never change', async () => {
    const batch = await aProposal();
    await signs(office.accountant, batch, 1, 'second');
    for (const statement of [
      `delete from signature where batch_id = $1`,
      `update signature set signer_id = signer_id where batch_id = $1`,
      `delete from approval_chain where batch_id = $1`,
      `update approval set round = 9 where batch_id = $1`,
      `delete from batch_history where batch_id = $1`,
    ]) {
      await expect(sql(statement, [batch.batchId])).rejects.toThrow('append-only');
    }
  });
});
