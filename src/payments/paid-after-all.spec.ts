import { paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';

describe('a payment that was cancelled unsent, and that the bank says it paid after all', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));

  beforeAll(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, clock);
  });
  afterAll(() => db.close());

  it('is taken by no batch when the hold has ended, and paid again only for a reason in writing', async () => {
    // The bank said that it took nothing in, and had.
    desk.bulk.script('5557001', { books: 'credits', says: 'not-sent' });
    const { batchId, runId } = await desk.running([{ account: { number: '5557001' } }]);
    await desk.work();
    await desk.operating.cancel({ actor: desk.office.holder, runId, reason: 'thử hủy' });
    await desk.sweeper.sweep();
    const [payment] = await desk.payments(runId);
    expect(payment?.state).toBe('cancelled');
    const told = await db.database.transaction((tx) =>
      desk.outcomes.record(tx, {
        bankCode: 'bulk-bank',
        items: [{ reference: payment?.reference ?? '', fact: { kind: 'settled' } }],
        cause: 'statement',
        sourceId: newId(),
        at: clock.now(),
      }),
    );
    expect(told[0]?.result).toBe('conflict');
    const stand = await one<{ hold: string; failed: string; state: string; period: string }>(
      db.database.reader,
      `select b.hold_reason as hold, e.failed_code as failed, e.state, e.period
         from entitlement e join beneficiary b on b.id = e.beneficiary_id where e.id = $1`,
      [payment?.entitlementId],
    );
    expect(stand).toMatchObject({ hold: 'DUPL', failed: 'DUPL', state: 'open' });

    // Somebody ends the hold without looking.
    await execute(
      db.database.reader,
      'update beneficiary set hold_reason = null, held_at = null where id = $1',
      [payment?.beneficiaryId],
    );
    const again = await desk.batches.assembling
      .assemble({
        actor: desk.office.preparer,
        programme: 'NCC_MONTHLY',
        period: stand?.period ?? '',
      })
      .catch((error: unknown) => error);
    expect(again).toMatchObject({ code: 'batches.nothing-to-pay' });
    const reissue = (more: object) =>
      desk.reissuing.reissue({ actor: desk.office.preparer, batchId, ...more });
    await expect(reissue({ sameAccountBecause: 'tài khoản vẫn đúng' })).rejects.toMatchObject({
      code: 'payments.not-mended',
      details: { left: [{ why: 'paid_after_all' }] },
    });
    const paidAfterAllBecause = 'ngân hàng xác nhận bằng văn bản là ghi nhầm';
    const sameAccountBecause = 'tài khoản vẫn đúng';
    const { reissued } = await reissue({ sameAccountBecause, paidAfterAllBecause });
    expect(reissued).toBe(1);
  });
});
