import { createReadStream } from 'node:fs';
import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { MakeTreasuryPaper, type PaperFormat } from '../make-treasury-paper.js';

const idParameter = { schema: z.uuid() };
const MEDIA_TYPES: Readonly<Record<PaperFormat, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const binary = { schema: { type: 'string', format: 'binary' } } as const;
const description =
  'Form Mẫu 09 of Decree 11/2020/NĐ-CP with the lines that were signed, the total in words, the changes against the ' +
  'last period and who signed when. Only of an approved batch, whose lines are checked against the signed digest. ' +
  'The same batch gives the same bytes. Holds names and accounts: every download is in the audit trail.';

/** The paper that goes to the State Treasury with a signed batch. */
@ApiTags('approvals')
@Controller('api/v1/batches/:id')
@Requires('batch.read')
export class TreasuryPaperController {
  constructor(private readonly papers: MakeTreasuryPaper) {}

  @Get('treasury-list.pdf')
  @ApiOperation({ summary: 'The treasury’s list of a signed batch, to be printed', description })
  @ApiProduces(MEDIA_TYPES.pdf)
  @ApiOkResponse(binary)
  pdf(
    @Param('id', idParameter) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.send({ id, actor, format: 'pdf' }, response);
  }

  @Get('treasury-list.xlsx')
  @ApiOperation({ summary: 'The treasury’s list of a signed batch, as a workbook', description })
  @ApiProduces(MEDIA_TYPES.xlsx)
  @ApiOkResponse(binary)
  xlsx(
    @Param('id', idParameter) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.send({ id, actor, format: 'xlsx' }, response);
  }

  private async send(
    { id, actor, format }: { id: string; actor: Actor; format: PaperFormat },
    response: Response,
  ): Promise<StreamableFile> {
    const made = await this.papers.make({ actor, batchId: id, format });
    const stream = createReadStream(made.path);
    stream.once('close', () => void made.remove());
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return new StreamableFile(stream, {
      type: MEDIA_TYPES[format],
      length: made.byteSize,
      disposition: `attachment; filename="${made.fileName}"`,
    });
  }
}
