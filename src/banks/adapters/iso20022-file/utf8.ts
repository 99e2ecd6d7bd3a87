import { FileBroken } from '../../contract.js';
import { brokenXml, XML_FAULTS } from './xml-faults.js';

/** Bytes that are decoded together. */
const PIECE = 64 * 1024;

/**
 * Decodes a file piece by piece; a byte order mark is dropped. @param limits `at`: the place that was read to.
 * @throws FileBroken for anything that is not UTF-8, and beyond `maxBytes`.
 */
export async function* decodeUtf8(
  bytes: AsyncIterable<Uint8Array>,
  limits: { readonly maxBytes: number; at(): string },
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw brokenXml(XML_FAULTS.notUtf8, limits.at());
    }
  };
  let size = 0;
  let start: Uint8Array = new Uint8Array(0);
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > limits.maxBytes) throw brokenXml(XML_FAULTS.bytes(limits.maxBytes), limits.at());
    // The first four bytes tell UTF-16 from UTF-8, and a chunk may be shorter.
    const rest = start.byteLength < 4 ? Buffer.concat([start, chunk]) : chunk;
    if (start.byteLength < 4) {
      start = rest.subarray(0, 4);
      if (start.byteLength < 4) continue;
      refuseUtf16(start);
    }
    for (let at = 0; at < rest.byteLength; at += PIECE) yield decode(rest.subarray(at, at + PIECE));
  }
  if (start.byteLength < 4) yield decode(start);
  yield decode();
}

/** Tells UTF-16 by the first bytes of a file. @throws FileBroken */
export function refuseUtf16(start: Uint8Array): void {
  const [first = 0, second = 0] = start;
  const isMarked = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
  const isHalved = (first === 0 && second !== 0) || (first !== 0 && second === 0);
  if (isMarked || isHalved) throw new FileBroken(XML_FAULTS.utf16, 'line 1:1');
}
