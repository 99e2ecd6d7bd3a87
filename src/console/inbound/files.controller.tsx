import { Readable } from 'node:stream';
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
import type { Response } from 'express';
import { z } from 'zod';
import {
  BANK_FILE_STATES,
  BankFileReads,
  BankRegistry,
  CarryList,
  DownloadBankFile,
  fileNotFound,
  ReceiveBankFile,
  RereadBankFile,
  type BankFileState,
} from '../../banks/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { startOfOfficeDay } from '../../kernel/index.js';
import { isCarriedByPeople } from '../../payments/index.js';
import {
  attachment,
  decodeCursor,
  Idempotent,
  pageOf,
  RemoveUpload,
  say,
  type StoredUpload,
} from '../../platform/http/index.js';
import { FileEffects, fileMissing } from '../../reconciliation/index.js';
import {
  dayField,
  formOf,
  optional,
  Pages,
  screen,
  seeOther,
  withNames,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { FilePage } from './file.page.js';
import { FileList, NewFile } from './files.page.js';
import { bankName } from './notices.page.js';

const SHOWN = 50;
/** A person brings what a portal gives; what a bank lays out itself may be larger. */
const FILE_BYTES_MAX = 100 * 1024 * 1024;
const idParameter = { schema: z.uuid() };
const bank = optional(z.string().max(31));
const reference = optional(z.string().trim().min(1).max(35));

const filesQuery = z.object({
  bank,
  direction: optional(z.enum(['out', 'in'])),
  state: optional(z.enum(BANK_FILE_STATES as [BankFileState, ...BankFileState[]])),
  cursor: z.string().max(1000).optional(),
});
const newQuery = z.object({ bank, answers: reference });
const uploadForm = formOf({ bank: z.string().min(1).max(31), answers: reference });
const reasonForm = formOf({ reason: z.string().trim().min(3).max(1000) });
const noteForm = formOf({
  day: dayField(),
  time: z
    .string()
    .trim()
    .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, {
      error: say({ vi: 'Ghi giờ và phút, ví dụ 14:05.', en: 'Write hours and minutes: 14:05.' }),
    }),
  note: optional(z.string().trim().max(1000)),
});
const emptyForm = formOf({});

const CRUMB = { href: '/admin/files', text: { vi: 'Tệp với ngân hàng', en: 'Bank files' } };

/** Files to and from the banks. */
@Pages()
export class FilePages {
  constructor(
    private readonly files: BankFileReads,
    private readonly banks: BankRegistry,
    private readonly effects: FileEffects,
    private readonly receiving: ReceiveBankFile,
    private readonly downloading: DownloadBankFile,
    private readonly rereading: RereadBankFile,
    private readonly carrying: CarryList,
    private readonly people: UserNames,
  ) {}

  @Get('admin/files')
  @Requires('reconciliation.read')
  async list(@Query({ schema: filesQuery }) query: z.infer<typeof filesQuery>): Promise<Screen> {
    const found = await this.files.list({
      bank: query.bank ?? null,
      direction: query.direction ?? null,
      state: query.state ?? null,
      before: decodeCursor(query.cursor, z.uuid()),
      limit: SHOWN + 1,
    });
    const page = pageOf(found, SHOWN, { item: (row) => row, key: ({ id }) => id });
    return screen({
      title: { vi: 'Tệp với ngân hàng', en: 'Bank files' },
      body: (
        <FileList
          banks={this.banks.all()}
          filter={query}
          files={page.items}
          nextCursor={page.nextCursor}
        />
      ),
    });
  }

  @Get('admin/files/new')
  @Requires('reconciliation.read')
  blank(@Query({ schema: newQuery }) query: z.infer<typeof newQuery>): Screen {
    const banks = this.banks.all().filter(({ adapter }) => adapter.files !== undefined);
    return screen({
      title: { vi: 'Gửi tệp của ngân hàng vào', en: 'Bring a bank’s file' },
      crumbs: [CRUMB],
      body: <NewFile banks={banks} bank={query.bank} answers={query.answers} />,
    });
  }

