import type { BeneficiaryFile } from '../../beneficiaries/index.js';
import type { FailedRow } from '../../payments/index.js';
import type { CodeNames } from '../naming/code-names.js';

/** What the page of one failed payment, and each of its forms, shows. */
export interface MendOneProps {
  readonly names: CodeNames;
  readonly row: FailedRow;
  readonly file: BeneficiaryFile;
  /** The bank's newest word about the account that holds now. */
  readonly seenCheckId: string | null;
}
