import { DomainError } from '../../src/kernel/index.js';
import { act } from './acts.js';
import type { Option } from './decisions.js';
import type { World } from './world.js';

/** Bad days of a bank: nobody can connect to it for a while; an officer switches it off, and on again. */
export function bankDaysOf(world: World): Option[] {
  const { trouble, office, desk } = world;
  return [...desk.banks].flatMap(([code, bank]): Option[] => [
    {
      key: bank.isAway ? `${code} is back` : `${code} goes away`,
      weight: bank.isAway ? 2.5 : 0.06 * trouble.bank,
      run: () => {
        bank.isAway = !bank.isAway;
        world.tell(bank.isAway ? `${code} goes away` : `${code} is back`);
        if (bank.isAway) world.fault('bank away');
      },
    },
    act(world, {
      key: `switch ${code}`,
      weight: 0.16 * trouble.officers,
      extra: ['off', 'on', 'on', 'on'],
      run: async (to) => {
        await desk.payments.switching.switch({
          actor: office.holder,
          bankCode: code,
          to: to === 'off' ? 'off' : 'on',
          reason: 'the bank called',
        });
        world.fault(to === 'off' ? 'bank switched off' : 'bank switched on');
      },
    }),
  ]);
}

/** The storm is over: banks are there, and an officer lets them be used. */
export async function banksAreBack(world: World): Promise<void> {
  for (const [code, bank] of world.desk.banks) {
    bank.isAway = false;
    const order = { actor: world.office.holder, bankCode: code, to: 'on' as const };
    await world.desk.payments.switching
      .switch({ ...order, reason: 'calm' })
      .catch((error: unknown) => {
        // It was on.
        if (!(error instanceof DomainError)) throw error;
      });
  }
}
