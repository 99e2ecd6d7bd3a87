import { lifecycle } from '../kernel/index.js';

export type ImportState = 'received' | 'checked' | 'applied' | 'refused';

/** A list is stored, then every row is checked, then a person applies or refuses it. An unreadable file is refused by the check. */
export const importLifecycle = lifecycle<ImportState>({
  name: 'import',
  initial: 'received',
  moves: {
    received: ['checked', 'refused'],
    checked: ['applied', 'refused'],
    applied: [],
    refused: [],
  },
});
