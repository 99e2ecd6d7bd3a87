import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { AppConfig } from '../platform/config/index.js';
import { BankRegistry } from './bank.registry.js';

/** Ends the adapters' connections when the process ends. */
@Injectable()
class BankConnections implements OnApplicationShutdown {
  constructor(private readonly banks: BankRegistry) {}

  async onApplicationShutdown(): Promise<void> {
    await this.banks.close();
  }
}

@Global()
@Module({
  providers: [
    {
      provide: BankRegistry,
      inject: [AppConfig, Clock],
      useFactory: (config: AppConfig, clock: Clock) => BankRegistry.load(config, clock),
    },
    BankConnections,
  ],
  exports: [BankRegistry],
})
export class BanksModule {}
