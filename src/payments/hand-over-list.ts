import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { BankRegistry } from '../banks/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, type DomainError } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import {
  listBankHeld,
  listBeingMade,
  listEmpty,
  listNotDue,
  listNotFound,
  listNotMade,
  listRunStands,
  notByHand,
} from './hand-over.errors.js';
import { HandOverReads, type HandedFile, type HandOverRow } from './hand-over.read.js';
import { isCarriedByPeople } from './hand-over.rules.js';
import { notAsSigned } from './payments.errors.js';
import { SendSubmission } from './send-submission.js';

export type HandedOver = HandOverRow & { readonly file: HandedFile };

/**
 * Makes the list of one message for the person who will carry it to the bank's portal. That is the sending: the same
 * three steps, the same checks, by a person's order instead of a ring. Asked for again it is the same list.
 */
@Injectable()
export class HandOverList {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly lists: HandOverReads,
    private readonly sending: SendSubmission,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `payments.list-…` when there is nothing to make a list of, or not now;
   * `payments.not-as-signed` when the lines are no longer what was signed.
   */
  async handOver(order: {
    actor: Actor;
    submissionId: string;
  }): Promise<{ list: HandedOver; isNew: boolean }> {
    const { actor, submissionId } = order;
    assertMay(actor, 'run.operate');
    const reader = this.database.reader;
    const before = await this.lists.one(reader, submissionId);
    if (!before) throw listNotFound(submissionId);
    if (!isCarriedByPeople(this.banks.of(before.bank))) throw notByHand(before.bank);
    if (hasFile(before)) return { list: before, isNew: false };
    const end = before.open > 0 ? await this.sending.send(submissionId) : 'not-claimed';
    if (end === 'tampered') throw notAsSigned(before.runId);
    if (end === 'held') throw listBankHeld(before.bank);
    const list = (await this.lists.one(reader, submissionId)) ?? before;
    if (!hasFile(list)) throw refusal(list, this.clock.now());
    if (end === 'recorded') await this.tell(actor, list);
    return { list, isNew: end === 'recorded' };
  }

  private tell(actor: Actor, { submissionId, bank, runId, file }: HandedOver): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.audit.record(tx, {
        actor,
        action: 'list.handed-over',
        subject: { type: 'submission', id: submissionId },
        detail: {
          ...{ bank, runId, fileId: file.id, sha256: file.sha256 },
          ...{ payments: file.payments, total: file.total },
        },
      });
    });
  }
}

function hasFile(list: HandOverRow): list is HandedOver {
  return list.file !== null;
}

/** Why no list was made of what waits. */
function refusal(list: HandOverRow, now: Date): DomainError {
  const { submissionId } = list;
  if (list.submissionState === 'sending') return listBeingMade(submissionId);
  if (list.submissionState !== 'waiting' || list.open === 0) return listEmpty(submissionId);
  if (list.runState !== 'running' || list.state !== 'to-make') {
    return listRunStands(submissionId, list.runState);
  }
  if (list.lastOutcome !== null) return listNotMade(submissionId, list.lastWhy);
  return list.notBefore > now
    ? listNotDue(submissionId, list.notBefore)
    : listBeingMade(submissionId);
}
