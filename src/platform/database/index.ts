export type { DataSource } from 'typeorm';
export * from './data-source.js';
export * from './database.js';
export * from './embedded.js';
export * from './free-port.js';
export * from './pool.metrics.js';
export * from './sql.js';
export * from './statistics.js';
export * from './together.js';
