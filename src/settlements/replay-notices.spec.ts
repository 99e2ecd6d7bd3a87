import { AuditTrail } from '../audit/index.js';
import { SYSTEM } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { anOffice } from '../../test/builders/officers.js';
import { outcomeDesk, signedNotice } from '../../test/builders/outcome-desk.js';
import { sentPayments, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ReplayNotices } from './replay-notices.js';

describe('notices that are applied again by order', () => {
  let db: TestDatabase;
  let desk: ReturnType<typeof outcomeDesk>;
  let replaying: ReplayNotices;
  let payments: SentPayment[];
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));

  beforeAll(async () => {
    db = await testDatabase();
    desk = outcomeDesk(db.database, clock);
    const audit = new AuditTrail(clock);
    replaying = new ReplayNotices(db.database, desk.applying, audit, clock);
    payments = await db.database.transaction(async (tx) => sentPayments(tx, await anOffice(tx), 4));
  });
  afterAll(() => db.close());

  const stateOf = async ({ paymentId }: SentPayment) =>
    (
      await one<{ state: string }>(
        db.database.reader,
        'select state from payment_view where payment_id = $1',
        [paymentId],
      )
    )?.state;
  /** As a failure leaves it: put off for an hour. */
  async function putOff(payment: SentPayment): Promise<string> {
    const notice = newId();
    await desk.receiving.receive(
      'sandbox',
      signedNotice({
        id: notice,
        at: clock.now(),
        payments: [{ reference: payment.reference, status: 'ACCC' }],
      }),
    );
    const row = await one<{ id: string }>(
      db.database.reader,
      `update bank_notice set due_at = due_at + interval '1 hour', apply_failures = 3
        where notice_id = $1 returning id`,
      [notice],
    );
    return row?.id ?? '';
  }

  it('are none where nobody may, or of a bank or id that has none', async () => {
    const nobody = { ...SYSTEM, permissions: new Set<never>() };
    await expect(replaying.replay(nobody, {})).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    const none = { found: 0, applied: 0, waiting: 0 };
    expect(await replaying.replay(SYSTEM, { bank: 'sandbox-instant' })).toEqual(none);
    expect(await replaying.replay(SYSTEM, { id: newId() })).toEqual(none);
  });

  it('are the one that is named, then all of a bank, and a second order finds nothing', async () => {
    const [first, second, third] = payments as [SentPayment, SentPayment, SentPayment];
    const id = await putOff(first);
    await putOff(second);
    await putOff(third);
    expect(await desk.applying.apply('sandbox')).toBe(0);
    expect(await replaying.replay(SYSTEM, { id })).toEqual({ found: 1, applied: 1, waiting: 0 });
    expect([await stateOf(first), await stateOf(second)]).toEqual(['settled', 'accepted']);
    const rest = { found: 2, applied: 2, waiting: 0 };
    expect(await replaying.replay(SYSTEM, { bank: 'sandbox' })).toEqual(rest);
    expect([await stateOf(second), await stateOf(third)]).toEqual(['settled', 'settled']);
    const again = { found: 0, applied: 0, waiting: 0 };
    expect(await replaying.replay(SYSTEM, { bank: 'sandbox' })).toEqual(again);
    const trail = await rows<{ detail: unknown }>(
      db.database.reader,
      `select detail from audit_entry where action = 'notices.replayed' order by id`,
    );
    expect(trail.map(({ detail }) => detail)).toEqual([
      { bank: 'sandbox', count: 1 },
      { bank: 'sandbox', count: 2 },
    ]);
  });

  it('that still cannot be applied are told', async () => {
    const again = payments[3] as SentPayment;
    await putOff(again);
    await execute(
      db.database.reader,
      `alter table notice_item add constraint broken check (result is null) not valid`,
    );
    const told = await replaying.replay(SYSTEM, { bank: 'sandbox' });
    expect(told).toEqual({ found: 1, applied: 0, waiting: 1 });
    await execute(db.database.reader, `alter table notice_item drop constraint broken`);
    const mended = await replaying.replay(SYSTEM, { bank: 'sandbox' });
    expect(mended).toEqual({ found: 1, applied: 1, waiting: 0 });
  });
});
