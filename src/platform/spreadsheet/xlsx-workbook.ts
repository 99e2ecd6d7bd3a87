import { posix } from 'node:path';
import { spreadsheetErrors } from './spreadsheet.errors.js';
import type { XlsxArchive } from './xlsx-archive.js';
import { attribute, readWholeXml, readXml, unescapeText, withPiece } from './xlsx-xml.js';

export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

export interface WorkbookParts {
  /** In the order of the tabs, worksheets only. */
  readonly sheets: readonly SheetPart[];
  /** Dates count from 1904 instead of 1900 (workbooks from old Macs). */
  readonly from1904: boolean;
  readonly stylesPart: string | null;
  readonly stringsPart: string | null;
}

const SHEETS_MAX = 200;
/** Texts of a workbook are held in memory while it is read, as every row refers to them by number. */
const STRINGS_BYTES_MAX = 192 * 1024 * 1024;
/** An empty one costs something, too. */
const STRING_OVERHEAD_BYTES = 16;

export async function readWorkbookParts(archive: XlsxArchive): Promise<WorkbookParts> {
  const main = await mainPart(archive);
  const relations = await relationsOf(archive, main);
  const sheets: SheetPart[] = [];
  let from1904 = false;
  await readWholeXml(await archive.read(main), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const relation = relations.get(attribute(attributes, 'id') ?? '');
      if (!relation?.type.endsWith('/worksheet')) return;
      sheets.push({
        name: attributes['name'] ?? '',
        hidden: (attributes['state'] ?? 'visible') !== 'visible',
        part: relation.target,
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  if (sheets.length === 0) throw spreadsheetErrors.notAWorkbook('no sheet');
  const partOfType = (suffix: string): string | null => {
    const found = [...relations.values()].find((relation) => relation.type.endsWith(suffix));
    return found && archive.has(found.target) ? found.target : null;
  };
  return {
    sheets: sheets.slice(0, SHEETS_MAX),
    from1904,
    stylesPart: partOfType('/styles'),
    stringsPart: partOfType('/sharedStrings'),
  };
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

async function mainPart(archive: XlsxArchive): Promise<string> {
  const relations = await relationsOf(archive, '');
  const main = [...relations.values()].find(({ type }) => type.endsWith('/officeDocument'));
  if (!main) throw spreadsheetErrors.notAWorkbook('no workbook');
  return main.target;
}

async function relationsOf(archive: XlsxArchive, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part);
  const relationsPart = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations = new Map<string, Relation>();
  await readWholeXml(await archive.read(relationsPart), {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      const target = attributes['Target'] ?? '';
      relations.set(attributes['Id'] ?? '', {
        type: attributes['Type'] ?? '',
        target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
}

/** Texts that cells refer to by number. Pieces of rich text are joined; reading aids (`rPh`) are left out. */
export async function readSharedStrings(archive: XlsxArchive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let bytes = 0;
  let current = '';
  let inText = false;
  let inReadingAid = false;
  const reading = readXml(await archive.read(part), {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') inReadingAid = true;
      inText = name === 't' && !inReadingAid;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') inReadingAid = false;
      if (name !== 'si') return;
      bytes += current.length * 2 + STRING_OVERHEAD_BYTES;
      strings.push(unescapeText(current));
    },
    text: (text) => {
      if (inText) current = withPiece(current, text);
    },
  });
  while (!(await reading.next()).done) {
    if (bytes > STRINGS_BYTES_MAX) throw spreadsheetErrors.tooLargeUnpacked(STRINGS_BYTES_MAX);
  }
  return strings;
}

// The built-in number formats that show a date (ECMA-376-1, 18.8.30), East Asian ones included.
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58,
]);

/** For each cell style, whether it shows a number as a date. */
export async function readDateStyles(archive: XlsxArchive, part: string): Promise<boolean[]> {
  const customDates = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  await readWholeXml(await archive.read(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        customDates.set(Number(attributes['numFmtId']), showsADate(attributes['formatCode'] ?? ''));
      }
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) {
        const format = Number(attributes['numFmtId'] ?? '0');
        styles.push(customDates.get(format) ?? BUILT_IN_DATES.has(format));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text: () => undefined,
  });
  return styles;
}

/** A format shows a date when, quoted and bracketed text aside, it has a day or a year in it. */
export function showsADate(formatCode: string): boolean {
  const bare = formatCode
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .split(';')[0];
  return /[dy]/i.test(bare ?? '') || /m{3,}/i.test(bare ?? '');
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
