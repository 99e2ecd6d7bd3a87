export * from './sheet.js';
export * from './spreadsheet.errors.js';
export * from './open-spreadsheet.js';
export { type CellMark, harmlessText } from './marks.js';
export * from './mark-xlsx.js';
export * from './mark-csv.js';
