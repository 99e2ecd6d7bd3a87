import type { Option } from './decisions.js';
import { drawPlan, drawPlanAtOnce } from './plans.js';
import type { World } from './world.js';

/** Something that a person in the office may do: what exactly is drawn from `extra`. */
export function act(
  world: World,
  given: {
    key: string;
    weight: number;
    run: (extra: string) => Promise<unknown>;
    extra?: readonly string[];
    /** What they have before them is not left lying until it is old. */
    atOnce?: boolean;
  },
): Option {
  const { key, weight, run, extra = ['-'], atOnce = false } = given;
  return {
    key,
    weight,
    draw: (random) => {
      const plan = atOnce ? drawPlanAtOnce(random, world.trouble) : drawPlan(random, world.trouble);
      return `${random.pick(extra)} ${plan}`;
    },
    run: async (how) => {
      const [what = '-', plan = '*'] = how.split(' ');
      await world.work({ name: key, kind: 'officer', how: plan, run: () => run(what) });
    },
  };
}
