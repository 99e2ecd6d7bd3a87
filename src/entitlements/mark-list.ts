import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { formatDate, officeDate } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import {
  MARKED_WORKBOOK_BYTES_MAX,
  columnOfReference,
  markCsv,
  markWorkbook,
  openSpreadsheet,
  writeMarkedRows,
  type CellMark,
} from '../platform/spreadsheet/index.js';
import { LIST_FIELDS, isField } from './list.columns.js';
import { ErrorsByRow } from './errors-by-row.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { findImport, type ImportDetail } from './import.read.js';
import { correctionsByRow, type CorrectionView, type CorrectionsByRow } from './correction.read.js';
import type { ErrorView } from './import-row.read.js';
import { withStoredFile } from './stored-list.js';

/** Workbooks with more lines are not held in memory to be marked: 20,000 rows of 14 cells take some 400 MB. */
export const MARKED_WORKBOOK_ROWS_MAX = 20_000;

export interface MarkedCopy {
  readonly path: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** `whole`: the very file with its bad cells marked; `bad-rows`: too large for that, only its bad rows. */
  readonly extent: 'whole' | 'bad-rows';
  /** Removes the copy; to be called whatever happens. */
  remove(): Promise<void>;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Makes the copy an officer mends: the file that was sent, with every problem where it lies. */
@Injectable()
export class MarkList {
  constructor(private readonly database: Database) {}

  /** @throws DomainError when there is no such import, it is not read yet, or it came as JSON. */
  async copyOf(importId: string): Promise<MarkedCopy> {
    const tx = this.database.reader;
    const list = await findImport(tx, importId);
    if (!list) throw entitlementsErrors.importNotFound(importId);
    if (list.format === 'json') throw entitlementsErrors.noMarkedCopy(list.format);
    if (list.sheet === null) throw entitlementsErrors.importNotChecked(importId, list.state);
    const folder = await mkdtemp(join(tmpdir(), 'chitra-marked-'));
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    try {
      const target = join(folder, 'marked');
      const extent = await withStoredFile(tx, importId, (path) => this.write(list, path, target));
      return { path: target, ...namesOf(list, extent), extent, remove };
    } catch (error) {
      await remove();
      throw error;
    }
  }

  private async write(
    list: ImportDetail,
    path: string,
    target: string,
  ): Promise<MarkedCopy['extent']> {
    const errors = new ErrorsByRow(this.database.reader, list.id);
    const mended = await correctionsByRow(this.database.reader, list.id);
    if (list.format === 'csv') {
      const textOf = async (record: number): Promise<string> =>
        record === list.headerRow
          ? ERRORS_HEADING
          : [textOfErrors(await errors.of(record)), textOfMended(mended.get(record))]
              .filter((text) => text !== '')
              .join(' | ');
      await markCsv(path, { target, textOf });
      return 'whole';
    }
    const small =
      list.byteSize <= MARKED_WORKBOOK_BYTES_MAX && list.readRows <= MARKED_WORKBOOK_ROWS_MAX;
    if (small) {
      const marks = [
        ...(await errors.all()).map(markOf),
        ...[...mended.values()].flatMap((corrections) => corrections.map(markOfMended)),
      ];
      if (await markWorkbook(path, { sheetName: list.sheet ?? '', marks, target })) return 'whole';
    }
    await this.writeBadRows(list, { path, target, mended });
    return 'bad-rows';
  }

  private async writeBadRows(
    list: ImportDetail,
    { path, target, mended }: { path: string; target: string; mended: CorrectionsByRow },
  ): Promise<void> {
    const spreadsheet = await openSpreadsheet(path);
    try {
      const sheet = spreadsheet.sheets.find((candidate) => candidate.name === list.sheet);
      if (!sheet) throw entitlementsErrors.importNotChecked(list.id, list.state);
      const errors = new ErrorsByRow(this.database.reader, list.id);
      const width = Math.max(
        ...[...list.columns, ...list.unknownColumns].map(
          ({ column }) => columnOfReference(column) ?? 0,
        ),
      );
      await writeMarkedRows(target, { name: sheet.name, rows: badRows() });
      async function* badRows() {
        for await (const row of sheet?.rows() ?? []) {
          const isHeader = row.number === list.headerRow;
          const found = isHeader ? [] : await errors.of(row.number);
          const corrections = isHeader ? [] : (mended.get(row.number) ?? []);
          const isBad = found.some(({ severity }) => severity === 'error');
          if (!isHeader && !isBad && corrections.length === 0) continue;
          const cells = Array.from({ length: width }, (_, at) => row.cells.get(at + 1)?.text ?? '');
          if (isHeader) writeUpperHeadings(list, cells);
          yield {
            cells: isHeader
              ? [...cells, ROW_HEADING, ERRORS_HEADING]
              : [
                  ...cells,
                  String(row.number),
                  [textOfErrors(found), textOfMended(corrections)].join(' '),
                ],
            marks: [...found.map(markOf), ...corrections.map(markOfMended)],
          };
        }
      }
    } finally {
      await spreadsheet.close();
    }
  }
}

/** Of a header of two rows the generated copy has one: what stood in the upper row is written into it. */
function writeUpperHeadings(list: ImportDetail, cells: string[]): void {
  for (const { field, column } of list.columns) {
    const at = (columnOfReference(column) ?? 0) - 1;
    if (at >= 0 && cells[at] === '' && isField(field)) cells[at] = LIST_FIELDS[field].heading;
  }
}

const ERRORS_HEADING = 'Lỗi cần sửa';
const ROW_HEADING = 'Dòng trong tệp gốc';

function markOf(error: ErrorView): CellMark {
  return {
    row: error.row,
    column: error.column === null ? null : columnOfReference(error.column),
    severity: error.severity,
    text: `${error.messageVi} ${error.remedyVi}`,
  };
}

function textOfErrors(errors: readonly ErrorView[]): string {
  return errors.map((error) => `${error.cell}: ${error.messageVi} ${error.remedyVi}`).join(' | ');
}

function markOfMended(correction: CorrectionView): CellMark {
  return {
    row: correction.row,
    column: columnOfReference(correction.column),
    severity: 'corrected',
    text: mendedText(correction),
  };
}

function textOfMended(corrections: readonly CorrectionView[] = []): string {
  return corrections
    .map((correction) => `${correction.cell}: ${mendedText(correction)}`)
    .join(' | ');
}

/** The copy keeps what was sent; what it was mended to is said beside it. */
function mendedText({ was, became, by, at }: CorrectionView): string {
  const shown = (text: string | null): string => (text === null ? 'ô trống' : `"${text}"`);
  return `Đã sửa trên ChiTra từ ${shown(was)} thành ${shown(became)} (${by}, ${formatDate(officeDate(at))}).`;
}

function namesOf(
  list: ImportDetail,
  extent: MarkedCopy['extent'],
): { fileName: string; mediaType: string } {
  const stem = list.fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '');
  if (list.format === 'csv')
    return { fileName: `${stem}-danh-dau.csv`, mediaType: 'text/csv; charset=utf-8' };
  const suffix = extent === 'whole' ? 'danh-dau' : 'chi-cac-dong-loi';
  return { fileName: `${stem}-${suffix}.xlsx`, mediaType: XLSX };
}
