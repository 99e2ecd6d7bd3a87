import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import { listChecks, payeeExists, standingOfPayee } from '../account-check.read.js';
import { noSuchBeneficiary } from '../beneficiaries.errors.js';
import { ConfirmAccount } from '../confirm-account.js';
import { RequestAccountChecks } from '../request-account-checks.js';
import {
  accountCheckPage,
  accountChecksQuery,
  checkBody,
  checkRequested,
  confirmationBody,
  confirmed,
  type AccountCheckPage,
} from './account-check.schemas.js';

const idParameter = { schema: z.uuid() };
/** A place in the order of results; what a bigint can hold. */
const cursorKey = z.string().regex(/^\d{1,18}$/);

/** Whether a payee's account bears their name: asked of a bank, or confirmed by a person. */
@ApiTags('beneficiaries')
@Controller('api/v1/beneficiaries/:id')
export class AccountChecksController {
  constructor(
    private readonly database: Database,
    private readonly requestChecks: RequestAccountChecks,
    private readonly confirmAccount: ConfirmAccount,
  ) {}

  @Get('account-checks')
  @Requires('beneficiary.read')
  @ApiOperation({ summary: 'What banks and people said of the payee’s accounts, the newest first' })
  @ApiOkResponse({ standardSchema: accountCheckPage })
  async list(
    @Param('id', idParameter) id: string,
    @Query({ schema: accountChecksQuery }) query: z.infer<typeof accountChecksQuery>,
  ): Promise<AccountCheckPage> {
    const { reader } = this.database;
    if (!(await payeeExists(reader, id))) throw noSuchBeneficiary(id);
    const beforeSeq = decodeCursor(query.cursor, cursorKey);
    const { limit } = query;
    const found = await listChecks(reader, { beneficiaryId: id, beforeSeq, limit: limit + 1 });
    const standing = await standingOfPayee(reader, id);
    return {
      ...pageOf(found, limit, { item: checkBody, key: (check) => check.seq }),
      accountId: standing?.accountId ?? null,
      standingCheckId: standing?.checkId ?? null,
      waitingSince: standing?.waitingSince?.toISOString() ?? null,
    };
  }

  @Post('account-checks')
  @Requires('beneficiary.write')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({
    summary: 'Ask the bank whose account it is; the answer is read when it has come',
  })
  @ApiAcceptedResponse({ standardSchema: checkRequested, description: 'a job asks the bank' })
  check(
    @Param('id', idParameter) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof checkRequested>> {
    return this.requestChecks.ofBeneficiary(id, actor);
  }

  @Post('account-confirmations')
  @Requires('account.confirm')
  @Idempotent()
  @ApiOperation({
    summary: 'Confirm the account by hand, with a paper',
    description:
      'By a person who did not enter the account. Carries the account and the bank’s result that they saw; if ' +
      'another account or another answer is there now, nothing is confirmed. A confirmation holds until the bank ' +
      'says something against the account that was not seen.',
  })
  @ApiCreatedResponse({ standardSchema: confirmed })
  confirm(
    @Param('id', idParameter) id: string,
    @Body({ schema: confirmationBody }) body: z.infer<typeof confirmationBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof confirmed>> {
    return this.confirmAccount.confirm({ beneficiaryId: id, ...body }, actor);
  }
}
