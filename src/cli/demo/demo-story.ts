import { z } from 'zod';
import { formatPeriod, Money, officeDate } from '../../kernel/index.js';
import { AllowanceRates, BankDirectory, Places } from '../../organisation/index.js';
import { etagOf } from '../../platform/http/index.js';
import { SAMPLE_PROGRAMME, sampleList } from '../sample-list.js';
import { sampleWorkbook } from '../sample-workbook.js';
import { ApiClient } from './api-client.js';
import {
  batchAnswer,
  importAnswer,
  pageOfAlerts,
  pageOfBatches,
  pageOfNotices,
  pageOfPayments,
  pageOfRuns,
  reconciliationAnswer,
  runDetailAnswer,
  type DemoAlert,
  type DemoPayment,
  type RunFigures,
} from './demo-answers.js';
import type { DemoLogin } from './demo-office.js';
import type { DemoScreen } from './demo-screen.js';
import type { DemoSystem } from './demo-system.js';

type Batch = z.infer<typeof batchAnswer>;

const PERIOD = '2026-11';
/** The central budget for people with meritorious service, for one month: as much as a province's office needs. */
const ALLOTMENT = { fund: 'NSTW_NCC', amount: '10000000000' } as const;
const PATIENCE_MS = 10 * 60_000;
const LOOK_EVERY_MS = 250;
/** Alerts are judged again and again; when their number stands still for so long, they are all there. */
const ALERTS_QUIET_MS = 5000;

/**
 * The story of one month, told through the API as any client would: each act has an idempotency key of its own, so
 * that telling it again changes nothing.
 */
export class DemoStory {
  constructor(
    private readonly system: DemoSystem,
    private readonly screen: DemoScreen,
  ) {}

  signIn(login: DemoLogin): Promise<ApiClient> {
    return ApiClient.signIn(this.system.url, login, this.system.office.passwords[login] ?? '');
  }

