import type { PaymentState } from './payment.lifecycle.js';
import { standingOf } from './run-figures.rules.js';

const figure = (bankCode: string, state: PaymentState, count: number, total: string) => ({
  bankCode,
  state,
  count,
  total,
});

describe('the equation of a run', () => {
  const figures = [
    figure('a', 'settled', 3, '300'),
    figure('a', 'accepted', 1, '100'),
    figure('b', 'settled', 1, '50'),
    figure('b', 'unknown', 2, '25'),
  ];

  it('does not hold when a payment, or a đồng, is missing', () => {
    expect(standingOf({ payments: 8, total: '475' }, figures).holds).toBe(false);
    expect(standingOf({ payments: 7, total: '476' }, figures).holds).toBe(false);
    expect(standingOf({ payments: 1, total: '1' }, []).holds).toBe(false);
  });

  it('adds up over banks and states', () => {
    const standing = standingOf({ payments: 7, total: '475' }, figures);
    expect(standing.holds).toBe(true);
    expect(standing.states.settled.count).toBe(4);
    expect(standing.states.settled.total.toString()).toBe('350');
    expect(standing.states.rejected.count).toBe(0);
    expect(
      standing.banks.map(({ bankCode, count, total }) => [bankCode, count, total.toString()]),
    ).toEqual([
      ['a', 4, '400'],
      ['b', 3, '75'],
    ]);
  });

  it('counts as answered what the bank has taken on, and not what nobody knows', () => {
    expect(standingOf({ payments: 7, total: '475' }, figures).answered).toBe(5);
  });
});
