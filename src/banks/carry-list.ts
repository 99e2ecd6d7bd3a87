import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { BankFileReads, type BankFileRow } from './bank-file.read.js';
import { lockOutgoing, moveOutgoing } from './bank-file.store.js';
import { BankRegistry } from './bank.registry.js';
import { fileNotFound, listNotThere, noListForPeople, uploadedOutOfTime } from './banks.errors.js';

/** Clocks of offices go wrong by so much. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** What people say of a list that they carry: that it was uploaded at the portal, or that nobody will. */
@Injectable()
export class CarryList {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly reads: BankFileReads,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * downloaded → uploaded, by whoever downloaded it or a colleague.
   * @throws DomainError banks.file-not-found, banks.not-a-list, banks.list-not-in-state, banks.upload-out-of-time
   */
  async noteUpload(order: {
    actor: Actor;
    fileId: string;
    uploadedAt: Date;
    note: string | null;
  }): Promise<void> {
    const { actor, fileId, uploadedAt, note } = order;
    assertMay(actor, 'run.operate');
    const file = await this.listOf(fileId);
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const state = await lockOutgoing(tx, fileId);
      const had = (await this.downloadedAt(fileId)) ?? file.createdAt;
      const isEarly = uploadedAt.getTime() < had.getTime() - CLOCKS_DIFFER_MS;
      const isLate = uploadedAt.getTime() > at.getTime() + CLOCKS_DIFFER_MS;
      if (isEarly || isLate) throw uploadedOutOfTime(fileId);
      const moved = await moveOutgoing(tx, {
        ...{ fileId, at, by: actor, to: 'uploaded', uploadedAt },
        ...(note !== null && { note }),
      });
      const act = { vi: 'ghi nhận đã nộp', en: 'noted as uploaded' };
      if (!moved) throw listNotThere(fileId, state ?? file.state, act);
      await this.audit.record(tx, {
        actor,
        action: 'list.uploaded',
        subject: { type: 'bank-file', id: fileId },
        detail: {
          ...{ bank: file.bank, sha256: file.sha256 },
          uploadedAt: uploadedAt.toISOString(),
        },
      });
    });
  }

  /**
   * made → void, in the caller's transaction: nobody had it, and nobody will.
   * @throws DomainError banks.list-not-in-state
   */
  async giveUp(tx: Tx, order: { actor: Actor; fileId: string; reason: string }): Promise<void> {
    const { actor, fileId, reason } = order;
    const state = await lockOutgoing(tx, fileId);
    const at = this.clock.now();
    const moved = await moveOutgoing(tx, { fileId, at, by: actor, to: 'void', note: reason });
    const act = { vi: 'bỏ (đã có người tải về)', en: 'given up (somebody has it)' };
    if (!moved) throw listNotThere(fileId, state ?? 'none', act);
  }

  private async downloadedAt(fileId: string): Promise<Date | null> {
    const moves = await this.reads.moves(fileId);
    return moves.find(({ to }) => to === 'downloaded')?.at ?? null;
  }

  private async listOf(fileId: string): Promise<BankFileRow> {
    const file = await this.reads.find(fileId);
    if (!file) throw fileNotFound(fileId);
    const { files } = this.banks.of(file.bank).adapter;
    if (file.direction !== 'out' || files?.carriedBy !== 'people') throw noListForPeople(fileId);
    return file;
  }
}
