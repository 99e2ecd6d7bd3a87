import {
  paymentDesk,
  type PaymentDesk,
  type PaymentSeen,
} from '../../test/builders/payment-desk.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, Money } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import type { OutcomeItem, RecordedOutcome } from './record-outcomes.js';

const AT = new Date('2026-11-20T02:00:00Z');

describe("recording a bank's word", () => {
  let db: TestDatabase;
  let desk: PaymentDesk;

  beforeAll(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, new ManualClock(AT), { bulk: { maxPerSubmission: 1000 } });
    desk.bulk.usually(MOODS.accepts);
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;
  const record = (
    items: readonly OutcomeItem[],
    bankCode = 'bulk-bank',
  ): Promise<RecordedOutcome[]> =>
    db.database.transaction((tx) =>
      desk.outcomes.record(tx, { bankCode, items, cause: 'notice', sourceId: null, at: AT }),
    );
  const accepted = async (people: number) => {
    const { runId } = await desk.running(Array.from({ length: people }, () => ({})));
    await desk.work();
    const payments = await desk.payments(runId);
    expect(new Set(payments.map((p) => p.state))).toEqual(new Set(['accepted']));
    return { runId, payments };
  };
  const acceptedOne = async () => {
    const { runId, payments } = await accepted(1);
    const [payment] = payments;
    if (!payment) throw new Error('a payment expected');
    return { runId, payment };
  };
  const count = async (table: string) =>
    Number((await one<{ n: string }>(reader(), `select count(*) as n from ${table}`))?.n);
  const everything = async () => {
    const tables = ['payment_history', 'payment_conflict', 'entitlement_history', 'outbox_event'];
    const counts: Record<string, number> = {};
    for (const table of tables) counts[table] = await count(table);
    return counts;
  };
  const entitlement = (payment: PaymentSeen) =>
    one<{ state: string; failedCode: string | null; failedAccountId: string | null }>(
      reader(),
      `select state, failed_code as "failedCode", failed_account_id as "failedAccountId"
         from entitlement where id = $1`,
      [payment.entitlementId],
    );
  const heldFor = async (payment: PaymentSeen) =>
    (
      await one<{ reason: string | null }>(
        reader(),
        `select hold_reason as reason from beneficiary where id = $1`,
        [payment.beneficiaryId],
      )
    )?.reason;

  it('about a reference that is nobody’s moves nothing and says so', async () => {
    const before = await everything();
    expect(await record([{ reference: 'CTNOBODY', fact: { kind: 'settled' } }])).toEqual([
      { reference: 'CTNOBODY', result: 'unknown-reference' },
    ]);
    expect(await everything()).toEqual(before);
  });

  it('about a payment of another bank moves nothing: to this bank the reference is nobody’s', async () => {
    const { runId, payment } = await acceptedOne();
    const before = await everything();
    const { reference } = payment;
    const facts: OutcomeItem['fact'][] = [
      { kind: 'settled', sequence: 9 },
      { kind: 'rejected', reason: { code: 'MD07' }, sequence: 10 },
    ];
    for (const fact of facts) {
      expect(await record([{ reference, fact }], 'instant-bank')).toEqual([
        { reference, result: 'unknown-reference' },
      ]);
    }
    expect(await desk.states(runId)).toEqual(['accepted']);
    expect(await everything()).toEqual(before);
  });

  it('of another amount is a contradiction, kept once, and nothing moves', async () => {
    const { runId, payment } = await acceptedOne();
    const { reference } = payment;
    const other = { reference, fact: { kind: 'settled' as const }, amount: Money.of('1') };
    const before = await everything();
    for (let time = 0; time < 3; time += 1) {
      expect(await record([other, other])).toMatchObject([
        { result: 'conflict' },
        { result: 'conflict' },
      ]);
    }
    expect(await desk.states(runId)).toEqual(['accepted']);
    expect(await everything()).toEqual({
      ...before,
      payment_conflict: (before.payment_conflict ?? 0) + 1,
      outbox_event: (before.outbox_event ?? 0) + 1,
    });
    expect(await record([{ ...other, amount: Money.of('2789000') }])).toMatchObject([
      { result: 'moved' },
    ]);
  });

  it('told a hundred times changes nothing after the first: 1,000 items in one call', async () => {
    const { runId, payments } = await accepted(1000);
    const items = payments.map(({ reference }, nth): OutcomeItem => {
      if (nth % 10 === 0)
        return { reference, fact: { kind: 'rejected', reason: { code: 'AC01' } } };
      return { reference, fact: { kind: 'settled', sequence: 2 } };
    });
    const first = await record(items);
    expect(new Set(first.map((r) => r.result))).toEqual(new Set(['moved']));
    const states = await desk.states(runId);
    expect(states.filter((s) => s === 'settled')).toHaveLength(900);
    const before = await everything();
    for (let time = 0; time < 100; time += 1) {
      const again = await record(items);
      expect(new Set(again.map((r) => r.result))).toEqual(new Set(['repeated']));
    }
    expect(await everything()).toEqual(before);
    expect(await desk.states(runId)).toEqual(states);
  }, 120_000);

  it('asks the database as often for a hundred payments as for one', async () => {
    const asked = async (people: number) => {
      const { payments } = await accepted(people);
      let statements = 0;
      await db.database.transaction(async (tx) => {
        const runner = tx.queryRunner;
        if (!runner) throw new Error('no transaction');
        const { query } = runner;
        runner.query = (...given: Parameters<typeof query>) => {
          statements += 1;
          return query.apply(runner, given) as never;
        };
        const items = payments.map(({ reference }) => ({
          reference,
          fact: { kind: 'rejected' as const, reason: { code: 'MD07' } },
        }));
        await desk.outcomes.record(tx, {
          bankCode: 'bulk-bank',
          items,
          cause: 'notice',
          sourceId: null,
          at: AT,
        });
        runner.query = query;
      });
      return statements;
    };
    expect(await asked(100)).toBe(await asked(1));
  });

  it('that it settled marks the entitlement paid; that it came back opens it again', async () => {
    const { runId, payment } = await acceptedOne();
    const { reference } = payment;
    await record([{ reference, fact: { kind: 'settled' } }]);
    expect(await entitlement(payment)).toMatchObject({ state: 'paid', failedCode: null });
    await record([{ reference, fact: { kind: 'returned', reason: { code: 'AC06' } } }]);
    expect(await desk.states(runId)).toEqual(['returned']);
    expect(await entitlement(payment)).toMatchObject({ state: 'open', failedCode: 'AC06' });
    expect(await heldFor(payment)).toBeNull();
    // A returned payment is over: no later word drives it again.
    const facts = ['settled', 'accepted'] as const;
    const later = await record(facts.map((kind) => ({ reference, fact: { kind, sequence: 99 } })));
    expect(later.map((r) => r.result)).toEqual(['late', 'late']);
    expect(await entitlement(payment)).toMatchObject({ state: 'open' });
  });

  it.each(['MD07', 'AC04'])(
    'that it failed for %s holds whatever else is due to the person',
    async (code) => {
      const { payment } = await acceptedOne();
      await record([
        { reference: payment.reference, fact: { kind: 'rejected', reason: { code } } },
      ]);
      expect(await heldFor(payment)).toBe(code);
      expect(await entitlement(payment)).toMatchObject({ state: 'open', failedCode: code });
    },
  );

  it.each(['rejected', 'returned'] as const)(
    'that it was paid after all, though it was %s, holds what is due to the person until somebody looked',
    async (kind) => {
      const { runId, payment } = await acceptedOne();
      const { reference } = payment;
      await record([{ reference, fact: { kind, reason: { code: 'AC01' }, sequence: 5 } }]);
      expect(await heldFor(payment)).toBeNull();
      // Older than its end: this is how it came there.
      await record([{ reference, fact: { kind: 'settled', sequence: 4 } }]);
      expect(await heldFor(payment)).toBeNull();
      expect(await record([{ reference, fact: { kind: 'settled', sequence: 6 } }])).toMatchObject([
        { result: 'conflict' },
      ]);
      expect(await heldFor(payment)).toBe('DUPL');
      expect(await desk.states(runId)).toEqual([kind]);
      // Told again after a person has looked, it holds nobody anew.
      await execute(
        reader(),
        'update beneficiary set hold_reason = null, held_at = null where id = $1',
        [payment.beneficiaryId],
      );
      await record([{ reference, fact: { kind: 'settled', sequence: 6 } }]);
      expect(await heldFor(payment)).toBeNull();
    },
  );

  it('that refuses it, older than an acceptance that we know, fails it and holds the person as in the other order', async () => {
    const { runId, payment } = await acceptedOne();
    const { reference } = payment;
    await execute(reader(), 'update payment set bank_sequence = 20 where id = $1', [payment.id]);
    await record([
      { reference, fact: { kind: 'rejected', reason: { code: 'AC01' }, sequence: 10 } },
    ]);
    expect(await desk.states(runId)).toEqual(['rejected']);
    expect(await heldFor(payment)).toBe('DUPL');
    const quarrels = await rows(
      reader(),
      'select state, says from payment_conflict where payment_id = $1',
      [payment.id],
    );
    expect(quarrels).toEqual([{ state: 'rejected', says: 'accepted' }]);
  });

  it('that came in the order of a statement, without numbers, makes no quarrel of late news', async () => {
    const { payment } = await acceptedOne();
    const { reference } = payment;
    await record([{ reference, fact: { kind: 'returned', reason: { code: 'AC06' } } }]);
    const late = await record([{ reference, fact: { kind: 'settled', sequence: 2 } }]);
    expect(late).toMatchObject([{ result: 'late' }]);
    expect(await heldFor(payment)).toBeNull();
  });

  it('takes a payment through all of its facts in one call, each step in the history', async () => {
    const { payment } = await acceptedOne();
    const { reference } = payment;
    const results = await record([
      { reference, fact: { kind: 'returned', reason: { code: 'AC04' }, sequence: 3 } },
      { reference, fact: { kind: 'settled', sequence: 2 } },
      { reference, fact: { kind: 'accepted', sequence: 1 } },
    ]);
    expect(results.map((r) => r.result)).toEqual(['moved', 'late', 'late']);
    const steps = await rows<{ step: string }>(
      reader(),
      `select coalesce(from_state, '') || '→' || to_state as step from payment_history
        where payment_id = $1 order by id`,
      [payment.id],
    );
    expect(steps.map((s) => s.step)).toEqual([
      '→ready',
      'ready→sending',
      'sending→accepted',
      'accepted→settled',
      'settled→returned',
    ]);
    expect(await entitlement(payment)).toMatchObject({ state: 'open', failedCode: 'AC04' });
  });

  it('twice at once and contradicting: one is believed, the other is kept as a contradiction', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { runId, payment } = await acceptedOne();
      const { reference } = payment;
      const [yes, no] = await Promise.all([
        record([{ reference, fact: { kind: 'settled' } }]),
        record([{ reference, fact: { kind: 'rejected', reason: { code: 'AC01' } } }]),
      ]);
      expect([yes[0]?.result, no[0]?.result].sort()).toEqual(['conflict', 'moved']);
      const [state] = await desk.states(runId);
      expect(state).toBe(yes[0]?.result === 'moved' ? 'settled' : 'rejected');
      expect((await entitlement(payment))?.state).toBe(state === 'settled' ? 'paid' : 'open');
    }
  });

  it('from both ends at once, over the same payments, ends in one truth', async () => {
    const { runId, payments } = await accepted(200);
    const facts = payments.map(({ reference }) => ({
      reference,
      fact: { kind: 'settled' as const },
    }));
    const answers = await Promise.all([record(facts), record([...facts].reverse()), record(facts)]);
    const moved = answers.flat().filter((r) => r.result === 'moved');
    expect(moved).toHaveLength(200);
    expect(new Set(await desk.states(runId))).toEqual(new Set(['settled']));
  });
});
