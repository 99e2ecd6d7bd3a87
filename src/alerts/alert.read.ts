import { Injectable } from '@nestjs/common';
import { Database, one, rows, type Tx } from '../platform/database/index.js';
import type { AlertState } from './alert.lifecycle.js';
import type { Channel } from './alert.routes.js';
import type { AlertRule, Particulars, Severity } from './alert.rules.js';

export interface AlertRow {
  readonly id: string;
  readonly rule: AlertRule;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly bank: string | null;
  readonly batchId: string | null;
  readonly runId: string | null;
  readonly reasonCode: string | null;
  readonly particulars: Particulars;
  readonly count: number;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly link: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly openedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly owner: string | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
}

export interface HistoryRow {
  readonly at: Date;
  readonly happened: string;
  readonly severity: Severity;
  readonly count: number;
  readonly by: string;
  /** Whose it became, where it was given to somebody. */
  readonly owner: string | null;
  readonly note: string | null;
}

export interface DeliveryRow {
  readonly id: string;
  readonly happened: string;
  readonly receiver: string;
  readonly channel: Channel;
  readonly state: string;
  readonly tries: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly attempts: readonly {
    readonly try: number;
    readonly at: string;
    readonly status: number | null;
    readonly failure: string | null;
  }[];
}

export interface AlertFilter {
  readonly state?: AlertState;
  readonly severity?: Severity;
  readonly rule?: AlertRule;
  readonly bank?: string;
  readonly batchId?: string;
  /** Only what is not resolved. */
  readonly living?: boolean;
  /** Id of whoever took it on. */
  readonly ownerId?: string;
}

export interface LivingAlerts {
  readonly state: AlertState;
  readonly severity: Severity;
  readonly count: number;
}

const COLUMNS = `
  id, rule, severity, state, bank, batch_id as "batchId", run_id as "runId", reason_code as "reasonCode",
  particulars, count, amount, currency, link, first_at as "firstAt", last_at as "lastAt", opened_at as "openedAt",
  acknowledged_at as "acknowledgedAt", owner_name as owner, resolved_at as "resolvedAt",
  resolved_by_name as "resolvedBy"`;

/** Deliveries of one alert that are shown; an alert that flaps for weeks has more. */
const DELIVERIES_SHOWN = 100;

/** Alerts for people, machines and the receiver. */
@Injectable()
export class AlertRead {
  constructor(private readonly database: Database) {}

  /** Newest first, at most `limit + 1` of them. */
  list(filter: AlertFilter & { before: string | null; limit: number }): Promise<AlertRow[]> {
    return rows<AlertRow>(
      this.database.reader,
      `select ${COLUMNS} from alert
        where ($1::text is null or state = $1) and ($2::text is null or severity = $2)
          and ($3::text is null or rule = $3) and ($4::text is null or bank = $4)
          and ($5::uuid is null or batch_id = $5) and ($6::uuid is null or id < $6)
          and ($8::boolean is not true or state <> 'resolved') and ($9::text is null or owner_id = $9)
        order by id desc limit $7`,
      [
        filter.state ?? null,
        filter.severity ?? null,
        filter.rule ?? null,
        filter.bank ?? null,
        filter.batchId ?? null,
        filter.before,
        filter.limit + 1,
        filter.living ?? null,
        filter.ownerId ?? null,
      ],
    );
  }

  /** How much lives, by state and severity. */
  figures(): Promise<LivingAlerts[]> {
    return rows<LivingAlerts>(
      this.database.reader,
      `select state, severity, count(*)::int as count from alert where state <> 'resolved' group by 1, 2`,
    );
  }

  find(id: string): Promise<AlertRow | null> {
    return one<AlertRow>(this.database.reader, `select ${COLUMNS} from alert where id = $1`, [id]);
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, AlertRow>> {
    const found = await rows<AlertRow>(
      this.database.reader,
      `select ${COLUMNS} from alert where id = any($1::uuid[])`,
      [ids],
    );
    return new Map(found.map((alert) => [alert.id, alert]));
  }

  async stateOf(tx: Tx, id: string): Promise<AlertState | null> {
    const found = await one<{ state: AlertState }>(tx, 'select state from alert where id = $1', [
      id,
    ]);
    return found?.state ?? null;
  }

  history(id: string): Promise<HistoryRow[]> {
    return rows<HistoryRow>(
      this.database.reader,
      `select at, happened, severity, count, actor_name as by, owner_name as owner, note
         from alert_history where alert_id = $1 order by id`,
      [id],
    );
  }

  deliveries(id: string): Promise<DeliveryRow[]> {
    return rows<DeliveryRow>(
      this.database.reader,
      `select d.id, d.happened, d.receiver, d.channel, d.state, d.tries, d.created_at as "createdAt", d.ended_at as "endedAt",
              coalesce((select jsonb_agg(jsonb_build_object('try', t.try, 'at', t.at, 'status', t.status,
                                                            'failure', t.failure) order by t.id)
                          from alert_delivery_attempt t where t.delivery_id = d.id), '[]') as attempts
         from alert_delivery d where d.alert_id = $1 order by d.id desc limit ${DELIVERIES_SHOWN}`,
      [id],
    );
  }

  /** How many alerts live, for the metrics. */
  living(): Promise<{ rule: AlertRule; severity: Severity; count: number }[]> {
    return rows(
      this.database.reader,
      `select rule, severity, count(*)::int as count from alert where state <> 'resolved'
        group by rule, severity`,
    );
  }

  /** What somebody has in hand, by severity, with the oldest opening. */
  inHandOf(ownerId: string): Promise<{ severity: Severity; count: number; oldest: Date }[]> {
    return rows(
      this.database.reader,
      `select severity, count(*)::int as count, min(opened_at) as oldest
         from alert where state = 'acknowledged' and owner_id = $1 group by severity`,
      [ownerId],
    );
  }

  /** Alerts that nobody has taken on, by severity, with the oldest opening. */
  unclaimed(): Promise<{ severity: Severity; count: number; oldest: Date }[]> {
    return rows(
      this.database.reader,
      `select severity, count(*)::int as count, min(opened_at) as oldest
         from alert where state = 'open' group by severity`,
    );
  }
}
