import { columnLetters } from './sheet.js';

/** XML of a workbook (ECMA-376) with nothing in it that a list does not need. */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORKSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const PART = '<Override PartName="';

/** What XML cannot carry at all (half a character is mended where bytes are made), and Excel's own escape, which would be read as another character. */
const UNCARRIED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const EXCEL_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

export function escaped(text: string): string {
  return text
    .replace(UNCARRIED, '')
    .replace(EXCEL_ESCAPE, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

/** In the order of `cellXfs` below. */
export const STYLE = {
  plain: 0,
  text: 1,
  money: 2,
  count: 2,
  share: 3,
  date: 4,
  moment: 5,
  title: 6,
  heading: 7,
  sum: 8,
  sumText: 9,
} as const;

export type StyleName = keyof typeof STYLE;

const FORMATS = `<numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="166" formatCode="0.0"/></numFmts>`;
const font = (size: number, bold: boolean): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="Times New Roman"/><family val="1"/></font>`;
const format = (id: number, rest: { font?: number; fill?: number; wraps?: boolean } = {}): string =>
  `<xf numFmtId="${id}" fontId="${rest.font ?? 0}" fillId="${rest.fill ?? 0}" borderId="${rest.fill ? 1 : 0}" xfId="0" applyNumberFormat="1" applyFont="1"${
    rest.wraps
      ? ' applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
      : '/>'
  }`;
const EDGES = ['left', 'right', 'top', 'bottom'].map((edge) => `<${edge} style="thin"/>`).join('');

export const STYLES = `${XML}<styleSheet xmlns="${MAIN}">${FORMATS}<fonts count="3">${font(11, false)}${font(11, true)}${font(14, true)}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEEEEE"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${EDGES}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="10">${[
  format(0),
  format(49),
  format(3),
  format(166),
  format(164),
  format(165),
  format(49, { font: 2 }),
  format(49, { font: 1, fill: 2, wraps: true }),
  format(3, { font: 1 }),
  format(49, { font: 1 }),
].join('')}</cellXfs></styleSheet>`;

const sheetNumbers = (sheets: number): number[] =>
  Array.from({ length: sheets }, (_, at) => at + 1);

export function contentTypes(sheets: number): string {
  const listed = sheetNumbers(sheets).map(
    (n) => `${PART}/xl/worksheets/sheet${n}.xml" ContentType="${WORKSHEET}.worksheet+xml"/>`,
  );
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${PART}/xl/workbook.xml" ContentType="${WORKSHEET}.sheet.main+xml"/>${PART}/xl/styles.xml" ContentType="${WORKSHEET}.styles+xml"/>${PART}/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${listed.join('')}</Types>`;
}

export const ROOT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

export function relationsOf(sheets: number): string {
  const listed = sheetNumbers(sheets).map(
    (n) =>
      `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${listed.join('')}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;
}

/** @param headRow the row of the column headings: it stands above every printed page. */
export function workbookOf(sheets: number, headRow: number): string {
  const listed = sheetNumbers(sheets).map(
    (n) => `<sheet name="${n}" sheetId="${n}" r:id="rId${n}"/>`,
  );
  const titles = sheetNumbers(sheets).map(
    (n) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">'${n}'!$${headRow}:$${headRow}</definedName>`,
  );
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`;
}

export function propertiesOf({ title, by, at }: { title: string; by: string; at: Date }): string {
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(by)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${at.toISOString().slice(0, 19)}Z</dcterms:created></cp:coreProperties>`;
}

/** Headings stay in sight, and the page lies on its side. */
export function sheetStart(widths: readonly number[], headRow: number): string {
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

export const SHEET_END =
  '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>';

export function rowOf(number: number, cells: readonly string[]): string {
  const placed = cells.map((cell, at) =>
    cell === '' ? '' : cell.replace('<c ', `<c r="${columnLetters(at + 1)}${number}" `),
  );
  return `<row r="${number}">${placed.join('')}</row>`;
}

export function textCell(text: string, style: StyleName): string {
  if (text === '') return '';
  return `<c s="${STYLE[style]}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** @param number digits, perhaps with a sign and a decimal point. */
export function numberCell(number: string, style: StyleName): string {
  return `<c s="${STYLE[style]}"><v>${number}</v></c>`;
}
