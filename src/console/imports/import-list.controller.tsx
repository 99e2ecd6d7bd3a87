import { Body, Get, Post, Query, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { z } from 'zod';
import { listImports, ReceiveImport, sendersOfImports } from '../../entitlements/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { DomainError } from '../../kernel/index.js';
import { Programmes } from '../../organisation/index.js';
import { AppConfig } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import {
  decodeCursor,
  Idempotent,
  PAGE_LIMIT_DEFAULT,
  pageOf,
  RemoveUpload,
  type StoredUpload,
} from '../../platform/http/index.js';
import { Pages, screen, seeOther, type Screen, type SeeOther } from '../kit/index.js';
import { importsFilter, uploadForm } from './import.forms.js';
import { isId } from './import.texts.js';
import { ImportList, SendListLink } from './import-list.page.js';
import { ImportNew } from './import-new.page.js';

const MIB = 1024 * 1024;

/** All lists, and sending a new one. */
@Pages()
export class ImportListPages {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly programmes: Programmes,
    private readonly receiveImport: ReceiveImport,
  ) {}

  @Get('imports')
  @Requires('import.read')
  async list(
    @Query({ schema: importsFilter }) filter: z.infer<typeof importsFilter>,
  ): Promise<Screen> {
    const { cursor, ...wanted } = filter;
    const before = decodeCursor(cursor, z.uuid());
    const limit = PAGE_LIMIT_DEFAULT;
    const { reader } = this.database;
    const found = await listImports(reader, { ...wanted, before, limit });
    return screen({
      title: { vi: 'Danh sách gửi vào', en: 'Lists in' },
      actions: <SendListLink />,
      body: (
        <ImportList
          page={pageOf(found, limit, { item: (row) => row, key: (row) => row.id })}
          filter={filter}
          senders={await sendersOfImports(reader)}
        />
      ),
    });
  }

  @Get('imports/new')
  @Requires('import.write')
  async form(): Promise<Screen> {
    return screen({
      title: { vi: 'Gửi danh sách', en: 'Send a list' },
      crumbs: [LISTS],
      body: (
        <ImportNew
          programmes={this.programmes.all()}
          senders={(await sendersOfImports(this.database.reader)).filter((known) => !isId(known))}
          largest={Math.floor(this.config.settings.UPLOAD_MAX_BYTES / MIB)}
        />
      ),
    });
  }

  @Post('imports')
  @Requires('import.write')
  @Idempotent()
  @UseInterceptors(FileInterceptor('file'), RemoveUpload)
  async receive(
    @Body({ schema: uploadForm }) form: z.infer<typeof uploadForm>,
    @UploadedFile() file: StoredUpload | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    if (!file) throw noFile();
    const { programme, period, controlRows, controlTotal, controlByCommune } = form;
    // What columns are called is remembered by the sender: somebody with a name.
    const sender = form.sender ?? actor.name;
    const { importId, repeated } = await this.receiveImport.receive(
      {
        path: file.path,
        fileName: file.originalname,
        declaration: {
          ...{ sender, programme, period, controlRows, controlTotal },
          controlByCommune:
            Object.keys(controlByCommune ?? {}).length === 0 ? undefined : controlByCommune,
        },
      },
      actor,
    );
    return seeOther(`/imports/${importId}`, repeated ? SENT_BEFORE : RECEIVED);
  }
}

export const LISTS = {
  href: '/imports',
  text: { vi: 'Danh sách gửi vào', en: 'Lists in' },
} as const;

const RECEIVED = {
  vi: 'Đã nhận danh sách. Từng dòng đang được kiểm tra.',
  en: 'The list was received. Every row is being checked.',
};
const SENT_BEFORE = {
  vi: 'Danh sách này đã được gửi trước đây, với cùng tổng kiểm soát. Đây là danh sách đó; không có gì thay đổi.',
  en: 'This very list was sent before with the same control totals. Here it is; nothing has changed.',
};

const CHOOSE_FILE = {
  vi: 'Chưa có tệp nào. Hãy chọn tệp danh sách rồi gửi.',
  en: 'No file was sent. Please choose the file of the list and send it.',
};
const noFile = () =>
  new DomainError('invalid', 'entitlements.file-missing', CHOOSE_FILE, {
    errors: [{ pointer: '/file', messages: CHOOSE_FILE }],
  });
