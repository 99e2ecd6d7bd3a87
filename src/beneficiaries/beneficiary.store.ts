import { foldText, newId } from '../kernel/index.js';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { DetailChange, KnownPayee, PayeeRow } from './registration.rules.js';

/** What happened to a payee; a row of `beneficiary_history`. */
export interface HistoryEntry {
  readonly beneficiaryId: string;
  readonly happened:
    | 'registered'
    | 'details_changed'
    | 'account_opened'
    | 'account_replaced'
    | 'recipient_authorised'
    | 'recipient_ended'
    | 'held'
    | 'released'
    | 'death_recorded'
    | 'name_corrected'
    | 'account_confirmed';
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Who did it, when and why. */
export interface HistoryCause {
  readonly at: Date;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  readonly cause: string;
}

/** Adds the persons who are not there yet; gives the ids of those it added. Ordered, so that two lists never deadlock. */
export async function insertMissing(
  tx: Tx,
  payees: readonly PayeeRow[],
  at: Date,
): Promise<string[]> {
  const added = await rows<{ id: string }>(
    tx,
    `insert into beneficiary (id, personal_number, full_name, folded_name, date_of_birth, commune_code, created_at)
     select id, personal_number, full_name, folded_name, date_of_birth, commune_code, $7
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
         as wanted (id, personal_number, full_name, folded_name, date_of_birth, commune_code)
      order by personal_number
     on conflict (personal_number) do nothing
     returning id`,
    [
      payees.map(() => newId()),
      payees.map((p) => p.personalNumber),
      payees.map((p) => p.fullName),
      payees.map((p) => foldText(p.fullName)),
      payees.map((p) => p.dateOfBirth ?? null),
      payees.map((p) => p.communeCode),
      at,
    ],
  );
  return added.map((row) => row.id);
}

/** Locks the persons in the one order that every writer uses, then reads what they hold. */
export async function lockByNumber(
  tx: Tx,
  personalNumbers: readonly string[],
): Promise<Map<string, KnownPayee>> {
  const people = await rows<Omit<KnownPayee, 'account' | 'recipient'>>(
    tx,
    `select id, personal_number as "personalNumber", full_name as "fullName",
            date_of_birth as "dateOfBirth", commune_code as "communeCode"
       from beneficiary where personal_number = any($1) order by personal_number for update`,
    [personalNumbers],
  );
  const ids = people.map((person) => person.id);
  // Read after the lock: a join in the locking statement would show accounts as they were before the wait.
  const accounts = await currentAccounts(tx, ids);
  const recipients = await currentRecipients(tx, ids);
  return new Map(
    people.map((person) => [
      person.personalNumber,
      {
        ...person,
        account: accounts.get(person.id) ?? null,
        recipient: recipients.get(person.id) ?? null,
      },
    ]),
  );
}

async function currentAccounts(
  tx: Tx,
  beneficiaryIds: readonly string[],
): Promise<Map<string, NonNullable<KnownPayee['account']>>> {
  const found = await rows<NonNullable<KnownPayee['account']> & { beneficiaryId: string }>(
    tx,
    `select id, beneficiary_id as "beneficiaryId", bank_bin as "bankBin",
            account_number as "accountNumber", account_name as "accountName", source
       from payment_account where beneficiary_id = any($1) and replaced_at is null`,
    [beneficiaryIds],
  );
  return new Map(found.map((account) => [account.beneficiaryId, account]));
}

async function currentRecipients(
  tx: Tx,
  beneficiaryIds: readonly string[],
): Promise<Map<string, NonNullable<KnownPayee['recipient']>>> {
  const found = await rows<NonNullable<KnownPayee['recipient']> & { beneficiaryId: string }>(
    tx,
    `select id, beneficiary_id as "beneficiaryId", full_name as "fullName",
            personal_number as "personalNumber", authorised_until::text as "authorisedUntil"
       from authorised_recipient where beneficiary_id = any($1) and ended_at is null`,
    [beneficiaryIds],
  );
  return new Map(found.map((recipient) => [recipient.beneficiaryId, recipient]));
}

export async function updateDetails(tx: Tx, changes: readonly DetailChange[]): Promise<void> {
  if (changes.length === 0) return;
  await execute(
    tx,
    `update beneficiary b
        set full_name = c.full_name, folded_name = c.folded_name,
            date_of_birth = c.date_of_birth, commune_code = c.commune_code
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
         as c (id, full_name, folded_name, date_of_birth, commune_code)
      where b.id = c.id`,
    [
      changes.map((c) => c.beneficiaryId),
      changes.map((c) => c.fullName),
      changes.map((c) => c.foldedName),
      changes.map((c) => c.dateOfBirth),
      changes.map((c) => c.communeCode),
    ],
  );
}

/** Marks the persons as changed, once each, for those who hold an older version in their hands. */
export async function raiseVersions(tx: Tx, beneficiaryIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(beneficiaryIds)];
  if (ids.length === 0) return;
  await execute(tx, `update beneficiary set version = version + 1 where id = any($1)`, [ids]);
}

