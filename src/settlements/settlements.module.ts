import { Module } from '@nestjs/common';
import { BankFilesModule } from '../banks/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ApplyNotices } from './apply-notices.js';
import { NoticesController } from './http/notices.controller.js';
import { ReceiveNoticeController } from './http/receive-notice.controller.js';
import { TimelineController } from './http/timeline.controller.js';
import { ApplyReceivedNotice } from './jobs/apply-received-notice.js';
import { SweepNotices } from './jobs/sweep-notices.js';
import { NoticeMetrics } from './notice.metrics.js';
import { NoticeRefusals } from './notice-refusals.js';
import { NoticeRead } from './notice.read.js';
import { ReceiveNotice } from './receive-notice.js';
import { ReceiveReport } from './receive-report.js';
import { ReplayNotices } from './replay-notices.js';
import { TimelineRead } from './timeline.read.js';
import { ViewNoticeBody } from './view-notice-body.js';

/** What banks say became of the payments, and everything that happened to each. */
@Module({
  imports: [BankFilesModule, OrganisationModule, PaymentsModule],
  controllers: [ReceiveNoticeController, NoticesController, TimelineController],
  providers: [
    ReceiveNotice,
    ReceiveReport,
    ApplyNotices,
    ReplayNotices,
    NoticeRead,
    TimelineRead,
    NoticeMetrics,
    NoticeRefusals,
    ViewNoticeBody,
    ApplyReceivedNotice,
    SweepNotices,
  ],
  exports: [ReceiveNotice, ApplyNotices, ReplayNotices, NoticeRead, TimelineRead, ViewNoticeBody],
})
export class SettlementsModule {}
