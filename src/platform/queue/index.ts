export * from './backend.js';
export { JobHandler, OnEvent, Sweeper, type JobRunner, type SweepRunner } from './decorators.js';
export * from './doorbell.js';
export type { QueueBackend } from './queue-backend.js';
export { QueueBoard } from './queue-board.js';
export * from './queue-spec.js';
export * from './queue.module.js';
export { QUEUE_BACKEND, QUEUE_SPECS } from './worker-host.js';