export interface ChangedBeneficiary {
  readonly beneficiaryId: string;
  /** The version after the change. */
  readonly version: number;
}

export interface LockedBeneficiary {
  readonly id: string;
  readonly fullName: string;
  readonly version: number;
  readonly holdReason: string | null;
  /** ISO 8601 date. */
  readonly deceasedOn: string | null;
}

export function lockById(tx: Tx, id: string): Promise<LockedBeneficiary | null> {
  return one<LockedBeneficiary>(
    tx,
    `select id, full_name as "fullName", version, hold_reason as "holdReason",
            deceased_on::text as "deceasedOn"
       from beneficiary where id = $1 for update`,
    [id],
  );
}

export async function currentAccountOf(
  tx: Tx,
  beneficiaryId: string,
): Promise<KnownPayee['account']> {
  return (await currentAccounts(tx, [beneficiaryId])).get(beneficiaryId) ?? null;
}

export async function currentRecipientOf(
  tx: Tx,
  beneficiaryId: string,
): Promise<KnownPayee['recipient']> {
  return (await currentRecipients(tx, [beneficiaryId])).get(beneficiaryId) ?? null;
}

/**
 * Holds those of the persons who are not held for that reason yet and whose present hold may be replaced by it;
 * gives their ids. Locks in the order that every writer uses.
 */
export async function holdAll(
  tx: Tx,
  hold: {
    beneficiaryIds: readonly string[];
    reason: string;
    replaces: readonly string[] | 'any';
    at: Date;
  },
): Promise<string[]> {
  const held = await rows<{ id: string }>(
    tx,
    `with locked as (
       select id from beneficiary
        where id = any($1)
          and (hold_reason is null or (hold_reason <> $2 and ($3::text[] is null or hold_reason = any($3))))
        order by personal_number for update)
     update beneficiary b set hold_reason = $2, held_at = $4, version = version + 1
       from locked where b.id = locked.id returning b.id`,
    [hold.beneficiaryIds, hold.reason, hold.replaces === 'any' ? null : hold.replaces, hold.at],
  );
  return held.map((row) => row.id);
}

export async function releaseHold(tx: Tx, id: string): Promise<boolean> {
  const released = await execute(
    tx,
    `update beneficiary set hold_reason = null, held_at = null, version = version + 1
      where id = $1 and hold_reason is not null`,
    [id],
  );
  return released === 1;
}

export async function setName(tx: Tx, id: string, fullName: string): Promise<void> {
  await execute(
    tx,
    `update beneficiary set full_name = $2, folded_name = $3, version = version + 1 where id = $1`,
    [id, fullName, foldText(fullName)],
  );
}

export async function setDeceased(tx: Tx, id: string, diedOn: string | null): Promise<void> {
  await execute(
    tx,
    `update beneficiary set deceased_on = $2, version = version + 1 where id = $1`,
    [id, diedOn],
  );
}

export async function appendHistory(
  tx: Tx,
  entries: readonly HistoryEntry[],
  cause: HistoryCause,
): Promise<void> {
  if (entries.length === 0) return;
  await execute(
    tx,
    `insert into beneficiary_history
            (id, beneficiary_id, happened, detail, at, actor_kind, actor_id, actor_name, cause)
     select id, beneficiary_id, happened, detail, $5, $6, $7, $8, $9
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[])
         as entry (id, beneficiary_id, happened, detail)`,
    [
      entries.map(() => newId()),
      entries.map((entry) => entry.beneficiaryId),
      entries.map((entry) => entry.happened),
      entries.map((entry) => JSON.stringify(entry.detail ?? {})),
      cause.at,
      cause.actor.kind,
      cause.actor.id,
      cause.actor.name,
      cause.cause,
    ],
  );
}
