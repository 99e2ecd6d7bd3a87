import { forbidden } from './identity.errors.js';

/** What one may do. A role is a set of these; an API key carries them as its scopes. */
export const PERMISSIONS = [
  'import.read',
  'import.write',
  'entitlement.read',
  'beneficiary.read',
  'beneficiary.write',
  'account.confirm',
  'bank.read',
  'bank.operate',
  'fund.read',
  'fund.allot',
  'batch.read',
  'batch.prepare',
  'batch.sign',
  'run.operate',
  'doubt.propose',
  'payment.read',
  'notice.read',
  'reconciliation.read',
  'reconciliation.operate',
  'alert.read',
  'alert.handle',
  'audit.read',
  'user.manage',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Who acts: a person, another system by its key, or ChiTra itself. */
export interface Actor {
  readonly kind: 'user' | 'api-key' | 'system';
  readonly id: string;
  /** Login or key name, never a person's full name: it is written into history and audit. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** What only people do, each under their own name: they vouch for what no system knows. */
export const VOUCHED_BY_PEOPLE: readonly Permission[] = [
  'batch.sign',
  'doubt.propose',
  'account.confirm',
  'bank.operate',
];

/** ChiTra itself, for what jobs and sweepers do. It signs nothing and has no evidence. */
export const SYSTEM: Actor = {
  kind: 'system',
  id: 'system',
  name: 'system',
  permissions: new Set(PERMISSIONS.filter((permission) => !VOUCHED_BY_PEOPLE.includes(permission))),
};

export function may(actor: Actor, permission: Permission): boolean {
  return actor.permissions.has(permission);
}

/** @throws DomainError `identity.forbidden` */
export function assertMay(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw forbidden(permission);
}
