import { Injectable } from '@nestjs/common';
import { InvariantError } from '../kernel/index.js';
import { lookAtGrown, type Tx } from '../platform/database/index.js';
import { replaceAccounts, replaceRecipients, type AccountSource } from './account.store.js';
import {
  appendHistory,
  insertMissing,
  lockByNumber,
  raiseVersions,
  updateDetails,
  type HistoryCause,
  type HistoryEntry,
} from './beneficiary.store.js';
import {
  oneRowPerPerson,
  planRegistration,
  type KnownPayee,
  type PayeeRow,
  type Reception,
  type RegistrationPlan,
} from './registration.rules.js';

/** From where the rows come: written to the history of everybody they change. */
export interface RegistrationContext extends HistoryCause {
  readonly source: AccountSource;
}

export interface RegisteredPayee extends Reception {
  readonly beneficiaryId: string;
  /** The account that holds after the registration, null when the person has none. */
  readonly accountId: string | null;
}

/**
 * Makes our books hold what a list says of its payees: adds new persons, changes names, places and accounts, and
 * leaves alone what is the same. A dozen statements for any number of rows. Runs in the caller's transaction;
 * two lists that name the same persons wait for each other, and the later one wins. A number that is known under
 * a different name is left alone: the caller learns it by `nameMatch` and takes nothing for that person.
 */
@Injectable()
export class RegisterPayees {
  /** After so many were registered, and their transaction has ended. */
  haveGrown(reader: Tx, added: number): Promise<void> {
    const tables = ['beneficiary', 'beneficiary_history', 'payment_account'];
    return lookAtGrown(reader, { tables, added });
  }

  /** @returns by personal number, for every person named. */
  async upsert(
    tx: Tx,
    payees: readonly PayeeRow[],
    context: RegistrationContext,
  ): Promise<Map<string, RegisteredPayee>> {
    const wanted = oneRowPerPerson(payees);
    if (wanted.length === 0) return new Map();
    const added = await insertMissing(tx, wanted, context.at);
    const known = await lockByNumber(
      tx,
      wanted.map((payee) => payee.personalNumber),
    );
    const plan = planRegistration(wanted, known);

    await updateDetails(tx, plan.details);
    const accountIds = await replaceAccounts(tx, plan.accounts, context);
    const recipientIds = await replaceRecipients(tx, plan.recipients, context.at);
    const isNew = new Set(added);
    const changed = [...plan.details, ...plan.accounts, ...plan.recipients]
      .map((change) => change.beneficiaryId)
      .filter((id) => !isNew.has(id));
    await raiseVersions(tx, changed);
    await appendHistory(
      tx,
      [
        ...added.map((id): HistoryEntry => ({ beneficiaryId: id, happened: 'registered' })),
        ...plan.details.map(detailsChanged),
        ...plan.accounts.map((account, at) => accountChanged(account, accountIds[at])),
        ...plan.recipients.map((recipient, at) => recipientChanged(recipient, recipientIds[at])),
      ],
      context,
    );
    const opened = new Map(plan.accounts.map((a, at) => [a.beneficiaryId, accountIds[at] ?? null]));
    return new Map(
      wanted.map((payee) => [payee.personalNumber, registered(payee, { known, plan, opened })]),
    );
  }
}

function registered(
  payee: PayeeRow,
  by: {
    known: ReadonlyMap<string, KnownPayee>;
    plan: RegistrationPlan;
    opened: ReadonlyMap<string, string | null>;
  },
): RegisteredPayee {
  const person = by.known.get(payee.personalNumber);
  const reception = by.plan.receptions.get(payee.personalNumber);
  if (!person || !reception) throw new InvariantError('a registered payee is not there');
  return {
    beneficiaryId: person.id,
    accountId: by.opened.get(person.id) ?? person.account?.id ?? null,
    ...reception,
  };
}

function detailsChanged(change: {
  beneficiaryId: string;
  fields: readonly string[];
}): HistoryEntry {
  return {
    beneficiaryId: change.beneficiaryId,
    happened: 'details_changed',
    detail: { fields: change.fields },
  };
}

export function accountChanged(
  change: { beneficiaryId: string; replaces: string | null },
  accountId: string | undefined,
): HistoryEntry {
  return {
    beneficiaryId: change.beneficiaryId,
    happened: change.replaces === null ? 'account_opened' : 'account_replaced',
    detail: { accountId, ...(change.replaces === null ? {} : { replaced: change.replaces }) },
  };
}

function recipientChanged(
  change: { beneficiaryId: string; replaces: string | null },
  recipientId: string | undefined,
): HistoryEntry {
  return {
    beneficiaryId: change.beneficiaryId,
    happened: 'recipient_authorised',
    detail: { recipientId, ...(change.replaces === null ? {} : { replaced: change.replaces }) },
  };
}
