import { tmpdir } from 'node:os';
import { Body, Get, Post, Query, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { z } from 'zod';
import { BankFileReads, BankRegistry } from '../../banks/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import {
  decodeCursor,
  encodeCursor,
  Idempotent,
  RemoveUpload,
  say,
  type StoredUpload,
} from '../../platform/http/index.js';
import { ReceiveStatement, StatementRead } from '../../reconciliation/index.js';
import {
  cursorField,
  filterText,
  formOf,
  Pages,
  ROWS_SHOWN,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { fileNotChosen } from './reconciliation-pages.errors.js';
import { withSenders } from './statement-senders.js';
import { StatementsPage } from './statements.page.js';

const STATEMENT_BYTES_MAX = 20 * 1024 * 1024;
const FILES_SHOWN = 10;

/** Where an upload lies until the request has ended. */
const ON_DISK = {
  dest: tmpdir(),
  defParamCharset: 'utf8',
  limits: { fileSize: STATEMENT_BYTES_MAX, files: 1, fields: 10 },
};

export const statementsQuery = z.object({ bank: filterText, cursor: cursorField });
const bank = z
  .string()
  .min(1, { error: say({ vi: 'Ngân hàng: chưa chọn.', en: 'Bank: not chosen yet.' }) })
  .max(31);
// A browser sends an empty field for a file that was not chosen.
const file = z.unknown().optional();
const statementForm = formOf({ bank, file });

/** Statements and files that banks gave: what is here, and new ones brought in by a person. */
@Pages()
export class StatementPages {
  constructor(
    private readonly statements: StatementRead,
    private readonly files: BankFileReads,
    private readonly receivingStatement: ReceiveStatement,
    private readonly banks: BankRegistry,
    private readonly people: UserNames,
    private readonly names: CodeNames,
  ) {}

  @Get('statements')
  @Requires('reconciliation.read')
  async list(
    @Query({ schema: statementsQuery }) query: z.infer<typeof statementsQuery>,
  ): Promise<Screen> {
    const found = await this.statements.list({
      bank: query.bank,
      before: decodeCursor(query.cursor, z.uuid()),
      limit: ROWS_SHOWN,
    });
    const rows = await withSenders(this.people, found.slice(0, ROWS_SHOWN));
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    const files = await this.files.list({
      bank: query.bank ?? null,
      direction: 'in',
      state: null,
      before: null,
      limit: FILES_SHOWN,
    });
    return screen({
      title: { vi: 'Sao kê và tệp ngân hàng', en: 'Statements and files of banks' },
      body: (
        <StatementsPage
          names={this.names}
          bank={query.bank}
          rows={rows}
          nextCursor={last ? encodeCursor(last.id) : null}
          files={files}
          takesFiles={this.banks.all().some(({ adapter }) => adapter.files !== undefined)}
        />
      ),
    });
  }

  @Post('statements')
  @Requires('reconciliation.operate')
  @Idempotent()
  @UseInterceptors(FileInterceptor('file', ON_DISK), RemoveUpload)
  async receive(
    @Body({ schema: statementForm }) form: z.infer<typeof statementForm>,
    @UploadedFile() uploaded: StoredUpload | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    if (!uploaded?.originalname) throw fileNotChosen();
    const { path, originalname: fileName } = uploaded;
    const received = await this.receivingStatement.receive(actor, {
      bank: form.bank,
      path,
      fileName,
    });
    const { reconciliationId, repeated } = received;
    return seeOther(
      reconciliationId === null ? '/statements' : `/reconciliation/${reconciliationId}`,
      repeated
        ? {
            vi: 'Sao kê này đã có từ trước; không có gì thay đổi.',
            en: 'This statement was here already; nothing has changed.',
          }
        : {
            vi: 'Đã nhận sao kê; hệ thống đang đối chiếu, tải lại trang sau ít phút.',
            en: 'The statement is here and is being compared; load the page again in a few minutes.',
          },
    );
  }
}
