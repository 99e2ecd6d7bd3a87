import type { Actor, SignatoryRegister } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import { ownRuling, ruledByPeople, rulingNeedsSignatory } from './doubts.errors.js';
import type { RulingRow } from './ruling.store.js';

/**
 * Whether somebody may decide on a ruling: a person, registered as a signatory now, and not the one who proposed it.
 * @throws DomainError `payments.ruled-by-people`, `payments.own-ruling`, `payments.ruling-needs-signatory`
 */
export async function assertMayDecide(
  tx: Tx,
  given: { ruling: RulingRow; actor: Actor; register: SignatoryRegister },
): Promise<void> {
  const { ruling, actor } = given;
  if (actor.kind !== 'user') throw ruledByPeople();
  if (actor.id === ruling.proposedBy) throw ownRuling(ruling.id);
  const signature = await given.register.signatureOf(tx, actor.id);
  if (signature === null) throw rulingNeedsSignatory(ruling.id);
}
