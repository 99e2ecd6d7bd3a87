export * from './app-config.js';
export * from './load-yaml.js';
export type * from './redis-address.js';
export * from './settings.js';
