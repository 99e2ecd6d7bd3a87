import type {
  ClosableAdapter,
  FileChannel,
  FileMessage,
  FileReading,
  ReceivedFile,
  SentFiles,
  WrittenFile,
} from '../../contract.js';
import type { BankListOptions } from './options.js';
import { readResult } from './read-result.js';
import { writeList } from './write-list.js';

/** A bank whose portal takes a list from an officer's hands, and gives one back. */
export class BankListAdapter implements ClosableAdapter {
  readonly files: FileChannel;

  constructor(options: BankListOptions) {
    this.files = {
      carriedBy: 'people',
      write: (message: FileMessage): WrittenFile => writeList(message, options),
      read: (file: ReceivedFile, sent: SentFiles): Promise<FileReading> =>
        readResult(file, sent, options.result),
    };
  }
}
