export * from './health.module.js';
export { Ending } from './ending.js';
