import { z } from 'zod';
import type { EntitlementSearch } from '../../entitlements/index.js';
import { say } from '../../platform/http/index.js';
import { filterPeriod, formOf, optional } from '../kit/index.js';

export const entitlementsFilter = z.object({
  programme: optional(z.string().max(40)),
  period: filterPeriod,
  commune: optional(z.string().regex(/^\d{5}$/)),
  state: optional(z.enum(['open', 'in_batch', 'paid', 'ended'])),
  kind: optional(z.enum(['regular', 'arrears', 'one_off'])),
  decision: optional(z.string().trim().max(140)),
  failed: optional(z.enum(['true', 'false'])),
  import: optional(z.uuid()),
  person: optional(z.uuid()),
  cursor: z.string().max(1_000).optional(),
});
export type EntitlementsFilter = z.infer<typeof entitlementsFilter>;

export function searchOf(filter: EntitlementsFilter): EntitlementSearch {
  const { programme, period, commune, state, kind, decision, failed } = filter;
  return {
    ...{ programme, period, state, kind, decision },
    communeCode: commune,
    failed: failed === undefined ? undefined : failed === 'true',
    importId: filter.import,
    beneficiaryId: filter.person,
  };
}

const DECISION = say({ vi: 'Ghi số quyết định.', en: 'Write the number of the decision.' });
const REASON = say({ vi: 'Ghi lý do, ít nhất 3 ký tự.', en: 'Give a reason of 3 characters.' });

export const endingForm = formOf({
  decisionNumber: z.string().trim().min(1, DECISION).max(140),
  reason: z.string().trim().min(3, REASON).max(500),
});
