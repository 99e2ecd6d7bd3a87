import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { noSuchBeneficiary } from './beneficiaries.errors.js';
import { readBeneficiary, type BeneficiaryFile } from './beneficiary.read.js';

/** Opens one payee's file with full account numbers; who looked is written down (Law 91/2025/QH15). */
@Injectable()
export class ViewBeneficiary {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError `beneficiaries.not-found` */
  view(id: string, actor: Actor): Promise<BeneficiaryFile> {
    return this.database.transaction(async (tx) => {
      const file = await readBeneficiary(tx, id);
      if (!file) throw noSuchBeneficiary(id);
      const subject = { type: 'beneficiary', id };
      await this.audit.record(tx, { actor, action: 'beneficiary.viewed', subject });
      return file;
    });
  }
}
