import { act } from './acts.js';
import type { Option } from './decisions.js';
import type { SeenBatch } from './observe.js';
import type { World } from './world.js';

/** What a person may do to the run of a batch, and to what failed in it. */
export function runOrdersOf(world: World, batch: SeenBatch): Option[] {
  const { id, runId, runState } = batch;
  const name = world.batchName(id);
  const { operating, reissuing } = world.desk.payments;
  const { preparer } = world.office;
  if (runId === null) return [];
  const order = { actor: preparer, runId };
  const options: Option[] = [];
  const { officers } = world.trouble;
  const may = (
    what: 'pause' | 'resume' | 'cancel',
    given: { weight: number; fault: string; run: () => Promise<void> },
  ): void => {
    const run = async (): Promise<void> => {
      await given.run();
      world.fault(given.fault);
    };
    options.push(act(world, { key: `${what} run of ${name}`, weight: given.weight, run }));
  };
  if (runState === 'running' || runState === 'scheduled') {
    const run = () => operating.pause({ ...order, reason: 'wait' });
    may('pause', { weight: 0.25 * officers, fault: 'run paused', run });
  }
  if (runState === 'paused') {
    may('resume', { weight: 2, fault: 'run resumed', run: () => operating.resume(order) });
  }
  if (runState !== 'finished' && !batch.cancelRequested) {
    const run = () => operating.cancel({ ...order, reason: 'stop' });
    may('cancel', { weight: 0.15 * officers, fault: 'run cancelled', run });
  }
  const failed = world.seen.payments.some(
    (payment) => payment.batch === id && ['rejected', 'returned'].includes(payment.state),
  );
  if (failed) {
    options.push(
      act(world, {
        key: `reissue of ${name}`,
        weight: 1.5,
        extra: ['same-account', 'mended'],
        run: async (which) => {
          const because = which === 'mended' ? undefined : 'the holder renewed the papers';
          await reissuing.reissue({ actor: preparer, batchId: id, sameAccountBecause: because });
          world.fault('reissue');
        },
      }),
    );
  }
  return options;
}
