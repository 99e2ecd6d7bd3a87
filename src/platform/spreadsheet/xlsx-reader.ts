import type { Spreadsheet } from './sheet.js';
import { XlsxArchive } from './xlsx-archive.js';
import { XlsxSheet } from './xlsx-sheet.js';
import { readDateStyles, readSharedStrings, readWorkbookParts } from './xlsx-workbook.js';

/**
 * Opens a workbook for reading row by row. Only the texts shared by its cells are held in memory.
 *
 * exceljs' streaming reader was tried first and dropped for reading: it keeps only the last piece of rich
 * inline text, passes over sheets whose part is not called `sheet1.xml`, fails on cells without a reference,
 * and reads digits through floats. A list of payees must not lose a letter silently.
 */
export async function openXlsx(path: string): Promise<Spreadsheet> {
  const archive = await XlsxArchive.open(path);
  try {
    const parts = await readWorkbookParts(archive);
    const texts = {
      strings: parts.stringsPart ? await readSharedStrings(archive, parts.stringsPart) : [],
      dateStyles: parts.stylesPart ? await readDateStyles(archive, parts.stylesPart) : [],
      from1904: parts.from1904,
    };
    return {
      format: 'xlsx',
      sheets: parts.sheets.map((sheet) => new XlsxSheet(archive, sheet, texts)),
      close: async () => {
        archive.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}
