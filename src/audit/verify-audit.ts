import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { appendVerification } from './audit.store.js';
import {
  chainAfter,
  chainHead,
  firstUnlinked,
  GENESIS_HASH,
  type ChainHead,
  type ChainRow,
} from './audit.read.js';

export type BreakReason =
  | 'entry-changed' // the entry, or the hash itself, is not what was sealed
  | 'entry-missing' // sealed, but gone
  | 'link-missing' // a number of the chain is gone
  | 'chain-broken' // the link does not stand on the one before
  | 'entry-unsealed' // an entry that no link seals
  | 'head-missing'; // the head noted earlier is not in the chain: its end was cut off or rewritten

export interface AuditVerification {
  readonly ok: boolean;
  /** Links that were recomputed, up to the first broken one. */
  readonly checked: number;
  /** The end of the chain. Note it elsewhere: only against a noted head can a cut-off end be found out. */
  readonly head: ChainHead;
  readonly broken: {
    readonly reason: BreakReason;
    readonly seq: string | null;
    readonly entryId: string | null;
  } | null;
}

const PAGE = 5_000;

/**
 * Recomputes the whole chain. Finds any change of any column, a missing or added entry or link, and the first
 * place where it is. It cannot find that somebody with all rights on the database rewrote the chain to its end,
 * or cut entries and links off its end together, unless `noted` is given: a head written down elsewhere before.
 */
@Injectable()
export class VerifyAudit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Each verification is kept: the last one may alarm. That a noted head is not there is not kept: a slip of the pen. */
  async verify(noted?: ChainHead): Promise<AuditVerification> {
    const found = await this.recompute(noted);
    if (found.broken?.reason !== 'head-missing') {
      await this.database.transaction((tx) => appendVerification(tx, this.clock.now(), found));
    }
    return found;
  }

  private async recompute(noted?: ChainHead): Promise<AuditVerification> {
    const tx = this.database.reader;
    const head = await chainHead(tx);
    let last: ChainHead = { seq: '0', hash: GENESIS_HASH };
    let checked = 0;
    let notedSeen = noted === undefined || (noted.seq === '0' && noted.hash === GENESIS_HASH);
    const broken = (reason: BreakReason, seq: string | null, entryId: string | null) => ({
      ok: false,
      checked,
      head,
      broken: { reason, seq, entryId },
    });
    for (;;) {
      const links = await chainAfter(tx, { seq: last.seq, last: head.seq, limit: PAGE });
      for (const link of links) {
        const reason = faultOf(link, last);
        if (reason) return broken(reason, link.seq, link.entryId);
        last = link;
        checked += 1;
        notedSeen ||= noted?.seq === link.seq && noted.hash === link.hash;
      }
      if (links.length < PAGE) break;
    }
    const unsealed = await firstUnlinked(tx);
    if (unsealed) return broken('entry-unsealed', null, unsealed.id);
    if (!notedSeen) return broken('head-missing', noted?.seq ?? null, null);
    return { ok: true, checked, head, broken: null };
  }
}

function faultOf(link: ChainRow, last: ChainHead): BreakReason | null {
  if (BigInt(link.seq) !== BigInt(last.seq) + 1n) return 'link-missing';
  if (link.previousHash !== last.hash) return 'chain-broken';
  if (link.canonical === null) return 'entry-missing';
  const hash = createHash('sha256').update(link.canonical, 'utf8').digest('hex');
  return hash === link.hash ? null : 'entry-changed';
}
