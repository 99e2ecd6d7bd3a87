/** A read row as it is answered: times as ISO 8601 strings (UTC). */
export type WithIsoTimes<T> = {
  readonly [K in keyof T]: T[K] extends Date
    ? string
    : T[K] extends Date | null
      ? string | null
      : T[K];
};

export function withIsoTimes<T extends object>(row: T): WithIsoTimes<T> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]: [string, unknown]) => [
      key,
      value instanceof Date ? value.toISOString() : value,
    ]),
  ) as WithIsoTimes<T>;
}
