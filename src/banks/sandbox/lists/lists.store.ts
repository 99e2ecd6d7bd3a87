import type { Books, BooksStore } from '../books.store.js';
import type { PortalRow } from './portal-list.js';

/** Keeps a list once: the same bytes again are the same list. */
export async function keepList(
  books: Books,
  given: { bank: string; listId: string; name: string; rows: readonly PortalRow[]; at: Date },
): Promise<void> {
  await books.query(
    `insert into list (bank, list_id, file_name, received_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [given.bank, given.listId, given.name, given.at],
  );
  const rows = given.rows.map(({ number, order, refusedFor }) => ({
    number,
    refusedFor,
    reference: order.reference,
    account: order.creditor.accountNumber,
    name: order.creditor.accountName,
    amount: order.amount,
  }));
  await books.query(
    `insert into list_row (bank, list_id, row_number, reference, account_number, account_name, amount, refused_for)
     select $1, $2, number, reference, account, name, amount, "refusedFor"
     from jsonb_to_recordset($3::jsonb) as new (number int, reference text, account text, name text, amount text,
       "refusedFor" text)
     on conflict do nothing`,
    [given.bank, given.listId, JSON.stringify(rows)],
  );
}

export interface ResultRow {
  readonly number: number;
  readonly reference: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly amount: string;
  readonly refusedFor: string | null;
  /** Null when the row was refused. */
  readonly status: string | null;
  readonly reasonCode: string | null;
  readonly bankReference: string | null;
  readonly changedAt: Date | null;
}

/** The list and what became of each row; undefined when there is no such list. */
export async function readResult(
  store: BooksStore,
  of: { bank: string; listId: string; ledger: string },
): Promise<{ name: string; rows: ResultRow[] } | undefined> {
  const [list] = await store.read<{ name: string }>(
    'select file_name as name from list where bank = $1 and list_id = $2',
    [of.bank, of.listId],
  );
  if (!list) return undefined;
  const rows = await store.read<ResultRow>(
    `select row_number as number, row.reference, row.account_number as "accountNumber",
       row.account_name as "accountName", row.amount, row.refused_for as "refusedFor", payment.status,
       payment.reason_code as "reasonCode", payment.bank_reference as "bankReference", payment.changed_at as "changedAt"
     from list_row row left join payment
       on payment.bank = $3 and payment.reference = row.reference and row.refused_for is null
     where row.bank = $1 and row.list_id = $2 order by row_number`,
    [of.bank, of.listId, of.ledger],
  );
  return { name: list.name, rows };
}
