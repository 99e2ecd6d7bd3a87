import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import { BankRegistry } from '../bank.registry.js';
import { BankHealthReads } from '../health.read.js';
import { SwitchBank } from '../switch-bank.js';
import { bankSchema, banksSchema, historyPage, historyQuery, switchBody } from './banks.schemas.js';
import { bankView, entryView } from './banks.view.js';

const code = { schema: z.string().max(31) };
const entryKey = z.string().regex(/^\d{1,18}$/);

@ApiTags('banks')
@Controller('api/v1/banks')
@Requires('bank.read')
export class BanksController {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly health: BankHealthReads,
    private readonly switching: SwitchBank,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The banks of this deployment, and how each fares' })
  @ApiOkResponse({ standardSchema: banksSchema })
  async list(): Promise<z.infer<typeof banksSchema>> {
    const found = await this.health.all(this.database.reader);
    const rows = new Map(found.map((row) => [row.bankCode, row]));
    const now = this.clock.now();
    return { items: this.banks.all().map((bank) => bankView(bank, rows.get(bank.code), now)) };
  }

  @Get(':code')
  @ApiOperation({
    summary: 'One bank: whether it may be called, since when not, why, and when it is tried next',
  })
  @ApiOkResponse({ standardSchema: bankSchema })
  async one(@Param('code', code) bankCode: string): Promise<z.infer<typeof bankSchema>> {
    const bank = this.banks.of(bankCode);
    const found = await this.health.all(this.database.reader);
    const row = found.find((one) => one.bankCode === bank.code);
    return bankView(bank, row, this.clock.now());
  }

  @Get(':code/history')
  @ApiOperation({ summary: 'Every outage, pause and switch of a bank, the newest first' })
  @ApiOkResponse({ standardSchema: historyPage })
  async history(
    @Param('code', code) bankCode: string,
    @Query({ schema: historyQuery }) query: z.infer<typeof historyQuery>,
  ): Promise<z.infer<typeof historyPage>> {
    const bank = this.banks.of(bankCode);
    const found = await this.health.history(this.database.reader, {
      bankCode: bank.code,
      before: decodeCursor(query.cursor, entryKey),
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, { item: entryView, key: ({ id }) => id });
  }

  @Post(':code/switches')
  @HttpCode(200)
  @Requires('bank.operate')
  @Idempotent()
  @ApiOperation({
    summary: 'Switch a bank off, or on again',
    description:
      'Off: nothing more is sent to it; what it already has is asked after; payments wait and are never moved to ' +
      'another bank. On: it is tried at once.',
  })
  @ApiOkResponse({ standardSchema: bankSchema })
  async switch(
    @Param('code', code) bankCode: string,
    @Body({ schema: switchBody }) body: z.infer<typeof switchBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof bankSchema>> {
    await this.switching.switch({ actor, bankCode, ...body });
    return this.one(bankCode);
  }
}
