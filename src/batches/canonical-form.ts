import { createHash, type Hash } from 'node:crypto';
import type { Money } from '../kernel/index.js';

/*
 * What is signed. The law wants the preparer's, the chief accountant's and the account holder's signature on the
 * whole list (form Mẫu 09); here they sign one SHA-256 digest over this text, so that not one field of one line
 * can differ between what they saw and what is sent.
 *
 * A canonical text is a JSON array (RFC 8259, no blanks, as ECMAScript's JSON.stringify writes it) of strings and
 * nulls, in UTF-8; strings are in Unicode NFC; counts and amounts are plain decimal digits; dates are ISO 8601;
 * what is absent is null, which is not the empty string. JSON escapes quotes and line breaks, so no content can
 * pass for the end of a field or of a line.
 *
 *   line digest  = hex( SHA-256( canonical line ) )
 *   batch digest = hex( SHA-256( canonical header + "\n" + line digest 1 + "\n" + … + line digest n + "\n" ) )
 *
 * The batch digest stands on line digests so that one payment can be checked alone, and so that a batch of any
 * size is digested page by page. Another order, another field or another format needs another version.
 */

export const BATCH_FORMAT = 'chitra-batch/1';
export const LINE_FORMAT = 'chitra-batch-line/1';

export interface BatchHeader {
  readonly id: string;
  readonly number: string;
  readonly round: number;
  readonly programme: string;
  readonly period: string;
  /** ISO 8601 date, or null for "as soon as it is signed". */
  readonly payOn: string | null;
  readonly followUpOf: string | null;
  readonly lineCount: number;
  readonly total: Money;
}

export interface SignedLine {
  /** From 1, without gaps. */
  readonly lineNo: number;
  readonly entitlementId: string;
  readonly beneficiaryId: string;
  readonly accountId: string;
  readonly personalNumber: string;
  readonly payeeName: string;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly amount: Money;
  readonly fund: string;
  readonly communeCode: string;
  readonly programme: string;
  readonly period: string;
  readonly kind: string;
  readonly decisionNumber: string;
  readonly recipientName: string | null;
  readonly recipientPersonalNumber: string | null;
  /** ISO 8601 date. */
  readonly authorisedUntil: string | null;
  /** The failed payment that this line pays again. */
  readonly reissueOf: string | null;
}

/** `["chitra-batch/1", id, number, round, programme, period, payOn, followUpOf, currency, lineCount, total]` */
export function canonicalHeader(header: BatchHeader): string {
  return canonical([
    BATCH_FORMAT,
    header.id,
    header.number,
    String(header.round),
    header.programme,
    header.period,
    header.payOn,
    header.followUpOf,
    header.total.currency,
    String(header.lineCount),
    header.total.toString(),
  ]);
}

/**
 * `["chitra-batch-line/1", lineNo, entitlementId, beneficiaryId, accountId, personalNumber, payeeName, bankBin,
 * accountNumber, accountName, amount, currency, fund, communeCode, programme, period, kind, decisionNumber,
 * recipientName, recipientPersonalNumber, authorisedUntil, reissueOf]`
 */
export function canonicalLine(line: SignedLine): string {
  return canonical([
    LINE_FORMAT,
    String(line.lineNo),
    line.entitlementId,
    line.beneficiaryId,
    line.accountId,
    line.personalNumber,
    line.payeeName,
    line.bankBin,
    line.accountNumber,
    line.accountName,
    line.amount.toString(),
    line.amount.currency,
    line.fund,
    line.communeCode,
    line.programme,
    line.period,
    line.kind,
    line.decisionNumber,
    line.recipientName,
    line.recipientPersonalNumber,
    line.authorisedUntil,
    line.reissueOf,
  ]);
}

/** 64 lower-case hex digits. */
export function lineDigest(line: SignedLine): string {
  return createHash('sha256').update(canonicalLine(line), 'utf8').digest('hex');
}

/** 64 lower-case hex digits, from the line digests in the order of their line numbers. */
export function batchDigest(header: BatchHeader, lineDigests: Iterable<string>): string {
  const digest = new BatchDigest(header);
  for (const one of lineDigests) digest.add(one);
  return digest.hex();
}

/** The batch digest, line by line: any number of lines in the memory of one page. */
export class BatchDigest {
  private readonly hash: Hash;

  constructor(header: BatchHeader) {
    this.hash = createHash('sha256').update(`${canonicalHeader(header)}\n`, 'utf8');
  }

  add(digestOfLine: string): void {
    this.hash.update(`${digestOfLine}\n`, 'utf8');
  }

  /** Ends the digest; nothing can be added afterwards. */
  hex(): string {
    return this.hash.digest('hex');
  }
}

function canonical(fields: readonly (string | null)[]): string {
  return JSON.stringify(fields.map((field) => field?.normalize('NFC') ?? null));
}
