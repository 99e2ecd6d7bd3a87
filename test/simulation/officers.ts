import type { Actor } from '../../src/identity/index.js';
import { officeDate } from '../../src/kernel/index.js';
import { act } from './acts.js';
import type { Option } from './decisions.js';
import { doubtsOf } from './doubts.js';
import { fundsAndStatements } from './funds-and-statements.js';
import { mendingOf } from './mending.js';
import type { SeenBatch } from './observe.js';
import { PERIODS } from './people.js';
import { runOrdersOf } from './run-orders.js';
import type { World } from './world.js';

/** What people in the office may do next; much of it is refused, as in life. */
export function officersOf(world: World): Option[] {
  return [
    assemble(world),
    ...world.seen.batches.flatMap((batch) => [
      ...aboutBatch(world, batch),
      ...runOrdersOf(world, batch),
    ]),
    ...mendingOf(world),
    ...doubtsOf(world),
    ...fundsAndStatements(world),
  ];
}

function assemble(world: World): Option {
  const { assembling } = world.desk.batches;
  const open = world.seen.entitlements.filter(({ state }) => state === 'open').length;
  const isIdle = !world.seen.batches.some(({ state }) => ['draft', 'proposed'].includes(state));
  return act(world, {
    key: 'assemble',
    weight: open === 0 ? 0.05 : isIdle ? 12 : 0.6,
    extra: PERIODS.flatMap((period) => [period, `${period}/NSDP`, `${period}/tomorrow`]),
    run: (what) => {
      const [period = '', detail] = what.split('/');
      const tomorrow = officeDate(new Date(world.clock.now().getTime() + 86_400_000));
      return assembling.assemble({
        actor: world.office.preparer,
        programme: 'NCC_MONTHLY',
        period,
        ...(detail === 'NSDP' && { fund: detail }),
        ...(detail === 'tomorrow' && { payOn: tomorrow }),
      });
    },
  });
}

function aboutBatch(world: World, batch: SeenBatch): Option[] {
  const { office, trouble } = world;
  const { id, state } = batch;
  const name = world.batchName(id);
  if (state === 'approved' || state === 'cancelled') return [];
  const { proposing, cancelling } = world.desk.batches;
  const cancel = act(world, {
    key: `cancel ${name}`,
    weight: 0.12 * trouble.officers,
    run: async () => {
      await cancelling.cancel({ actor: office.preparer, batchId: id, reason: 'not needed' });
      world.fault('batch cancelled');
    },
  });
  if (state === 'draft') {
    const propose = act(world, {
      key: `propose ${name}`,
      weight: 8,
      run: async () => {
        const proposal = await proposing.propose({ actor: office.preparer, batchId: id });
        world.proposals.set(id, [...(world.proposals.get(id) ?? []), proposal]);
      },
    });
    return [propose, cancel];
  }
  const signers = [office.accountant, office.holder, office.delegate, office.otherAccountant];
  return [
    ...signers.map((actor, nth) => sign(world, { batch, actor, weight: nth < 2 ? 6 : 0.8 })),
    act(world, {
      key: `return ${name}`,
      weight: 0.4 * trouble.officers,
      run: async () => {
        const actor = office.accountant;
        await world.desk.room.returning.return({ actor, batchId: id, reason: 'look again' });
        world.fault('batch returned to draft');
      },
    }),
    cancel,
  ];
}

function sign(world: World, given: { batch: SeenBatch; actor: Actor; weight: number }): Option {
  const { batch, actor, weight } = given;
  const key = `sign ${world.batchName(batch.id)} by ${actor.name}`;
  return act(world, {
    key,
    weight: world.fundsShort ? 0.15 * weight : weight,
    extra: ['latest', 'latest', 'latest', 'first'],
    run: (which) => {
      const proposals = world.proposals.get(batch.id) ?? [];
      const seen = which === 'first' ? proposals[0] : proposals.at(-1);
      // The proposal was committed and its proposer died before telling: nobody has it before them.
      if (!seen) return Promise.resolve();
      const others = world.tasks.parked.filter(({ name }) => name.startsWith('sign'));
      if (others.length > 0 || seen !== proposals.at(-1)) world.fault('concurrent approvals');
      return world.desk.room.signing.sign({ actor, batchId: batch.id, seen });
    },
  });
}
