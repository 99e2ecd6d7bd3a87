import fc from 'fast-check';
import { repositoryConfig } from '../../test/builders/batch-desk.js';
import { Money } from '../kernel/index.js';
import { Funds, Programmes } from '../organisation/index.js';
import { ApprovalChains, parseChainFile } from './approval-chains.js';

const programmes = Programmes.load(repositoryConfig, Funds.load(repositoryConfig));
const second = { signature: 'second', role: 'chief_accountant' };
const first = { signature: 'first', role: 'account_holder' };
const chainsOf = (file: object) => new ApprovalChains(parseChainFile(file), programmes);

describe('the approval chain', () => {
  it('is refused without a second or without a first signature, and with a word it does not know', () => {
    expect(() => chainsOf({ chain: [second, second] })).toThrow('second and a first');
    expect(() => chainsOf({ chain: [first] })).toThrow();
    expect(() => chainsOf({ chain: [second, { ...first, role: 'nobody' }] })).toThrow();
    expect(() => chainsOf({ chain: [second, first], abov: [] })).toThrow();
    expect(() =>
      chainsOf({ chain: [second, first], above: [{ amount: 10_000_000, add: [first] }] }),
    ).toThrow();
    expect(() =>
      chainsOf({ chain: [second, first], programmes: { NOT_ONE: { chain: [second, first] } } }),
    ).toThrow('no such programme');
  });

  it('asks two signatures for the list of 7,795 million and three only above ten billion', () => {
    const chains = ApprovalChains.load(repositoryConfig, programmes);
    const steps = (total: string) =>
      chains.stepsFor({ programme: 'NCC_MONTHLY', total: Money.of(total) }).map((s) => s.signature);
    expect(steps('7795000000')).toEqual(['second', 'first']);
    expect(steps('10000000000')).toEqual(['second', 'first']);
    expect(steps('10000000001')).toEqual(['second', 'first', 'first']);
  });

  it('adds the steps of every level that the total passes, and a programme may have its own', () => {
    const chains = chainsOf({
      chain: [second, first],
      above: [
        { amount: '200', add: [second] },
        { amount: '100', add: [first] },
      ],
      programmes: { EMERGENCY: { chain: [second, second, first] } },
    });
    const of = (programme: string, total: string) =>
      chains.stepsFor({ programme, total: Money.of(total) }).map((s) => `${s.step}${s.signature}`);
    expect(of('NCC_MONTHLY', '201')).toEqual(['1second', '2first', '3first', '4second']);
    expect(of('NCC_MONTHLY', '101')).toEqual(['1second', '2first', '3first']);
    expect(of('EMERGENCY', '999')).toEqual(['1second', '2second', '3first']);
  });

  it('never asks fewer signatures for more money', () => {
    const chains = ApprovalChains.load(repositoryConfig, programmes);
    const amount = fc.bigInt({ min: 1n, max: 10n ** 13n });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const count = (total: bigint) =>
          chains.stepsFor({ programme: 'NCC_MONTHLY', total: Money.of(total.toString()) }).length;
        expect(count(a < b ? a : b)).toBeLessThanOrEqual(count(a < b ? b : a));
      }),
    );
  });
});
