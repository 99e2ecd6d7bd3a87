import { rows, type Tx } from '../platform/database/index.js';

interface Account {
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly accountName: string;
}

/** A row of a list whose person is registered. */
export interface RowBesideRegister {
  readonly rowNumber: number;
  readonly name: string;
  readonly registered: string;
  readonly account: Account | null;
  /** The registered account when an officer entered it by hand. */
  readonly mended: Account | null;
}

/** Rows that say another name or account than the register does, in their order. */
export function rowsThatDiffer(
  tx: Tx,
  page: { importId: string; onlyRow?: number; afterRow: number; limit: number },
): Promise<RowBesideRegister[]> {
  return rows(
    tx,
    `select r.row_number as "rowNumber", r.full_name as name, p.full_name as registered,
            case when r.account_number is not null and r.account_name is not null and r.bank_bin is not null
                 then jsonb_build_object('bankBin', r.bank_bin, 'accountNumber', r.account_number,
                                         'accountName', r.account_name) end as account,
            case when p.account_source = 'officer'
                 then jsonb_build_object('bankBin', p.bank_bin, 'accountNumber', p.account_number,
                                         'accountName', p.account_name) end as mended
       from import_row r join payee_view p on p.personal_number = r.personal_number
      where r.import_id = $1 and r.row_number > $2 and r.full_name is not null
        and ($4::int is null or r.row_number = $4)
        and (p.full_name <> r.full_name
             or p.account_source = 'officer' and r.account_number is not null
                and (r.bank_bin, r.account_number, r.account_name)
                    is distinct from (p.bank_bin, p.account_number, p.account_name))
      order by r.row_number limit $3`,
    [page.importId, page.afterRow, page.limit, page.onlyRow ?? null],
  );
}
