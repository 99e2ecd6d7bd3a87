import { Injectable } from '@nestjs/common';
import { Clock, maskTail, officeDate } from '../../kernel/index.js';
import { BankDirectory, Places, ReasonCodes } from '../../organisation/index.js';
import type { BeneficiaryFile, BeneficiaryRow } from '../beneficiary.read.js';
import { compareNames } from '../name.rules.js';
import type { BeneficiaryFileBody, BeneficiaryPage } from './beneficiary.schemas.js';

/** Rows in the words of the interface: names for codes, masked account numbers in lists, times as text. */
@Injectable()
export class PresentBeneficiary {
  constructor(
    private readonly places: Places,
    private readonly banks: BankDirectory,
    private readonly reasons: ReasonCodes,
    private readonly clock: Clock,
  ) {}

  inList(row: BeneficiaryRow): BeneficiaryPage['items'][number] {
    const { accountId, bankBin, accountNumber } = row;
    return {
      ...this.person(row),
      account:
        accountId === null || bankBin === null || accountNumber === null
          ? null
          : {
              id: accountId,
              bankBin,
              bankName: this.bankName(bankBin),
              accountNumberMasked: maskTail(accountNumber),
              verified: row.verifiedAt !== null,
            },
    };
  }

  inFull(file: BeneficiaryFile): BeneficiaryFileBody {
    const today = officeDate(this.clock.now());
    return {
      ...this.person(file),
      accounts: file.accounts.map((account) => ({
        ...account,
        bankName: this.bankName(account.bankBin),
        nameMatch: compareNames(file.fullName, account.accountName),
        validFrom: account.validFrom.toISOString(),
        replacedAt: account.replacedAt?.toISOString() ?? null,
        verifiedAt: account.verifiedAt?.toISOString() ?? null,
      })),
      recipients: file.recipients.map(
        ({ id, fullName, personalNumber, authorisedUntil, endedAt }) => ({
          id,
          fullName,
          personalNumber,
          authorisedUntil,
          isCurrent: endedAt === null && authorisedUntil >= today,
        }),
      ),
      history: file.history.map(({ id, at, happened, actorKind, actorName, cause, detail }) => ({
        id,
        at: at.toISOString(),
        happened,
        by: { kind: actorKind, name: actorName },
        cause,
        detail,
      })),
    };
  }

  private person(row: BeneficiaryRow) {
    const { id, personalNumber, fullName, dateOfBirth, communeCode, deceasedOn, version } = row;
    const today = officeDate(this.clock.now());
    return {
      id,
      personalNumber,
      fullName,
      dateOfBirth,
      communeCode,
      communeName: this.places.commune(communeCode, today)?.name ?? null,
      deceasedOn,
      hold: this.holdOf(row),
      version,
    };
  }

  private holdOf({ holdReason, heldAt }: BeneficiaryRow) {
    if (holdReason === null || heldAt === null) return null;
    const { vi, en, nextStep } = this.reasons.of(holdReason);
    return { reason: holdReason, meaning: { vi, en }, nextStep, since: heldAt.toISOString() };
  }

  private bankName(bin: string): string {
    return this.banks.byBin(bin)?.shortName ?? bin;
  }
}
