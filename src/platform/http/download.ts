import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { attachment } from './attachment.js';

/**
 * A file that is sent while it is made, as fast as the receiver takes it. When making it fails, the connection breaks:
 * no browser keeps half a file as a whole one.
 * @param file.fileName ASCII letters, digits, `.`, `-` and `_` only.
 */
export function download(file: {
  readonly mediaType: string;
  readonly content: AsyncIterable<Buffer>;
  readonly fileName: string;
}): StreamableFile {
  return new StreamableFile(Readable.from(file.content, { objectMode: false }), {
    type: file.mediaType,
    disposition: attachment(file.fileName, file.fileName),
  });
}
