import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BankFileReads } from './bank-file.read.js';
import { BankRegistry } from './bank.registry.js';
import { CarryList } from './carry-list.js';
import { CollectBankFiles } from './collect-bank-files.js';
import { DownloadBankFile } from './download-bank-file.js';
import { ExchangeFiles } from './exchange-files.js';
import { HandOutChecks } from './hand-out-checks.js';
import { ListsController } from './http/lists.controller.js';
import { SweepBankFiles } from './jobs/sweep-bank-files.js';
import { OpenBankFile } from './open-bank-file.js';
import { ReadBankFile } from './read-bank-file.js';
import { ReceiveBankFile } from './receive-bank-file.js';
import { RereadBankFile } from './reread-bank-file.js';

/** From the start of the program file banks can be sent to. */
@Injectable()
class FileBanksConnected implements OnModuleInit {
  constructor(
    private readonly banks: BankRegistry,
    private readonly exchange: ExchangeFiles,
  ) {}

  onModuleInit(): void {
    this.banks.connectFiles(this.exchange);
  }
}

/** Files to and from banks: kept, hashed, met again, set aside, read. */
@Module({
  imports: [AuditModule],
  controllers: [ListsController],
  providers: [
    BankFileReads,
    CarryList,
    CollectBankFiles,
    DownloadBankFile,
    ExchangeFiles,
    FileBanksConnected,
    HandOutChecks,
    OpenBankFile,
    ReadBankFile,
    ReceiveBankFile,
    RereadBankFile,
    SweepBankFiles,
  ],
  exports: [
    BankFileReads,
    CarryList,
    DownloadBankFile,
    HandOutChecks,
    OpenBankFile,
    ReceiveBankFile,
    RereadBankFile,
  ],
})
export class BankFilesModule {}
