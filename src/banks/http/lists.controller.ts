import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Idempotent } from '../../platform/http/index.js';
import { BankFileReads } from '../bank-file.read.js';
import { CarryList } from '../carry-list.js';
import { fileNotFound } from '../banks.errors.js';
import { listSchema, uploadBody } from './lists.schemas.js';

type List = z.infer<typeof listSchema>;
const idParameter = { schema: z.uuid() };

/** What a person tells of a list that they carry to a bank's portal; the list itself is among the bank files. */
@ApiTags('bank-files')
@Controller('api/v1/bank-files')
export class ListsController {
  constructor(
    private readonly files: BankFileReads,
    private readonly carrying: CarryList,
  ) {}

  @Post(':id/uploads')
  @Requires('run.operate')
  @Idempotent()
  @ApiOperation({ summary: 'Note that a downloaded list was uploaded at the bank’s portal' })
  @ApiCreatedResponse({ standardSchema: listSchema })
  async upload(
    @Param('id', idParameter) fileId: string,
    @Body({ schema: uploadBody }) { uploadedAt, note }: z.infer<typeof uploadBody>,
    @CurrentActor() actor: Actor,
  ): Promise<List> {
    const at = new Date(uploadedAt);
    await this.carrying.noteUpload({ actor, fileId, uploadedAt: at, note: note ?? null });
    return this.view(fileId);
  }

  private async view(fileId: string): Promise<List> {
    const file = await this.files.find(fileId);
    if (!file) throw fileNotFound(fileId);
    const uploadedAt = file.uploadedAt?.toISOString() ?? null;
    const history = await this.files.moves(fileId);
    return {
      ...{ id: file.id, bank: file.bank, state: file.state, fileName: file.fileName, uploadedAt },
      history: history.map(({ at, to, actorName, note }) => ({
        at: at.toISOString(),
        ...{ to, actorName, note },
      })),
    };
  }
}
