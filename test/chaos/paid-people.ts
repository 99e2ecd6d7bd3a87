import { sampleList, SAMPLE_COUNT, type SampleRow } from '../../src/cli/sample-list.js';
import { sampleWorkbook } from '../../src/cli/sample-workbook.js';
import { AllowanceRates, BankDirectory, Places } from '../../src/organisation/index.js';

const YEAR = 2026;
const MONTHS = 12;
/** A payment in so few has an account that the bank treats in a way of its own, as long as the sample has any. */
const MOODY_ONE_IN = 4;

export interface PaidMonth {
  readonly period: string;
  readonly people: number;
}

/** The year in whose months everybody is paid. */
export const PAID_YEAR = YEAR;

/** How many people are paid in each month, so that there is always another batch to sign while things break. */
export function paidMonths(payments: number): PaidMonth[] {
  if (payments < MONTHS || payments > MONTHS * SAMPLE_COUNT) {
    throw new RangeError(`payments: ${MONTHS} to ${MONTHS * SAMPLE_COUNT}`);
  }
  return Array.from({ length: MONTHS }, (_, at) => ({
    period: `${YEAR}-${String(at + 1).padStart(2, '0')}`,
    people: Math.floor(payments / MONTHS) + (at < payments % MONTHS ? 1 : 0),
  }));
}

/** One list with the rows of all months: the sample's people, its accounts with moods spread evenly among them. */
export async function workbookOf(months: readonly PaidMonth[], configDir: string): Promise<Buffer> {
  const source = { configDir, variable: () => undefined };
  const reference = {
    places: Places.load(source),
    banks: BankDirectory.load(source),
    rates: AllowanceRates.load(source),
  };
  let taken = 0;
  const rows: SampleRow[] = [];
  const payments = months.reduce((sum, month) => sum + month.people, 0);
  const first = sampleList(reference, { withFaults: false });
  const order = orderOf(
    first.payable.map(({ account }) => account.mood !== null),
    payments,
  );
  for (const { period, people } of months) {
    const list = sampleList(reference, { period, withFaults: false });
    for (let nth = 0; nth < people; nth += 1) {
      rows.push(list.rows[order[(taken + nth) % order.length] ?? 0] as SampleRow);
    }
    taken += people;
  }
  const numbered = rows.map((row, at) => ({ cells: { ...row.cells, STT: at + 1 } }));
  return sampleWorkbook({ ...first, rows: numbered });
}

/** The places of the list in the order in which people are taken from it. */
function orderOf(moody: readonly boolean[], payments: number): number[] {
  const places = moody.map((_, at) => at);
  const moods = places.filter((at) => moody[at]);
  const calm = places.filter((at) => !moody[at]);
  const every = Math.max(MOODY_ONE_IN, Math.floor(Math.min(payments, moody.length) / moods.length));
  const order: number[] = [];
  while (moods.length + calm.length > 0) {
    const next =
      order.length % every === 0 && moods.length > 0 ? moods : calm.length > 0 ? calm : moods;
    order.push(next.shift() as number);
  }
  return order;
}
