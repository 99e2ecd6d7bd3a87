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
  type ReceivedFile,
  type SentFiles,
  type WrittenFile,
} from '../../contract.js';
import type { BankDoor } from './bank-side.js';
import { statementOptionsOf } from './camt-options.js';
import { collectFiles } from './collect-files.js';
import { deliverFile } from './deliver-file.js';
import { FolderDoor } from './folder-door.js';
import type { Iso20022FileOptions } from './options.js';
import { writePain001 } from './pain001-writer.js';
import { PAIN_002, readPain002 } from './pain002-reader.js';
import { readStatements } from './read-statements.js';
import { SftpDoor } from './sftp-door.js';
import { peekDocument, XML_LIMITS } from './xml-elements.js';

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

  async read(file: ReceivedFile, sent: SentFiles): Promise<FileReading> {
    const statements = await readStatements(file.path, statementOptionsOf(this.options));
    if (statements) return statements;
    const { maxFileBytes: maxBytes, reasons } = this.options;
    const { namespace } = await peekDocument(file.path, {
      ...XML_LIMITS,
      maxBytes,
      records: new Set(),
    });
    if (namespace === PAIN_002) return readPain002(file, { sent, reasons, maxBytes });
    throw notKnown(namespace);
  }
}

const MESSAGE = /^urn:iso:std:iso:20022:tech:xsd:(\w{4}\.\d{3}\.\d{3}\.\d{2})$/;

function notKnown(namespace: string): FileBroken {
  const found = MESSAGE.exec(namespace)?.[1];
  const expected = `${MESSAGE.exec(PAIN_002)?.[1]}, camt.053, camt.054, MT940`;
  return new FileBroken(
    {
      vi: `Loại tệp này (${found ?? 'không rõ'}) không đọc được; cần ${expected}.`,
      en: `This kind of file (${found ?? 'unknown'}) is not read; expected is ${expected}.`,
    },
    'Document',
  );
}
