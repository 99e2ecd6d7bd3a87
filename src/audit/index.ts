export { AuditReads, type AuditFilter, type AuditRow } from './audit-list.read.js';
export type { ChainHead } from './audit.read.js';
export * from './audit-trail.js';
export * from './audit.module.js';
export * from './verify-audit.js';
