import { Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { AuditReads, VerifyAudit } from '../../audit/index.js';
import { Requires, UserReads } from '../../identity/index.js';
import { decodeCursor, pageOf } from '../../platform/http/index.js';
import { Pages, screen, type Screen } from '../kit/index.js';
import { AuditExports, AuditList } from './audit.page.js';
import { auditFilter, AuditQuestions, verificationQuery } from './audit.query.js';
import { VerificationPage } from './verification.page.js';

const SHOWN = 50;

/** The audit trail: who did what, and whether anybody has tampered with it. */
@Pages()
@Requires('audit.read')
export class AuditPages {
  constructor(
    private readonly entries: AuditReads,
    private readonly questions: AuditQuestions,
    private readonly verifying: VerifyAudit,
    private readonly users: UserReads,
  ) {}

  @Get('admin/audit')
  async list(@Query({ schema: auditFilter }) query: z.infer<typeof auditFilter>): Promise<Screen> {
    const { cursor, ...filter } = query;
    const found = await this.entries.list(await this.questions.filterOf(filter), {
      beforeId: decodeCursor(cursor, z.uuid()),
      limit: SHOWN + 1,
    });
    const page = pageOf(found, SHOWN, { item: (row) => row, key: ({ id }) => id });
    const names = await this.users.namesOf(page.items.map(({ actorId }) => actorId));
    return screen({
      title: { vi: 'Nhật ký kiểm toán', en: 'Audit trail' },
      actions: <AuditExports />,
      body: (
        <AuditList
          filter={filter}
          entries={page.items}
          nextCursor={page.nextCursor}
          names={names}
        />
      ),
    });
  }

  @Get('admin/audit/verification')
  async verification(
    @Query({ schema: verificationQuery }) query: z.infer<typeof verificationQuery>,
  ): Promise<Screen> {
    const { run, seq, hash } = query;
    const noted = seq !== undefined && hash !== undefined ? { seq, hash } : undefined;
    const result = run === undefined ? null : await this.verifying.verify(noted);
    return screen({
      title: { vi: 'Kiểm tra chuỗi nhật ký', en: 'Verify the audit chain' },
      crumbs: [{ href: '/admin/audit', text: { vi: 'Nhật ký kiểm toán', en: 'Audit trail' } }],
      body: <VerificationPage noted={{ seq, hash }} result={result} />,
    });
  }
}
