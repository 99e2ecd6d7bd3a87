import type { Site } from '../../site/site.js';
import { processorTimeOf } from '../pages/processor-time.js';

/** Our own programs of a site, by name, with their process ids. */
export function processesOf({ web, workers, bank }: Site): Record<string, number> {
  return Object.fromEntries(
    [web, ...workers, bank].map(({ name, processId }) => [name, processId ?? 0]),
  );
}

/** Processor time that each process, each server and this bench have taken so far, in ms. */
async function processorTimes(site: Site): Promise<Record<string, number>> {
  const { postgres, bankPostgres } = site;
  const processes = {
    ...processesOf(site),
    postgres: await postgres.postmaster(),
    'bank postgres': await bankPostgres.postmaster(),
  };
  const found: Record<string, number> = {};
  for (const [name, id] of Object.entries(processes)) {
    found[name] = (await processorTimeOf([id])) ?? 0;
  }
  const { user, system } = process.cpuUsage();
  return { ...found, bench: (user + system) / 1000 };
}

/** Counts from now on; what it gives tells the ms that one of `count` cost each process since. */
export async function costsFromNow(
  site: Site,
): Promise<(count: number) => Promise<Record<string, number>>> {
  const before = await processorTimes(site);
  return async (count) => {
    const spent = Object.entries(await processorTimes(site));
    return Object.fromEntries(
      spent.map(([name, ms]) => {
        const each = (ms - (before[name] ?? 0)) / count;
        return [name, Math.round(each * 1000) / 1000];
      }),
    );
  };
}
