import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

/*
 * The same workbook, the same bytes. A zip file says of every part when it was packed, and Node's zlib packs by what
 * the processor can: both are taken out. The parts are laid down as they are, under one given time (in UTC; PKWARE
 * APPNOTE 6.3.3, method 0), with their sizes before them and nothing about the machine they came from.
 */

const LOCAL = 0x04034b50;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
const FIRST_YEAR = 1980;

/** Writes `source`'s parts anew into `target`, unpacked and under one time. */
export async function storeWorkbook(source: string, target: string, at: Date): Promise<void> {
  const zip = await openPromise(source, { autoClose: false, lazyEntries: true });
  try {
    await pipeline(Readable.from(parts(zip, dosTime(at))), createWriteStream(target));
  } finally {
    zip.close();
  }
}

async function* parts(zip: ZipFile, time: number): AsyncGenerator<Buffer, void> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const entry of zip.eachEntry()) {
    const name = Buffer.from(entry.fileName, 'utf8');
    const common = described(entry, name, time);
    directory.push(directoryEntry(common, offset), name);
    yield Buffer.concat([signed(LOCAL), common, name]);
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (Buffer.isBuffer(chunk)) yield chunk;
    }
    offset += 4 + common.length + name.length + entry.uncompressedSize;
  }
  const listed = Buffer.concat(directory);
  yield listed;
  yield ending({ count: directory.length / 2, size: listed.length, offset });
}

/** What a part's own header and its line in the directory both say: version, flags, time, sum, sizes, lengths. */
function described(entry: Entry, name: Buffer, time: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8, 2);
  fields.writeUInt32LE(time, 6);
  fields.writeUInt32LE(entry.crc32, 10);
  fields.writeUInt32LE(entry.uncompressedSize, 14);
  fields.writeUInt32LE(entry.uncompressedSize, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function directoryEntry(common: Buffer, offset: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(VERSION);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([signed(DIRECTORY), madeBy, common, rest]);
}

function ending(of: { count: number; size: number; offset: number }): Buffer {
  const fields = Buffer.alloc(18);
  fields.writeUInt16LE(of.count, 4);
  fields.writeUInt16LE(of.count, 6);
  fields.writeUInt32LE(of.size, 8);
  fields.writeUInt32LE(of.offset, 12);
  return Buffer.concat([signed(END), fields]);
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}

/** Date and time as DOS packed them, to two seconds. */
function dosTime(at: Date): number {
  const date =
    (Math.max(0, at.getUTCFullYear() - FIRST_YEAR) << 9) |
    ((at.getUTCMonth() + 1) << 5) |
    at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return date * 0x10000 + time;
}
