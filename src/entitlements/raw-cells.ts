import type { Cell } from '../platform/spreadsheet/index.js';

/** The cells of one row by the name of their column (letter, or key of a JSON row), kept so that one can be mended. */
export type RawCells = Readonly<Record<string, readonly [kind: Cell['kind'], text: string]>>;
