import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileBroken } from './file-contract.js';

/** Bytes of a file go into the database in pieces of this size. */
const CHUNK_BYTES = 1024 * 1024;
const FILE_NAME_MAX = 255;

/** A folder of one's own for as long as `work` takes. */
export async function inScratchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'chitra-bank-file-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Lays content on the disk and measures it on the way.
 * @throws FileBroken when it is larger than `maxBytes`.
 */
export async function layDown(
  content: AsyncIterable<Uint8Array>,
  to: { path: string; maxBytes: number },
): Promise<{ byteSize: number; sha256: string }> {
  const hash = createHash('sha256');
  let byteSize = 0;
  await pipeline(
    content,
    async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        byteSize += piece.byteLength;
        if (byteSize > to.maxBytes) throw tooLarge(to.maxBytes);
        hash.update(piece);
        yield piece;
      }
    },
    createWriteStream(to.path, { mode: 0o600 }),
  );
  return { byteSize, sha256: hash.digest('hex') };
}

/** The bytes of a file in the pieces that are kept. */
export async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  for await (const bytes of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    yield bytes as Buffer;
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of piecesOf(path)) hash.update(bytes);
  return hash.digest('hex');
}

/** A name without a path or unseen characters, its end kept when it is too long. */
export function cleanFileName(fileName: string): string {
  const bare = fileName
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/^.*[\\/]/, '')
    .trim();
  return [...bare].slice(-FILE_NAME_MAX).join('') || 'file';
}

function tooLarge(maxBytes: number): FileBroken {
  const mebibytes = Math.floor(maxBytes / 1024 / 1024);
  return new FileBroken({
    vi: `Tệp lớn hơn ${mebibytes} MB nên không nhận; xin ngân hàng chia nhỏ.`,
    en: `The file is larger than ${mebibytes} MiB and is not taken; please have the bank split it.`,
  });
}