  @Post('admin/files')
  @Requires('reconciliation.operate')
  @Idempotent()
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: FILE_BYTES_MAX, files: 1, fields: 10 } }),
    RemoveUpload,
  )
  async receive(
    @Body({ schema: uploadForm }) form: z.infer<typeof uploadForm>,
    @UploadedFile() file: StoredUpload | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    if (!file) throw fileMissing();
    const { path, originalname: fileName } = file;
    const sent = { bank: form.bank, path, fileName, answers: form.answers ?? null };
    const { fileId, repeated } = await this.receiving.fromPerson(actor, sent);
    return seeOther(
      `/admin/files/${fileId}`,
      repeated
        ? {
            vi: 'Tệp này đã có từ trước; không có gì thay đổi.',
            en: 'This file was there before; nothing has changed.',
          }
        : {
            vi: 'Đã nhận tệp. Hệ thống đang đọc; tải lại trang sau ít phút để xem kết quả.',
            en: 'The file was taken. It is being read; load the page again in a minute.',
          },
    );
  }

  @Get('admin/files/:id')
  @Requires('reconciliation.read')
  async one(@Param('id', idParameter) id: string): Promise<Screen> {
    const file = await this.files.find(id);
    if (!file) throw fileNotFound(id);
    const [moves, payments, unread, statements] = await Promise.all([
      this.files.moves(id),
      this.effects.report(id),
      this.effects.unread(id),
      this.effects.statements(id),
    ]);
    const known = this.banks.all().find(({ code }) => code === file.bank);
    const { fileName } = file;
    return screen({
      title: { vi: fileName, en: fileName },
      crumbs: [CRUMB],
      body: (
        <FilePage
          file={file}
          bank={bankName(this.banks.all(), file.bank)}
          isCarried={known !== undefined && isCarriedByPeople(known)}
          moves={await withNames(this.people, moves, 'actorName')}
          payments={payments}
          unread={unread}
          statements={statements}
        />
      ),
    });
  }

  /** A POST, since it moves something: from its first download on a list counts as handed over. */
  @Post('admin/files/:id/downloads')
  @Requires('run.operate')
  async download(
    @Param('id', idParameter) id: string,
    @Body({ schema: emptyForm }) _: z.infer<typeof emptyForm>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { file, content } = await this.downloading.download(actor, id);
    response.status(200).setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return new StreamableFile(Readable.from(content), {
      type: file.mediaType,
      length: file.byteSize,
      disposition: attachment(file.fileName),
    });
  }

  @Post('admin/files/:id/readings')
  @Requires('reconciliation.operate')
  @Idempotent()
  async reread(
    @Param('id', idParameter) id: string,
    @Body({ schema: reasonForm }) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.rereading.reread(actor, { fileId: id, reason });
    return seeOther(`/admin/files/${id}`, {
      vi: 'Tệp đang được đọc lại; tải lại trang sau ít phút.',
      en: 'The file is being read again; load the page again in a minute.',
    });
  }

  @Post('admin/files/:id/uploads')
  @Requires('run.operate')
  @Idempotent()
  async noteUpload(
    @Param('id', idParameter) id: string,
    @Body({ schema: noteForm }) { day, time, note }: z.infer<typeof noteForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const intoDayMs = (hours * 60 + minutes) * 60_000;
    const uploadedAt = new Date(startOfOfficeDay(day).getTime() + intoDayMs);
    await this.carrying.noteUpload({ actor, fileId: id, uploadedAt, note: note ?? null });
    return seeOther('/admin/files/lists', {
      vi: 'Đã ghi nhận. Khi ngân hàng có kết quả, gửi tệp kết quả vào đây.',
      en: 'Noted. When the bank has the result, bring its file here.',
    });
  }
}
