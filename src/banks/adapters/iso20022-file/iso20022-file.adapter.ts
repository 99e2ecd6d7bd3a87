import type { Clock } from '../../../kernel/index.js';
import {
  FileBroken,
  type BankAdapter,
  type BankCall,
  type Delivery,
  type FileChannel,
  type FileMessage,
  type FileReading,
  type KeptFile,
  type LaidOutFile,
  type WrittenFile,
} from '../../contract.js';
import type { BankDoor } from './bank-side.js';
import { collectFiles } from './collect-files.js';
import { deliverFile } from './deliver-file.js';
import { FolderDoor } from './folder-door.js';
import type { Iso20022FileOptions } from './options.js';
import { writePain001 } from './pain001-writer.js';
import { SftpDoor } from './sftp-door.js';

/** Files of ISO 20022, over SFTP or through a folder. */
export class Iso20022FileAdapter implements BankAdapter {
  readonly files: FileChannel;

  constructor(options: Iso20022FileOptions, clock: Clock) {
    this.files = new Iso20022Files(options, clock);
  }
}

class Iso20022Files implements FileChannel {
  readonly carriedBy = 'machine';
  readonly collectEveryMs: number;
  private readonly door: BankDoor;

  constructor(
    private readonly options: Iso20022FileOptions,
    private readonly clock: Clock,
  ) {
    this.collectEveryMs = options.collectEveryMs;
    this.door = options.door === 'sftp' ? new SftpDoor(options.sftp) : new FolderDoor();
  }

  write(message: FileMessage): WrittenFile {
    return writePain001(message, this.options);
  }

  deliver(file: KeptFile, call: BankCall): Promise<Delivery> {
    const { paths, partSuffix } = this.options;
    return deliverFile(this.door, file, { folder: paths.orders, partSuffix, call });
  }

  collect(call: BankCall): AsyncIterable<LaidOutFile> {
    const { paths, ...options } = this.options;
    return collectFiles(this.door, { ...options, ...paths, clock: this.clock, call });
  }

  read(): Promise<FileReading> {
    return Promise.reject(
      new FileBroken({ vi: 'Chưa đọc được loại tệp này.', en: 'This kind of file is not known.' }),
    );
  }
}
