import type { Arguments } from './arguments.js';
import { Crew } from './crew.js';
import { dropDatabase } from './databases.js';
import { PLANTED_BUGS } from './planted-bugs.js';
import { plant, type PlantedBug } from './plant.js';
import type { SeedResult } from './run-seed.js';
import type { Server } from './server.js';

interface Caught {
  readonly name: string;
  readonly seedsTried: number;
  readonly seed: number | null;
  readonly invariant: string | null;
  readonly detail: string | null;
}

/** Plants each bug in a copy of its own and runs seeds until one is caught. The last line is one JSON object. */
export async function catchBugs(
  server: Server,
  compiled: string,
  { jobs, bug: only, every, seeds, seed }: Arguments,
): Promise<number> {
  const startedAt = Date.now();
  const waiting = PLANTED_BUGS.filter(({ name }, at) =>
    only === undefined ? at % every === 0 : name === only,
  );
  const caught: Caught[] = [];
  const lane = async (): Promise<void> => {
    for (let bug = waiting.shift(); bug; bug = waiting.shift()) {
      const found = await catchBug(bug, { server, compiled, seeds, first: seed ?? bug.seed });
      caught.push(found);
      const end =
        found.seed === null
          ? (found.detail ?? `NOT CAUGHT in ${found.seedsTried} seeds`)
          : `${found.invariant ?? ''} (seed ${found.seed}, after ${found.seedsTried})`;
      process.stdout.write(`${bug.name.padEnd(32)} ${end}\n`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, lane));
  const missed = caught.filter(({ seed }) => seed === null).map(({ name }) => name);
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ bugs: caught.length, missed, seconds, caught })}\n`);
  return missed.length > 0 ? 1 : 0;
}

async function catchBug(
  bug: PlantedBug,
  given: { server: Server; compiled: string; seeds: number; first: number },
): Promise<Caught> {
  const { server, compiled, seeds, first } = given;
  const planted = await plant(bug, compiled).catch((error: unknown) => String(error));
  if (typeof planted === 'string') {
    return { name: bug.name, seedsTried: 0, seed: null, invariant: null, detail: planted };
  }
  const template = `bug_${bug.name.replaceAll('-', '_')}_${process.pid}`;
  const { adminUrl } = server;
  const crew = new Crew({ folder: planted.folder, adminUrl, template, jobs: 1 });
  try {
    await crew.prepare(server.own);
    for (let tried = 1; tried <= seeds; tried += 1) {
      const result: SeedResult = await crew.run({ seed: first + tried - 1 });
      if (!result.violation) continue;
      const { invariant, detail } = result.violation;
      return { name: bug.name, seedsTried: tried, seed: result.seed, invariant, detail };
    }
    return { name: bug.name, seedsTried: seeds, seed: null, invariant: null, detail: null };
  } finally {
    await crew.close();
    await dropDatabase(adminUrl, template);
    await planted.remove();
  }
}
