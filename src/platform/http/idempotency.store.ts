import { execute, one, type Tx } from '../database/index.js';

/** Which request holds a key. `leaseUntil` is also the fencing token: whoever takes over writes a later one. */
export interface KeyHold {
  readonly scope: string;
  readonly key: string;
  readonly leaseUntil: Date;
}

export interface StoredKey {
  readonly requestHash: string;
  readonly state: 'running' | 'committed' | 'answered';
  readonly leaseUntil: Date;
  readonly status: number | null;
  readonly headers: Record<string, string> | null;
  readonly body: unknown;
}

export interface StoredAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** Takes a free key. False when somebody holds it or has used it. */
export async function takeKey(
  tx: Tx,
  hold: KeyHold & { requestHash: string; at: Date },
): Promise<boolean> {
  const taken = await execute(
    tx,
    `insert into idempotency_key (scope, key, request_hash, state, created_at, lease_until)
     values ($1, $2, $3, 'running', $4, $5) on conflict (scope, key) do nothing`,
    [hold.scope, hold.key, hold.requestHash, hold.at, hold.leaseUntil],
  );
  return taken === 1;
}

export function findKey(tx: Tx, scope: string, key: string): Promise<StoredKey | null> {
  return one<StoredKey>(
    tx,
    `select request_hash as "requestHash", state, lease_until as "leaseUntil",
            response_status as status, response_headers as headers, response_body as body
       from idempotency_key where scope = $1 and key = $2`,
    [scope, key],
  );
}

/** Takes over a key whose holder died before it committed anything. False when another was faster. */
export async function takeOverKey(tx: Tx, hold: KeyHold, expired: Date): Promise<boolean> {
  const taken = await execute(
    tx,
    `update idempotency_key set lease_until = $3
      where scope = $1 and key = $2 and state = 'running' and lease_until = $4`,
    [hold.scope, hold.key, hold.leaseUntil, expired],
  );
  return taken === 1;
}

/** Inside the use case's own transaction: what it did and this mark stand or fall together. */
export async function markCommitted(tx: Tx, hold: KeyHold): Promise<boolean> {
  const marked = await execute(
    tx,
    `update idempotency_key set state = 'committed'
      where scope = $1 and key = $2 and lease_until = $3 and state in ('running', 'committed')`,
    [hold.scope, hold.key, hold.leaseUntil],
  );
  return marked === 1;
}

/** Stores the answer that every repetition gets, for ever; only over one of the given states. */
export async function storeAnswer(
  tx: Tx,
  hold: KeyHold,
  answer: StoredAnswer,
  over: readonly ('running' | 'committed')[] = ['running', 'committed'],
): Promise<void> {
  await execute(
    tx,
    `update idempotency_key
        set state = 'answered', response_status = $4, response_headers = $5::jsonb, response_body = $6::json
      where scope = $1 and key = $2 and lease_until = $3 and state = any($7)`,
    [
      hold.scope,
      hold.key,
      hold.leaseUntil,
      answer.status,
      JSON.stringify(answer.headers),
      answer.body === undefined ? null : JSON.stringify(answer.body),
      over,
    ],
  );
}

/** Frees the key of a request that changed nothing, so that it can be mended and sent again. */
export async function freeKey(tx: Tx, hold: KeyHold): Promise<void> {
  await execute(
    tx,
    `delete from idempotency_key
      where scope = $1 and key = $2 and lease_until = $3 and state = 'running'`,
    [hold.scope, hold.key, hold.leaseUntil],
  );
}

/** The holder lives and knows that its answer is lost: nobody needs to wait for the lease to run out. */
export async function giveUpAnswer(tx: Tx, hold: KeyHold, at: Date): Promise<void> {
  await execute(
    tx,
    `update idempotency_key set lease_until = $4
      where scope = $1 and key = $2 and lease_until = $3 and state = 'committed'`,
    [hold.scope, hold.key, hold.leaseUntil, at],
  );
}
