export * from './event.js';
export * from './outbox.js';
export * from './subscriber-registry.js';
