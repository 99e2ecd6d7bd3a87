import type { Competence, RoundDetail } from '../../approvals/index.js';
import type { AccountCount, BatchConcerns, BatchDetail, NamedParts } from '../../batches/index.js';
import type { RunSummary } from '../../payments/index.js';

/** What the overview of a batch shows. */
export interface OverviewProps {
  readonly batch: BatchDetail;
  readonly parts: NamedParts;
  /** Null when there is nothing to sign any more. */
  readonly concerns: BatchConcerns | null;
  readonly accounts: readonly AccountCount[];
  readonly round: RoundDetail;
  readonly competence: Competence | null;
  readonly run: RunSummary | null;
  readonly followUps: readonly { id: string; number: string }[];
  readonly people: ReadonlyMap<string, string>;
}
