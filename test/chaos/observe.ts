import { ask } from '../site/postgres-server.js';
import type { Office } from '../site/office.js';
import type { Moment } from './plan.js';
import type { Site } from '../site/site.js';

export interface Figures {
  readonly payments: number;
  readonly ended: number;
  readonly settled: number;
  readonly rejected: number;
  readonly returned: number;
  readonly cancelled: number;
  readonly unknown: number;
}

/** What the service's database says now. @throws while it is away. */
export async function figures(site: Site): Promise<Figures> {
  const [found] = await ask<Figures>(
    site.databaseUrl,
    `select count(*)::int as payments,
       count(*) filter (where state in ('settled', 'returned', 'rejected', 'cancelled'))::int as ended,
       count(*) filter (where state = 'settled')::int as settled,
       count(*) filter (where state = 'rejected')::int as rejected,
       count(*) filter (where state = 'returned')::int as returned,
       count(*) filter (where state = 'cancelled')::int as cancelled,
       count(*) filter (where state = 'unknown')::int as unknown
     from payment`,
  );
  return found as Figures;
}

/** The same, waiting through whatever is away. */
export function patientFigures(site: Site): Promise<Figures> {
  return patient(() => figures(site));
}

const PATIENCE_MS = 60_000;

/** Asks until there is an answer. */
export async function patient<T>(look: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}

/** Nothing in flight in the bank: no change to come, no notice to deliver, nobody accepted without an end. */
export async function bankAtRest(site: Site): Promise<boolean> {
  const [found] = await ask<{ open: number }>(
    site.booksUrl,
    `select ((select count(*) from change where applied_at is null)
       + (select count(*) from change where notice_at is not null and notice_id is null)
       + (select count(*) from notice where delivered_at is null)
       + (select count(*) from payment where status = 'ACSP'))::int as open`,
  );
  return found?.open === 0;
}

/** What the service still has to do of itself, by kind: all zero when the dust has settled. */
export async function workLeft(site: Site): Promise<Record<string, number>> {
  const [found] = await ask<Record<string, number>>(
    site.databaseUrl,
    `select (select count(*)::int from outbox_delivery where done_at is null) as deliveries,
       (select count(*)::int from bank_notice where state = 'received') as notices,
       (select count(*)::int from attempt where ended_at is null) as attempts,
       (select count(*)::int from payment_run where state <> 'finished') as runs`,
  );
  return found ?? {};
}

const SIGNS: Readonly<Partial<Record<Moment, string>>> = {
  'a message is under way': `select 1 from attempt where kind = 'pay' and ended_at is null limit 1`,
  'its run begins': `select 1 from payment_run where state = 'scheduled' limit 1`,
  'the bank has news': `select 1 from payment where state = 'accepted' limit 1`,
};
const WAITED_FOR_MS = 2000;

/** Waits a little for the moment; tells whether it came. */
export async function untilMoment(site: Site, office: Office, moment: Moment): Promise<boolean> {
  const sign = SIGNS[moment];
  const hasCome = async (): Promise<boolean> => {
    if (moment === 'any time') return true;
    if (sign === undefined) return office.isSigning;
    return (await ask(site.databaseUrl, sign).catch(() => [])).length > 0;
  };
  const deadline = Date.now() + WAITED_FOR_MS;
  while (!(await hasCome())) {
    if (Date.now() > deadline) return false;
    await new Promise((wake) => setTimeout(wake, 10));
  }
  return true;
}

/** What the imported lists need of each fund. */
export function neededByFund(site: Site): Promise<{ fund: string; amount: string }[]> {
  return ask(
    site.databaseUrl,
    'select fund, sum(amount)::text as amount from entitlement group by fund order by fund',
  );
}
