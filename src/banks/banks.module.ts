import {
  Global,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BankGate } from './bank-gate.js';
import { BankMetrics } from './bank.metrics.js';
import { BankRegistry } from './bank.registry.js';
import { BankHealthReads } from './health.read.js';
import { BanksController } from './http/banks.controller.js';
import { CallMetrics } from './call.metrics.js';
import { NoteCall } from './note-call.js';
import { BankStandings } from './standing.read.js';
import { SwitchBank } from './switch-bank.js';

/** Ends the adapters' connections when the process ends. */
@Injectable()
class BankConnections implements OnApplicationShutdown {
  constructor(private readonly banks: BankRegistry) {}

  async onApplicationShutdown(): Promise<void> {
    await this.banks.close();
  }
}

@Global()
@Module({})
export class BanksModule {
  /** The registry is read before the application is made: each bank brings its own queue. */
  static register(registry: BankRegistry): DynamicModule {
    return {
      module: BanksModule,
      imports: [AuditModule],
      controllers: [BanksController],
      providers: [
        { provide: BankRegistry, useValue: registry },
        BankConnections,
        BankGate,
        BankHealthReads,
        BankMetrics,
        BankStandings,
        CallMetrics,
        NoteCall,
        SwitchBank,
      ],
      exports: [BankRegistry, BankGate, BankStandings, NoteCall, SwitchBank],
    };
  }
}
