import { Body, Controller, Get, Headers, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import { Idempotent, decodeCursor, etagOf, pageOf, versionOf } from '../../platform/http/index.js';
import { listBeneficiaries } from '../beneficiary.read.js';
import { CorrectName } from '../correct-name.js';
import { RecordDeath } from '../record-death.js';
import { ReleaseHold } from '../release-hold.js';
import { ReplaceAccount } from '../replace-account.js';
import { ViewBeneficiary } from '../view-beneficiary.js';
import {
  accountBody,
  beneficiariesQuery,
  beneficiaryFile,
  beneficiaryPage,
  changedBeneficiary,
  deathBody,
  holdReleaseBody,
  nameBody,
  type BeneficiaryFileBody,
  type BeneficiaryPage,
} from './beneficiary.schemas.js';
import { PresentBeneficiary } from './present-beneficiary.js';

const cursorKey = z.uuid();
const idParameter = { schema: z.uuid() };

@ApiTags('beneficiaries')
@Controller('api/v1/beneficiaries')
export class BeneficiariesController {
  constructor(
    private readonly database: Database,
    private readonly present: PresentBeneficiary,
    private readonly viewBeneficiary: ViewBeneficiary,
    private readonly replaceAccount: ReplaceAccount,
    private readonly correctName: CorrectName,
    private readonly releaseHold: ReleaseHold,
    private readonly recordDeath: RecordDeath,
  ) {}

  @Get()
  @Requires('beneficiary.read')
  @ApiOperation({ summary: 'List payees by name; account numbers are masked' })
  @ApiOkResponse({ standardSchema: beneficiaryPage })
  async list(
    @Query({ schema: beneficiariesQuery }) query: z.infer<typeof beneficiariesQuery>,
  ): Promise<BeneficiaryPage> {
    const { limit, cursor, ...filter } = query;
    const afterId = decodeCursor(cursor, cursorKey);
    const found = await listBeneficiaries(this.database.reader, filter, {
      afterId,
      limit: limit + 1,
    });
    return pageOf(found, limit, {
      item: (row) => this.present.inList(row),
      key: (row) => row.id,
    });
  }

  @Get(':id')
  @Requires('beneficiary.read')
  @ApiOperation({ summary: 'One payee with accounts, recipients and history; the look is audited' })
  @ApiOkResponse({ standardSchema: beneficiaryFile })
  one(
    @Param('id', idParameter) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BeneficiaryFileBody> {
    return this.file(id, actor, response);
  }

  @Put(':id/account')
  @Requires('beneficiary.read', 'beneficiary.write')
  @ApiOperation({ summary: 'Mend the account: close the present one and open the new one' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the payee as read' })
  @ApiOkResponse({ standardSchema: beneficiaryFile })
  async account(
    @Param('id', idParameter) id: string,
    @Body({ schema: accountBody }) body: z.infer<typeof accountBody>,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BeneficiaryFileBody> {
    const version = versionOf(ifMatch);
    await this.replaceAccount.replace({ beneficiaryId: id, version, ...body }, actor);
    return this.file(id, actor, response);
  }

  @Put(':id/name')
  @Requires('beneficiary.read', 'beneficiary.write')
  @ApiOperation({ summary: 'Correct the name that the personal number is registered under' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the payee as read' })
  @ApiOkResponse({ standardSchema: beneficiaryFile })
  async name(
    @Param('id', idParameter) id: string,
    @Body({ schema: nameBody }) body: z.infer<typeof nameBody>,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BeneficiaryFileBody> {
    const version = versionOf(ifMatch);
    await this.correctName.correct({ beneficiaryId: id, version, ...body }, actor);
    return this.file(id, actor, response);
  }

  @Post(':id/hold-releases')
  @Requires('beneficiary.write')
  @Idempotent()
  @ApiOperation({ summary: 'Release the hold: somebody has looked' })
  @ApiCreatedResponse({ standardSchema: changedBeneficiary })
  holdRelease(
    @Param('id', idParameter) id: string,
    @Body({ schema: holdReleaseBody }) body: z.infer<typeof holdReleaseBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof changedBeneficiary>> {
    return this.releaseHold.release({ beneficiaryId: id, ...body }, actor);
  }

  @Post(':id/deaths')
  @Requires('beneficiary.write')
  @Idempotent()
  @ApiOperation({ summary: 'Record when the payee died, correct the date, or take a mistake back' })
  @ApiCreatedResponse({ standardSchema: changedBeneficiary })
  death(
    @Param('id', idParameter) id: string,
    @Body({ schema: deathBody }) body: z.infer<typeof deathBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof changedBeneficiary>> {
    return this.recordDeath.record({ beneficiaryId: id, ...body }, actor);
  }

  private async file(id: string, actor: Actor, response: Response): Promise<BeneficiaryFileBody> {
    const file = await this.viewBeneficiary.view(id, actor);
    response.setHeader('ETag', etagOf(file.version));
    return this.present.inFull(file);
  }
}
