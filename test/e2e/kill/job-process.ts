import { Queue, Worker } from 'bullmq';
import {
  AppConfig,
  processEnvironment,
  readProcessSettings,
} from '../../../src/platform/config/index.js';
import { openQueueBackend } from '../../../src/platform/queue/backend.js';
import { workerOptions } from '../../../src/platform/queue/queue-spec.js';

/*
 * A process with one queue, for killing: `put` puts one job on it; `work` takes jobs with the settings of the purpose
 * given, says so, and never ends them; `look` tells what became of the job.
 */
const [act, purpose, name = ''] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);

const settings = readProcessSettings();
const config = new AppConfig(settings, processEnvironment(), settings.DATABASE_URL ?? '');
const backend = await openQueueBackend(config);
const prefix = settings.QUEUE_PREFIX;
const JOB = 'job-1';

if (act === 'work') {
  const spec = {
    name,
    purpose: purpose === 'money' ? ('money' as const) : ('work' as const),
    concurrency: 1,
    lockDurationMs: 1500,
  };
  const worker = new Worker(
    name,
    () => {
      say('started');
      return new Promise(() => undefined);
    },
    { ...workerOptions(spec), connection: backend.worker, prefix, drainDelay: 1 },
  );
  worker.on('error', (error) => say(`error ${error.message}`));
  worker.on('stalled', () => say('stalled'));
  worker.on('failed', (job) => say(`failed ${job?.id}`));
  await worker.waitUntilReady();
  say('ready');
} else {
  const queue = new Queue(name, { connection: backend.producer, prefix });
  if (act === 'put') await queue.add('pay', {}, { jobId: JOB, attempts: 1 });
  say(`state ${await queue.getJobState(JOB)}`);
  await queue.close();
  await backend.close();
}
