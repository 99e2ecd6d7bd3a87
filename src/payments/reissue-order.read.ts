import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';

/** An order to pay many failed payments again. */
export interface ReissueOrderRow {
  readonly id: string;
  readonly at: Date;
  readonly actorName: string;
  /** The filters that were chosen, or how many were `ticked`. */
  readonly chosen: Readonly<Record<string, string | number | boolean | null>>;
  readonly count: number;
  readonly total: string;
  readonly sameAccountBecause: string | null;
  readonly paidAfterAllBecause: string | null;
}

export interface ReissuedInto {
  readonly batchId: string;
  readonly batchNumber: string;
  readonly batchState: string;
  readonly programme: string;
  readonly period: string;
  readonly count: number;
  readonly total: string;
}

export interface StayedRow {
  readonly paymentId: string;
  readonly beneficiaryId: string;
  readonly payeeName: string;
  readonly communeCode: string;
  readonly amount: string;
  readonly reasonCode: string | null;
  readonly stayed: string;
}

/** What orders to pay again came to, for people. */
@Injectable()
export class ReissueOrderReads {
  find(tx: Tx, id: string): Promise<ReissueOrderRow | null> {
    return one<ReissueOrderRow>(
      tx,
      `select id, at, actor_name as "actorName", chosen, payment_count as count, total_amount as total,
              same_account_because as "sameAccountBecause", paid_after_all_because as "paidAfterAllBecause"
         from reissue_order where id = $1`,
      [id],
    );
  }

  /** The follow-up batches that it made. */
  into(tx: Tx, id: string): Promise<ReissuedInto[]> {
    return rows<ReissuedInto>(
      tx,
      `select b.batch_id as "batchId", b.number as "batchNumber", b.state as "batchState", b.programme, b.period,
              went.count, went.total
         from (select i.batch_id, count(*)::int as count, sum(p.amount)::text as total
                 from reissue_order_item i join payment p on p.id = i.payment_id
                where i.order_id = $1 and i.batch_id is not null group by 1) went
         join batch_view b on b.batch_id = went.batch_id
        order by b.number`,
      [id],
    );
  }

  /** What stayed, by the reason. */
  stayedBecause(tx: Tx, id: string): Promise<{ stayed: string; count: number; total: string }[]> {
    return rows(
      tx,
      `select i.stayed, count(*)::int as count, sum(p.amount)::text as total
         from reissue_order_item i join payment p on p.id = i.payment_id
        where i.order_id = $1 and i.stayed is not null group by 1 order by 2 desc, 1`,
      [id],
    );
  }

  /** Each payment that stayed, by reason, after `after`. */
  stayed(
    tx: Tx,
    query: { id: string; after: { stayed: string; paymentId: string } | null; limit: number },
  ): Promise<StayedRow[]> {
    return rows<StayedRow>(
      tx,
      `select i.payment_id as "paymentId", i.stayed, p.beneficiary_id as "beneficiaryId",
              e.full_name as "payeeName", p.commune_code as "communeCode", p.amount,
              coalesce(p.reason_code, e.failed_code) as "reasonCode"
         from reissue_order_item i
         join payment p on p.id = i.payment_id
         join payable_entitlement_view e on e.entitlement_id = p.entitlement_id
        where i.order_id = $1 and i.stayed is not null
          and ($2::text is null or (i.stayed, i.payment_id) > ($2, $3::uuid))
        order by i.stayed, i.payment_id limit $4`,
      [query.id, query.after?.stayed ?? null, query.after?.paymentId ?? null, query.limit],
    );
  }
}
