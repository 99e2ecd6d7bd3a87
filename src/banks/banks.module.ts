import {
  Global,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
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
@Module({})
export class BanksModule {
  /** The registry is read before the application is made: each bank brings its own queue. */
  static register(registry: BankRegistry): DynamicModule {
    return {
      module: BanksModule,
      providers: [{ provide: BankRegistry, useValue: registry }, BankConnections],
      exports: [BankRegistry],
    };
  }
}
