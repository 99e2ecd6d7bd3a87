import { AuditTrail } from '../../src/audit/index.js';
import { BankGate } from '../../src/banks/index.js';
import { CarryList } from '../../src/banks/carry-list.js';
import type { Actor } from '../../src/identity/index.js';
import type { ManualClock } from '../../src/kernel/index.js';
import { CheckHandOut } from '../../src/payments/check-hand-out.js';
import { HandOverList } from '../../src/payments/hand-over-list.js';
import { HandOverReads, type HandOverState } from '../../src/payments/hand-over.read.js';
import { WithdrawList } from '../../src/payments/withdraw-list.js';
import type { TestDatabase } from '../setup/database.js';
import { bytesOf, listBank, listBankFile, resultWorkbook, rowsOfList } from './bank-lists.js';
import { FILE_BANK, fileDesk } from './file-desk.js';
import type { BankOddities } from './payment-desk.js';

/** What a bank whose portal takes lists is like, unless a spec says otherwise. */
const OF_LISTS: BankOddities = {
  maxPerSubmission: 100,
  enquiry: {
    intervalsMs: [3_600_000, 86_400_000],
    acceptedAfterMs: 86_400_000,
    maxPerEnquiry: 1000,
    notFoundWindowMs: 3_600_000,
    answerDueMs: 172_800_000,
  },
};

type ResultRows = readonly (readonly string[])[];

/** A result as the bank's file: made anew it may have other bytes. */
export function resultOf(rows: ResultRows): Promise<Buffer> {
  const head = ['Mã giao dịch KH', 'Số tài khoản thụ hưởng', 'Số tiền', 'Trạng thái', 'Lý do'];
  return resultWorkbook([head, ...rows]);
}

/** From a signed batch over lists that people carry to a bank's portal to its result, on a real database. */
export async function handOverDesk(db: TestDatabase, clock: ManualClock, odd: BankOddities = {}) {
  const { files } = listBank(listBankFile('vietinbank-list.yaml'));
  const bulk = { ...OF_LISTS, ...odd };
  const file = await fileDesk(db, clock, { bulk, files });
  const { desk, banks, reads, downloading } = file;
  const { database } = db;
  const audit = new AuditTrail(clock);
  const lists = new HandOverReads();
  const carrying = new CarryList(banks, database, reads, audit, clock);
  const handing = new HandOverList(database, banks, lists, desk.sending, audit, clock);
  new CheckHandOut(file.checks, new BankGate(), lists, clock).onModuleInit();
  const { preparer } = desk.office;
  return {
    ...file,
    lists,
    handing,
    carrying,
    withdrawing: new WithdrawList(database, lists, carrying, audit, clock),

    waiting: (state?: HandOverState) =>
      lists.waiting(database.reader, {
        banks: [FILE_BANK],
        now: clock.now(),
        after: null,
        limit: 100,
        states: state && [state],
      }),

    handOver: (submissionId: string, actor: Actor = preparer) =>
      handing.handOver({ actor, submissionId }),

    /** Its rows as the officer sees them. */
    async download(fileId: string): Promise<string[][]> {
      const { content } = await downloading.download(preparer, fileId);
      return rowsOfList(await bytesOf(content));
    },

    /** The bank's result is brought and applied; a row is our reference, account, amount, word and reason. */
    async bringResult(rows: ResultRows, answers: string | null = null) {
      return this.bringFile(await resultOf(rows), answers);
    },

    async bringFile(bytes: Buffer, answers: string | null = null) {
      const brought = await file.bring(bytes, { name: 'ket-qua.xlsx', answers });
      await file.deliverEvents();
      return brought;
    },
  };
}

export type HandOverDesk = Awaited<ReturnType<typeof handOverDesk>>;
