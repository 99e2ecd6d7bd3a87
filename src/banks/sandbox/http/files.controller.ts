import { Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { SandboxBank } from '../sandbox-bank.js';
import { checked } from './sandbox.controller.js';

const statementSchema = z.strictObject({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  format: z.enum(['camt053', 'mt940']).optional(),
});

/** What a sandbox has for the banks that take files: statements on demand. Not signed, like its other own paths. */
@Controller('sandbox')
export class FilesController {
  constructor(private readonly bank: SandboxBank) {}

  /** Laid out in the folder of reports. */
  @Post('statements/:bank')
  async layOut(@Param('bank') bank: string, @Query() query: unknown) {
    return { name: await this.bank.files.statement(this.wanted(bank, query)) };
  }

  /** As a person would download it. */
  @Get('statements/:bank')
  async download(@Param('bank') bank: string, @Query() query: unknown) {
    return this.bank.files.make(this.wanted(bank, query));
  }

  private wanted(bank: string, query: unknown) {
    if (!this.bank.settings.SANDBOX_FILE_BANKS.split(',').includes(bank)) {
      throw new NotFoundException('no file bank of this code is played here');
    }
    const { format = this.bank.conduct.statementFormat, ...days } = checked(statementSchema, query);
    return { bank, ...days, format };
  }
}
