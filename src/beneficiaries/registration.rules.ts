import { foldText, tidyText } from '../kernel/index.js';
import { compareNames, type NameMatch } from './name.rules.js';

/** A payment account as a list names it. */
export interface AccountRow {
  /** BIN, six digits. */
  readonly bankBin: string;
  /** 6–19 digits or letters, leading zeros kept. */
  readonly accountNumber: string;
  readonly accountName: string;
}

/** Who may receive in the payee's place, until when (ISO 8601 date). */
export interface RecipientRow {
  readonly fullName: string;
  readonly personalNumber: string;
  readonly authorisedUntil: string;
}

/** A payee as a checked list row names them. What is absent is not known, and changes nothing. */
export interface PayeeRow {
  /** 12 digits, or 9 of an old identity card. */
  readonly personalNumber: string;
  readonly fullName: string;
  /** ISO 8601 date, or a year of four digits. */
  readonly dateOfBirth?: string | null;
  readonly communeCode: string;
  readonly account?: AccountRow | null;
  readonly recipient?: RecipientRow | null;
}

/** What we hold of a person, locked. */
export interface KnownPayee {
  readonly id: string;
  readonly personalNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string | null;
  readonly communeCode: string;
  readonly account:
    (AccountRow & { readonly id: string; readonly source: 'import' | 'officer' | 'api' }) | null;
  readonly recipient: (RecipientRow & { readonly id: string }) | null;
}

export interface DetailChange {
  readonly beneficiaryId: string;
  readonly fullName: string;
  readonly foldedName: string;
  readonly dateOfBirth: string | null;
  readonly communeCode: string;
  /** Names of the fields that differ. */
  readonly fields: readonly string[];
}

export interface AccountChange extends AccountRow {
  readonly beneficiaryId: string;
  /** Id of the account that this one takes the place of. */
  readonly replaces: string | null;
}

export interface RecipientChange extends RecipientRow {
  readonly beneficiaryId: string;
  readonly replaces: string | null;
}

/** How a row's words about a person were taken. */
export interface Reception {
  /** The row's name beside the registered one. `different`: the row was not taken at all. */
  readonly nameMatch: NameMatch;
  /** The row names another account than the one an officer entered by hand, which stays. */
  readonly mendedAccountStays: boolean;
}

export interface RegistrationPlan {
  readonly receptions: ReadonlyMap<string, Reception>;
  readonly details: readonly DetailChange[];
  readonly accounts: readonly AccountChange[];
  readonly recipients: readonly RecipientChange[];
}

/**
 * One row per person: a person with two allowances stands twice in a list. The last row that names a field wins.
 */
export function oneRowPerPerson(rows: readonly PayeeRow[]): PayeeRow[] {
  const byNumber = new Map<string, PayeeRow>();
  for (const row of rows) {
    const earlier = byNumber.get(row.personalNumber);
    byNumber.set(row.personalNumber, {
      ...row,
      fullName: tidyText(row.fullName),
      dateOfBirth: row.dateOfBirth ?? earlier?.dateOfBirth ?? null,
      account: row.account ? tidyAccount(row.account) : (earlier?.account ?? null),
      recipient: row.recipient ?? earlier?.recipient ?? null,
    });
  }
  return [...byNumber.values()].sort((a, b) => (a.personalNumber < b.personalNumber ? -1 : 1));
}

/**
 * What must be written so that we hold what the rows say; nothing for a row that says nothing new.
 * A slip in a personal number names somebody else. So a row speaks of a person's name, account and recipient only
 * under that person's own name: under a close one these stay as they are, under a different one nothing is taken.
 */
export function planRegistration(
  rows: readonly PayeeRow[],
  known: ReadonlyMap<string, KnownPayee>,
): RegistrationPlan {
  const details: DetailChange[] = [];
  const accounts: AccountChange[] = [];
  const recipients: RecipientChange[] = [];
  const receptions = new Map<string, Reception>();
  for (const row of rows) {
    const payee = known.get(row.personalNumber);
    if (!payee) continue;
    const nameMatch = compareNames(payee.fullName, row.fullName);
    const mendedAccountStays = nameMatch !== 'different' && namesOtherThanMended(row, payee);
    receptions.set(row.personalNumber, { nameMatch, mendedAccountStays });
    if (nameMatch === 'different') continue;
    const detail = detailChange(
      nameMatch === 'exact' ? row : { ...row, fullName: payee.fullName },
      payee,
    );
    if (detail) details.push(detail);
    if (nameMatch !== 'exact') continue;
    if (row.account && !mendedAccountStays && !isSameAccount(row.account, payee.account)) {
      accounts.push({
        ...row.account,
        beneficiaryId: payee.id,
        replaces: payee.account?.id ?? null,
      });
    }
    if (row.recipient && !isSameRecipient(row.recipient, payee.recipient)) {
      recipients.push({
        ...row.recipient,
        fullName: tidyText(row.recipient.fullName),
        beneficiaryId: payee.id,
        replaces: payee.recipient?.id ?? null,
      });
    }
  }
  return { receptions, details, accounts, recipients };
}

/** What an officer entered by hand is newer knowledge than a list that an office copies from month to month. */
function namesOtherThanMended(row: PayeeRow, payee: KnownPayee): boolean {
  return (
    payee.account?.source === 'officer' &&
    row.account !== null &&
    row.account !== undefined &&
    !isSameAccount(row.account, payee.account)
  );
}

/** The bank, the number and the name (folded: lists write it with and without diacritics). */
export function isSameAccount(wanted: AccountRow, current: AccountRow | null): boolean {
  return (
    current !== null &&
    wanted.bankBin === current.bankBin &&
    wanted.accountNumber === current.accountNumber &&
    foldText(wanted.accountName) === foldText(current.accountName)
  );
}

function isSameRecipient(wanted: RecipientRow, current: RecipientRow | null): boolean {
  return (
    current !== null &&
    wanted.personalNumber === current.personalNumber &&
    wanted.authorisedUntil === current.authorisedUntil &&
    foldText(wanted.fullName) === foldText(current.fullName)
  );
}

function detailChange(row: PayeeRow, payee: KnownPayee): DetailChange | null {
  const dateOfBirth = row.dateOfBirth ?? payee.dateOfBirth;
  const fields = [
    ...(row.fullName === payee.fullName ? [] : ['fullName']),
    ...(dateOfBirth === payee.dateOfBirth ? [] : ['dateOfBirth']),
    ...(row.communeCode === payee.communeCode ? [] : ['communeCode']),
  ];
  if (fields.length === 0) return null;
  return {
    beneficiaryId: payee.id,
    fullName: row.fullName,
    foldedName: foldText(row.fullName),
    dateOfBirth,
    communeCode: row.communeCode,
    fields,
  };
}

function tidyAccount(account: AccountRow): AccountRow {
  return { ...account, accountName: tidyText(account.accountName) };
}
