import { FileBroken } from '../../contract.js';
import type { Cell, Sheet, SheetRow, Spreadsheet } from '../../../platform/spreadsheet/index.js';
import { bareHeadingKey, headingKey } from './headings.js';
import type { ResultOptions, ResultRole } from './options.js';

/** The bank's name, the day and the file's name stand above the table; it begins within so many rows. */
const HEADER_WITHIN_ROWS = 60;
/** More rows are no result of a list of ours. */
export const RESULT_ROWS_MAX = 200_000;

export interface TableRow {
  readonly number: number;
  cell(role: ResultRole): Cell | undefined;
  /** `H17`, or `Sheet2!H17` where a file has several tables; the row where there is no such column. */
  place(role: ResultRole): string;
}

export interface ResultTable {
  /** Texts above the header: the message's name may stand there. */
  readonly titles: readonly string[];
  rows(): AsyncIterable<TableRow>;
}

export interface FoundTables {
  readonly tables: readonly ResultTable[];
  /** Sheets that tell a status and cannot be read, for people. */
  readonly passedOver: readonly string[];
}

/**
 * The tables of a result list: every visible sheet that has the bank's headings, or the one its file names.
 * @throws FileBroken naming the headings that are missing or there twice.
 */
export async function tablesOf(
  spreadsheet: Spreadsheet,
  options: ResultOptions,
): Promise<FoundTables> {
  const { sheet: wanted } = options;
  const sheets = spreadsheet.sheets.filter((sheet) =>
    wanted === undefined ? !sheet.hidden : headingKey(sheet.name) === headingKey(wanted),
  );
  const found: { sheet: Sheet; header: Header }[] = [];
  const nearest: Header[] = [];
  const passedOver: string[] = [];
  for (const sheet of sheets) {
    const header = await headerOf(sheet, options);
    if (header && header.missing.length === 0) found.push({ sheet, header });
    else if (header) {
      nearest.push(header);
      if (header.columns.has('status')) passedOver.push(lacks(sheet, header, options));
    }
  }
  if (found.length === 0) throw noHeader(options, nearest);
  const several = spreadsheet.sheets.length > 1;
  return {
    tables: found.map(({ sheet, header }) => tableOf(sheet, header, several)),
    passedOver,
  };
}

function lacks({ name }: Sheet, { missing }: Header, { columns }: ResultOptions): string {
  const headings = missing.map((role) => `“${columns[role]?.[0] ?? role}”`).join(', ');
  return `Trang “${name}” không đọc được: thiếu cột ${headings} / Sheet “${name}” cannot be read: column ${headings} is missing`;
}

interface Header {
  readonly place: string;
  readonly rowNumber: number;
  readonly columns: ReadonlyMap<ResultRole, number>;
  readonly missing: readonly ResultRole[];
  readonly titles: readonly string[];
}

async function headerOf(sheet: Sheet, options: ResultOptions): Promise<Header | null> {
  const roles = rolesByHeading(options);
  const titles: string[] = [];
  let best: Header | null = null;
  for await (const row of sheet.rows()) {
    if (row.number > HEADER_WITHIN_ROWS) break;
    const columns = columnsIn(row, roles, sheet);
    const missing = neededRoles(options).filter((role) => !columns.has(role));
    const header = {
      place: `${sheet.name}: ${row.number}`,
      rowNumber: row.number,
      columns,
      missing,
    };
    if (missing.length === 0) return { ...header, titles };
    if (columns.size > (best?.columns.size ?? 0)) best = { ...header, titles };
    for (const { text } of row.cells.values()) titles.push(text);
  }
  return best;
}

interface Named {
  readonly role: ResultRole;
  /** Its place among the headings that the bank's file gives for the role. */
  readonly rank: number;
}

