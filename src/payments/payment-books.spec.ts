import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { rows } from '../platform/database/index.js';
import { movementsOf, STAGE_OF } from './payment-books.js';
import { paymentLifecycle, type PaymentState } from './payment.lifecycle.js';

const STATES = Object.keys(STAGE_OF) as PaymentState[];
const of = { fund: 'NSTW', budgetMonth: '2026-11', amount: '1000' };

describe('where the money of a payment lies', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('is the same in the code and in the database, for every state', async () => {
    const found = await rows<{ state: PaymentState; stage: string }>(
      db.database.reader,
      'select state, payment_stage(state) as stage from unnest($1::text[]) as state',
      [STATES],
    );
    expect(Object.fromEntries(found.map(({ state, stage }) => [state, stage]))).toEqual(STAGE_OF);
  });

  it('becomes available again only by what is certain: refused, cancelled before it was sent, or come back', () => {
    for (const from of STATES) {
      for (const to of STATES.filter((state) => paymentLifecycle.can(from, state))) {
        const released = movementsOf({ ...of, from, to }).some((m) => m.to === 'available');
        expect([from, to, released]).toEqual([
          from,
          to,
          ['rejected', 'cancelled', 'returned'].includes(to),
        ]);
      }
    }
  });

  it('stays in transit through every doubt', () => {
    expect(movementsOf({ ...of, from: 'sending', to: 'unknown' })).toEqual([]);
    expect(movementsOf({ ...of, from: 'unknown', to: 'accepted' })).toEqual([]);
    expect(movementsOf({ ...of, from: 'sending', to: 'accepted' })).toEqual([]);
  });

  it('can be spent again when it came back, and is still seen to have come back', () => {
    const ways = movementsOf({ ...of, from: 'settled', to: 'returned' });
    expect(ways.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'paid → returned',
      'given_back → available',
    ]);
  });
});
