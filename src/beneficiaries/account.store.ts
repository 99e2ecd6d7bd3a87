import { newId } from '../kernel/index.js';
import { execute, type Tx } from '../platform/database/index.js';
import type { AccountChange, RecipientChange } from './registration.rules.js';

/** Where an account came from: a list, a person at a desk, or a system. */
export interface AccountSource {
  readonly kind: 'import' | 'officer' | 'api';
  readonly id: string | null;
}

/** Closes the accounts that are replaced and opens the new ones; gives the new ids, in order. */
export async function replaceAccounts(
  tx: Tx,
  changes: readonly AccountChange[],
  { at, source }: { at: Date; source: AccountSource },
): Promise<string[]> {
  if (changes.length === 0) return [];
  // Two machines' clocks may differ by a moment: an account never ends before it began.
  await execute(
    tx,
    `update payment_account set replaced_at = greatest($2, valid_from)
      where id = any($1) and replaced_at is null`,
    [changes.flatMap((change) => change.replaces ?? []), at],
  );
  const ids = changes.map(() => newId());
  await execute(
    tx,
    `insert into payment_account
            (id, beneficiary_id, bank_bin, account_number, account_name, source, source_id, valid_from)
     select id, beneficiary_id, bank_bin, account_number, account_name, $6, $7, $8
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
         as opened (id, beneficiary_id, bank_bin, account_number, account_name)`,
    [
      ids,
      changes.map((change) => change.beneficiaryId),
      changes.map((change) => change.bankBin),
      changes.map((change) => change.accountNumber),
      changes.map((change) => change.accountName),
      source.kind,
      source.id,
      at,
    ],
  );
  return ids;
}

/** Notes that an officer has checked the account by paper or telephone. */
export async function markVerified(tx: Tx, accountId: string, at: Date): Promise<void> {
  await execute(
    tx,
    `update payment_account set verified_at = $2, verified_how = 'officer' where id = $1`,
    [accountId, at],
  );
}

/** Ends the recipients that are replaced and authorises the new ones; gives the new ids, in order. */
export async function replaceRecipients(
  tx: Tx,
  changes: readonly RecipientChange[],
  at: Date,
): Promise<string[]> {
  if (changes.length === 0) return [];
  await execute(
    tx,
    `update authorised_recipient set ended_at = greatest($2, created_at)
      where id = any($1) and ended_at is null`,
    [changes.flatMap((change) => change.replaces ?? []), at],
  );
  const ids = changes.map(() => newId());
  await execute(
    tx,
    `insert into authorised_recipient
            (id, beneficiary_id, full_name, personal_number, authorised_until, created_at)
     select id, beneficiary_id, full_name, personal_number, authorised_until, $6
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[])
         as authorised (id, beneficiary_id, full_name, personal_number, authorised_until)`,
    [
      ids,
      changes.map((change) => change.beneficiaryId),
      changes.map((change) => change.fullName),
      changes.map((change) => change.personalNumber),
      changes.map((change) => change.authorisedUntil),
      at,
    ],
  );
  return ids;
}
