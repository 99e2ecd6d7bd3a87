import {
  Controller,
  Get,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { SandboxBank } from '../sandbox-bank.js';
import { rawBody } from './door.middleware.js';
import { checked } from './sandbox.controller.js';

const uploadSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]{1,120}$/)
    .default('danh-sach.xlsx'),
});
const rows = z.coerce.number().int().min(0).max(100_000).default(0);
const resultSchema = z.strictObject({
  order: z.enum(['as-sent', 'reversed', 'shuffled']).default('as-sent'),
  drop: rows,
  double: rows,
  references: z.enum(['kept', 'blank']).default('kept'),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
});
const MEDIA = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** The portal where people bring lists and fetch results. Not signed, like the sandbox's other own paths. */
@Controller('sandbox/lists/:bank')
export class ListsController {
  constructor(private readonly bank: SandboxBank) {}

  @Post()
  async upload(
    @Param('bank') code: string,
    @Query() query: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { name } = checked(uploadSchema, query);
    const bytes = rawBody(request);
    const taken = await this.bank.takeList({ bank: this.played(code), name, bytes });
    response.status({ taken: 201, refused: 422, busy: 503 }[taken.kind]).json(taken);
  }

  @Get(':listId/result')
  async result(
    @Param('bank') code: string,
    @Param('listId') listId: string,
    @Query() query: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const way = checked(resultSchema, query);
    const result = await this.bank.lists.result({ bank: this.played(code), listId }, way);
    if (!result) throw new NotFoundException('no such list came');
    response.setHeader('Content-Disposition', `attachment; filename="${result.name}"`);
    response.status(200).type(MEDIA[way.format]).send(result.bytes);
  }

  private played(code: string): string {
    if (this.bank.conduct.outage !== 'none') throw new ServiceUnavailableException('closed');
    if (this.bank.settings.SANDBOX_FILE_BANKS.split(',').includes(code)) return code;
    throw new NotFoundException('no bank of this code takes lists here');
  }
}
