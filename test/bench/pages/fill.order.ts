/** What a database is filled with. */
export interface FillOrder {
  readonly payments: number;
  readonly people: number;
  /** ISO 8601: the months end with it. */
  readonly now: string;
  readonly officers: {
    readonly preparer: string;
    readonly accountant: string;
    readonly holder: string;
  };
  readonly communes: readonly string[];
  readonly names: readonly (readonly NamePart[])[];
}

export interface NamePart {
  readonly name: string;
  readonly folded: string;
}
