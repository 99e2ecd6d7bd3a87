import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  CorrectCell,
  countByColumn,
  countByRule,
  countCorrections,
  isField,
  listCorrections,
  listErrors,
  listRows,
  MapColumns,
  presentCells,
  ShowHeadings,
  type ImportDetail,
} from '../../entitlements/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, PAGE_LIMIT_DEFAULT, pageOf } from '../../platform/http/index.js';
import { ownPath, Pages, screen, seeOther, type Screen, type SeeOther } from '../kit/index.js';
import { LISTS } from './import-list.controller.js';
import { ColumnsPage } from './import-columns.page.js';
import { CorrectionsPage } from './import-corrections.page.js';
import { ErrorsPage } from './import-errors.page.js';
import { RowPage, RowsPage } from './import-rows.page.js';
import {
  columnsForm,
  correctionForm,
  cursorOnly,
  errorsFilter,
  rowsFilter,
} from './import.forms.js';
import { crumbOf, listOr404, titleOf } from './list-or-404.js';

const idParameter = { schema: z.uuid() };
const rowParameter = { schema: z.coerce.number().int().min(0).max(2_000_000) };
const fieldParameter = { schema: z.string().max(40).refine(isField) };
const errorKey = z.object({ row: z.number().int(), id: z.string().regex(/^\d{1,18}$/) });
const limit = PAGE_LIMIT_DEFAULT;
/** One row has a handful of problems. */
const ROW_ERRORS_MAX = 200;

/** The cells of a list: what is wrong with them, what they became, and what their columns mean. */
@Pages()
export class ImportCellPages {
  constructor(
    private readonly database: Database,
    private readonly correctCell: CorrectCell,
    private readonly mapColumns: MapColumns,
    private readonly showHeadings: ShowHeadings,
  ) {}

  @Get('imports/:id/errors')
  @Requires('import.read')
  async errors(
    @Param('id', idParameter) id: string,
    @Query({ schema: errorsFilter }) filter: z.infer<typeof errorsFilter>,
  ): Promise<Screen> {
    const tx = this.database.reader;
    const list = await listOr404(tx, id);
    const { cursor, commune, ...wanted } = filter;
    const after = decodeCursor(cursor, errorKey);
    const asked = { ...wanted, communeCode: commune, importId: id, after, limit };
    const page = pageOf(await listErrors(tx, asked), limit, {
      item: (error) => error,
      key: ({ row, id: errorId }) => ({ row, id: errorId }),
    });
    const shown = page.items.map(({ row }) => row);
    return pageOfList(
      list,
      <ErrorsPage
        {...{ list, page, filter }}
        rules={await countByRule(tx, id)}
        columns={await countByColumn(tx, id)}
        present={await this.cellsOf(list, shown)}
        mendedCount={await countCorrections(tx, id)}
      />,
    );
  }

  @Get('imports/:id/rows')
  @Requires('import.read')
  async rows(
    @Param('id', idParameter) id: string,
    @Query({ schema: rowsFilter }) filter: z.infer<typeof rowsFilter>,
  ): Promise<Screen> {
    const tx = this.database.reader;
    const list = await listOr404(tx, id);
    const after = decodeCursor(filter.cursor, z.number().int());
    const found = await listRows(tx, { importId: id, state: filter.state, after, limit });
    const page = pageOf(found, limit, { item: (row) => row, key: ({ row }) => row });
    const mendedCount = await countCorrections(this.database.reader, id);
    return pageOfList(list, <RowsPage {...{ list, page, filter, mendedCount }} />);
  }

  @Get('imports/:id/rows/:row')
  @Requires('import.read')
  async row(
    @Param('id', idParameter) id: string,
    @Param('row', rowParameter) row: number,
  ): Promise<Screen> {
    const tx = this.database.reader;
    const list = await listOr404(tx, id);
    const present = await this.cellsOf(list, [row]);
    const asked = { importId: id, row, after: null, limit: ROW_ERRORS_MAX };
    return screen({
      title: { vi: `Dòng ${row}`, en: `Row ${row}` },
      crumbs: [LISTS, crumbOf(list)],
      body: (
        <RowPage
          {...{ list, row }}
          present={present.get(row) ?? new Map()}
          errors={await listErrors(tx, asked)}
        />
      ),
    });
  }

