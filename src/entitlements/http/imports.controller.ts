import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import {
  ApiForm,
  Idempotent,
  RemoveUpload,
  decodeCursor,
  pageOf,
  type Page,
  type StoredUpload,
} from '../../platform/http/index.js';
import { ApplyImport } from '../apply-import.js';
import { entitlementsErrors } from '../entitlements.errors.js';
import { countByRule } from '../import-row.read.js';
import { findImport, listImports, type ImportSummary } from '../import.read.js';
import { ReceiveImport } from '../receive-import.js';
import { RefuseImport } from '../refuse-import.js';
import {
  applicationBody,
  importBody,
  importPage,
  importSchema,
  importsQuery,
  refusalBody,
  uploadForm,
  type ImportBody,
} from './import.schemas.js';
import { withIsoTimes, type WithIsoTimes } from './iso-times.js';

const idParameter = { schema: z.uuid() };

@ApiTags('imports')
@Controller('api/v1/imports')
export class ImportsController {
  constructor(
    private readonly database: Database,
    private readonly receiveImport: ReceiveImport,
    private readonly applyImport: ApplyImport,
    private readonly refuseImport: RefuseImport,
  ) {}

  @Post()
  @Requires('import.write')
  @HttpCode(202)
  @Idempotent()
  @UseInterceptors(FileInterceptor('file'), RemoveUpload)
  @ApiOperation({
    summary: 'Send a list',
    description:
      'As a form with `file` (.xlsx, .csv, .json), or as a JSON body with `rows`. Answered when it is stored; it is ' +
      'checked by a job: read the import until its state is `checked`. The same list sent again answers 200 with the ' +
      'import that is there, and changes nothing.',
  })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiForm(uploadForm)
  @ApiAcceptedResponse({ standardSchema: importSchema })
  @ApiOkResponse({ standardSchema: importSchema, description: 'this list was there already' })
  async receive(
    @Body({ schema: importBody }) body: z.infer<typeof importBody>,
    @UploadedFile() file: StoredUpload | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportBody> {
    const { rows, fileName, ...declaration } = Array.isArray(body) ? { rows: body } : body;
    const send = (path: string, name: string) =>
      this.receiveImport.receive({ path, fileName: name, declaration }, actor);
    const received = file
      ? await send(file.path, fileName ?? file.originalname)
      : await asFile(rows, (path) => send(path, fileName ?? 'rows.json'));
    if (received.repeated) response.status(200);
    response.setHeader('Location', `/api/v1/imports/${received.importId}`);
    return this.view(received.importId);
  }

  @Get()
  @Requires('import.read')
  @ApiOperation({ summary: 'Lists, newest first' })
  @ApiOkResponse({ standardSchema: importPage })
  async list(
    @Query({ schema: importsQuery }) query: z.infer<typeof importsQuery>,
  ): Promise<Page<WithIsoTimes<ImportSummary>>> {
    const { cursor, ...filter } = query;
    const before = decodeCursor(cursor, z.uuid());
    const found = await listImports(this.database.reader, { ...filter, before });
    return pageOf(found, query.limit, { item: withIsoTimes, key: (row) => row.id });
  }

  @Get(':id')
  @Requires('import.read')
  @ApiOperation({
    summary: 'A list: progress, counts, totals by commune, columns, why it is blocked',
  })
  @ApiOkResponse({ standardSchema: importSchema })
  one(@Param('id', idParameter) id: string): Promise<ImportBody> {
    return this.view(id);
  }

  @Post(':id/applications')
  @Requires('import.write')
  @Idempotent()
  @ApiOperation({ summary: 'Apply: good rows become what is owed, once' })
  @ApiCreatedResponse({ standardSchema: importSchema })
  async apply(
    @Param('id', idParameter) id: string,
    @Body({ schema: applicationBody }) body: z.infer<typeof applicationBody>,
    @CurrentActor() actor: Actor,
  ): Promise<ImportBody> {
    await this.applyImport.apply({ importId: id, mode: body.mode }, actor);
    return this.view(id);
  }

  @Post(':id/refusals')
  @Requires('import.write')
  @Idempotent()
  @ApiOperation({ summary: 'Refuse: nothing of the list will be applied' })
  @ApiCreatedResponse({ standardSchema: importSchema })
  async refuse(
    @Param('id', idParameter) id: string,
    @Body({ schema: refusalBody }) body: z.infer<typeof refusalBody>,
    @CurrentActor() actor: Actor,
  ): Promise<ImportBody> {
    await this.refuseImport.refuse({ importId: id, reason: body.reason }, actor);
    return this.view(id);
  }

  private async view(id: string): Promise<ImportBody> {
    const found = await findImport(this.database.reader, id);
    if (!found) throw entitlementsErrors.importNotFound(id);
    const problemsByRule = await countByRule(this.database.reader, id);
    return importSchema.parse({ ...withIsoTimes(found), problemsByRule });
  }
}

/** Rows of a JSON body go the same way as a file. */
async function asFile<T>(rows: unknown, work: (path: string) => Promise<T>): Promise<T> {
  if (rows === undefined) throw entitlementsErrors.fileMissing();
  const folder = await mkdtemp(join(tmpdir(), 'chitra-rows-'));
  try {
    const path = join(folder, 'rows.json');
    await writeFile(path, JSON.stringify(rows));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
