import { PERIODS } from './people.js';
import type { World } from './world.js';

/** Most storms begin where the money is: with a batch that everybody has signed. */
export async function approveABatch(world: World): Promise<void> {
  const { office, desk } = world;
  const actor = office.preparer;
  const order = { actor, programme: 'NCC_MONTHLY', period: PERIODS[0] };
  const officer = (name: string, run: () => Promise<unknown>) =>
    world.work({ name, kind: 'officer', how: '*', run });
  await officer('assemble', () => desk.batches.assembling.assemble(order));
  await world.check();
  const batchId = world.seen.batches[0]?.id;
  if (batchId === undefined) return;
  const { proposing } = desk.batches;
  await officer('propose b1', async () => {
    world.proposals.set(batchId, [await proposing.propose({ actor, batchId })]);
  });
  const seen = world.proposals.get(batchId)?.[0];
  if (!seen) return;
  for (const signer of [office.accountant, office.holder]) {
    const name = `sign b1 by ${signer.name}`;
    await officer(name, () => desk.room.signing.sign({ actor: signer, batchId, seen }));
  }
  await world.check();
}
