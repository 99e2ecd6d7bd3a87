import type { Bilingual } from '../kernel/index.js';

/** What a title may say. */
export interface Parts {
  readonly bank: string;
  readonly batch: string;
  /** What does not fit. */
  readonly bucket: Bilingual;
  readonly count: number;
  readonly money: Bilingual;
  readonly reason: Bilingual;
  readonly since: string;
  /** The same with its hour. */
  readonly sinceHour: string;
  /** Of the oldest, where the rule tells it. */
  readonly age: Bilingual;
  /** Payments in doubt, where the rule tells them; empty when there are none. */
  readonly doubts: Bilingual;
  /** Who ordered it, why, and until when it lasts, where the rule tells it. */
  readonly by: string;
  readonly because: string;
  readonly until: string;
  /** The rest of the particulars. */
  readonly of: (name: string) => string;
}

export type Title = (parts: Parts) => Bilingual;
