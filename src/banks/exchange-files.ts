import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../identity/index.js';
import { Clock, InvariantError, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { NEVER_LEFT, type OutgoingFileState } from './bank-file.lifecycle.js';
import { BankFileReads } from './bank-file.read.js';
import {
  beginHistory,
  insertChunk,
  insertOrders,
  insertOutgoing,
  messageMadeAt,
  moveOutgoing,
  sameMessage,
  type OutgoingFile,
} from './bank-file.store.js';
import type {
  BankCall,
  BulkOrder,
  Delivery,
  EnquiryAnswer,
  FileChannel,
  FileMessage,
  PayAnswer,
  PaymentQuery,
} from './contract.js';
import type { SendsFiles } from './file-bank.js';
import { cleanFileName, inScratchFolder, layDown, piecesOf } from './file-content.js';

/** A file of ours that grows beyond this is a fault of its writer. */
const OUTGOING_MAX_BYTES = 1024 * 1024 * 1024;

const log = logger('banks');

interface Destination {
  readonly code: string;
  readonly files: FileChannel;
}

/**
 * Sends messages as files. The file is kept before it is delivered, and remembered for ever by its message and its
 * orders: the same message again is the same file, and one that lies before the bank (or may) is not laid there twice.
 */
@Injectable()
export class ExchangeFiles implements SendsFiles {
  constructor(
    private readonly database: Database,
    private readonly reads: BankFileReads,
    private readonly clock: Clock,
  ) {}

  /** Every payment of the message has the message's answer: surely not sent, delivered, or in doubt. */
  async send(bank: Destination, order: BulkOrder, call: BankCall): Promise<Map<string, PayAnswer>> {
    const answer = await inScratchFolder((folder) => this.sendFrom(folder, { bank, order, call }));
    return new Map(order.orders.map(({ reference }) => [reference, answer]));
  }

  /**
   * What became of payments, as far as their files tell: one whose file surely never left is given up for good and not
   * found. Of everything else only the bank's own files tell. A list that people carry waits for them as long as it
   * takes: only a person gives it up (`CarryList.giveUp`).
   */
  async enquire(
    bank: Destination,
    queries: readonly PaymentQuery[],
  ): Promise<Map<string, EnquiryAnswer>> {
    const references = queries.map(({ reference }) => reference);
    const byMachine = bank.files.carriedBy === 'machine';
    return this.database.transaction(async (tx) => {
      const found = await this.reads.filesOf(tx, { bank: bank.code, references });
      const voided = new Map<string, boolean>();
      for (const { fileId, state } of found.values()) {
        if (voided.has(fileId)) continue;
        const gone = state === 'void' || (byMachine && (await this.giveUp(tx, fileId, state)));
        voided.set(fileId, gone);
      }
      return new Map(
        references.map((reference): [string, EnquiryAnswer] => {
          const file = found.get(reference);
          const never = !file || voided.get(file.fileId) === true;
          return [reference, never ? { kind: 'not-found' } : AWAITED];
        }),
      );
    });
  }

  private giveUp(
    tx: Parameters<typeof moveOutgoing>[0],
    fileId: string,
    state: string,
  ): Promise<boolean> {
    if (!NEVER_LEFT.includes(state as OutgoingFileState)) return Promise.resolve(false);
    return moveOutgoing(tx, { fileId, to: 'void', at: this.clock.now(), by: SYSTEM });
  }

  private async sendFrom(
    folder: string,
    { bank, order, call }: { bank: Destination; order: BulkOrder; call: BankCall },
  ): Promise<PayAnswer> {
    const path = join(folder, 'message');
    const file = await this.kept(path, { bank, order, call });
    // Nothing was kept, so nothing can have been delivered: a fund without an account, a disk that is full.
    if ('notWritten' in file) return { kind: 'not-sent', why: file.notWritten };
    if (file.state === 'delivered' || file.state === 'downloaded' || file.state === 'uploaded') {
      return DELIVERED;
    }
    if (file.state === 'void') return { kind: 'unknown', why: 'its file was given up' };
    if (file.state !== 'made' && file.state !== 'not-delivered') {
      return { kind: 'unknown', why: 'its file is or was being delivered by another sender' };
    }
    if (bank.files.carriedBy === 'people') return DELIVERED;
    return this.deliver({ path, bank, file, call });
  }

  /** The file of the message, written and kept now unless it was before; its bytes lie at `path`. */
  private async kept(
    path: string,
    { bank, order, call }: { bank: Destination; order: BulkOrder; call: BankCall },
  ): Promise<OutgoingFile | { readonly notWritten: string }> {
    const orderDigest = digestOf(order);
    const message = { bank: bank.code, messageReference: order.reference, orderDigest };
    const reader = this.database.reader;
    const known = await sameMessage(reader, message);
    if (known) {
      await layDown(this.reads.content(known.id), { path, maxBytes: OUTGOING_MAX_BYTES });
      return known;
    }
    const madeAt = (await messageMadeAt(reader, message)) ?? this.clock.now();
    const written = await this.written(path, bank, { ...order, madeAt });
    if ('notWritten' in written) return written;
    // Whoever waited for us has given up: a list kept now could be carried after its payments went in another.
    if (call.signal.aborted) return { notWritten: 'the time was over before it was kept' };
    const { measured } = written;
    const file: OutgoingFile = {
      id: newId(),
      state: 'made',
      fileName: cleanFileName(written.fileName),
      mediaType: written.mediaType,
      ...measured,
    };
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      await insertOutgoing(tx, {
        ...file,
        ...message,
        messageMadeAt: madeAt,
        paymentCount: order.orders.length,
        total: order.total,
        at,
      });
      await insertOrders(tx, file.id, order.orders);
      let chunkNo = 0;
      for await (const bytes of piecesOf(path)) {
        await insertChunk(tx, { fileId: file.id, chunkNo, bytes });
        chunkNo += 1;
      }
      await beginHistory(tx, { fileId: file.id, state: 'made', at, by: SYSTEM });
    });
    return file;
  }

  private async written(
    path: string,
    bank: Destination,
    message: FileMessage,
  ): Promise<
    | { fileName: string; mediaType: string; measured: { byteSize: number; sha256: string } }
    | { notWritten: string }
  > {
    try {
      const { fileName, mediaType, content } = bank.files.write(message);
      const measured = await layDown(content, { path, maxBytes: OUTGOING_MAX_BYTES });
      return { fileName, mediaType, measured };
    } catch (error) {
      const why = error instanceof Error ? `${error.name}: ${error.message}` : 'an error';
      log.error({ bank: bank.code, message: message.reference, why }, 'a file was not written');
      return { notWritten: why };
    }
  }

  private async deliver(given: {
    path: string;
    bank: Destination;
    file: OutgoingFile;
    call: BankCall;
  }): Promise<PayAnswer> {
    const { path, bank, file, call } = given;
    if (!bank.files.deliver) {
      throw new InvariantError('no way to carry a file to this bank', { bank: bank.code });
    }
    // Whoever waited for us has given up: what is laid before the bank now would be asked about as never sent.
    if (call.signal.aborted) return { kind: 'not-sent', why: 'the time was over before delivery' };
    const fileId = file.id;
    const mine = await this.move({ fileId, to: 'delivering' });
    if (!mine) return { kind: 'unknown', why: 'its file is being delivered by another sender' };
    const delivery = await bank.files
      .deliver({ ...file, path }, call)
      .catch((error: unknown): Delivery => ({ kind: 'unknown', why: String(error) }));
    if (delivery.kind === 'delivered') {
      await this.move({ fileId, to: 'delivered', remoteName: delivery.remoteName });
      return DELIVERED;
    }
    const to = delivery.kind === 'not-sent' ? 'not-delivered' : 'uncertain';
    await this.move({ fileId, to, note: delivery.why });
    return delivery;
  }

  private move(
    move: Pick<Parameters<typeof moveOutgoing>[1], 'fileId' | 'to' | 'remoteName' | 'note'>,
  ): Promise<boolean> {
    return this.database.transaction((tx) =>
      moveOutgoing(tx, { ...move, at: this.clock.now(), by: SYSTEM }),
    );
  }
}

const DELIVERED: PayAnswer = {
  kind: 'unknown',
  why: 'delivered; the bank answers later',
  delivered: true,
};
const AWAITED: EnquiryAnswer = {
  kind: 'unknown',
  why: 'only a file of the bank tells',
  delivered: true,
};

/** SHA-256 in hex over all that a message orders. */
function digestOf({ reference, orders }: BulkOrder): string {
  const hash = createHash('sha256').update(JSON.stringify(['message/1', reference]));
  for (const o of orders) {
    hash.update(
      JSON.stringify([
        o.reference,
        o.amount.currency,
        o.amount,
        o.bankBin,
        o.accountNumber,
        o.accountName,
        o.narrative,
        o.fund,
      ]),
    );
  }
  return hash.digest('hex');
}
