import { z } from 'zod';
import { ApiClient, ApiRefused } from '../../src/cli/demo/api-client.js';
import {
  batchAnswer,
  importAnswer,
  pageOfBatches,
  reconciliationAnswer,
} from '../../src/cli/demo/demo-answers.js';
import type { DemoLogin, DemoOffice } from '../../src/cli/demo/demo-office.js';
import { SAMPLE_PROGRAMME } from '../../src/cli/sample-list.js';
import { etagOf } from '../../src/platform/http/index.js';

const PATIENCE_MS = 180_000;
const AGAIN_AFTER_MS = 300;

type Batch = z.infer<typeof batchAnswer>;

/** Answers of a request that was under way when something died: look again, and do again what is not done. */
const PASSING = new Set([
  'idempotency.running',
  'idempotency.answer-lost',
  'idempotency.lease-lost',
]);

/**
 * The people of the office at the real API. They are patient: whatever breaks under their hands, they look what came
 * of it and go on from there, each time under a new idempotency key.
 */
export class Office {
  private readonly clients = new Map<DemoLogin, ApiClient>();
  private acts = 0;
  /** Requests that broke, and were made again. */
  brokenRequests = 0;
  /** A batch is being assembled, proposed or signed at this moment. */
  isSigning = false;

  constructor(
    private readonly url: string,
    private readonly people: DemoOffice,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Takes a list in and applies it. Gives how many rows were applied. @throws when a row is bad. */
  async importList(file: Blob, fileName: string): Promise<number> {
    const preparer = await this.client('lap.bang');
    const form = new FormData();
    form.set('file', file, fileName);
    const { id } = await preparer.post('/api/v1/imports', importAnswer, { form, act: this.act() });
    const path = `/api/v1/imports/${id}`;
    const look = () => preparer.get(path, importAnswer);
    const checked = await this.until(look, (now) => now.state !== 'received');
    if (checked.state === 'refused' || checked.badRows > 0) {
      throw new Error(`the list was not taken: ${JSON.stringify(checked)}`);
    }
    const json = { mode: 'good-rows' };
    await preparer.post(`${path}/applications`, importAnswer, { json, act: this.act() });
    return (await this.until(look, (now) => now.state === 'applied')).appliedRows;
  }

  /** Exactly what the lists need and not a đồng more: what is reserved or spent twice is soon missed. */
  async allot(year: number, needed: readonly { fund: string; amount: string }[]): Promise<void> {
    const accountant = await this.client('ke.toan.truong');
    for (const { fund, amount } of needed) {
      const decision = { decisionNumber: `01/QĐ-${year}`, decisionDate: `${year}-01-02` };
      const json = { fund, period: String(year), amount, ...decision };
      await accountant.post('/api/v1/allotments', z.unknown(), { json, act: this.act() });
    }
  }

  /** Assembles the month's batch, proposes it, signs it twice. Gives how many lines were signed. */
  async payMonth(period: string): Promise<number> {
    this.isSigning = true;
    const lines = await this.signMonth(period).finally(() => {
      this.isSigning = false;
    });
    return lines;
  }

  private async signMonth(period: string): Promise<number> {
    const batch = await this.insist(async () => this.propose(await this.assemble(period)));
    await this.insist(() => this.sign('ke.toan.truong', batch.id));
    await this.insist(() => this.sign('chu.tai.khoan', batch.id));
    return batch.lineCount;
  }

  /** Matches the bank's statement; gives its buckets. */
  async reconcile(asked: { bank: string; from: string; to: string }) {
    const preparer = await this.client('lap.bang');
    const { id } = await preparer.post('/api/v1/reconciliations', z.object({ id: z.uuid() }), {
      json: asked,
      act: this.act(),
    });
    const ended = await this.until(
      () => preparer.get(`/api/v1/reconciliations/${id}`, reconciliationAnswer),
      (now) => now.state !== 'requested',
    );
    return { state: ended.state, buckets: ended.buckets ?? [] };
  }

  /** The month's batch, made when there is none. */
  async assemble(period: string): Promise<Batch> {
    const preparer = await this.client('lap.bang');
    const query = `programme=${SAMPLE_PROGRAMME}&period=${period}`;
    const known = await preparer.get(`/api/v1/batches?${query}`, pageOfBatches);
    const json = { programme: SAMPLE_PROGRAMME, period };
    return (
      known.items.find(({ state }) => state !== 'cancelled') ??
      preparer.post('/api/v1/batches', batchAnswer, { json, act: this.act() })
    );
  }

  /** Lays a draft before its signers; one that lies there already is left as it is. */
  async propose(batch: Batch): Promise<Batch> {
    if (batch.state !== 'draft') return batch;
    const preparer = await this.client('lap.bang');
    return preparer.post(`/api/v1/batches/${batch.id}/proposals`, batchAnswer, {
      json: {},
      ifMatch: etagOf(batch.version),
      act: this.act(),
    });
  }

  async sign(login: DemoLogin, batchId: string): Promise<void> {
    const signer = await this.client(login);
    const seen = await signer.get(`/api/v1/batches/${batchId}`, batchAnswer);
    if (seen.state !== 'proposed') return;
    const json = { digest: seen.digest, lineCount: seen.lineCount, total: seen.total };
    const path = `/api/v1/batches/${batchId}/approvals`;
    await signer.post(path, z.unknown(), { json, act: this.act() }).catch((error: unknown) => {
      // Their signature was written by a request whose answer was lost.
      if (!(error instanceof ApiRefused && error.code === 'approvals.signed-already')) throw error;
    });
  }

  private async client(login: DemoLogin): Promise<ApiClient> {
    const known = this.clients.get(login);
    if (known) return known;
    const client = await ApiClient.signIn(this.url, login, this.people.passwords[login] ?? '');
    this.clients.set(login, client);
    return client;
  }

  private act(): string {
    this.acts += 1;
    return `act ${this.acts}`;
  }

  /** Does it until it is done: an answer that broke off says nothing about whether it was. */
  private async insist<T>(act: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      try {
        return await act();
      } catch (error) {
        const passes =
          !(error instanceof ApiRefused) || error.status >= 500 || PASSING.has(error.code);
        if (!passes || Date.now() > deadline) throw error;
        this.brokenRequests += 1;
        await new Promise((wake) => setTimeout(wake, AGAIN_AFTER_MS));
      }
    }
  }

  private async until<T>(look: () => Promise<T>, enough: (seen: T) => boolean): Promise<T> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      const seen = await this.insist(look);
      if (enough(seen)) return seen;
      if (Date.now() > deadline) throw new Error('the office waited too long');
      await new Promise((wake) => setTimeout(wake, AGAIN_AFTER_MS));
    }
  }
}
