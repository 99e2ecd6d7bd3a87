import { AuditPages } from './audit/audit.controller.js';
import { AuditQuestions } from './audit/audit.query.js';
import { UserPages } from './users/users.controller.js';

/** The pages of administration, and what they need. */
export const ADMINISTRATION = {
  controllers: [AuditPages, UserPages],
  providers: [AuditQuestions],
};
