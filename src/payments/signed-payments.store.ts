import type { SignedLine } from '../batches/index.js';
import { Money } from '../kernel/index.js';
import { prepared, rows, type Tx } from '../platform/database/index.js';

type TextLine = Omit<SignedLine, 'amount'> & { amount: string };

/** A payment as it is about to be sent, dressed as the line that was signed, and the digest of that line. */
export interface PaymentAsLine {
  readonly paymentId: string;
  readonly submissionId: string;
  readonly reference: string;
  /** Whether it goes to the bank that it was made for. */
  readonly ownBank: boolean;
  /** Null when it has no approved line any more. */
  readonly line: SignedLine | null;
  readonly signedDigest: string | null;
}

/**
 * What submissions are about to send, read from the *payments*, with what only the line knows taken from the
 * line: its digest must come out as the one that was signed.
 */
export async function paymentsAsLines(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<PaymentAsLine[]> {
  const found = await rows<TextLine & Omit<PaymentAsLine, 'line'> & { readonly hasLine: boolean }>(
    tx,
    prepared(`select p.id as "paymentId", p.submission_id as "submissionId", p.reference, p.bank_code = s.bank_code as "ownBank", l.id is not null as "hasLine",
            l.line_digest as "signedDigest",
            p.line_no as "lineNo", p.entitlement_id as "entitlementId", p.beneficiary_id as "beneficiaryId",
            p.account_id as "accountId", l.personal_number as "personalNumber", l.payee_name as "payeeName",
            p.bank_bin as "bankBin", p.account_number as "accountNumber", p.account_name as "accountName",
            p.amount, p.fund, p.commune_code as "communeCode", p.programme, p.period, l.kind,
            l.decision_number as "decisionNumber", l.recipient_name as "recipientName",
            l.recipient_personal_number as "recipientPersonalNumber",
            l.authorised_until::text as "authorisedUntil", p.reissue_of as "reissueOf"
       from payment p
       join submission s on s.id = p.submission_id
       left join approved_batch_line_view l
         on l.id = p.batch_line_id and l.batch_id = p.batch_id and l.approval_id = p.approval_id
      where p.submission_id = any($1::uuid[]) and p.state = 'ready'`),
    [submissionIds],
  );
  return found.map(
    ({ paymentId, submissionId, reference, ownBank, signedDigest, hasLine, ...line }) => ({
      paymentId,
      submissionId,
      reference,
      ownBank,
      signedDigest,
      line: hasLine ? { ...line, amount: Money.of(line.amount) } : null,
    }),
  );
}
