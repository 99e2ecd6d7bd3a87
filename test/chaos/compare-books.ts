import { ask } from '../site/postgres-server.js';
import type { Site } from '../site/site.js';

/** One reference, as we hold it and as the bank's raw entries have it. */
export interface Booking {
  readonly ours: {
    readonly entitlementId: string;
    readonly state: string;
    readonly amount: string;
  } | null;
  readonly theirs: {
    readonly status: string;
    readonly amount: string;
    readonly credits: number;
    readonly returns: number;
    readonly sentAgain: number;
  } | null;
}

export interface Comparison {
  readonly bankCredits: number;
  readonly bankReturns: number;
  readonly paidTwice: number;
  readonly lost: number;
  readonly strangers: number;
  readonly disagreements: number;
  readonly sentAgain: number;
}

/** Everything of both books, reference by reference. */
export async function bookings(site: Site): Promise<Booking[]> {
  const ours = await ask<{ key: string; entitlementId: string; state: string; amount: string }>(
    site.databaseUrl,
    `select bank_code || ' ' || reference as key, entitlement_id as "entitlementId", state, amount::text
       from payment`,
  );
  const theirs = await ask<NonNullable<Booking['theirs']> & { key: string }>(
    site.booksUrl,
    `select bank || ' ' || reference as key, status, amount::text,
       (select count(*)::int from entry e where e.bank = p.bank and e.reference = p.reference
          and e.kind = 'payment' and e.amount = p.amount) as credits,
       (select count(*)::int from entry e where e.bank = p.bank and e.reference = p.reference
          and e.kind = 'return' and e.amount = p.amount) as returns,
       (select count(*)::int from came_again a where a.bank = p.bank and a.reference = p.reference) as "sentAgain"
     from payment p`,
  );
  const found = new Map<string, Booking>();
  for (const { key, ...mine } of ours) found.set(key, { ours: mine, theirs: null });
  for (const { key, ...their } of theirs) {
    found.set(key, { ours: found.get(key)?.ours ?? null, theirs: their });
  }
  return [...found.values()];
}

/** What both say together; pure, so that a wrong book can be tried without a wrong bank. */
export function compare(all: readonly Booking[]): Comparison {
  const net = new Map<string, number>();
  const count = (fits: (each: Booking) => boolean) => all.filter(fits).length;
  for (const { ours, theirs } of all) {
    if (!ours || !theirs) continue;
    const kept = theirs.credits - theirs.returns;
    net.set(ours.entitlementId, (net.get(ours.entitlementId) ?? 0) + kept);
  }
  const sum = (of: (theirs: NonNullable<Booking['theirs']>) => number) =>
    all.reduce((total, { theirs }) => total + (theirs ? of(theirs) : 0), 0);
  return {
    bankCredits: sum((theirs) => theirs.credits),
    bankReturns: sum((theirs) => theirs.returns),
    paidTwice: [...net.values()].filter((times) => times > 1).length,
    lost: count(({ ours, theirs }) => ours?.state === 'settled' && (theirs?.credits ?? 0) === 0),
    strangers: count(({ ours, theirs }) => ours === null && (theirs?.credits ?? 0) > 0),
    disagreements: count((each) => !agree(each)),
    sentAgain: sum((theirs) => theirs.sentAgain),
  };
}

function agree({ ours, theirs }: Booking): boolean {
  if (!ours) return false;
  if (theirs && theirs.amount !== ours.amount) return false;
  const credits = theirs?.credits ?? 0;
  const returns = theirs?.returns ?? 0;
  switch (ours.state) {
    case 'settled':
      return credits === 1 && returns === 0 && theirs?.status === 'ACCC';
    case 'returned':
      return credits === 1 && returns === 1 && theirs?.status === 'RTRN';
    case 'rejected':
      return credits === 0 && ['RJCT', 'BLCK'].includes(theirs?.status ?? '');
    case 'cancelled':
      return theirs === null;
    default:
      return false;
  }
}
