import { join } from 'node:path';
import { programFolder } from '../setup/program.js';
import { simulation, type Outcome } from './simulation-process.js';

/** A part of what `npm run simulate` runs; from this seed on, a hundred have met with every kind of fault. */
const SEEDS = 100;
const FIRST = 101;
/** A change of the product changes every story: where a rare fault has not come, the next hundred are run as well. */
const MOST_ROUNDS = 3;
const WITHIN_MS = 900_000;

/** Every one of these must have happened: a fault that is never injected proves nothing. */
const KINDS = [
  'process death',
  'answer lost',
  'answer after the lease',
  'bank says unknown',
  'bank throws',
  'bank hangs',
  'bank answers nonsense',
  'bank a stranger',
  'bank leaves a payment out',
  'bank books later',
  'not found, and booked later',
  'bank says come back later',
  'surely not sent',
  'bank away',
  'call to a bank that is away',
  'bank switched off',
  'bank switched on',
  'refusal that no book keeps',
  'returned by the bank',
  'job lost',
  'job doubled',
  'jobs reordered',
  'queue away',
  'queue content lost',
  'notice lost',
  'notice doubled',
  'notices reordered',
  'conflict',
  'conflict at commit',
  'deadlock',
  'deadlock at commit',
  'commit unheard',
  'statement unreadable',
  'statement breaking off',
  'statement not adding up',
  'statement entry missing at first',
  'same statement again',
  'overlapping statement',
  'fee under our reference',
  'clock jumps forward',
  'clock set back',
  'concurrent approvals',
  'approval beyond the funds',
  'batch returned to draft',
  'batch cancelled',
  'run paused',
  'run resumed',
  'run cancelled',
  'account mended',
  'hold released',
  'reissue',
  'doubt ended by people',
];

describe('the simulation', () => {
  const folder = join(programFolder(), 'test', 'simulation');

  it(
    `${SEEDS} seeds do no harm, whatever befalls them`,
    async () => {
      const came = new Set<string>();
      const never = () => KINDS.filter((kind) => !came.has(kind));
      for (let round = 0; round < MOST_ROUNDS && never().length > 0; round += 1) {
        const first = FIRST + round * SEEDS;
        const { code, outcome, out } = await simulation(folder, [
          ...['--seeds', SEEDS, '--seed', first],
        ]);
        expect({ code, out: out.slice(0, 2000), ...harmOf(outcome) }).toMatchObject({
          code: 0,
          seeds: SEEDS,
          firstSeed: first,
          ...{ paidTwice: 0, lost: 0, unbalanced: 0, illegalMoves: 0, alertsMissing: 0, errors: 0 },
          violations: [],
        });
        expect(outcome.payments).toBeGreaterThan(SEEDS);
        expect(outcome.crashes).toBeGreaterThan(SEEDS);
        for (const [kind, times] of Object.entries(outcome.faultsByKind)) {
          if (times > 0) came.add(kind);
        }
      }
      expect(never()).toEqual([]);
    },
    WITHIN_MS,
  );

  it(
    'a seed goes the same way again, in another process and beside others',
    async () => {
      const [alone, beside] = await Promise.all([
        simulation(folder, ['--seeds', 1, '--seed', 3, '--story']),
        simulation(folder, ['--seeds', 2, '--seed', 2, '--jobs', 1, '--story']),
      ]);
      const storyOf = (text: string): string => /\nseed 3 [^]*?\n=> .*\n/.exec(text)?.[0] ?? '';
      expect(storyOf(alone.out)).not.toBe('');
      expect(storyOf(beside.out)).toBe(storyOf(alone.out));
    },
    WITHIN_MS,
  );

  it(
    'says what is wrong with what it is asked',
    async () => {
      const asked = [
        [['--seeds', 'many'], 'a whole number'],
        [['--seed', '-1'], 'a whole number'],
        [['--sedes', '3'], 'unknown option'],
        [['--bug', 'no-such-bug'], 'there is no planted bug no-such-bug'],
      ] as const;
      const told = await Promise.all(asked.map(([args]) => simulation(folder, args)));
      for (const [at, { code, err }] of told.entries()) {
        expect(code).not.toBe(0);
        expect(err).toContain(asked[at]?.[1]);
      }
    },
    WITHIN_MS,
  );
});

function harmOf(outcome: Outcome): Partial<Outcome> {
  const { faultsByKind: _, ...harm } = outcome;
  return harm;
}
