import { createReadStream } from 'node:fs';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { maskTail } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { attachment, decodeCursor, pageOf, type Page } from '../../platform/http/index.js';
import { entitlementsErrors } from '../entitlements.errors.js';
import { listErrors, listRows, type ErrorView, type RowView } from '../import-row.read.js';
import { importStateOf } from '../import.read.js';
import { MarkList } from '../mark-list.js';
import { errorPage, errorSchema, errorsQuery, rowPage, rowsQuery } from './import.schemas.js';

const idParameter = { schema: z.uuid() };
const errorKey = z.object({ row: z.number().int(), id: z.string().regex(/^\d{1,18}$/) });

@ApiTags('imports')
@Controller('api/v1/imports/:id')
@Requires('import.read')
export class ImportResultsController {
  constructor(
    private readonly database: Database,
    private readonly markList: MarkList,
  ) {}

  @Get('errors')
  @ApiOperation({ summary: 'Every problem of a list, in the order of its rows' })
  @ApiOkResponse({ standardSchema: errorPage })
  async errors(
    @Param('id', idParameter) id: string,
    @Query({ schema: errorsQuery }) query: z.infer<typeof errorsQuery>,
  ): Promise<Page<z.infer<typeof errorSchema>>> {
    await this.assertThere(id);
    const { cursor, ...filter } = query;
    const after = decodeCursor(cursor, errorKey);
    const found = await listErrors(this.database.reader, { ...filter, importId: id, after });
    return pageOf(found, query.limit, {
      item: errorView,
      key: (error) => ({ row: error.row, id: error.id }),
    });
  }

  @Get('rows')
  @ApiOperation({ summary: 'The rows of a list as they were read; account numbers are masked' })
  @ApiOkResponse({ standardSchema: rowPage })
  async rows(
    @Param('id', idParameter) id: string,
    @Query({ schema: rowsQuery }) query: z.infer<typeof rowsQuery>,
  ): Promise<Page<RowView>> {
    await this.assertThere(id);
    const { cursor, ...filter } = query;
    const after = decodeCursor(cursor, z.number().int());
    const found = await listRows(this.database.reader, { ...filter, importId: id, after });
    return pageOf(found, query.limit, { item: maskedRow, key: (row) => row.row });
  }

  @Get('annotated')
  @ApiOperation({
    summary: 'The file that was sent, its bad cells marked and commented',
    description:
      'A workbook of more than 6 MiB or 20,000 rows is not marked itself: the answer then holds its bad rows only, ' +
      'and its name says so. CSV files come back whole with one more column.',
  })
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async annotated(@Param('id', idParameter) id: string): Promise<StreamableFile> {
    const copy = await this.markList.copyOf(id);
    const stream = createReadStream(copy.path);
    stream.once('close', () => void copy.remove());
    return new StreamableFile(stream, {
      type: copy.mediaType,
      disposition: attachment(copy.fileName, 'list'),
    });
  }

  private async assertThere(id: string): Promise<void> {
    const state = await importStateOf(this.database.reader, id);
    if (state === null) throw entitlementsErrors.importNotFound(id);
  }
}

function errorView(error: ErrorView): z.infer<typeof errorSchema> {
  const { row, column, cell, field, value, rule, severity } = error;
  return {
    row,
    column,
    cell,
    field,
    value,
    rule,
    severity,
    message: { vi: error.messageVi, en: error.messageEn },
    remedy: { vi: error.remedyVi, en: error.remedyEn },
  };
}

function maskedRow(row: RowView): RowView {
  return { ...row, accountNumber: row.accountNumber === null ? null : maskTail(row.accountNumber) };
}
