import {
  Body,
  Controller,
  Get,
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
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { startOfOfficeDay } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import {
  ApiForm,
  attachment,
  decodeCursor,
  Idempotent,
  pageOf,
  pageSchema,
  type Page,
} from '../../platform/http/index.js';
import { noEvidenceFile, rulingNotFound } from '../doubts.errors.js';
import { EVIDENCE_TYPES } from '../evidence.rules.js';
import { ProposeRuling } from '../propose-ruling.js';
import { RefuseRuling } from '../refuse-ruling.js';
import { RulingReads } from '../ruling.read.js';
import { SignRuling } from '../sign-ruling.js';
import { WithdrawRuling } from '../withdraw-ruling.js';
import {
  decisionBody,
  rulingBody,
  rulingDetailSchema,
  rulingForm,
  rulingSchema,
  rulingsQuery,
  signatureBody,
} from './doubts.schemas.js';
import { rulingView } from './doubts.view.js';

const idParameter = { schema: z.uuid() };
type RulingDetail = z.infer<typeof rulingDetailSchema>;

/** What multer leaves of a file it holds in memory. */
interface UploadedEvidence {
  readonly originalname: string;
  readonly buffer: Buffer;
}

@ApiTags('doubts')
@Controller('api/v1/doubt-rulings')
export class DoubtRulingsController {
  constructor(
    private readonly database: Database,
    private readonly reads: RulingReads,
    private readonly proposeRuling: ProposeRuling,
    private readonly signRuling: SignRuling,
    private readonly refuseRuling: RefuseRuling,
    private readonly withdrawRuling: WithdrawRuling,
  ) {}

  @Post()
  @Requires('doubt.propose')
  @Idempotent()
  @UseInterceptors(FileInterceptor('file'))
  @ApiOperation({
    summary: 'Propose how doubts end, with evidence',
    description:
      'As JSON with `evidenceReference`, or as a form with the evidence as `file`. Nothing moves until another person, ' +
      'registered as a signatory, signs it.',
  })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiForm(rulingForm)
  @ApiCreatedResponse({ standardSchema: rulingDetailSchema })
  async propose(
    @Body({ schema: rulingBody }) body: z.infer<typeof rulingBody>,
    @UploadedFile() file: UploadedEvidence | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RulingDetail> {
    const { rulingId } = await this.proposeRuling.propose({
      actor,
      paymentIds: body.paymentIds,
      outcome: body.outcome,
      reasonCode: body.reasonCode ?? null,
      evidence: {
        reference: body.evidenceReference ?? null,
        note: body.evidenceNote ?? null,
        asOf: instantOf(body.evidenceAsOf),
        file: file ? { fileName: file.originalname, bytes: file.buffer } : null,
      },
    });
    response.setHeader('Location', `/api/v1/doubt-rulings/${rulingId}`);
    return this.view(rulingId);
  }

  @Get()
  @Requires('payment.read')
  @ApiOperation({ summary: 'Rulings on doubts, the latest first' })
  @ApiOkResponse({ standardSchema: pageSchema(rulingSchema) })
  async list(
    @Query({ schema: rulingsQuery }) query: z.infer<typeof rulingsQuery>,
  ): Promise<Page<z.infer<typeof rulingSchema>>> {
    const found = await this.reads.list(this.database.reader, {
      state: query.state ?? null,
      bankCode: query.bank ?? null,
      paymentId: query.paymentId ?? null,
      before: decodeCursor(query.cursor, z.uuid()),
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, { item: rulingView, key: (row) => row.id });
  }

  @Get(':id')
  @Requires('payment.read')
  @ApiOperation({ summary: 'A ruling: its payments, its evidence, who did what' })
  @ApiOkResponse({ standardSchema: rulingDetailSchema })
  one(@Param('id', idParameter) id: string): Promise<RulingDetail> {
    return this.view(id);
  }

  @Get(':id/evidence')
  @Requires('payment.read')
  @ApiOperation({ summary: 'The file of evidence, always to be saved and never to be run' })
  @ApiProduces(...EVIDENCE_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async evidence(
    @Param('id', idParameter) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const ruling = await this.reads.find(this.database.reader, id);
    if (!ruling) throw rulingNotFound(id);
    const file = await this.reads.evidence(this.database.reader, id);
    if (!file) throw noEvidenceFile(id);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return new StreamableFile(file.bytes, {
      type: file.mediaType,
      length: file.bytes.length,
      disposition: attachment(file.fileName, 'evidence'),
    });
  }

  @Post(':id/signatures')
  @Requires('batch.sign')
  @Idempotent()
  @ApiOperation({
    summary: 'Sign a ruling: its payments leave the doubt',
    description:
      'Carries the digest of what the signer saw. Payments that have left the doubt meanwhile are left alone and stand ' +
      'in the answer as `overtaken`; when that is all of them, so is the ruling.',
  })
  @ApiCreatedResponse({ standardSchema: rulingDetailSchema })
  async sign(
    @Param('id', idParameter) id: string,
    @Body({ schema: signatureBody }) body: z.infer<typeof signatureBody>,
    @CurrentActor() actor: Actor,
  ): Promise<RulingDetail> {
    await this.signRuling.sign({ actor, rulingId: id, digest: body.digest });
    return this.view(id);
  }

  @Post(':id/refusals')
  @Requires('batch.sign')
  @Idempotent()
  @ApiOperation({ summary: 'Refuse a ruling, with a reason: the doubt stays' })
  @ApiCreatedResponse({ standardSchema: rulingDetailSchema })
  async refuse(
    @Param('id', idParameter) id: string,
    @Body({ schema: decisionBody }) body: z.infer<typeof decisionBody>,
    @CurrentActor() actor: Actor,
  ): Promise<RulingDetail> {
    await this.refuseRuling.refuse({ actor, rulingId: id, reason: body.reason });
    return this.view(id);
  }

  @Post(':id/withdrawals')
  @Requires('doubt.propose')
  @Idempotent()
  @ApiOperation({ summary: 'Withdraw a ruling before it is signed, with a reason' })
  @ApiCreatedResponse({ standardSchema: rulingDetailSchema })
  async withdraw(
    @Param('id', idParameter) id: string,
    @Body({ schema: decisionBody }) body: z.infer<typeof decisionBody>,
    @CurrentActor() actor: Actor,
  ): Promise<RulingDetail> {
    await this.withdrawRuling.withdraw({ actor, rulingId: id, reason: body.reason });
    return this.view(id);
  }

  private async view(id: string): Promise<RulingDetail> {
    const tx = this.database.reader;
    const ruling = await this.reads.find(tx, id);
    if (!ruling) throw rulingNotFound(id);
    const items = await this.reads.items(tx, id);
    const history = await this.reads.history(tx, id);
    return {
      ...rulingView(ruling),
      items: items.map((item) => ({ ...item, lastSentAt: item.lastSentAt.toISOString() })),
      history: history.map(({ actorName, at, ...entry }) => ({
        ...entry,
        at: at.toISOString(),
        actor: actorName,
      })),
    };
  }
}

/** Of a paper that bears only a date it is sure only that it was not written before that day. */
function instantOf(asOf: string): Date {
  return asOf.includes('T') ? new Date(asOf) : startOfOfficeDay(asOf);
}
