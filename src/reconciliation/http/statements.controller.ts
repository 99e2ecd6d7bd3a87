import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiAcceptedResponse,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import {
  ApiForm,
  decodeCursor,
  Idempotent,
  pageOf,
  RemoveUpload,
  type Page,
  type StoredUpload,
} from '../../platform/http/index.js';
import { ReceiveStatement } from '../receive-statement.js';
import { fileMissing, unknownStatement } from '../reconciliation.errors.js';
import { ReconciliationRead, type BucketTotal, type EntryRow } from '../reconciliation.read.js';
import { StatementRead, type KnownStatementRow } from '../statement.read.js';
import { entriesSchema, entryKey, idSchema } from './reconciliation.schemas.js';
import {
  entriesQuery,
  FILE_DESCRIPTION,
  receivedSchema,
  statementForm,
  statementSchema,
  statementsQuery,
  statementsSchema,
  uploadForm,
} from './statements.schemas.js';

const FILE_BYTES_MAX = 20 * 1024 * 1024;
const idParameter = { schema: idSchema };

@ApiTags('statements')
@Controller('api/v1/statements')
export class StatementsController {
  constructor(
    private readonly receiving: ReceiveStatement,
    private readonly statements: StatementRead,
    private readonly reconciliations: ReconciliationRead,
  ) {}

  @Post()
  @Requires('reconciliation.operate')
  @HttpCode(202)
  @Idempotent()
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: FILE_BYTES_MAX, files: 1, fields: 5 } }),
    RemoveUpload,
  )
  @ApiOperation({ summary: 'Send a bank’s statement as a CSV file', description: FILE_DESCRIPTION })
  @ApiConsumes('multipart/form-data')
  @ApiForm(uploadForm)
  @ApiAcceptedResponse({ standardSchema: receivedSchema, description: 'stored; a job matches it' })
  @ApiOkResponse({ standardSchema: receivedSchema, description: 'it was there already' })
  async receive(
    @CurrentActor() actor: Actor,
    @Body({ schema: statementForm }) { bank }: z.infer<typeof statementForm>,
    @UploadedFile() file: StoredUpload | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof receivedSchema>> {
    if (!file) throw fileMissing();
    const { path, originalname: fileName } = file;
    const received = await this.receiving.receive(actor, { bank, path, fileName });
    const { statementRow: id, reconciliationId, repeated } = received;
    if (repeated) response.status(200);
    response.setHeader('Location', `/api/v1/statements/${id}`);
    return { id, reconciliationId, repeated };
  }

  @Get()
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'Statements, newest first' })
  @ApiOkResponse({ standardSchema: statementsSchema })
  async list(
    @Query({ schema: statementsQuery }) query: z.infer<typeof statementsQuery>,
  ): Promise<Page<KnownStatementRow>> {
    const { bank, limit } = query;
    const before = decodeCursor(query.cursor, z.uuid());
    const found = await this.statements.list({ bank, before, limit });
    return pageOf(found, limit, { item: (row) => row, key: ({ id }) => id });
  }

  @Get(':id')
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'One statement: its figures, whether it adds up, and its buckets' })
  @ApiOkResponse({ standardSchema: statementSchema })
  async find(
    @Param('id', idParameter) id: string,
  ): Promise<KnownStatementRow & { buckets: BucketTotal[] }> {
    const found = await this.statement(id);
    return { ...found, buckets: await this.reconciliations.buckets(id) };
  }

  @Get(':id/entries')
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'Its entries in the order of booking' })
  @ApiOkResponse({ standardSchema: entriesSchema })
  async entries(
    @Param('id', idParameter) id: string,
    @Query({ schema: entriesQuery }) query: z.infer<typeof entriesQuery>,
  ): Promise<Page<EntryRow>> {
    await this.statement(id);
    const { bucket, limit } = query;
    const after = decodeCursor(query.cursor, entryKey);
    const found = await this.reconciliations.entries({ statementRow: id, bucket, after, limit });
    return pageOf(found, limit, {
      item: (entry) => entry,
      key: ({ bookedAt, id: last }) => ({ bookedAt: bookedAt.toISOString(), id: last }),
    });
  }

  private async statement(id: string): Promise<KnownStatementRow> {
    const found = await this.statements.find(id);
    if (!found) throw unknownStatement(id);
    return found;
  }
}
