import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { detectDelimiter, readCsvRecords, sampleOf } from './csv-reader.js';
import { csvField, harmlessText } from './marks.js';

/**
 * A copy of a CSV file with one more column that says what is wrong with each row. A stream in, a stream out;
 * a field that a spreadsheet program would compute is made harmless.
 * @param textOf what to write into the added column of that record (from 1).
 */
export async function markCsv(
  path: string,
  marked: { target: string; textOf: (record: number) => Promise<string> },
): Promise<void> {
  const delimiter = detectDelimiter(await sampleOf(path));
  async function* lines(): AsyncGenerator<string> {
    // The mark tells Excel that this is UTF-8.
    yield '\ufeff';
    let record = 0;
    for await (const fields of readCsvRecords(path, delimiter)) {
      record += 1;
      const texts = [...fields, await marked.textOf(record)].map(harmlessText);
      yield `${texts.map((text) => csvField(text, delimiter)).join(delimiter)}\r\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(marked.target));
}
