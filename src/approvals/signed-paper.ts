import { Injectable } from '@nestjs/common';
import { BatchGate, SignedChanges, SignedLines } from '../batches/index.js';
import { findUser } from '../identity/index.js';
import { InvariantError, Money, officeDate } from '../kernel/index.js';
import { BankDirectory, Funds, Offices, Programmes, TreasuryForms } from '../organisation/index.js';
import type { Tx } from '../platform/database/index.js';
import { batchNotFound, notSignedYet } from './approvals.errors.js';
import { approvalOf, signaturesGiven, type GivenApproval } from './round.read.js';
import { findPaperBatch, type PaperBatch } from './treasury-paper.read.js';
import {
  paperOf,
  sourceSaid,
  type PaperFacts,
  type TreasuryPaper,
} from './treasury-paper.rules.js';
import { SignedPaperLines, type PaperLines } from './treasury-paper.source.js';

/** Gathers what the treasury's paper of a signed batch says: what was signed, by whom, and by the files of the office. */
@Injectable()
export class SignedPaper {
  constructor(
    private readonly gate: BatchGate,
    private readonly lines: SignedLines,
    private readonly changes: SignedChanges,
    private readonly banks: BankDirectory,
    private readonly programmes: Programmes,
    private readonly fundNames: Funds,
    private readonly offices: Offices,
    private readonly forms: TreasuryForms,
  ) {}

  /** @throws DomainError `approvals.no-such-batch`, `approvals.not-signed-yet` */
  async of(
    tx: Tx,
    batchId: string,
  ): Promise<{ paper: TreasuryPaper; lines: PaperLines; digest: string }> {
    const batch = await findPaperBatch(tx, batchId);
    if (!batch) throw batchNotFound(batchId);
    const approval = await approvalOf(tx, batchId);
    const { digest, period } = batch;
    if (batch.state !== 'approved' || !approval || digest === null) {
      throw notSignedYet(batchId, batch.state);
    }
    const { approvedAt } = approval;
    const facts = await this.facts(tx, { ...batch, digest }, approval);
    const { total } = facts.batch;
    const named = facts.funds.map(({ code }, at) => [code, sourceSaid(facts, at)] as const);
    const sources = new Map(named.length > 1 ? named : []);
    const source = new SignedPaperLines(
      tx,
      { lines: this.lines, changes: this.changes, banks: this.banks },
      { id: batchId, period, total, sources, approvedAt },
    );
    return { paper: paperOf(facts), lines: source, digest };
  }

  private async facts(
    tx: Tx,
    batch: PaperBatch & { digest: string },
    { approvedAt }: GivenApproval,
  ): Promise<PaperFacts> {
    const needs = await this.gate.fundsOf(tx, batch.id);
    const compared = await this.changes.count(tx, { batchId: batch.id, at: approvedAt });
    return {
      form: this.forms.paymentList,
      batch: { ...batch, total: Money.of(batch.total) },
      programme: this.programmes.find(batch.programme)?.name.vi ?? batch.programme,
      approvedAt,
      preparer: await this.preparerOf(tx, batch),
      signatures: await this.signersOf(tx, batch),
      office: this.offices.on(officeDate(approvedAt)),
      funds: needs.map(({ fund: code, amount }) => {
        return { code, name: this.fundNames.find(code)?.name.vi ?? code, amount };
      }),
      followedNumber: batch.followedNumber,
      ...compared,
    };
  }

  private async preparerOf(tx: Tx, batch: PaperBatch): Promise<PaperFacts['preparer']> {
    const { proposedAt: at, proposedBy, proposerName } = batch;
    if (!at || !proposedBy) throw new InvariantError('nobody proposed it', { batchId: batch.id });
    const user = await findUser(tx, proposedBy);
    return { name: user?.displayName ?? proposerName ?? proposedBy, at };
  }

  private async signersOf(tx: Tx, batch: PaperBatch): Promise<PaperFacts['signatures']> {
    const given = await signaturesGiven(tx, [batch.id]);
    const signers = [];
    for (const { signature, signerId, signerLogin, signedAt: at, round } of given) {
      if (round !== batch.round) continue;
      const user = await findUser(tx, signerId);
      signers.push({ name: user?.displayName ?? signerLogin, at, signature });
    }
    return signers;
  }
}
