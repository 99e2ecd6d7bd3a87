import type { BatchFunds, Competence, RoundDetail, SignableBatch } from '../../approvals/index.js';
import type {
  Basis,
  BatchConcerns,
  BatchDetail,
  ChangeCounts,
  LineChanges,
  NamedParts,
  ProposedRound,
} from '../../batches/index.js';

/** What the page of a signer shows. */
export interface SigningProps {
  readonly batch: BatchDetail;
  readonly round: RoundDetail;
  readonly competence: Competence | null;
  readonly funds: BatchFunds;
  readonly parts: NamedParts;
  readonly concerns: BatchConcerns;
  readonly changes: { readonly comparedWith: Basis; readonly counts: ChangeCounts };
  /** The last round that was returned, and how many lines differ from it. */
  readonly lastReturn: { readonly round: ProposedRound; readonly lines: LineChanges | null } | null;
  /** What differs from what the person had before them when they pressed the button. */
  readonly sinceSeen: LineChanges | null;
  readonly people: ReadonlyMap<string, string>;
}

/** A batch that lies before its signers, with its digest. */
export type Sealed = SignableBatch & { readonly digest: string };