  @Post('imports/:id/rows/:row/cells/:field')
  @Requires('import.write')
  @Idempotent()
  async correct(
    @Param('id', idParameter) id: string,
    @Param('row', rowParameter) row: number,
    @Param('field', fieldParameter) field: string,
    @Body({ schema: correctionForm }) form: z.infer<typeof correctionForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { seen, value } = form;
    const { good } = await this.correctCell.correct(
      { importId: id, row, field, seen: seen === '' ? null : seen, value },
      actor,
    );
    return seeOther(
      ownPath(form._from) ?? `/imports/${id}/errors`,
      good ? rowIsGood(row) : rowIsBad(row),
      {
        href: `/imports/${id}/corrections`,
        text: {
          vi: 'Xem các ô đã sửa, hoặc trả lại như cũ',
          en: 'See the mended cells, or put one back',
        },
      },
    );
  }

  @Get('imports/:id/corrections')
  @Requires('import.read')
  async corrections(
    @Param('id', idParameter) id: string,
    @Query({ schema: cursorOnly }) query: z.infer<typeof cursorOnly>,
  ): Promise<Screen> {
    const tx = this.database.reader;
    const list = await listOr404(tx, id);
    const before = decodeCursor(query.cursor, z.uuid());
    const found = await listCorrections(tx, { importId: id, before, limit: limit + 1 });
    const page = pageOf(found, limit, { item: (one) => one, key: (one) => one.id });
    const mendedCount = await countCorrections(this.database.reader, id);
    return pageOfList(list, <CorrectionsPage {...{ list, page, mendedCount }} />);
  }

  @Get('imports/:id/columns')
  @Requires('import.read')
  async columns(@Param('id', idParameter) id: string): Promise<Screen> {
    const list = await listOr404(this.database.reader, id);
    // A file that cannot be opened has no headings to show; the page says why it was refused.
    const isReadable = !list.refusal?.code.startsWith('spreadsheet.');
    const shown = isReadable ? await this.showHeadings.of(id) : null;
    const mendedCount = await countCorrections(this.database.reader, id);
    return pageOfList(list, <ColumnsPage {...{ list, shown, mendedCount }} />);
  }

  @Post('imports/:id/columns')
  @Requires('import.write')
  @Idempotent()
  async map(
    @Param('id', idParameter) id: string,
    @Body({ schema: columnsForm }) form: z.infer<typeof columnsForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const meanings = Object.fromEntries(
      form.heading.map((heading, at) => [heading, form.meaning[at] ?? '']),
    );
    const { importId } = await this.mapColumns.map({ importId: id, meanings }, actor);
    return seeOther(`/imports/${importId}`, {
      vi: 'Đã ghi nội dung các cột. Tệp đang được kiểm tra lại.',
      en: 'What the columns hold is kept. The file is being checked again.',
    });
  }

  private cellsOf(list: ImportDetail, rows: readonly number[]) {
    const { format, columns, unknownColumns } = list;
    const shape = { format, headerRow: list.headerRow ?? 0, columns, unknownColumns };
    return presentCells(this.database.reader, {
      importId: list.id,
      rows: [...new Set(rows)],
      shape,
    });
  }
}

const pageOfList = (list: ImportDetail, body: Screen['body']): Screen =>
  screen({ title: titleOf(list), crumbs: [LISTS], body });

const rowIsGood = (row: number) => ({
  vi: `Đã sửa. Dòng ${row} nay không còn lỗi.`,
  en: `Mended. Row ${row} has no error any more.`,
});
const rowIsBad = (row: number) => ({
  vi: `Đã sửa và kiểm tra lại. Dòng ${row} vẫn còn lỗi.`,
  en: `Mended and checked again. Row ${row} still has an error.`,
});
