import { Get } from '@nestjs/common';
import { Requires } from '../../identity/index.js';
import { Pages, screen, type Screen } from '../kit/index.js';
import { REPORTS, ReportsPage } from './reports.page.js';

/** What reports there are. */
@Pages()
export class ReportPages {
  @Get('reports')
  @Requires('payment.read')
  show(): Screen {
    return screen({ title: REPORTS.text, body: <ReportsPage /> });
  }
}
