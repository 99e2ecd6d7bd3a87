import type { Clock } from '../../../kernel/index.js';
import { FileBroken, type BankCall, type LaidOutFile } from '../../contract.js';
import {
  codeOf,
  isPlainName,
  sayOf,
  SideFault,
  within,
  type BankDoor,
  type BankSide,
  type FoundFile,
} from './bank-side.js';

export interface Collecting {
  readonly reports: string;
  readonly archive?: string;
  readonly afterTaking: 'archive' | 'delete' | 'leave';
  readonly temporarySuffixes: readonly string[];
  readonly settledForMs: number;
  readonly maxFileBytes: number;
}

/**
 * The files that the bank has laid out whole, oldest first, over one connection that lasts as long as they are
 * looked through. @throws when the bank cannot be reached.
 */
export async function* collectFiles(
  door: BankDoor,
  given: Collecting & { clock: Clock; call: BankCall },
): AsyncGenerator<LaidOutFile, void, undefined> {
  const { signal } = given.call;
  const side = await door.open(signal);
  try {
    const found = await side.list(given.reports);
    const now = given.clock.now();
    for (const file of found.filter((each) => isLaidOut(each, given, now)).sort(oldestFirst)) {
      signal.throwIfAborted();
      yield laidOut(side, file, given);
    }
  } finally {
    await side.close();
  }
}

function isLaidOut({ name, modifiedAt }: FoundFile, given: Collecting, now: Date): boolean {
  if (!isPlainName(name)) return false;
  const ending = name.toLowerCase();
  if (given.temporarySuffixes.some((suffix) => ending.endsWith(suffix))) return false;
  return given.settledForMs === 0 || now.getTime() - modifiedAt.getTime() >= given.settledForMs;
}

const oldestFirst = (one: FoundFile, other: FoundFile): number =>
  one.modifiedAt.getTime() - other.modifiedAt.getTime() || (one.name < other.name ? -1 : 1);

function laidOut(side: BankSide, file: FoundFile, given: Collecting): LaidOutFile {
  const path = within(given.reports, file.name);
  return {
    name: file.name,
    byteSize: file.byteSize,
    modifiedAt: file.modifiedAt,
    content: () => whole(side, { path, file, maxBytes: given.maxFileBytes }),
    taken: () => putAway(side, { path, file, given }),
  };
}

/**
 * @throws FileBroken for a file that is too large or cannot be read: the others are not held up by it. SideFault for one
 * that is still being written, or when the connection is lost: the next time will do.
 */
async function* whole(
  side: BankSide,
  { path, file, maxBytes }: { path: string; file: FoundFile; maxBytes: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  if (file.byteSize > maxBytes) throw tooLarge(maxBytes);
  let size = 0;
  try {
    for await (const piece of side.read(path)) {
      size += piece.byteLength;
      if (size > file.byteSize) throw new SideFault('the file grows while it is read');
      yield piece;
    }
  } catch (error) {
    throw isOfThisFile(error) ? unreadable(sayOf(error)) : error;
  }
  const now = await side.look(path);
  const same =
    now?.byteSize === file.byteSize && now.modifiedAt.getTime() === file.modifiedAt.getTime();
  if (size !== file.byteSize || !same) throw new SideFault('the file changed while it was read');
}

async function putAway(
  side: BankSide,
  { path, file, given }: { path: string; file: FoundFile; given: Collecting },
): Promise<void> {
  if (given.afterTaking === 'leave') return;
  if (given.afterTaking === 'delete' || given.archive === undefined) {
    await side.remove(path);
    return;
  }
  const { archive } = given;
  try {
    await side.rename(path, within(archive, file.name));
  } catch (error) {
    // A bank may use one name every day. Then the archive has it already, and the time tells them apart.
    if (!(await side.look(within(archive, file.name)))) throw new SideFault(sayOf(error));
    const stamp = file.modifiedAt.toISOString().replace(/[-:.]/g, '');
    await side.rename(path, within(archive, `${stamp}-${file.name}`));
  }
}

/** What the bank's side says of one file while it goes on speaking; a lost connection says nothing of a file. */
function isOfThisFile(error: unknown): boolean {
  const code = codeOf(error);
  return typeof code === 'number' || ['ENOENT', 'EACCES', 'EPERM', 'ELOOP'].includes(code ?? '');
}

const unreadable = (why: string): FileBroken =>
  new FileBroken({
    vi: `Không mở được tệp ở phía ngân hàng (${why}).`,
    en: `The file cannot be read at the bank's side (${why}).`,
  });

const tooLarge = (most: number): FileBroken =>
  new FileBroken({
    vi: `Tệp lớn hơn ${most} byte nên không được tải về.`,
    en: `The file is larger than ${most} bytes, so it was not fetched.`,
  });
