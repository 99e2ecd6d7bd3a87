import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditTrail } from '../../src/audit/index.js';
import { BankFileReads } from '../../src/banks/bank-file.read.js';
import { CollectBankFiles } from '../../src/banks/collect-bank-files.js';
import { DownloadBankFile } from '../../src/banks/download-bank-file.js';
import { HandOutChecks } from '../../src/banks/hand-out-checks.js';
import { ExchangeFiles } from '../../src/banks/exchange-files.js';
import {
  bankFileReceived,
  bankReportRead,
  bankStatementsRead,
  type ClosableAdapter,
  type FileChannel,
} from '../../src/banks/index.js';
import { SweepBankFiles } from '../../src/banks/jobs/sweep-bank-files.js';
import { OpenBankFile } from '../../src/banks/open-bank-file.js';
import { ReadBankFile } from '../../src/banks/read-bank-file.js';
import { ReceiveBankFile } from '../../src/banks/receive-bank-file.js';
import { RereadBankFile } from '../../src/banks/reread-bank-file.js';
import type { ManualClock } from '../../src/kernel/index.js';
import { rows } from '../../src/platform/database/index.js';
import { Metrics } from '../../src/platform/metrics/index.js';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';
import { FileEffects } from '../../src/reconciliation/file-effects.read.js';
import { ReadStatementPages } from '../../src/reconciliation/read-statement-pages.js';
import { TakeBankStatements } from '../../src/reconciliation/take-bank-statements.js';
import { TakeOverStatement } from '../../src/reconciliation/take-over-statement.js';
import { ApplyNotices } from '../../src/settlements/apply-notices.js';
import { NoticeMetrics } from '../../src/settlements/notice.metrics.js';
import { ReceiveReport } from '../../src/settlements/receive-report.js';
import type { TestDatabase } from '../setup/database.js';
import type { Office } from './officers.js';
import { paymentDesk, type BankOddities } from './payment-desk.js';
import { ScriptedFileChannel } from './scripted-file-channel.js';

export const FILE_BANK = 'bulk-bank';

/**
 * From a signed batch over files to what reports and statements make of its payments, on a real database: the bulk
 * bank of the payment desk takes files, and its folder is the test's. Events are delivered when the test says so.
 */
export async function fileDesk(
  db: Pick<TestDatabase, 'database' | 'url'>,
  clock: ManualClock,
  odd: { bulk?: BankOddities; office?: Office; files?: FileChannel } = {},
) {
  const { database } = db;
  const channel = new ScriptedFileChannel();
  const bulkAdapter: ClosableAdapter = { files: odd.files ?? channel };
  const desk = await paymentDesk(db, clock, { ...odd, bulkAdapter });
  const { banks } = desk;
  const outbox = new Outbox(new SubscriberRegistry(), clock);
  const audit = new AuditTrail(clock);
  const reads = new BankFileReads(database);
  const exchange = new ExchangeFiles(database, reads, clock);
  banks.connectFiles(exchange);
  const opening = new OpenBankFile(banks, reads);
  const receiving = new ReceiveBankFile(banks, database, outbox, audit, clock);
  const reading = new ReadBankFile(opening, database, outbox, clock);
  const collecting = new CollectBankFiles(receiving, database, clock);
  const noticeMetrics = new NoticeMetrics(new Metrics(), clock);
  const applying = new ApplyNotices(database, desk.outcomes, clock, noticeMetrics);
  const reporting = new ReceiveReport(opening, database, outbox, clock, noticeMetrics);
  const pages = new ReadStatementPages(database);
  const takingOver = new TakeOverStatement(clock);
  const taking = new TakeBankStatements(opening, pages, takingOver, database, outbox, clock);
  const handlers: Readonly<Record<string, (p: { bank: string; fileId: string }) => Promise<void>>> =
    {
      [bankFileReceived.name]: (p) => reading.handle(p),
      [bankReportRead.name]: async (p) => {
        await reporting.handle(p);
        await applying.apply(p.bank);
      },
      [bankStatementsRead.name]: (p) => taking.handle(p),
    };
  const checks = new HandOutChecks();
  let heard = '00000000-0000-0000-0000-000000000000';
  return {
    desk,
    channel,
    banks,
    reads,
    exchange,
    opening,
    receiving,
    reading,
    reporting,
    applying,
    taking,
    collecting,
    effects: new FileEffects(database),
    checks,
    downloading: new DownloadBankFile(banks, database, reads, checks, audit, clock),
    rereading: new RereadBankFile(database, reads, outbox, audit, clock),
    sweeping: new SweepBankFiles(database, banks, reads, collecting, reading, clock),

    /** A person brings these bytes. */
    async bring(bytes: Buffer, given: { name?: string; answers?: string | null } = {}) {
      const folder = await mkdtemp(join(tmpdir(), 'chitra-spec-'));
      try {
        const path = join(folder, 'brought');
        await writeFile(path, bytes);
        const { name = 'report.txt', answers = null } = given;
        const sent = { bank: FILE_BANK, path, fileName: name, answers };
        return await receiving.fromPerson(desk.office.preparer, sent);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },

    /** Delivers events that were published since the last time, and those that they lead to. */
    async deliverEvents(times = 1): Promise<void> {
      for (;;) {
        const events = await rows<{
          id: string;
          name: string;
          payload: { bank: string; fileId: string };
        }>(
          database.reader,
          `select id, event as name, payload from outbox_event where id > $1 and event like 'bank-file.%' order by id`,
          [heard],
        );
        if (events.length === 0) return;
        for (const { id, name, payload } of events) {
          heard = id;
          for (let nth = 0; nth < times; nth += 1) await handlers[name]?.(payload);
        }
      }
    },
  };
}

export type FileDesk = Awaited<ReturnType<typeof fileDesk>>;
