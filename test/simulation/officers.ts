import type { Actor } from '../../src/identity/index.js';
import { officeDate } from '../../src/kernel/index.js';
import { one } from '../../src/platform/database/index.js';
import { INSTANT_BIN } from '../builders/payment-desk.js';
import type { Option } from './decisions.js';
import type { SeenBatch } from './observe.js';
import { PERIODS } from './people.js';
import { drawPlan } from './plans.js';
import type { World } from './world.js';

/** What people in the office may do next; much of it is refused, as in life. */
export function officersOf(world: World): Option[] {
  return [
    assemble(world),
    ...world.seen.batches.flatMap((batch) => [
      ...aboutBatch(world, batch),
      ...aboutRun(world, batch),
    ]),
    ...mending(world),
    ...reconciling(world),
  ];
}

function act(
  world: World,
  given: {
    key: string;
    weight: number;
    run: (extra: string) => Promise<unknown>;
    extra?: string[];
  },
): Option {
  const { key, weight, run, extra = ['-'] } = given;
  return {
    key,
    weight,
    draw: (random) => `${random.pick(extra)} ${drawPlan(random, world.trouble)}`,
    run: async (how) => {
      const [what = '-', plan = '*'] = how.split(' ');
      await world.work({ name: key, kind: 'officer', how: plan, run: () => run(what) });
    },
  };
}

function assemble(world: World): Option {
  const { assembling } = world.desk.batches;
  const open = world.seen.entitlements.filter(({ state }) => state === 'open').length;
  return act(world, {
    key: 'assemble',
    weight: open === 0 ? 0.1 : world.seen.batches.length === 0 ? 30 : 2,
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
    weight,
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

function aboutRun(world: World, batch: SeenBatch): Option[] {
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

function mending(world: World): Option[] {
  const { replacing, releasing, database } = world.desk;
  const { preparer } = world.office;
  const held = world.seen.held.map((beneficiaryId) =>
    act(world, {
      key: `release the hold on ${world.personName(beneficiaryId)}`,
      weight: 1.2,
      run: async () => {
        await releasing.release({ beneficiaryId, reason: 'asked the commune' }, preparer);
        world.fault('hold released');
      },
    }),
  );
  const failed = new Set(
    world.seen.payments
      .filter(({ state }) => state === 'rejected' || state === 'returned')
      .map(({ beneficiary }) => beneficiary),
  );
  const replace = [...failed].map((beneficiaryId) =>
    act(world, {
      key: `mend the account of ${world.personName(beneficiaryId)}`,
      weight: 0.6,
      extra: ['1', '2', '3', '4'],
      run: async (which) => {
        const nth = world.people.findIndex((one) => one.beneficiaryId === beneficiaryId);
        await replacing.replace(
          {
            beneficiaryId,
            version: await versionOf(database.reader, beneficiaryId),
            bank: Number(which) % 2 === 0 ? INSTANT_BIN : '970405',
            accountNumber: `9${which}${String(nth).padStart(8, '0')}`,
            accountName: 'NGUOI THU',
            reason: 'mended',
            otherNameConfirmed: true,
            verified: true,
          },
          preparer,
        );
        world.fault('account mended');
      },
    }),
  );
  return [...held, ...replace];
}

function reconciling(world: World): Option[] {
  const days = ['whole', 'today'];
  return world.books().map(({ code }) =>
    act(world, {
      key: `ask for the statement of ${code}`,
      weight: 0.35,
      extra: days,
      run: (span) => requestStatement(world, code, span),
    }),
  );
}

export function requestStatement(world: World, bank: string, span: string): Promise<unknown> {
  const today = officeDate(world.clock.now());
  const from = span === 'whole' ? '2026-12-01' : today;
  const wanted = { bank, from: from > today ? today : from, to: today };
  return world.desk.requesting.request(world.office.preparer, wanted);
}

async function versionOf(
  tx: World['desk']['database']['reader'],
  beneficiaryId: string,
): Promise<number> {
  const sql = 'select version from beneficiary where id = $1';
  const found = await one<{ version: number }>(tx, sql, [beneficiaryId]);
  return found?.version ?? 0;
}
