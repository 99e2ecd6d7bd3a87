import { PERMISSIONS, type Permission } from './actor.js';

// The offices of a treasury's payment chain: who prepares does not sign, who signs does not prepare, and who
// administers people does neither (Vietnamese state treasury practice: preparer, chief accountant as second
// signature, account holder as first).
export const ROLES = [
  'preparer',
  'chief_accountant',
  'account_holder',
  'monitor',
  'administrator',
] as const;

export type Role = (typeof ROLES)[number];

/** Every question, none of the orders. */
const READS = PERMISSIONS.filter((p) => p.endsWith('.read'));
const SIGNER: readonly Permission[] = [
  ...READS,
  'batch.sign',
  'run.operate',
  'bank.operate',
  'alert.handle',
];

export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  preparer: [
    'import.read',
    'import.write',
    'entitlement.read',
    'beneficiary.read',
    'beneficiary.write',
    'account.confirm',
    'bank.read',
    'fund.read',
    'batch.read',
    'batch.prepare',
    'run.operate',
    'doubt.propose',
    'payment.read',
    'notice.read',
    'reconciliation.read',
    'reconciliation.operate',
    'alert.read',
    'alert.handle',
  ],
  // The accountant keeps the books of the funds; the account holder spends from them. Evidence about doubts comes to
  // the accountant's desk as well as to the preparer's; whoever proposes how one ends does not sign it.
  chief_accountant: [...SIGNER, 'fund.allot', 'doubt.propose', 'account.confirm'],
  account_holder: SIGNER,
  monitor: [...READS, 'alert.handle'],
  administrator: [...READS, 'user.manage', 'beneficiary.write'],
};

/** Everything that any of the roles may do. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]));
}

/** Whether somebody of these roles may be registered as a signatory. */
export function maySign(roles: readonly Role[]): boolean {
  return permissionsOf(roles).has('batch.sign');
}

/** Whether nobody else would administer people if this one did not. */
export function isLastAdministrator(administratorIds: readonly string[], userId: string): boolean {
  return administratorIds.length === 1 && administratorIds[0] === userId;
}
