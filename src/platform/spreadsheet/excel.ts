import type ExcelJS from 'exceljs';

/** exceljs, loaded by those who need it: that takes half a second, and most processes never hold a workbook. */
export const excel = async (): Promise<typeof ExcelJS> => (await import('exceljs')).default;
