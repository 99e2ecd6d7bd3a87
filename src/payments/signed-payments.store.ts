import type { SignedLine } from '../batches/index.js';
import { Money } from '../kernel/index.js';
import { rows, type Tx } from '../platform/database/index.js';

type TextLine = Omit<SignedLine, 'amount'> & { amount: string };

/** A payment as it is about to be sent, dressed as the line that was signed, and the digest of that line. */
export interface PaymentAsLine {
  readonly paymentId: string;
  readonly line: SignedLine;
  readonly signedDigest: string | null;
}

/**
 * What a submission is about to send, read from the *payments*, with what only the line knows taken from the
 * line: its digest must come out as the one that was signed.
 */
export async function paymentsAsLines(tx: Tx, submissionId: string): Promise<PaymentAsLine[]> {
  const found = await rows<TextLine & { paymentId: string; signedDigest: string | null }>(
    tx,
    `select p.id as "paymentId", l.line_digest as "signedDigest",
            p.line_no as "lineNo", p.entitlement_id as "entitlementId", p.beneficiary_id as "beneficiaryId",
            p.account_id as "accountId", l.personal_number as "personalNumber", l.payee_name as "payeeName",
            p.bank_bin as "bankBin", p.account_number as "accountNumber", p.account_name as "accountName",
            p.amount, p.fund, p.commune_code as "communeCode", p.programme, p.period, l.kind,
            l.decision_number as "decisionNumber", l.recipient_name as "recipientName",
            l.recipient_personal_number as "recipientPersonalNumber",
            l.authorised_until::text as "authorisedUntil", p.reissue_of as "reissueOf"
       from payment p
       join approved_batch_line_view l on l.id = p.batch_line_id
      where p.submission_id = $1 and p.state = 'ready'`,
    [submissionId],
  );
  return found.map(({ paymentId, signedDigest, ...line }) => ({
    paymentId,
    signedDigest,
    line: { ...line, amount: Money.of(line.amount) },
  }));
}
