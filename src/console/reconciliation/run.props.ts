import type {
  BucketTotal,
  ExceptionRow,
  KindCount,
  ReconciliationRow,
  RunOfDays,
  StatementRow,
} from '../../reconciliation/index.js';
import type { CodeNames } from '../naming/code-names.js';

/** What the page of a run shows. */
export interface RunPageProps {
  readonly names: CodeNames;
  readonly run: ReconciliationRow;
  readonly statement: StatementRow | null;
  readonly buckets: readonly BucketTotal[];
  readonly hindering: readonly KindCount[];
  readonly waiting: number;
  readonly exceptions: readonly ExceptionRow[];
  readonly others: readonly RunOfDays[];
}