  /** The list comes in, is checked row by row, and its good rows are applied. */
  async importList(preparer: ApiClient): Promise<z.infer<typeof importAnswer>> {
    const app = this.system.booted.app;
    const reference = {
      places: app.get(Places, { strict: false }),
      banks: app.get(BankDirectory, { strict: false }),
      rates: app.get(AllowanceRates, { strict: false }),
    };
    const list = sampleList(reference, { period: PERIOD });
    const workbook = await sampleWorkbook(list);
    this.screen.step(`danh sách mẫu / sample list: ${list.rows.length} rows, .xlsx`);
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(workbook)]), 'danh-sach-chi-tra-11-2026.xlsx');
    const act = `demo import ${PERIOD}`;
    const received = await preparer.post('/api/v1/imports', importAnswer, { form, act });
    const path = `/api/v1/imports/${received.id}`;
    const checked = await this.screen.progress('kiểm tra / checking', (show) =>
      this.until(
        () => preparer.get(path, importAnswer),
        (now) => {
          show(now.readRows, list.rows.length);
          return now.state !== 'received';
        },
      ),
    );
    if (checked.state === 'refused')
      throw new Error(`the list was refused: ${checked.refusal?.en}`);
    await preparer.post(`${path}/applications`, importAnswer, {
      json: { mode: 'good-rows' },
      act: `demo apply ${received.id}`,
    });
    return this.until(
      () => preparer.get(path, importAnswer),
      (now) => now.state === 'applied',
    );
  }

  /** The preparer gathers what is owed and proposes it: from here on it is frozen. */
  async proposeBatch(preparer: ApiClient): Promise<Batch> {
    const query = `programme=${SAMPLE_PROGRAMME}&period=${PERIOD}`;
    const known = await preparer.get(`/api/v1/batches?${query}`, pageOfBatches);
    const standing = known.items.find((b) => b.followUpOf === null && b.state !== 'cancelled');
    const batch =
      standing ??
      (await preparer.post('/api/v1/batches', batchAnswer, {
        json: { programme: SAMPLE_PROGRAMME, period: PERIOD, note: 'Chi trả mẫu' },
        act: `demo batch ${PERIOD}`,
      }));
    if (batch.state !== 'draft') return batch;
    return preparer.post(`/api/v1/batches/${batch.id}/proposals`, batchAnswer, {
      json: {},
      ifMatch: etagOf(batch.version),
      act: `demo propose ${batch.id} ${batch.version}`,
    });
  }

  /** The budget of the month: without it the last signature would be refused. */
  async allot(login: DemoLogin): Promise<Money> {
    const accountant = await this.signIn(login);
    await accountant.post('/api/v1/allotments', z.unknown(), {
      json: {
        fund: ALLOTMENT.fund,
        period: PERIOD,
        amount: ALLOTMENT.amount,
        decisionNumber: 'QĐ 128/QĐ-STC (mẫu)',
        decisionDate: '2026-10-20',
      },
      act: `demo allot ${PERIOD}`,
    });
    return Money.of(ALLOTMENT.amount);
  }

  /** A signer signs what they saw: digest, count and total. */
  async sign(login: DemoLogin, batchId: string): Promise<void> {
    const signer = await this.signIn(login);
    const seen = await signer.get(`/api/v1/batches/${batchId}`, batchAnswer);
    if (seen.state !== 'proposed') return;
    await signer.post(`/api/v1/batches/${batchId}/approvals`, z.unknown(), {
      json: { digest: seen.digest, lineCount: seen.lineCount, total: seen.total },
      act: `demo sign ${batchId} ${seen.digest}`,
    });
  }

  /** Waits until nothing moves any more: no payment in flight, no notice under way at either side. */
  async runToItsEnd(preparer: ApiClient, batchId: string): Promise<RunFigures> {
    const page = await this.until(
      () => preparer.get(`/api/v1/runs?batchId=${batchId}`, pageOfRuns),
      (found) => found.items.length > 0,
    );
    const path = `/api/v1/runs/${page.items[0]?.id}`;
    return this.screen.progress('chi trả / paying', (show) =>
      this.until(
        () => preparer.get(path, runDetailAnswer),
        async (run) => {
          show(run.payments - inFlight(run), run.payments);
          return (
            inFlight(run) === 0 && run.state === 'finished' && (await this.bankAtRest(preparer))
          );
        },
      ).then(() => preparer.get(path, runDetailAnswer)),
    );
  }

  /** The bank's statement is the last word: it is fetched for each bank and matched. */
  async reconcile(preparer: ApiClient, run: RunFigures): Promise<void> {
    const from = officeDate(new Date(run.createdAt));
    const to = officeDate(new Date());
    for (const bank of new Set(run.figures.map((f) => f.bankCode))) {
      const wanted = { bank, from, to };
      const { id } = await preparer.post('/api/v1/reconciliations', z.object({ id: z.uuid() }), {
        json: wanted,
        act: `demo reconcile ${JSON.stringify(wanted)} ${run.id}`,
      });
      const path = `/api/v1/reconciliations/${id}`;
      const ended = await this.until(
        () => preparer.get(path, reconciliationAnswer),
        (now) => now.state !== 'requested',
      );
      const buckets = (ended.buckets ?? []).map((b) => `${b.bucket ?? 'waiting'} ${b.entries}`);
      this.screen.detail(`${bank}: ${buckets.join(', ') || (ended.failure ?? ended.state)}`);
    }
  }

  async alerts(preparer: ApiClient): Promise<DemoAlert[]> {
    let count = -1;
    let since = Date.now();
    return this.until(
      async () => (await preparer.get('/api/v1/alerts?limit=200', pageOfAlerts)).items,
      (now) => {
        if (now.length !== count) since = Date.now();
        count = now.length;
        return Date.now() - since >= ALERTS_QUIET_MS;
      },
    );
  }

  /** Every payment of the run in those states. */
  async payments(preparer: ApiClient, query: string): Promise<DemoPayment[]> {
    const found: DemoPayment[] = [];
    for (let cursor = ''; ;) {
      const path = `/api/v1/payments?${query}&limit=200${cursor && `&cursor=${cursor}`}`;
      const page = await preparer.get(path, pageOfPayments);
      found.push(...page.items);
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
    }
  }

  title(batch: Batch): string {
    const total = Money.of(batch.total).format('vi');
    return `${batch.number} (${formatPeriod(PERIOD)}): ${batch.lineCount} người / people, ${total}`;
  }

  private async bankAtRest(preparer: ApiClient): Promise<boolean> {
    const books = await this.system.sandbox.books();
    if (books.changesToCome + books.noticesWaiting + books.pending > 0) return false;
    const waiting = await preparer.get('/api/v1/notices?state=received&limit=1', pageOfNotices);
    return waiting.items.length === 0;
  }

  private async until<T>(
    look: () => Promise<T>,
    enough: (seen: T) => boolean | Promise<boolean>,
  ): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = await look();
      if (await enough(seen)) return seen;
      if (Date.now() > deadline) throw new Error('the demo waited too long; see the log');
      await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
    }
  }
}

function inFlight(run: RunFigures): number {
  return run.figures
    .filter((f) => ['ready', 'sending', 'accepted', 'unknown'].includes(f.state))
    .reduce((sum, f) => sum + f.count, 0);
}
