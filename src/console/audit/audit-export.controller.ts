import { Get, Param, Query, Req, type StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AuditReads, type AuditRow } from '../../audit/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { download, type Language } from '../../platform/http/index.js';
import { EXPORT_FORMATS, type ExportColumn } from '../../platform/spreadsheet/index.js';
import { TakeExport } from '../../reports/index.js';
import { Pages, Viewers, type NamesOf } from '../kit/index.js';
import { auditFilter, AuditQuestions } from './audit.query.js';
import { sentenceOf } from './audit.sentence.js';
import { AREAS } from './audit.words.js';

type Asked = z.infer<typeof auditFilter>;

const LABELS = {
  who: { vi: 'Ai', en: 'Who' },
  area: { vi: 'Việc gì', en: 'What' },
  from: { vi: 'Từ ngày', en: 'From' },
  to: { vi: 'Đến hết ngày', en: 'To, included' },
  thing: { vi: 'Về', en: 'About' },
  id: { vi: 'Mã đối tượng', en: 'Subject' },
} as const;

/** The trail as a file: whatever the filter finds. */
@Pages()
@Requires('audit.read')
export class AuditExportPages {
  constructor(
    private readonly entries: AuditReads,
    private readonly questions: AuditQuestions,
    private readonly exports: TakeExport,
    private readonly viewers: Viewers,
  ) {}

  @Get('admin/audit.:format')
  async file(
    @Param('format', { schema: z.enum(EXPORT_FORMATS) }) format: 'xlsx' | 'csv',
    @Query({ schema: auditFilter }) query: Asked,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    const { cursor: _, ...filter } = query;
    const { language, names } = await this.viewers.contextOf(request, { telling: false });
    const asked = await this.questions.filterOf(filter);
    const taken = await this.exports.take(
      { actor, list: 'audit', format, filter },
      {
        language,
        title: { vi: 'Nhật ký kiểm toán', en: 'Audit trail' }[language],
        filters: factsOf(filter, language),
        columns: this.columns(language, names),
        rows: this.entries.all(asked),
      },
    );
    return download(taken);
  }

  private columns(language: Language, names: NamesOf): ExportColumn<AuditRow>[] {
    const column = (
      [vi, en]: readonly [string, string],
      value: (row: AuditRow) => string,
      width?: number,
    ): ExportColumn<AuditRow> => ({ heading: { vi, en }[language], kind: 'text', value, width });
    return [
      column(['Số trong chuỗi', 'Place in the chain'], ({ seq }) => seq),
      {
        heading: { vi: 'Lúc', en: 'When' }[language],
        kind: 'moment',
        value: ({ at }) => at,
      },
      column(['Ai', 'Who'], ({ actorName }) => actorName),
      column(['Việc đã làm', 'What'], (row) => sentenceOf(row, { language, names }), 60),
      column(['Mã việc', 'Code'], ({ action }) => action),
      column(['Loại đối tượng', 'Kind of subject'], ({ subjectType }) => subjectType),
      column(['Mã đối tượng', 'Subject'], ({ subjectId }) => subjectId, 40),
      column(['Chi tiết', 'Detail'], ({ detail }) => JSON.stringify(detail), 60),
      column(['Dấu niêm', 'Seal'], ({ hash }) => hash, 70),
    ];
  }
}

function factsOf(filter: Omit<Asked, 'cursor'>, language: Language) {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const area = name === 'area' ? AREAS[value as keyof typeof AREAS] : undefined;
    const label = LABELS[name as keyof typeof LABELS][language];
    return [{ label, value: area ? area[language] : value }];
  });
}
