import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  StreamableFile,
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
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import {
  BankFileReads,
  DownloadBankFile,
  ReceiveBankFile,
  RereadBankFile,
  type BankFileRow,
} from '../../banks/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import {
  ApiForm,
  attachment,
  decodeCursor,
  Idempotent,
  pageOf,
  RemoveUpload,
  type Page,
  type StoredUpload,
} from '../../platform/http/index.js';
import { FileEffects } from '../file-effects.read.js';
import { fileMissing, unknownBankFile } from '../reconciliation.errors.js';
import {
  fileForm,
  fileSchema,
  filesQuery,
  filesSchema,
  fileUploadForm,
  receivedFileSchema,
  rereadBody,
} from './bank-files.schemas.js';
import { idSchema } from './reconciliation.schemas.js';

/** A person brings what a portal gives; what a bank lays out itself may be larger. */
const FILE_BYTES_MAX = 100 * 1024 * 1024;
const idParameter = { schema: idSchema };

@ApiTags('bank-files')
@Controller('api/v1/bank-files')
export class BankFilesController {
  constructor(
    private readonly files: BankFileReads,
    private readonly receiving: ReceiveBankFile,
    private readonly downloading: DownloadBankFile,
    private readonly rereading: RereadBankFile,
    private readonly effects: FileEffects,
  ) {}

  @Post()
  @Requires('reconciliation.operate')
  @HttpCode(202)
  @Idempotent()
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: FILE_BYTES_MAX, files: 1, fields: 5 } }),
    RemoveUpload,
  )
  @ApiOperation({
    summary: 'Bring a file of a bank: a report, a result list, a statement',
    description:
      'The same content again answers 200 and changes nothing. A job reads it; what is broken is set aside with the reason.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiForm(fileUploadForm)
  @ApiAcceptedResponse({ standardSchema: receivedFileSchema, description: 'kept; a job reads it' })
  @ApiOkResponse({ standardSchema: receivedFileSchema, description: 'it was there already' })
  async receive(
    @CurrentActor() actor: Actor,
    @Body({ schema: fileForm }) { bank, answers }: z.infer<typeof fileForm>,
    @UploadedFile() file: StoredUpload | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof receivedFileSchema>> {
    if (!file) throw fileMissing();
    const { path, originalname: fileName } = file;
    const sent = { bank, path, fileName, answers: answers ?? null };
    const { fileId: id, repeated } = await this.receiving.fromPerson(actor, sent);
    if (repeated) response.status(200);
    response.setHeader('Location', `/api/v1/bank-files/${id}`);
    return { id, repeated };
  }

  @Get()
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'Files to and from the banks, newest first' })
  @ApiOkResponse({ standardSchema: filesSchema })
  async list(
    @Query({ schema: filesQuery }) query: z.infer<typeof filesQuery>,
  ): Promise<z.infer<typeof filesSchema>> {
    const found = await this.files.list({
      bank: query.bank ?? null,
      direction: query.direction ?? null,
      state: query.state ?? null,
      before: decodeCursor(query.cursor, z.uuid()),
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, { item: fileView, key: ({ id }) => id }) satisfies Page<
      ReturnType<typeof fileView>
    >;
  }

  @Get(':id')
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'One file: what became of it, and what it did' })
  @ApiOkResponse({ standardSchema: fileSchema })
  one(@Param('id', idParameter) id: string): Promise<z.infer<typeof fileSchema>> {
    return this.view(id);
  }

  @Get(':id/content')
  @Requires('run.operate')
  @ApiOperation({
    summary: 'Its bytes, to be saved; the trail says who had them',
    description: 'A list that people carry counts as handed over from its first download.',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async content(
    @Param('id', idParameter) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { file, content } = await this.downloading.download(actor, id);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return new StreamableFile(Readable.from(content), {
      type: file.mediaType,
      length: file.byteSize,
      disposition: attachment(file.fileName),
    });
  }

  @Post(':id/readings')
  @Requires('reconciliation.operate')
  @Idempotent()
  @ApiOperation({ summary: 'Have a file that was set aside read again, with a reason' })
  @ApiCreatedResponse({ standardSchema: fileSchema })
  async reread(
    @Param('id', idParameter) id: string,
    @Body({ schema: rereadBody }) { reason }: z.infer<typeof rereadBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof fileSchema>> {
    await this.rereading.reread(actor, { fileId: id, reason });
    return this.view(id);
  }

  private async view(id: string): Promise<z.infer<typeof fileSchema>> {
    const file = await this.files.find(id);
    if (!file) throw unknownBankFile(id);
    return {
      ...fileView(file),
      history: await this.files.moves(id),
      did: {
        payments: await this.effects.report(id),
        unread: await this.effects.unread(id),
        statements: await this.effects.statements(id),
      },
    };
  }
}

function fileView({ whyVi, whyEn, place, mediaType: _, currency: __, ...file }: BankFileRow) {
  const why = whyVi !== null && whyEn !== null ? { vi: whyVi, en: whyEn, place } : null;
  return { ...file, why };
}
