import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { CheckVerdict, StandingCheck, StandingVerdict } from './account-check.rules.js';

/** Who asked for a check, or confirmed an account. Ids and logins, never a person's full name. */
export interface CheckActor {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/** A bank's word, or a person's with a paper. */
export interface NewCheck {
  readonly id: string;
  readonly accountId: string;
  readonly verdict: StandingVerdict;
  readonly ourName: string;
  readonly bankName: string | null;
  readonly bankCode?: string;
  readonly why?: string | null;
  /** The bank's result that the person saw, where there was one, and the paper they confirm by. */
  readonly confirmation?: {
    readonly saw: string | null;
    readonly reference: string;
    readonly note: string | null;
  };
  readonly stands: boolean;
  readonly actor: CheckActor;
  readonly at: Date;
}

/** Locks an account, so that its results are written one after the other; gives the name we hold. */
export async function lockAccount(tx: Tx, accountId: string): Promise<string | null> {
  const found = await one<{ name: string }>(
    tx,
    `select account_name as name from payment_account where id = $1 for no key update`,
    [accountId],
  );
  return found?.name ?? null;
}

/** What stands of an account; read under its lock. */
export function standingOf(tx: Tx, accountId: string): Promise<StandingCheck | null> {
  return one(
    tx,
    `select c.id, c.verdict, c.bank_name as "bankName", seen.verdict as "sawVerdict"
       from account_check c left join account_check seen on seen.id = c.confirms
      where c.account_id = $1 and c.stands order by c.seq desc limit 1`,
    [accountId],
  );
}

/** The newest thing that a bank knew of an account; what a person must have seen before they confirm it. */
export function lastAnswerOf(
  tx: Tx,
  accountId: string,
): Promise<{ id: string; verdict: CheckVerdict; bankName: string | null } | null> {
  return one(
    tx,
    `select id, verdict, bank_name as "bankName" from account_check
      where account_id = $1 and source = 'bank' and verdict <> 'cannot-tell' order by seq desc limit 1`,
    [accountId],
  );
}

export async function insertCheck(tx: Tx, check: NewCheck): Promise<void> {
  await execute(
    tx,
    `insert into account_check
       (id, account_id, verdict, our_name, bank_name, source, bank_code, why, confirms, paper_reference, note,
        stands, actor_kind, actor_id, actor_name, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      check.id,
      check.accountId,
      check.verdict,
      check.ourName,
      check.bankName,
      check.confirmation ? 'person' : 'bank',
      check.bankCode ?? null,
      check.why ?? null,
      check.confirmation?.saw ?? null,
      check.confirmation?.reference ?? null,
      check.confirmation?.note ?? null,
      check.stands,
      check.actor.kind,
      check.actor.id,
      check.actor.name,
      check.at,
    ],
  );
}

const HOW_VERIFIED: ReadonlyMap<StandingVerdict, string> = new Map([
  ['exact', 'bank'],
  ['confirmed', 'officer'],
]);

/** The account's own mark says what stands: verified by the bank or an officer, or not any more. */
export async function markAccount(
  tx: Tx,
  accountId: string,
  mark: { verdict: StandingVerdict; at: Date },
): Promise<void> {
  const how = HOW_VERIFIED.get(mark.verdict) ?? null;
  await execute(
    tx,
    `update payment_account set verified_at = $2, verified_how = $3 where id = $1`,
    [accountId, how === null ? null : mark.at, how],
  );
}

/**
 * Asks for checks of accounts. One that waits already is asked for once; an urgent one goes before the others.
 * @returns how many did not wait before.
 */
export async function insertRequests(
  tx: Tx,
  request: { accountIds: readonly string[]; urgent: boolean; actor: CheckActor; at: Date },
): Promise<number> {
  const { accountIds, urgent, actor, at } = request;
  const added = await rows<{ isNew: boolean }>(
    tx,
    `insert into account_check_request
       (account_id, bank_bin, urgent, requested_at, actor_kind, actor_id, actor_name)
     select id, bank_bin, $2, $3, $4, $5, $6 from payment_account
      where id = any($1::uuid[]) and replaced_at is null order by id
     on conflict (account_id) do update set urgent = account_check_request.urgent or excluded.urgent
     returning xmax = 0 as "isNew"`,
    [accountIds, urgent, at, actor.kind, actor.id, actor.name],
  );
  return added.filter((row) => row.isNew).length;
}

/** Lets requests be looked up again that wait for a bank which is none of these. */
export async function forgetBanks(tx: Tx, verifying: readonly string[]): Promise<void> {
  await execute(
    tx,
    `update account_check_request set bank_code = null where bank_code <> all($1::text[])`,
    [verifying],
  );
}

/** BINs of requests that no bank was looked up for yet. */
export async function unroutedBins(tx: Tx): Promise<string[]> {
  const found = await rows<{ bin: string }>(
    tx,
    `select distinct bank_bin as bin from account_check_request where bank_code is null`,
  );
  return found.map((row) => row.bin);
}

export async function routeRequests(
  tx: Tx,
  route: { bins: readonly string[]; bankCode: string },
): Promise<void> {
  await execute(
    tx,
    `update account_check_request set bank_code = $2 where bank_code is null and bank_bin = any($1::text[])`,
    [route.bins, route.bankCode],
  );
}

/** Ends requests that no bank can answer, and says so in each account's results; gives how many. */
export function endUnanswerable(
  tx: Tx,
  end: { bins: readonly string[]; why: string; at: Date; limit: number },
): Promise<number> {
  return execute(
    tx,
    `with taken as (
       delete from account_check_request where account_id in (
         select account_id from account_check_request where bank_code is null and bank_bin = any($1::text[])
          order by account_id limit $4 for update skip locked)
       returning account_id, actor_kind, actor_id, actor_name)
     insert into account_check
       (id, account_id, verdict, our_name, source, why, stands, actor_kind, actor_id, actor_name, at)
     select gen_random_uuid(), t.account_id, 'cannot-tell', a.account_name, 'none', $2, false,
            t.actor_kind, t.actor_id, t.actor_name, $3
       from taken t join payment_account a on a.id = t.account_id`,
    [end.bins, end.why, end.at, end.limit],
  );
}

/**
 * Requests to ring for at one bank: the urgent first, then the oldest, and with those that are under way no more
 * than `atOnce`. A ring of before `rungBefore` is lost.
 */
export async function ringRequests(
  tx: Tx,
  ring: { bankCode: string; atOnce: number; rungBefore: Date; at: Date },
): Promise<string[]> {
  await execute(tx, `select pg_advisory_xact_lock(hashtextextended('account checks ' || $1, 0))`, [
    ring.bankCode,
  ]);
  const due = await rows<{ accountId: string }>(
    tx,
    `with under_way as (
       select count(*)::int as n from account_check_request
        where bank_code = $1 and (rung_at >= $3 or claimed_until >= $4)),
     due as (
       select account_id from account_check_request
        where bank_code = $1 and (rung_at is null or rung_at < $3)
          and (claimed_until is null or claimed_until < $4)
        order by urgent desc, requested_at, account_id
        limit greatest(0, $2::int - (select n from under_way)) for update skip locked)
     update account_check_request r set rings = r.rings + 1, rung_at = $4
       from due where r.account_id = due.account_id
     returning r.account_id as "accountId"`,
    [ring.bankCode, ring.atOnce, ring.rungBefore, ring.at],
  );
  return due.map((row) => row.accountId);
}

/** Takes the rings back of what waits and nobody has claimed; gives how many those were. */
export function forgetCheckRings(tx: Tx, bankCode: string | null): Promise<number> {
  return execute(
    tx,
    `update account_check_request set rung_at = null
      where account_id in (
        select account_id from account_check_request
         where rung_at is not null and claimed_until is null and ($1::text is null or bank_code = $1)
         order by account_id for update skip locked)`,
    [bankCode],
  );
}

export interface ClaimedCheck {
  readonly accountId: string;
  readonly bankCode: string;
  readonly bankBin: string;
  readonly accountNumber: string;
}

/** Takes one request up, unless somebody has; a request of an account that was replaced meanwhile is dropped. */
export async function claimRequest(
  tx: Tx,
  claim: { accountId: string; claimId: string; at: Date; until: (bankCode: string) => Date | null },
): Promise<ClaimedCheck | null> {
  const found = await one<ClaimedCheck & { isCurrent: boolean }>(
    tx,
    `select r.account_id as "accountId", r.bank_code as "bankCode", a.bank_bin as "bankBin",
            a.account_number as "accountNumber", a.replaced_at is null as "isCurrent"
       from account_check_request r join payment_account a on a.id = r.account_id
      where r.account_id = $1 and r.bank_code is not null
        and (r.claimed_until is null or r.claimed_until < $2)
        for update of r skip locked`,
    [claim.accountId, claim.at],
  );
  if (!found) return null;
  const { isCurrent, ...request } = found;
  if (!isCurrent) {
    await execute(tx, `delete from account_check_request where account_id = $1`, [claim.accountId]);
    return null;
  }
  const until = claim.until(request.bankCode);
  if (!until) return null;
  await execute(
    tx,
    `update account_check_request set claim_id = $2, claimed_until = $3 where account_id = $1`,
    [claim.accountId, claim.claimId, until],
  );
  return request;
}

/** Ends a request by its claim; null when the claim has lapsed and somebody else took it up. */
export function endRequest(
  tx: Tx,
  of: { accountId: string; claimId: string },
): Promise<CheckActor | null> {
  return one(
    tx,
    `delete from account_check_request where account_id = $1 and claim_id = $2
     returning actor_kind as kind, actor_id as id, actor_name as name`,
    [of.accountId, of.claimId],
  );
}
