import { runProcess } from './run-process.js';

/** The role is ROLE's: web, worker, or all. */
await runProcess();
