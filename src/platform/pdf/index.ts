export {
  PdfPaper,
  type FontStyle,
  type PaperSettings,
  type TextLook,
  type TextPlace,
} from './pdf-paper.js';
export { PdfTable, type TableCell, type TableColumn, type TableSettings } from './pdf-table.js';
