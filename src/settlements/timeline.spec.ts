import { ManualClock, newId } from '../kernel/index.js';
import { ReasonCodes } from '../organisation/index.js';
import { execute } from '../platform/database/index.js';
import { repositoryConfig } from '../../test/builders/batch-desk.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { outcomeDesk, signedNotice, type WireItem } from '../../test/builders/outcome-desk.js';
import { sentPayments, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { TimelineRead } from './timeline.read.js';
import { entryOf } from './timeline.rules.js';

describe("a payment's timeline", () => {
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  const reasons = ReasonCodes.load(repositoryConfig);
  let db: TestDatabase;
  let office: Office;
  let read: TimelineRead;
  let desk: ReturnType<typeof outcomeDesk>;
  beforeAll(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    read = new TimelineRead(db.database);
    desk = outcomeDesk(db.database, clock);
  });
  afterAll(() => db.close());

  const payment = async (): Promise<SentPayment> => {
    const [first] = await db.database.transaction((tx) => sentPayments(tx, office, 1));
    if (!first) throw new Error('no payment');
    return first;
  };
  const send = (item: WireItem, id: string) => {
    clock.advanceMs(1000);
    return desk.receiving.receive(
      'sandbox',
      signedNotice({ id, at: clock.now(), payments: [item] }),
    );
  };
  const entries = async (id: string) =>
    (await read.happenings(id)).map((happening) => entryOf(happening, (code) => reasons.of(code)));

  const takenIn = ({ entitlementId, batchId }: SentPayment) =>
    execute(
      db.database.reader,
      `insert into entitlement_history
              (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause, batch_id)
       values ($1, '2026-11-10T02:00:00Z', null, 'open', 'user', '1', 'lap.bang', 'list applied', null),
              ($1, '2026-11-11T02:00:00Z', 'open', 'in_batch', 'user', '1', 'lap.bang', 'batch assembled', $2)`,
      [entitlementId, batchId],
    );
  /** An attempt that carried the payment, in its present submission or in one it has left. */
  const sentBy = async (
    { paymentId, runId }: SentPayment,
    sending: { submission: 'former' | null; at: string; outcome: string },
  ) => {
    const [attemptId, formerId] = [newId(), newId()];
    if (sending.submission === 'former') {
      await execute(
        db.database.reader,
        `insert into submission (id, run_id, bank_code, mode, reference, state, payment_count, total_amount,
                                 not_before, created_at)
         values ($1, $2, 'sandbox', 'bulk', $3, 'answered', 1, 1, $4, $4)`,
        [formerId, runId, `CS${formerId.replaceAll('-', '')}`, sending.at],
      );
    }
    await execute(
      db.database.reader,
      `insert into attempt (id, bank_code, kind, submission_id, number, payment_count, started_at, ended_at, outcome)
       select $1, 'sandbox', 'pay', case $5::text when 'former' then $6::uuid else submission_id end, 1, 1, $2, $2, $3
         from payment_view where payment_id = $4`,
      [attemptId, sending.at, sending.outcome, paymentId, sending.submission, formerId],
    );
    await execute(
      db.database.reader,
      `insert into payment_history (payment_id, at, from_state, to_state, cause, source_id, posting_id)
       values ($1, $2, 'ready', 'sending', 'sending', $3, (select id from ledger_transaction limit 1))`,
      [paymentId, sending.at, attemptId],
    );
  };

  it('of a payment that nobody has is not there', async () => {
    expect(await read.payment(newId())).toBeNull();
    expect(await read.happenings(newId())).toEqual([]);
    expect(await read.knowsBeneficiary(newId())).toBe(false);
  });

  it('tells what people, the system and the bank did, in order, doubled and late notices too', async () => {
    const paid = await payment();
    const { reference } = paid;
    await takenIn(paid);
    await sentBy(paid, { submission: null, at: '2026-11-20T02:00:00Z', outcome: 'answered' });
    await send({ reference, status: 'ACCC', sequence: 3 }, 'n1');
    await desk.applying.apply('sandbox');
    await send({ reference, status: 'ACCC', sequence: 3 }, 'n1');
    await send({ reference, status: 'ACSP', sequence: 2 }, 'n2');
    await send({ reference, status: 'RTRN', sequence: 4, reasonCode: 'AC04' }, 'n3');
    await desk.applying.apply('sandbox');
    await send({ reference, status: 'RJCT', reasonCode: 'AC01' }, 'n3');
    const told = await entries(paid.paymentId);
    expect(told.map(({ by, event }) => `${by} ${event}`)).toEqual([
      'people entitlement.taken_in',
      'people entitlement.in_batch',
      'people signature.second',
      'people signature.first',
      'system routing.default',
      'system payment.accepted',
      'system attempt.pay',
      'system payment.sending',
      'bank payment.settled',
      'system entitlement.paid',
      'bank notice.settled',
      'bank notice.accepted',
      'bank payment.returned',
      'system entitlement.reopened',
      'bank notice.returned',
      'bank notice.rejected',
    ]);
    const words = told.map(({ text }) => text);
    expect(words.at(0)?.vi).toBe('Ghi nhận khoản được hưởng từ danh sách, dòng 1');
    expect(words.at(2)?.vi).toContain('kế toán trưởng');
    expect(words.at(10)?.vi).toContain('gửi lại 1 lần');
    expect(words.at(11)?.en).toContain('late, ignored');
    expect(words.at(14)?.vi).toContain('AC04 Tài khoản đã đóng');
    expect(words.at(15)?.en).toContain('another body');
    expect(JSON.stringify(told)).not.toMatch(/Người Thử|NGUOI THU|020\d{9}/);
    const times = told.map(({ at }) => at.getTime());
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  it('tells each time it had to wait, why and until when', async () => {
    const { paymentId } = await payment();
    await execute(
      db.database.reader,
      `insert into submission_wait (submission_id, at, because, until)
       select submission_id, '2027-02-04T08:30:00Z', 'after-cut-off', '2027-02-12T01:00:00Z'
         from payment where id = $1`,
      [paymentId],
    );
    const waits = (await entries(paymentId)).filter(({ event }) => event.startsWith('wait.'));
    expect(waits.map(({ by, event, text }) => [by, event, text.vi])).toEqual([
      ['system', 'wait.after-cut-off', 'Quá giờ chốt của kênh, chờ đến 08:00 12/02/2027'],
    ]);
  });

  it('tells every sending, also in a submission that the payment has left, and none of other payments', async () => {
    const paid = await payment();
    await sentBy(paid, { submission: 'former', at: '2026-11-20T02:00:00Z', outcome: 'not-sent' });
    await sentBy(paid, { submission: null, at: '2026-11-20T03:00:00Z', outcome: 'answered' });
    await sentBy(await payment(), {
      submission: null,
      at: '2026-11-20T04:00:00Z',
      outcome: 'unknown',
    });
    const told = (await entries(paid.paymentId)).filter(({ event }) => event === 'attempt.pay');
    expect(told.map(({ text }) => text.en)).toEqual([
      'Sending no. 1: surely not sent',
      'Sending no. 2: the bank answered',
    ]);
  });

  it("lists a person's payments, newest first, page by page", async () => {
    const paid = await payment();
    const page = await read.ofBeneficiary({
      beneficiaryId: paid.beneficiaryId,
      before: null,
      limit: 10,
    });
    expect(page).toMatchObject([
      { paymentId: paid.paymentId, state: 'accepted', reissueOf: null, reissuedAs: null },
    ]);
    const rest = await read.ofBeneficiary({
      beneficiaryId: paid.beneficiaryId,
      before: paid.paymentId,
      limit: 10,
    });
    expect(rest).toEqual([]);
  });
});
