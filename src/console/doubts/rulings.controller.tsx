import {
  Body,
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
import { memoryStorage } from 'multer';
import type { Response } from 'express';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import {
  DoubtReads,
  EVIDENCE_MAX_BYTES,
  mayBeRuledFor,
  MOST_PAYMENTS_OF_A_RULING,
  ProposeRuling,
  RefuseRuling,
  RulingReads,
  SignRuling,
  WithdrawRuling,
} from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { attachment, decodeCursor, encodeCursor, Idempotent } from '../../platform/http/index.js';
import {
  Pages,
  ROWS_SHOWN,
  screen,
  seeOther,
  withNames,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { openRulingsOf, shownDoubt } from './doubts.controller.js';
import { noSuchRuling } from './doubts.errors.js';
import {
  decisionForm,
  instantOf,
  newQuery,
  proposalForm,
  rulingsQuery,
  signatureForm,
} from './rulings.forms.js';
import { NewRulingPage } from './ruling-new.page.js';
import { RulingPage } from './ruling.page.js';
import { RulingsPage } from './rulings.page.js';

const CRUMBS = [
  { href: '/doubts', text: { vi: 'Chưa rõ kết quả', en: 'Unknown outcomes' } },
  { href: '/doubts/rulings', text: { vi: 'Đề nghị kết luận', en: 'Proposed endings' } },
];

const idParameter = { schema: z.uuid() };
/** What multer leaves of a file that it holds in memory. */
interface UploadedEvidence {
  readonly originalname: string;
  readonly buffer: Buffer;
}

/** How doubts end by people: proposed with evidence, signed or refused by another. */
@Pages()
export class RulingPages {
  constructor(
    private readonly database: Database,
    private readonly doubts: DoubtReads,
    private readonly rulings: RulingReads,
    private readonly banks: BankRegistry,
    private readonly names: CodeNames,
    private readonly proposeRuling: ProposeRuling,
    private readonly signRuling: SignRuling,
    private readonly refuseRuling: RefuseRuling,
    private readonly withdrawRuling: WithdrawRuling,
    private readonly people: UserNames,
  ) {}

  @Get('doubts/rulings')
  @Requires('payment.read')
  async list(
    @Query({ schema: rulingsQuery }) query: z.infer<typeof rulingsQuery>,
  ): Promise<Screen> {
    const found = await this.rulings.list(this.database.reader, {
      state: query.state ?? null,
      bankCode: query.bank ?? null,
      paymentId: null,
      before: decodeCursor(query.cursor, z.uuid()),
      limit: ROWS_SHOWN + 1,
    });
    const rows = found.slice(0, ROWS_SHOWN);
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    return screen({
      title: { vi: 'Đề nghị kết luận', en: 'Proposed endings of doubts' },
      body: (
        <RulingsPage
          names={this.names}
          filter={{ state: query.state, bank: query.bank }}
          openRulings={await openRulingsOf(this.database, this.rulings)}
          rows={rows}
          nextCursor={last ? encodeCursor(last.id) : null}
        />
      ),
    });
  }

  @Get('doubts/rulings/new')
  @Requires('doubt.propose')
  async fresh(@Query({ schema: newQuery }) query: z.infer<typeof newQuery>): Promise<Screen> {
    const found = await this.doubts.list(this.database.reader, {
      bankCode: null,
      before: null,
      after: null,
      paymentIds: query.payment,
      limit: MOST_PAYMENTS_OF_A_RULING,
    });
    const rows = found.map((row) => shownDoubt(row, this.banks));
    return screen({
      title: { vi: 'Lập đề nghị kết luận', en: 'Propose how a doubt ends' },
      crumbs: CRUMBS,
      body: (
        <NewRulingPage
          names={this.names}
          rows={rows}
          reasons={this.names.reasonChoices(mayBeRuledFor)}
        />
      ),
    });
  }

  @Post('doubts/rulings')
  @Requires('doubt.propose')
  @Idempotent()
  @UseInterceptors(
    // In memory, in one part, and never on the disk.
    FileInterceptor('file', {
      storage: memoryStorage(),
      defParamCharset: 'utf8',
      limits: { fileSize: EVIDENCE_MAX_BYTES, files: 1, fields: MOST_PAYMENTS_OF_A_RULING + 20 },
    }),
  )
  async propose(
    @Body({ schema: proposalForm }) form: z.infer<typeof proposalForm>,
    @UploadedFile() file: UploadedEvidence | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const isFile = file !== undefined && file.originalname !== '' && file.buffer.length > 0;
    const { rulingId } = await this.proposeRuling.propose({
      actor,
      paymentIds: [...new Set(form.payment)],
      outcome: form.outcome,
      reasonCode: form.outcome === 'rejected' ? (form.reasonCode ?? null) : null,
      evidence: {
        reference: form.evidenceReference ?? null,
        note: form.evidenceNote ?? null,
        asOf: instantOf(form.evidenceDay, form.evidenceTime),
        file: isFile ? { fileName: file.originalname, bytes: file.buffer } : null,
      },
    });
    return seeOther(`/doubts/rulings/${rulingId}`, {
      vi: 'Đã gửi đề nghị. Người có chữ ký khác xem bằng chứng và ký thì mới có hiệu lực.',
      en: 'The proposal was sent. It holds when another signatory has seen the evidence and signed.',
    });
  }

  @Get('doubts/rulings/:id')
  @Requires('payment.read')
  async one(@Param('id', idParameter) id: string): Promise<Screen> {
    const { reader } = this.database;
    const ruling = await this.rulings.find(reader, id);
    if (!ruling) throw noSuchRuling();
    return screen({
      title: { vi: 'Đề nghị kết luận', en: 'A proposed ending' },
      crumbs: CRUMBS,
      body: (
        <RulingPage
          names={this.names}
          ruling={ruling}
          items={await this.rulings.items(reader, id)}
          history={await withNames(
            this.people,
            await this.rulings.history(reader, id),
            'actorName',
          )}
        />
      ),
    });
  }

  @Get('doubts/rulings/:id/evidence')
  @Requires('payment.read')
  async evidence(
    @Param('id', idParameter) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const file = await this.rulings.evidence(this.database.reader, id);
    if (!file) throw noSuchRuling();
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return new StreamableFile(file.bytes, {
      type: file.mediaType,
      length: file.bytes.length,
      disposition: attachment(file.fileName, 'evidence'),
    });
  }

  @Post('doubts/rulings/:id/signatures')
  @Requires('batch.sign')
  @Idempotent()
  async sign(
    @Param('id', idParameter) id: string,
    @Body({ schema: signatureForm }) form: z.infer<typeof signatureForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { state, moved, overtaken } = await this.signRuling.sign({
      actor,
      rulingId: id,
      digest: form.digest,
    });
    const told =
      state === 'confirmed'
        ? {
            vi: `Đã ký: ${moved.length} khoản được kết luận${overtaken.length > 0 ? `, ${overtaken.length} khoản ngân hàng đã trả lời trước` : ''}.`,
            en: `Signed: ${moved.length} payments are ruled${overtaken.length > 0 ? `, the bank answered first for ${overtaken.length}` : ''}.`,
          }
        : {
            vi: 'Ngân hàng đã trả lời trước cho mọi khoản, nên không còn gì để kết luận.',
            en: 'The bank answered first for all of them, so nothing was left to rule.',
          };
    return seeOther(`/doubts/rulings/${id}`, told);
  }

  @Post('doubts/rulings/:id/refusals')
  @Requires('batch.sign')
  @Idempotent()
  async refuse(
    @Param('id', idParameter) id: string,
    @Body({ schema: decisionForm }) form: z.infer<typeof decisionForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.refuseRuling.refuse({ actor, rulingId: id, reason: form.reason });
    return seeOther(`/doubts/rulings/${id}`, {
      vi: 'Đã ghi không đồng ý; các khoản vẫn chưa rõ kết quả.',
      en: 'Refused; the payments stay in doubt.',
    });
  }

  @Post('doubts/rulings/:id/withdrawals')
  @Requires('doubt.propose')
  @Idempotent()
  async withdraw(
    @Param('id', idParameter) id: string,
    @Body({ schema: decisionForm }) form: z.infer<typeof decisionForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.withdrawRuling.withdraw({ actor, rulingId: id, reason: form.reason });
    return seeOther(`/doubts/rulings/${id}`, {
      vi: 'Đã rút đề nghị; các khoản vẫn chưa rõ kết quả.',
      en: 'Withdrawn; the payments stay in doubt.',
    });
  }
}
