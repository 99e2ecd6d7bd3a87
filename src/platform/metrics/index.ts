export * from './metrics.js';
export * from './read-once.js';
export * from './sample.js';
