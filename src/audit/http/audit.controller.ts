import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  decodeCursor,
  pageOf,
  pageSchema,
  RequiresNamed,
  type Page,
} from '../../platform/http/index.js';
import { AuditReads } from '../audit-list.read.js';
import { VerifyAudit } from '../verify-audit.js';
import {
  auditEntrySchema,
  auditQuery,
  auditView,
  verificationQuery,
  verificationSchema,
} from './audit.schemas.js';

// Identity writes the trail, so the trail cannot know identity: the permission is named, not typed.
@ApiTags('audit')
@Controller('api/v1/audit')
@RequiresNamed('audit.read')
export class AuditController {
  constructor(
    private readonly entries: AuditReads,
    private readonly verifyAudit: VerifyAudit,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who did what, newest first' })
  @ApiOkResponse({ standardSchema: pageSchema(auditEntrySchema) })
  async list(
    @Query({ schema: auditQuery }) query: z.infer<typeof auditQuery>,
  ): Promise<Page<z.infer<typeof auditEntrySchema>>> {
    const { limit, cursor, from, until, actorId, action, ...subject } = query;
    const filter = {
      ...subject,
      actorIds: actorId === undefined ? undefined : [actorId],
      actions: action === undefined ? undefined : [action],
      from: from === undefined ? undefined : new Date(from),
      until: until === undefined ? undefined : new Date(until),
    };
    const page = { beforeId: decodeCursor(cursor, z.uuid()), limit: limit + 1 };
    const found = await this.entries.list(filter, page);
    return pageOf(found, limit, { item: auditView, key: (row) => row.id });
  }

  @Get('verification')
  @ApiOperation({ summary: 'Recompute the hash chain and name the first broken place' })
  @ApiOkResponse({ standardSchema: verificationSchema })
  verification(
    @Query({ schema: verificationQuery }) query: z.infer<typeof verificationQuery>,
  ): Promise<z.infer<typeof verificationSchema>> {
    const { seq, hash } = query;
    return this.verifyAudit.verify(
      seq === undefined || hash === undefined ? undefined : { seq, hash },
    );
  }
}
