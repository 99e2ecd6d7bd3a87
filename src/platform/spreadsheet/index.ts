export { excel } from './excel.js';
export * from './sheet.js';
export * from './spreadsheet.errors.js';
export * from './open-spreadsheet.js';
export { type CellMark, csvField, harmlessText } from './marks.js';
export * from './mark-xlsx.js';
export * from './mark-csv.js';
export {
  writeWorkbook,
  type CellLook,
  type OutCell,
  type OutRow,
  type OutSheet,
  type OutWorkbook,
} from './write-workbook.js';
export {
  everyRow,
  EXPORT_FORMATS,
  exportList,
  type Exported,
  type ExportFormat,
} from './export-list.js';
export type { ExportColumn, ExportFact, ExportKind, ExportList } from './export-shape.js';
