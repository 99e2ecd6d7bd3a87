import { Get, Query, Sse } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { periodSchema } from './home.query.js';
import { ViewHome } from '../../reports/index.js';
import { LiveStreams, Pages, screen, type Fragment, type Screen } from '../kit/index.js';
import { HomePage, RunsUnderWay } from './home.page.js';

const homeQuery = z.object({ month: periodSchema.optional() });
const EVERY_MS = 2_000;

/** The page after signing in: what waits, where the month's money is, what goes wrong, what is due. */
@Pages()
export class HomePages {
  constructor(
    private readonly viewHome: ViewHome,
    private readonly live: LiveStreams,
  ) {}

  @Get()
  @Requires()
  async show(
    @Query({ schema: homeQuery }) query: z.infer<typeof homeQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const home = await this.viewHome.of(actor, query.month);
    return screen({ title: { vi: 'Trang chính', en: 'Home' }, body: <HomePage home={home} /> });
  }

  @Sse('live/runs')
  @Requires('payment.read')
  runs(): Observable<Fragment> {
    return this.live.watch({
      look: () => this.viewHome.runsUnderWay(),
      body: (runs) => <RunsUnderWay runs={runs} />,
      isOver: () => false,
      everyMs: EVERY_MS,
    });
  }
}
