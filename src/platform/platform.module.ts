import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../kernel/index.js';
import { AppConfig } from './config/index.js';
import { Database, PoolMetrics } from './database/index.js';
import { Metrics } from './metrics/index.js';

/** What every module may ask for: settings, clock, database, metrics. */
@Global()
@Module({})
export class PlatformModule {
  /** `source` is initialised and migrated; Nest closes it at shutdown. */
  static register(options: { config: AppConfig; source: DataSource; clock: Clock }): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => options.source.options,
          dataSourceFactory: () => Promise.resolve(options.source),
        }),
      ],
      providers: [
        { provide: AppConfig, useValue: options.config },
        { provide: Clock, useValue: options.clock },
        { provide: Database, useValue: new Database(options.source) },
        Metrics,
        PoolMetrics,
      ],
      exports: [AppConfig, Clock, Database, Metrics],
    };
  }
}
