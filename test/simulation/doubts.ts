import { act } from './acts.js';
import type { Option } from './decisions.js';
import type { SeenPayment } from './observe.js';
import type { World } from './world.js';

/** People end doubts: one has evidence, which is what the bank's books say at that moment, and another signs. */
export function doubtsOf(world: World): Option[] {
  const ruled = new Set(world.seen.rulings.flatMap(({ payments }) => payments));
  const doubtful = world.seen.payments.filter(
    ({ id, state }) => state === 'unknown' && !ruled.has(id),
  );
  return [
    ...doubtful.map((payment) => propose(world, payment)),
    ...world.seen.rulings.map(({ id, digest, payments }) => {
      const about = world.seen.payments.find((payment) => payment.id === payments[0]);
      return act(world, {
        key: `sign the ruling on ${world.nameOf(about?.reference ?? '')}`,
        weight: 1.5,
        extra: ['holder', 'delegate'],
        run: async (who) => {
          const actor = who === 'holder' ? world.office.holder : world.office.delegate;
          await world.desk.signingRulings.sign({ actor, rulingId: id, digest });
          world.fault('doubt ended by people');
        },
      });
    }),
  ];
}

function propose(world: World, payment: SeenPayment): Option {
  const { reference } = payment;
  const key = `rule on ${world.nameOf(reference)}`;
  return act(world, {
    key,
    weight: 0.5,
    run: async () => {
      const asOf = world.clock.now();
      const outcome = evidenceOn(world, reference);
      if (outcome === null) return;
      world.tell(`evidence says: ${outcome}`);
      await world.desk.ruling.propose({
        actor: world.office.preparer,
        paymentIds: [payment.id],
        outcome,
        reasonCode: outcome === 'rejected' ? 'AC06' : null,
        evidence: { reference: 'letter 12/NH', note: null, file: null, asOf },
      });
    },
  });
}

/** Null: the bank itself cannot tell yet. */
function evidenceOn(world: World, reference: string): 'settled' | 'rejected' | null {
  const booking = world.books().flatMap(({ bookings }) => bookings.get(reference) ?? [])[0];
  if (booking?.state === 'settled') return 'settled';
  // A message still on its way inside the bank is nothing that its people see.
  return !booking || booking.state === 'rejected' ? 'rejected' : null;
}
