import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Sets entries of a bank's file anew; the others stay as they are. */
export async function changeBankFile(
  configDir: string,
  bank: string,
  to: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = join(configDir, 'banks', `${bank}.yaml`);
  const file = parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, stringify({ ...file, ...to }));
}
