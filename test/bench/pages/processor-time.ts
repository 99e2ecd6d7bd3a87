import { readdir, readFile } from 'node:fs/promises';

/** Linux counts it in hundredths of a second. */
const TICK_MS = 10;

/**
 * Processor time that these processes and their children have taken so far, in ms: what a request costs however busy
 * the machine is with other things. Null where the system does not tell.
 */
export async function processorTimeOf(roots: readonly number[]): Promise<number | null> {
  const all = await Promise.all(
    (await readdir('/proc').catch(() => []))
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  const processes = all.flatMap((line) => {
    // The name may hold blanks and brackets; what follows its last bracket are figures.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return line === '' ? [] : [{ id: Number(line.split(' ')[0]), fields: fields.map(Number) }];
  });
  const counted = processes.filter(
    ({ id, fields }) => roots.includes(id) || roots.includes(fields[1] ?? 0),
  );
  if (counted.length === 0) return null;
  // Its own time and that of children that have ended: user and system.
  const ticks = counted.flatMap(({ fields }) => fields.slice(11, 15));
  return ticks.reduce((sum, one) => sum + one, 0) * TICK_MS;
}
