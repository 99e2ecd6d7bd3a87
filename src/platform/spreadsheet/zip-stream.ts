import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { InvariantError } from '../../kernel/index.js';

/*
 * A zip file written as it comes to be: each part is packed while it is made, and its sum and sizes stand behind it
 * (PKWARE APPNOTE 6.3.3: method 8, a data descriptor). Whoever reads slowly slows the writing, so nothing piles up.
 */

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const DEFLATED = 8;
/** Names in UTF-8, and sizes behind the part. */
const FLAGS = 0x0808;
/** The first day that a zip file knows: when a part was made says nothing here. */
const TIME = 0x00210000;
/** A size is four bytes; more would be another format. */
const SIZE_MAX = 0xffffffff;
const PIECE_CHARACTERS = 64 * 1024;

export interface ZipPart {
  readonly name: string;
  readonly content: AsyncIterable<string> | Iterable<string>;
}

interface Tally {
  crc: number;
  size: number;
  packed: number;
}

export async function* zipped(parts: Iterable<ZipPart>): AsyncGenerator<Buffer, void> {
  const directory: Buffer[] = [];
  let offset = 0;
  let count = 0;
  for (const { name, content } of parts) {
    const title = Buffer.from(name, 'utf8');
    const tally: Tally = { crc: 0, size: 0, packed: 0 };
    yield Buffer.concat([
      words(LOCAL, shorts(VERSION, FLAGS, DEFLATED), TIME, 0, 0, 0, shorts(title.length, 0)),
      title,
    ]);
    yield* deflated(content, tally);
    const sums = words(tally.crc, tally.packed, tally.size);
    yield Buffer.concat([words(DESCRIPTOR), sums]);
    directory.push(
      words(DIRECTORY, shorts(VERSION, VERSION, FLAGS, DEFLATED), TIME),
      sums,
      words(shorts(title.length, 0, 0, 0, 0), shorts(0, 0), offset),
      title,
    );
    offset += 30 + title.length + tally.packed + 16;
    count += 1;
    if (offset > SIZE_MAX) throw new InvariantError('a zip file grew too large', { offset });
  }
  const listed = Buffer.concat(directory);
  yield listed;
  yield words(END, shorts(0, 0, count, count), listed.length, offset, shorts(0));
}

async function* deflated(
  content: ZipPart['content'],
  tally: Tally,
): AsyncGenerator<Buffer, void, undefined> {
  const packing = createDeflateRaw({ level: 4 });
  // Its failure comes out of the loop below as well.
  const source = pieces(content, tally);
  const feeding = pipeline(Readable.from(source), packing).catch(() => undefined);
  try {
    for await (const chunk of packing as AsyncIterable<Buffer>) {
      tally.packed += chunk.length;
      yield chunk;
    }
  } finally {
    packing.destroy();
    await feeding;
    // The stream lets go of it some time later; whoever waits for the end waits for that as well.
    await source.return();
  }
}

async function* pieces(content: ZipPart['content'], tally: Tally): AsyncGenerator<Buffer, void> {
  let waiting = '';
  const taken = (): Buffer => {
    const bytes = Buffer.from(waiting, 'utf8');
    waiting = '';
    tally.crc = crc32(bytes, tally.crc);
    tally.size += bytes.length;
    if (tally.size > SIZE_MAX) throw new InvariantError('a part of a zip file grew too large');
    return bytes;
  };
  for await (const text of content) {
    waiting += text;
    if (waiting.length >= PIECE_CHARACTERS) yield taken();
  }
  if (waiting !== '') yield taken();
}

/** Little endian: numbers as four bytes, buffers as they are. */
function words(...fields: (number | Buffer)[]): Buffer {
  return Buffer.concat(
    fields.map((field) => {
      if (Buffer.isBuffer(field)) return field;
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(field);
      return bytes;
    }),
  );
}

function shorts(...fields: number[]): Buffer {
  const bytes = Buffer.alloc(2 * fields.length);
  fields.forEach((field, at) => bytes.writeUInt16LE(field, 2 * at));
  return bytes;
}
