import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { OnEvent } from '../platform/queue/index.js';
import { endReading, type ReadAs } from './bank-file.store.js';
import { bankFileReceived, bankReportRead, bankStatementsRead } from './banks.events.js';
import { FileBroken, type FileReading } from './contract.js';
import { OpenBankFile } from './open-bank-file.js';

const log = logger('banks');

interface Read {
  readonly readAs: ReadAs;
  readonly why?: { vi: string; en: string };
}

/**
 * Finds out what a received file is, once: a report for settlements, statements for reconciliation, nothing to apply,
 * or broken and then set aside with the reason. What it says is applied by those modules, which read it again.
 */
@OnEvent(bankFileReceived, { subscriber: 'banks.read-file' })
@Injectable()
export class ReadBankFile {
  constructor(
    private readonly files: OpenBankFile,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async handle({ bank, fileId }: { bank: string; fileId: string }): Promise<void> {
    try {
      const read = await this.files.read(fileId, (reading) => look(reading));
      await this.end(bank, fileId, read);
    } catch (error) {
      if (!(error instanceof FileBroken)) throw error;
      await this.setAside(bank, fileId, error);
    }
  }

  private async end(bank: string, fileId: string, { readAs, why }: Read): Promise<void> {
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const mine = await endReading(tx, { fileId, to: 'read', at, by: SYSTEM, readAs, why });
      if (!mine || readAs.kind === 'nothing') return;
      const event = readAs.kind === 'report' ? bankReportRead : bankStatementsRead;
      await this.outbox.publish(tx, event, { bank, fileId });
    });
  }

  private async setAside(bank: string, fileId: string, broken: FileBroken): Promise<void> {
    const { why, where: place } = broken;
    const mine = await this.database.transaction((tx) =>
      endReading(tx, {
        fileId,
        to: 'quarantined',
        at: this.clock.now(),
        by: SYSTEM,
        why: { vi: why.vi.slice(0, 1000), en: why.en.slice(0, 1000) },
        place: place?.slice(0, 500) ?? null,
      }),
    );
    if (mine) log.warn({ bank, fileId, why: why.en, place }, 'a file of a bank is set aside');
  }
}

/** Reads it to its end, so that what is broken anywhere sets all of it aside. */
async function look(reading: FileReading): Promise<Read> {
  if (reading.kind === 'nothing') {
    return { readAs: { kind: 'nothing', itemCount: 0 }, why: { vi: reading.why, en: reading.why } };
  }
  if (reading.kind === 'report') {
    const { items, unread } = reading.report;
    return { readAs: { kind: 'report', itemCount: items.length + unread.length } };
  }
  let itemCount = 0;
  for (const statement of reading.statements) {
    for await (const page of statement.entries()) itemCount += page.length;
  }
  const why = passedOver(reading.passedOver ?? []);
  return { readAs: { kind: 'statements', itemCount }, ...(why && { why }) };
}

const PASSED_OVER_SHOWN = 20;

/** What a right file holds and nobody applies, for people who compare it by eye. */
function passedOver(places: readonly string[]): { vi: string; en: string } | null {
  if (places.length === 0) return null;
  const shown = places.slice(0, PASSED_OVER_SHOWN).join('; ');
  const more = places.length > PASSED_OVER_SHOWN ? '; …' : '';
  return {
    vi: `Bỏ qua ${places.length} mục: ${shown}${more}`,
    en: `Passed over ${places.length} items: ${shown}${more}`,
  };
}
