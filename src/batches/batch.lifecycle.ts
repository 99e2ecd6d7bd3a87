import { lifecycle } from '../kernel/index.js';

export type BatchState = 'draft' | 'proposed' | 'approved' | 'cancelled';

/**
 * A batch is put together (`draft`), frozen and laid before its signers (`proposed`), and signed by all of them
 * (`approved`). A signer may return it, its preparer may cancel it. The database's trigger holds the same table.
 */
export const batchLifecycle = lifecycle<BatchState>({
  name: 'batch',
  initial: 'draft',
  moves: {
    draft: ['proposed', 'cancelled'],
    proposed: ['draft', 'approved', 'cancelled'],
    approved: [],
    cancelled: [],
  },
});
