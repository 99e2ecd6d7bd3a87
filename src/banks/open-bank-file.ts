import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { InvariantError } from '../kernel/index.js';
import { BankFileReads, type BankFileRow } from './bank-file.read.js';
import { BankRegistry } from './bank.registry.js';
import { FileBroken, type FileReading } from './contract.js';
import { inScratchFolder, layDown } from './file-content.js';
import { INCOMING_MAX_BYTES } from './receive-bank-file.js';

/** Gives what a kept file of a bank says, for as long as `work` takes. The bytes are read anew each time. */
@Injectable()
export class OpenBankFile {
  constructor(
    private readonly banks: BankRegistry,
    private readonly reads: BankFileReads,
  ) {}

  /** @throws FileBroken, InvariantError for what is no file of a bank. */
  async read<T>(
    fileId: string,
    work: (reading: FileReading, file: BankFileRow) => Promise<T>,
  ): Promise<T> {
    const file = await this.reads.find(fileId);
    if (!file || file.direction !== 'in') throw new InvariantError('no such bank file', { fileId });
    const { files } = this.banks.of(file.bank).adapter;
    if (!files) throw notSpokenTo(file.bank);
    return inScratchFolder(async (folder) => {
      const path = join(folder, 'kept');
      await layDown(this.reads.content(fileId), { path, maxBytes: INCOMING_MAX_BYTES });
      const received = {
        ...file,
        path,
        receivedAt: file.createdAt,
        answers: file.answers ?? undefined,
      };
      return work(await files.read(received, this.reads.sentTo(file.bank)), file);
    });
  }
}

function notSpokenTo(bank: string): FileBroken {
  return new FileBroken({
    vi: `Ngân hàng ${bank} không còn trao đổi bằng tệp trong cấu hình.`,
    en: `The configuration no longer exchanges files with ${bank}.`,
  });
}
