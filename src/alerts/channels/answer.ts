/** What a channel said to one try. */
export interface ChannelAnswer {
  /** Whether it is told: no further try is made. */
  readonly taken: boolean;
  /** Of HTTP or SMTP. */
  readonly status: number | null;
  /** Why not, or not by all, in our words; never what the other side wrote, which can quote an address or a secret. */
  readonly failure: string | null;
  readonly durationMs: number;
}

/** Longest wait for any answer of a receiver. */
export const CHANNEL_TIMEOUT_MS = 10_000;

/** The error's code or name: its message may quote the address, which can hold a secret. */
export function nameOf(error: unknown): string {
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown failure';
}

/** Measures a try from now on; gives the function that ends it. */
export function beginTry(): (
  taken: boolean,
  status: number | null,
  failure: string | null,
) => ChannelAnswer {
  const began = performance.now();
  return (taken, status, failure) => ({
    taken,
    status,
    failure,
    durationMs: Math.round(performance.now() - began),
  });
}
