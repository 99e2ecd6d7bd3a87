import { createHash } from 'node:crypto';
import type { BankCall, Delivery, KeptFile, NotSent, Unknown } from '../../contract.js';
import { sayOf, SideFault, within, type BankDoor, type BankSide } from './bank-side.js';

/** Looking again after an end that tells nothing; within the margin that the queue's lock leaves after the call. */
const LOOK_AGAIN_WITHIN_MS = 10_000;
/** Letters of the content's hash in the name: no two contents ever share one. */
const HASH_LETTERS = 16;
/** A folder that holds more than this is not searched for what earlier attempts left. */
const LEFTOVERS_LOOKED_AT = 10_000;

interface Names {
  readonly folder: string;
  readonly finalName: string;
  readonly final: string;
  /** Of this attempt alone: two senders must not write into one file. */
  readonly part: string;
  readonly partSuffix: string;
}

/** What the file is called at the bank: the same name is the same content. */
export function remoteNameOf({ fileName, sha256 }: Pick<KeptFile, 'fileName' | 'sha256'>): string {
  const [, stem = fileName, extension = ''] = /^(.*?)(\.[A-Za-z0-9]+)?$/.exec(fileName) ?? [];
  return `${stem}-${sha256.slice(0, HASH_LETTERS)}${extension}`;
}

/**
 * Lays a file before the bank: whole under a temporary name, then renamed. Until the renaming is asked for, any
 * fault is `not-sent`. After that the bank's side is looked at again, on a fresh connection.
 */
export async function deliverFile(
  door: BankDoor,
  file: KeptFile,
  given: { folder: string; partSuffix: string; call: BankCall },
): Promise<Delivery> {
  const { folder, partSuffix } = given;
  const { signal, attemptId } = given.call;
  if (signal.aborted) return notSent('the time was over before it began');
  const finalName = remoteNameOf(file);
  const attempt = createHash('sha256').update(attemptId).digest('hex').slice(0, 12);
  const final = within(folder, finalName);
  const names = { folder, finalName, final, part: `${final}.${attempt}${partSuffix}`, partSuffix };

  let side: BankSide;
  try {
    side = await door.open(signal);
  } catch (error) {
    return notSent(`no connection: ${sayOf(error)}`);
  }
  let renaming: Promise<void>;
  try {
    const lying = await lyingAt(side, final, file);
    if (lying === 'same') return await delivered(side, names);
    if (lying === 'other') {
      await side.close();
      return ANOTHER_FILE;
    }
    await side.lay(file.path, names.part);
    const laid = await side.look(names.part);
    if (laid?.byteSize !== file.byteSize) throw new SideFault('laid there in part only');
    if (signal.aborted) throw new SideFault('the time was over');
    renaming = side.rename(names.part, final);
  } catch (error) {
    await side.remove(names.part).catch(() => false);
    await side.close();
    return notSent(`before it was renamed: ${sayOf(error)}`);
  }
  try {
    await renaming;
    return await delivered(side, names);
  } catch (error) {
    await side.close();
    return lookAgain(door, { file, names, why: sayOf(error) });
  }
}

/**
 * While the file lies there under its temporary name, a renaming that was asked for may still be under way in a
 * server that has lost us. So that name is taken away: only then can the final one never appear.
 */
async function lookAgain(
  door: BankDoor,
  { file, names, why }: { file: KeptFile; names: Names; why: string },
): Promise<Delivery> {
  let side: BankSide | null = null;
  try {
    side = await door.open(AbortSignal.timeout(LOOK_AGAIN_WITHIN_MS));
    const before = await lyingAt(side, names.final, file);
    if (before === 'same') return await delivered(side, names);
    const removed = await side.remove(names.part);
    const after = await lyingAt(side, names.final, file);
    if (after === 'same') return await delivered(side, names);
    if (before === 'other' || after === 'other') return ANOTHER_FILE;
    return removed
      ? notSent(`it was not renamed: ${why}`)
      : unknown(`renaming it ended with ${why}, and it lies there under no name`);
  } catch (error) {
    return unknown(`renaming it ended with ${why}, looking again with ${sayOf(error)}`);
  } finally {
    await side?.close();
  }
}

async function delivered(side: BankSide, names: Names): Promise<Delivery> {
  await removeLeftovers(side, names).catch(() => undefined);
  await side.close();
  return { kind: 'delivered', remoteName: names.finalName };
}

/** What earlier attempts left under temporary names. The file lies there, so nobody needs those any more. */
async function removeLeftovers(side: BankSide, names: Names): Promise<void> {
  const found = await side.list(names.folder);
  const left = found
    .slice(0, LEFTOVERS_LOOKED_AT)
    .filter(
      ({ name }) => name.startsWith(`${names.finalName}.`) && name.endsWith(names.partSuffix),
    );
  for (const { name } of left) await side.remove(within(names.folder, name));
}

async function lyingAt(
  side: BankSide,
  path: string,
  file: KeptFile,
): Promise<'nothing' | 'same' | 'other'> {
  const found = await side.look(path);
  if (!found) return 'nothing';
  if (found.byteSize !== file.byteSize) return 'other';
  const sha256 = await sha256Of(side.read(path));
  // A bank may let us write where it does not let us read. Then the name tells, which has the hash in it.
  return sha256 === null || sha256 === file.sha256 ? 'same' : 'other';
}

async function sha256Of(content: AsyncIterable<Uint8Array>): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of content) hash.update(piece);
  } catch {
    return null;
  }
  return hash.digest('hex');
}

const notSent = (why: string): NotSent => ({ kind: 'not-sent', why });
const unknown = (why: string): Unknown => ({ kind: 'unknown', why });
const ANOTHER_FILE = unknown('another file lies there under the name of ours');
