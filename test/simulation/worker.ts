/* One process of the simulation: runs one seed after the other, each on a database of its own. */
import { Databases, prepareTemplate } from './databases.js';
import type { Decision } from './decisions.js';
import { runSeed, type SeedResult } from './run-seed.js';

export type Order =
  | { readonly do: 'prepare'; readonly template: string; readonly tune: boolean }
  | {
      readonly do: 'run';
      readonly seed: number;
      readonly record?: readonly Decision[];
      /** Whether the trace and the story are wanted although nothing was violated. */
      readonly whole?: boolean;
    };

export type Reply =
  { readonly prepared: true } | { readonly result: SeedResult } | { readonly failed: string };

const [adminUrl = '', template = ''] = process.argv.slice(2);
let databases: Databases | null = null;

async function obey(order: Order): Promise<Reply> {
  if (order.do === 'prepare') {
    await prepareTemplate(adminUrl, order);
    return { prepared: true };
  }
  databases ??= await Databases.of(adminUrl, template);
  const world = await databases.open();
  try {
    const result = await runSeed(order.seed, world, order.record);
    if (result.violation ?? order.whole) return { result };
    return { result: { ...result, trace: [], story: [] } };
  } finally {
    await world.close();
  }
}

process.on('message', (order: Order) => {
  void obey(order)
    .catch((error: unknown): Reply => {
      return { failed: error instanceof Error ? (error.stack ?? error.message) : 'an error' };
    })
    .then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit(0));