function rolesByHeading({ columns }: ResultOptions): ReadonlyMap<string, Named> {
  const { reference, account, amount, status, reason, bankReference, time } = columns;
  const all: [ResultRole, readonly string[] | undefined][] = [
    ['reference', reference],
    ['account', account],
    ['amount', amount],
    ['status', status],
    ['reason', reason],
    ['bankReference', bankReference],
    ['time', time],
  ];
  return new Map(
    all.flatMap(([role, texts = []]) =>
      texts.map((text, rank) => [headingKey(text), { role, rank }] as const),
    ),
  );
}

/** A list without these cannot be read; with `account` as a second way, a reference column may be missing. */
function neededRoles({ columns, matchBy }: ResultOptions): ResultRole[] {
  const always: ResultRole[] = ['status', ...(columns.amount ? (['amount'] as const) : [])];
  if (matchBy.includes('account')) always.push('account');
  else always.push('reference');
  return always;
}

/** Of several columns for one of these, that counts whose heading the bank's file names first. */
const REMARKS: ReadonlySet<ResultRole> = new Set(['reason', 'bankReference', 'time']);
/** Also for these, when they are called differently: a wrong column names nobody of ours, and is told. */
const NAMES: ReadonlySet<ResultRole> = new Set(['reference', 'account']);

/** @throws FileBroken for two columns of one figure: nobody may choose. */
function columnsIn(
  row: SheetRow,
  roles: ReadonlyMap<string, Named>,
  sheet: Sheet,
): ReadonlyMap<ResultRole, number> {
  const found = new Map<ResultRole, { column: number; rank: number }>();
  const twice: number[] = [];
  for (const [column, cell] of row.cells) {
    if (cell.kind !== 'text') continue;
    const named = roles.get(headingKey(cell.text)) ?? roles.get(bareHeadingKey(cell.text));
    if (!named) continue;
    const { role, rank } = named;
    const first = found.get(role);
    const mayChoose = REMARKS.has(role) || (NAMES.has(role) && rank !== first?.rank);
    if (!first || (mayChoose && rank < first.rank)) found.set(role, { column, rank });
    else if (!mayChoose) twice.push(first.column, column);
  }
  const isHeader = found.has('status') && found.size > 1;
  if (isHeader && twice.length > 0) {
    throw twoColumns(twice.map((column) => sheet.cellName(column, row.number)).join(', '));
  }
  return new Map([...found].map(([role, { column }]) => [role, column]));
}

function twoColumns(cells: string): FileBroken {
  return new FileBroken(
    {
      vi: `Hai cột cùng một nghĩa (${cells}); hãy xóa hoặc đổi tên một cột rồi nộp lại.`,
      en: `Two columns mean the same (${cells}); please delete or rename one and bring the file again.`,
    },
    cells,
  );
}

function tableOf(sheet: Sheet, header: Header, several: boolean): ResultTable {
  const { columns, rowNumber, titles } = header;
  const prefix = several ? `${sheet.name}!` : '';
  return {
    titles,
    async *rows() {
      for await (const row of sheet.rows()) {
        if (row.number <= rowNumber) continue;
        yield {
          number: row.number,
          cell: (role) => row.cells.get(columns.get(role) ?? 0),
          place: (role) => {
            const column = columns.get(role) ?? columns.get('status') ?? 1;
            return `${prefix}${sheet.cellName(column, row.number)}`;
          },
        };
      }
    },
  };
}

function noHeader({ columns }: ResultOptions, nearest: readonly Header[]): FileBroken {
  const [best] = [...nearest].sort((a, b) => b.columns.size - a.columns.size);
  const missing = (best?.missing ?? (['status'] as const)).map(
    (role) => `“${columns[role]?.[0] ?? role}”`,
  );
  const headings = missing.join(', ');
  return new FileBroken(
    {
      vi: `Không tìm thấy dòng tiêu đề của danh sách kết quả: thiếu cột ${headings}. Hãy kiểm tra có đúng tệp của ngân hàng này không.`,
      en: `No header of a result list was found: column ${headings} is missing. Please check that it is this bank’s file.`,
    },
    best?.place ?? null,
  );
}
