import { aMessage, keptFile } from '../../../../test/builders/file-message.js';
import { reportDesk, rows, whys } from '../../../../test/builders/report-desk.js';
import { scratchFolder } from '../../../../test/builders/scratch-folder.js';
import { statusReport } from '../../../../test/builders/status-report.js';
import { readRecords } from './pain002-records.js';

const message = aMessage({ count: 4 });
/** So many rows without anything in them. */
const emptyRows = (count: number): string =>
  statusReport({ answers: message.reference, ...rows({}) }).replace(
    '<TxInfAndSts></TxInfAndSts>',
    '<TxInfAndSts/>'.repeat(count),
  );

describe('the records of a status report', () => {
  it('beyond their bound break the file, and say where', async () => {
    const scratch = await scratchFolder();
    const bytes = Buffer.from(emptyRows(10));
    const path = await scratch.file(bytes);
    const file = { ...keptFile({ path, bytes }), receivedAt: new Date(0) };
    const bounds = { reasons: {}, maxBytes: 10_000 };
    // The block is a record, too.
    expect((await readRecords(file, { ...bounds, mostRecords: 11 })).blocks).toHaveLength(1);
    await expect(readRecords(file, { ...bounds, mostRecords: 9 })).rejects.toMatchObject({
      why: {
        vi: 'Tệp có nhiều hơn 9 OrgnlPmtInfAndSts, TxInfAndSts.',
        en: 'The file has more than 9 OrgnlPmtInfAndSts, TxInfAndSts.',
      },
      where: expect.stringMatching(/^line 6:/),
    });
    await scratch.remove();
  });

  it('that name nobody and say nothing are counted, and told once', async () => {
    const desk = await reportDesk(message);
    const read = await desk.read(emptyRows(5000));
    await desk.remove();
    if (read.kind !== 'report') throw new Error(`it was read as ${read.kind}`);
    expect(read.report.items).toEqual([]);
    expect(whys(read.report)).toEqual([
      expect.stringMatching(/^line 6:.*: 5000 rows name no payment/),
    ]);
  });
});
