import { Injectable } from '@nestjs/common';
import { Money, type Bilingual } from '../kernel/index.js';
import { SignatoryRegister, type Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { ApprovalChains, type ChainStep } from './approval-chains.js';
import { batchNotFound, refusalOf } from './approvals.errors.js';
import {
  approvalOf,
  approvedInMonth,
  chainsOf,
  findSignable,
  findSignables,
  listProposed,
  signaturesGiven,
  type GivenApproval,
  type GivenSignature,
  type SignableBatch,
} from './round.read.js';
import {
  mayReturn,
  nextStep,
  rule,
  type Round,
  type Ruling,
  type Signer,
} from './signing.rules.js';

/** Where the present round of a batch stands: who has signed, who is next. */
export interface RoundView {
  readonly batch: SignableBatch;
  readonly steps: readonly (ChainStep & { signed: GivenSignature | null })[];
  /** Null when the batch waits for nobody. */
  readonly next: ChainStep | null;
}

export interface RoundDetail extends RoundView {
  readonly approval: GivenApproval | null;
  /** Signatures of rounds that were returned; they count no more. */
  readonly earlier: readonly GivenSignature[];
}

/** What one person may do with a proposed batch. */
export interface Competence {
  readonly ruling: Ruling;
  /** In words, why the person may not sign; null when they may. */
  readonly why: Bilingual | null;
  readonly mayReturn: boolean;
}

/** Of the proposed batches no more are looked through than an office could ever sign. */
const PAGE_LENGTH = 200;
const PAGES_MAX = 5;

/** Questions about signatures; reads only. */
@Injectable()
export class ViewRounds {
  constructor(
    private readonly database: Database,
    private readonly chains: ApprovalChains,
    private readonly register: SignatoryRegister,
  ) {}

  /** @throws DomainError `approvals.no-such-batch` */
  async of(batchId: string): Promise<RoundDetail> {
    const batch = await findSignable(this.database.reader, batchId);
    if (!batch) throw batchNotFound(batchId);
    const approval = await approvalOf(this.database.reader, batchId);
    const [view] = await this.views([batch]);
    const signatures = await signaturesGiven(this.database.reader, [batchId]);
    const earlier = signatures.filter((given) => given.round < batch.round);
    return { batch, steps: view?.steps ?? [], next: view?.next ?? null, approval, earlier };
  }

  /** Where several batches stand, in the order of the ids; what is no batch is left out. */
  async ofMany(batchIds: readonly string[]): Promise<RoundView[]> {
    return this.views(await findSignables(this.database.reader, batchIds));
  }

  /** The batches that are paid from a month's budget (`yyyy-mm`); there are a few each month. */
  approvedIn(month: string): Promise<string[]> {
    return approvedInMonth(this.database.reader, month);
  }

  /** Whether a person may sign or return a batch as it stands now; null when it waits for nobody. */
  async competenceOf(actor: Actor, view: RoundView): Promise<Competence | null> {
    if (view.batch.state !== 'proposed') return null;
    const signer = await this.signer(actor);
    const round = roundOf(view);
    const nobody: Signer = { id: actor.id, signature: null, roles: [] };
    const ruling = rule(signer ?? nobody, round);
    return {
      ruling,
      why: ruling.may ? null : refusalOf(view.batch.id, ruling).text,
      mayReturn: signer !== null && mayReturn(signer, round),
    };
  }

  /** A page of proposed batches, the oldest first; only those that wait for the given person, when one is given. */
  async waiting(
    query: { afterId: string | null; limit: number },
    onlyFor: Actor | null,
  ): Promise<{ views: RoundView[]; next: string | null }> {
    const found = await listProposed(this.database.reader, { ...query, limit: query.limit + 1 });
    const shown = found.slice(0, query.limit);
    const views = await this.views(shown);
    const next = found.length > query.limit ? (shown.at(-1)?.id ?? null) : null;
    if (!onlyFor) return { views, next };
    const signer = await this.signer(onlyFor);
    return { views: views.filter((view) => signer !== null && waitsFor(signer, view)), next };
  }

  /** Ids of the batches whose next signature is this person's to give. */
  async idsFor(actor: Actor): Promise<string[]> {
    const ids: string[] = [];
    let afterId: string | null = null;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { views, next } = await this.waiting({ afterId, limit: PAGE_LENGTH }, actor);
      ids.push(...views.map(({ batch }) => batch.id));
      if (next === null) break;
      afterId = next;
    }
    return ids;
  }

  private async signer(actor: Actor): Promise<Signer | null> {
    if (actor.kind !== 'user') return null;
    const { reader } = this.database;
    return {
      id: actor.id,
      signature: await this.register.signatureOf(reader, actor.id),
      roles: await this.register.rolesOf(reader, actor.id),
    };
  }

  private async views(batches: readonly SignableBatch[]): Promise<RoundView[]> {
    const ids = batches.map((batch) => batch.id);
    const fixed = await chainsOf(this.database.reader, ids);
    const given = await signaturesGiven(this.database.reader, ids);
    return batches.map((batch) => {
      const isOfRound = (row: { batchId: string; round: number }): boolean =>
        row.batchId === batch.id && row.round === batch.round;
      const signatures = given.filter(isOfRound);
      const steps = this.stepsOf(batch, fixed.filter(isOfRound)).map((step) => ({
        ...step,
        signed: signatures.find((signature) => signature.step === step.step) ?? null,
      }));
      const next = batch.state === 'proposed' ? nextStep({ chain: steps, signatures }) : null;
      return { batch, steps, next: next && bare(next) };
    });
  }

  private stepsOf(batch: SignableBatch, fixed: readonly ChainStep[]): ChainStep[] {
    if (fixed.length > 0) return fixed.map(bare);
    return this.chains.stepsFor({ programme: batch.programme, total: Money.of(batch.total) });
  }
}

function bare({ step, signature, role }: ChainStep): ChainStep {
  return { step, signature, role };
}

function roundOf(view: RoundView): Round {
  const signatures = view.steps.flatMap(({ signed }) => (signed ? [signed] : []));
  return { chain: view.steps, signatures, preparers: view.batch.preparers };
}

function waitsFor(signer: Signer, view: RoundView): boolean {
  return rule(signer, roundOf(view)).may;
}
