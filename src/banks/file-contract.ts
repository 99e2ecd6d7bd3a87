import type { Money } from '../kernel/index.js';
import type {
  BankCall,
  BulkOrder,
  CreditorAccount,
  NoticeItem,
  NotSent,
  StatementEntry,
  Unknown,
  UnreadItem,
} from './bank-words.js';

/**
 * How a bank that takes files is spoken to: translation and carriage only. Keeping every file, hashing it, meeting
 * it again, setting aside what is broken and applying what was read is done once for all of them (`bank-file.*`).
 */
export interface FileChannel {
  /** `machine`: laid before the bank and fetched from it by us. `people`: an officer carries it to the bank's portal. */
  readonly carriedBy: 'machine' | 'people';
  /** How often the bank is looked at for files that it laid out; with `collect` only. */
  readonly collectEveryMs?: number;

  /** Writes the file of one message by streaming. The same message gives the same bytes, whenever it is written. */
  write(message: FileMessage): WrittenFile;

  /**
   * Lays a kept file before the bank: under a temporary name first, then renamed. `not-sent` only when the final
   * name surely never appeared; whatever is uncertain is `unknown` without `delivered`. Never throws.
   */
  deliver?(file: KeptFile, call: BankCall): Promise<Delivery>;

  /** Files that the bank has laid out whole, oldest first. @throws when the bank cannot be reached. */
  collect?(call: BankCall): AsyncIterable<LaidOutFile>;

  /**
   * Reads a file that came from the bank. Hostile content is expected: sizes are capped, DOCTYPE and entities refused.
   * @throws FileBroken naming precisely where and what; nothing of the file is used then.
   */
  read(file: ReceivedFile, sent: SentFiles): Promise<FileReading>;
}

export interface FileMessage extends BulkOrder {
  /** When the message was made first; the same over every rewriting of it. */
  readonly madeAt: Date;
}

export interface WrittenFile {
  /** Without a path; what the bank sees, and people. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** A file of ours as it was kept, its bytes on disk for as long as the call takes. */
export interface KeptFile {
  readonly id: string;
  readonly fileName: string;
  /** Of its content, hex. */
  readonly sha256: string;
  readonly byteSize: number;
  readonly path: string;
}

export type Delivery =
  { readonly kind: 'delivered'; readonly remoteName: string } | NotSent | Unknown;

/** A file that lies at the bank's side for us. */
export interface LaidOutFile {
  readonly name: string;
  readonly byteSize: number;
  readonly modifiedAt: Date;
  content(): AsyncIterable<Uint8Array>;
  /** Called when the file is durably kept: it is moved or deleted, or left, as the bank's settings say. */
  taken(): Promise<void>;
}

export interface ReceivedFile extends KeptFile {
  readonly receivedAt: Date;
  /** The message that this file answers, where a person said so when they brought it. */
  readonly answers?: string;
}

/** What was sent before, for reports that speak of a whole message or name no reference. */
export interface SentFiles {
  /** The orders of a message in the order of the file; null when no such message was sent to this bank. */
  orders(messageReference: string): Promise<readonly SentOrder[] | null>;
  /** When a message was made first; null when no such message was sent to this bank. */
  madeAt(messageReference: string): Promise<Date | null>;
  /** Messages sent to this bank on or after `since`, latest first, at most `limit`: for answers that name none. */
  recent(given: { since: Date; limit: number }): Promise<readonly string[]>;
}

export interface SentOrder extends CreditorAccount {
  /** Its place in the file, from 1. */
  readonly position: number;
  readonly reference: string;
  readonly amount: Money;
  readonly accountName: string;
  readonly fund: string;
}

/** What a file turned out to be. */
export type FileReading =
  | { readonly kind: 'report'; readonly report: ReportReading }
  | {
      readonly kind: 'statements';
      readonly statements: readonly StatementReading[];
      /** What the file holds that counts for nothing: entries not booked yet, accounts of others. For people. */
      readonly passedOver?: readonly string[];
    }
  /** Right, and nothing to apply: a receipt, an interim report. */
  | { readonly kind: 'nothing'; readonly why: string };

/** What a bank says of payments in a file, group and block level already spread over the payments they mean. */
export interface ReportReading {
  /** The bank's own id of the report (MsgId), for people. */
  readonly id: string;
  readonly madeAt: Date;
  /** Message of ours that it answers, where it names one. */
  readonly answers?: string;
  readonly items: readonly NoticeItem[];
  /** Rows that say nothing certain or match nothing, `why` with their place: `row 17: …`. They move no payment. */
  readonly unread: readonly UnreadItem[];
}

/** A statement as a file gives it; `from` and `to` ISO 8601 dates, both included. */
export interface StatementReading {
  readonly statementId: string;
  /** Which of several accounts of ours it speaks of alone; absent when it speaks of all that we have at the bank. */
  readonly account?: string;
  readonly from: string;
  readonly to: string;
  readonly opening: Money;
  readonly closing: Money;
  /** When the bank made it: what it booked later is not in it, however late the file came. */
  readonly madeAt?: Date;
  /** Its entries page by page, from the beginning at every call; only while the file is open. */
  entries(): AsyncIterable<readonly StatementEntry[]>;
}

/** A file that must be set aside: nothing of it was applied. */
export class FileBroken extends Error {
  /** @param where line, row or element path, so that the bank's help desk can find it. */
  constructor(
    readonly why: { readonly vi: string; readonly en: string },
    readonly where: string | null = null,
  ) {
    super(why.en);
    this.name = 'FileBroken';
  }
}
