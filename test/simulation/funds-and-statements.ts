import { Money, officeDate } from '../../src/kernel/index.js';
import { act } from './acts.js';
import type { Option } from './decisions.js';
import { FUNDS, PERIODS } from './people.js';
import type { World } from './world.js';

/** Statements are asked for, and funds are given more. */
export function fundsAndStatements(world: World): Option[] {
  const days = ['whole', 'today'];
  const statements = world.books().map(({ code }) =>
    act(world, {
      key: `ask for the statement of ${code}`,
      weight: 0.35,
      extra: days,
      run: (span) => requestStatement(world, code, span),
    }),
  );
  const accounts = FUNDS.flatMap((fund) => PERIODS.map((period) => `${fund}/${period}`));
  const allot = act(world, {
    key: 'allot funds',
    weight: world.fundsShort ? 3 : 0.2,
    extra: accounts,
    run: async (account) => {
      const [fund = '', period = ''] = account.split('/');
      await world.desk.allotting.allot({
        actor: world.office.accountant,
        fund,
        period,
        amount: Money.of('2000000'),
        decisionNumber: '7/QĐ',
        decisionDate: '2026-12-01',
        note: null,
      });
      world.fundsShort = false;
    },
  });
  return [...statements, allot];
}

export function requestStatement(world: World, bank: string, span: string): Promise<unknown> {
  const today = officeDate(world.clock.now());
  const from = span === 'whole' ? '2026-12-01' : today;
  const wanted = { bank, from: from > today ? today : from, to: today };
  return world.desk.requesting.request(world.office.preparer, wanted);
}
