import { rows, type Tx } from '../platform/database/index.js';

export type TotalBy = 'bank' | 'commune' | 'programme' | 'fund';

/** Lines and amount of one bank, commune, programme or fund. */
export interface PartTotal {
  readonly by: TotalBy;
  readonly code: string;
  readonly lines: number;
  readonly amount: string;
}

/** What a batch comes to, four ways, in one pass over its lines. */
export function totalsOf(tx: Tx, batchId: string): Promise<PartTotal[]> {
  return rows(
    tx,
    `select case when grouping(bank_bin) = 0 then 'bank' when grouping(commune_code) = 0 then 'commune'
                 when grouping(programme) = 0 then 'programme' else 'fund' end as by,
            coalesce(bank_bin, commune_code, programme, fund) as code,
            count(*)::int as lines, sum(amount) as amount
       from batch_line where batch_id = $1
      group by grouping sets ((bank_bin), (commune_code), (programme), (fund))
      order by 1, 2`,
    [batchId],
  );
}
