import type { Option } from './decisions.js';
import { drawPlan } from './plans.js';
import type { World } from './world.js';

/** Something that a person in the office may do: what exactly is drawn from `extra`. */
export function act(
  world: World,
  given: {
    key: string;
    weight: number;
    run: (extra: string) => Promise<unknown>;
    extra?: readonly string[];
  },
): Option {
  const { key, weight, run, extra = ['-'] } = given;
  return {
    key,
    weight,
    draw: (random) => `${random.pick(extra)} ${drawPlan(random, world.trouble)}`,
    run: async (how) => {
      const [what = '-', plan = '*'] = how.split(' ');
      await world.work({ name: key, kind: 'officer', how: plan, run: () => run(what) });
    },
  };
}
