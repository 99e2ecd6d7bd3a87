import { createReadStream } from 'node:fs';
import { Body, Get, Param, Post, Sse, StreamableFile } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import {
  ApplyImport,
  countByRule,
  countCorrections,
  findImport,
  MarkList,
  RefuseImport,
  sameContent,
  stepsOfImport,
} from '../../entitlements/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import { attachment, Idempotent } from '../../platform/http/index.js';
import {
  formatCount,
  LiveStreams,
  Pages,
  screen,
  seeOther,
  State,
  withNames,
  type Fragment,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { LISTS } from './import-list.controller.js';
import { applyForm, refusalForm } from './import.forms.js';
import { CheckProgress, ImportPage } from './import.page.js';
import { listOr404, titleOf } from './list-or-404.js';

const idParameter = { schema: z.uuid() };

/** One list: how it stands, and what becomes of it. */
@Pages()
export class ImportPages {
  constructor(
    private readonly database: Database,
    private readonly live: LiveStreams,
    private readonly applyImport: ApplyImport,
    private readonly refuseImport: RefuseImport,
    private readonly markList: MarkList,
    private readonly people: UserNames,
  ) {}

  @Get('imports/:id')
  @Requires('import.read')
  async show(@Param('id', idParameter) id: string): Promise<Screen> {
    const tx = this.database.reader;
    const list = await listOr404(tx, id);
    return screen({
      title: titleOf(list),
      crumbs: [LISTS],
      actions: <State of="import" is={list.state} />,
      body: (
        <ImportPage
          list={list}
          steps={await withNames(this.people, await stepsOfImport(tx, id), 'by')}
          same={await sameContent(tx, id)}
          rules={await countByRule(tx, id)}
          mendedCount={await countCorrections(tx, id)}
        />
      ),
    });
  }

  @Sse('imports/:id/live')
  @Requires('import.read')
  progress(@Param('id', idParameter) id: string): Observable<Fragment> {
    return this.live.watch({
      look: async () => {
        const list = await findImport(this.database.reader, id);
        return { id, state: list?.state ?? 'refused', readRows: list?.readRows ?? 0 } as const;
      },
      body: (seen) => <CheckProgress list={seen} />,
      isOver: ({ state }) => state !== 'received',
    });
  }

  @Post('imports/:id/applications')
  @Requires('import.write')
  @Idempotent()
  async apply(
    @Param('id', idParameter) id: string,
    @Body({ schema: applyForm }) form: z.infer<typeof applyForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { appliedRows } = await this.applyImport.apply({ importId: id, mode: form.mode }, actor);
    const count = formatCount(appliedRows);
    return seeOther(
      `/imports/${id}`,
      { vi: `Đã nhập ${count} khoản được hưởng.`, en: `${count} entitlements were applied.` },
      {
        href: '/batches',
        text: { vi: 'Tiếp theo: lập đợt chi', en: 'Next: gather them into a batch' },
      },
    );
  }

  @Post('imports/:id/refusals')
  @Requires('import.write')
  @Idempotent()
  async refuse(
    @Param('id', idParameter) id: string,
    @Body({ schema: refusalForm }) form: z.infer<typeof refusalForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.refuseImport.refuse({ importId: id, reason: form.reason }, actor);
    return seeOther(`/imports/${id}`, {
      vi: 'Đã ghi: không nhận danh sách này.',
      en: 'The list was refused.',
    });
  }

  @Get('imports/:id/annotated')
  @Requires('import.read')
  async annotated(@Param('id', idParameter) id: string): Promise<StreamableFile> {
    const copy = await this.markList.copyOf(id);
    const stream = createReadStream(copy.path);
    stream.once('close', () => void copy.remove());
    return new StreamableFile(stream, {
      type: copy.mediaType,
      disposition: attachment(copy.fileName, 'list'),
    });
  }
}
