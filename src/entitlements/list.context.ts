import { officeDate } from '../kernel/index.js';
import type { BankDirectory, Funds, Places, Programmes } from '../organisation/index.js';
import type { ListContext } from './list.row.js';

/** What the rows of a list are judged against on that day. */
export function contextOf(
  reference: { places: Places; banks: BankDirectory; programmes: Programmes; funds: Funds },
  declared: { programme: string | null; period: string | null },
  now: Date,
): ListContext {
  return {
    ...reference,
    declaredProgramme: declared.programme ? reference.programmes.find(declared.programme) : null,
    declaredPeriod: declared.period,
    today: officeDate(now),
  };
}
