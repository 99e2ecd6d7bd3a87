import { runProcess } from './run-process.js';

/** A worker, whatever ROLE says. */
await runProcess('worker');
