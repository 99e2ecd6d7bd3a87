import { Iso20022FileAdapter } from '../../src/banks/adapters/iso20022-file/iso20022-file.adapter.js';
import {
  FileBroken,
  type FileMessage,
  type FileReading,
  type ReportReading,
} from '../../src/banks/index.js';
import { ManualClock } from '../../src/kernel/index.js';
import { isoOptions, keptFile, sentFiles } from './file-message.js';
import { scratchFolder } from './scratch-folder.js';
import { statusReport, type SaidReport, type SaidRow } from './status-report.js';

const NOW = new Date('2026-11-21T03:00:00Z');

type Options = Parameters<typeof isoOptions>[0];

/** Where reports about one message are read. */
export async function reportDesk(message: FileMessage) {
  const scratch = await scratchFolder();
  async function read(xml: string, options: Options = {}): Promise<FileReading> {
    const { files } = new Iso20022FileAdapter(isoOptions(options), new ManualClock(NOW));
    const bytes = Buffer.from(xml);
    const file = keptFile({ path: await scratch.file(bytes), bytes });
    return files.read({ ...file, receivedAt: NOW }, sentFiles(message));
  }
  return {
    read,
    report: async (said: Partial<SaidReport>, options: Options = {}): Promise<ReportReading> => {
      const reading = await read(statusReport({ answers: message.reference, ...said }), options);
      if (reading.kind !== 'report') throw new Error(`it was read as ${reading.kind}`);
      return reading.report;
    },
    refusal: async (xml: string): Promise<FileBroken> => {
      const error: unknown = await read(xml).catch((thrown: unknown) => thrown);
      if (error instanceof FileBroken) return error;
      throw new Error(`not refused: ${String(error)}`);
    },
    remove: () => scratch.remove(),
  };
}

export const kinds = ({ items }: ReportReading) =>
  Object.fromEntries(items.map(({ reference, fact }) => [reference, fact.kind]));
export const whys = ({ unread }: ReportReading) => unread.map(({ why }) => why);
export const rows = (...said: readonly SaidRow[]) => ({ blocks: [{ rows: said }] });
