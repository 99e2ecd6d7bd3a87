import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { inquiryDesk, MUTE_BIN, type InquiryDesk } from '../../test/builders/inquiry-desk.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { areOwed } from '../../test/builders/owed.js';
import { repositoryReference } from '../../test/builders/reference.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import { ManualClock } from '../kernel/index.js';
import type { AccountCheckRule } from '../organisation/index.js';
import { execute, one } from '../platform/database/index.js';
import { accountFigures, countAccounts, listAccounts } from './account-state.read.js';
import { freshSince, type AccountState } from './account-state.rules.js';
import { RequestChecks } from './request-checks.js';

const DAY_MS = 24 * 3600 * 1000;

describe('the accounts of a batch', () => {
  let db: TestDatabase;
  let desk: BatchDesk;
  let inquiry: InquiryDesk;
  let office: Office;
  let checks: RequestChecks;
  let year = 2030;
  let running = 0;
  let rule: AccountCheckRule;
  const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
  const { programmes } = repositoryReference();
  const asConfigured = programmes.accountCheckOf.bind(programmes);

  beforeAll(async () => {
    db = await testDatabase();
    office = await anOffice(db.database.reader);
    desk = batchDesk(db.database, clock);
    inquiry = inquiryDesk(db.database, clock);
    const audit = new AuditTrail(clock);
    checks = new RequestChecks(db.database, clock, programmes, inquiry.requesting, audit);
    programmes.accountCheckOf = () => rule;
  });
  beforeEach(() => {
    rule = { mode: 'block', freshForDays: 30 };
  });
  afterAll(async () => {
    programmes.accountCheckOf = asConfigured;
    await db.close();
  });

  const reader = () => db.database.reader;
  type Bank = string | Parameters<InquiryDesk['tells']>[1] | null;

  /** A draft whose payees' accounts (all of NGUOI THU) the bank keeps under these names. */
  async function aDraft(...bankNames: Bank[]) {
    year += 1;
    const period = `${year}-01`;
    const owed = bankNames.map((name) => {
      running += 1;
      const number = `55${String(running).padStart(8, '0')}`;
      if (name !== null) inquiry.tells(number, name);
      return { period, account: { number, ...(name === 'MUTE' && { bin: MUTE_BIN }) } };
    });
    const people = await areOwed(reader(), owed);
    const order = { actor: office.preparer, programme: 'NCC_MONTHLY', period };
    const { batchId } = await desk.assembling.assemble(order);
    return { batchId, people };
  }
  const request = (batchId: string) => checks.request({ actor: office.preparer, batchId });
  const propose = (batchId: string) => desk.proposing.propose({ actor: office.preparer, batchId });
  const of = (batchId: string) => ({ batchId, freshSince: freshSince(rule, clock.now()) });
  const states = async (batchId: string): Promise<AccountState[]> =>
    (await listAccounts(reader(), { ...of(batchId), afterLineNo: 0, limit: 50 })).map(
      (line) => line.state,
    );
  const waiting = async (batchId: string): Promise<number> =>
    (await accountFigures(reader(), of(batchId))).waiting;
  async function checkedDraft(...bankNames: Bank[]) {
    const draft = await aDraft(...bankNames);
    await request(draft.batchId);
    await inquiry.sweepAndWork();
    return draft;
  }
  async function confirm(batchId: string, lineNo: number) {
    const [line] = await listAccounts(reader(), {
      ...of(batchId),
      afterLineNo: lineNo - 1,
      limit: 1,
    });
    const { beneficiaryId, accountId, checkId } = line!;
    const paper = { reference: 'Giấy xác nhận số 7', note: null };
    await inquiry.confirming.confirm(
      { beneficiaryId, accountId, checkId, ...paper },
      office.accountant,
    );
  }
  const kept = (batchId: string) =>
    one<{ checks: unknown }>(
      reader(),
      `select account_checks as checks from batch_view where batch_id = $1`,
      [batchId],
    );

  it('where the programme blocks, only the very name or a person’s confirmation is proposed', async () => {
    const hangs = () => new Promise<never>(() => undefined);
    const { batchId } = await checkedDraft(
      'NGUOI THU',
      'NGUOI THUY',
      'SOMEBODY ELSE',
      () => Promise.resolve({ kind: 'no-such-account' }),
      hangs,
      'MUTE',
    );
    const refused = {
      kind: 'conflict',
      code: 'batches.accounts-not-checked',
      details: {
        counts: [
          { state: 'close', lines: 1, amount: '2789000' },
          { state: 'different', lines: 1 },
          { state: 'no-such-account', lines: 1 },
          { state: 'cannot-tell', lines: 2 },
        ],
        lines: [
          { lineNo: 2, state: 'close' },
          { lineNo: 3, state: 'different' },
          { lineNo: 4, state: 'no-such-account' },
          { lineNo: 5, state: 'cannot-tell' },
          { lineNo: 6, state: 'cannot-tell' },
        ],
      },
    };
    await expect(propose(batchId)).rejects.toMatchObject(refused);
    await expect(propose(batchId)).rejects.toThrow(/5 lines.*1 of a close name.*2 that no bank/);
    for (const lineNo of [2, 3, 4, 5]) await confirm(batchId, lineNo);
    await expect(propose(batchId)).rejects.toMatchObject({
      details: { lines: [{ lineNo: 6 }] },
    });
    await confirm(batchId, 6);
    await expect(propose(batchId)).resolves.toMatchObject({ lineCount: 6 });
    expect(await kept(batchId)).toMatchObject({
      checks: {
        mode: 'block',
        counts: [
          { state: 'exact', lines: 1 },
          { state: 'confirmed', lines: 5, amount: '13945000' },
        ],
      },
    });
  });

  it('where it warns, the figures are kept for the signers, frozen, and gone with a return', async () => {
    rule = { mode: 'warn', freshForDays: 30 };
    const { batchId } = await checkedDraft('NGUOI THU', 'NGUOI THUY');
    await propose(batchId);
    expect(await kept(batchId)).toEqual({
      checks: {
        mode: 'warn',
        freshForDays: 30,
        counts: [
          { state: 'exact', lines: 1, amount: '2789000' },
          { state: 'close', lines: 1, amount: '2789000' },
        ],
      },
    });
    await expect(
      execute(reader(), `update batch set account_checks = null where id = $1`, [batchId]),
    ).rejects.toThrow('is frozen while it is signed');
    await db.database.transaction((tx) =>
      desk.gate.returnToDraft(tx, {
        batchId,
        reason: 'xem lại tên',
        at: clock.now(),
        actor: office.accountant,
      }),
    );
    expect(await kept(batchId)).toEqual({ checks: null });
    await expect(propose(batchId)).resolves.toMatchObject({ round: 2 });
  });

  it('where it is off, nobody looks and nothing is kept', async () => {
    rule = { mode: 'off', freshForDays: 30 };
    const { batchId } = await aDraft('SOMEBODY ELSE');
    await propose(batchId);
    expect(await kept(batchId)).toEqual({ checks: null });
  });

  it('an old answer counts no more, and is asked for again; a fresh one is not', async () => {
    const { batchId } = await checkedDraft('NGUOI THU', 'NGUOI THUY');
    expect(await request(batchId)).toMatchObject({ requested: 0 });
    clock.advanceMs(31 * DAY_MS);
    expect(await states(batchId)).toEqual(['outdated', 'outdated']);
    await expect(propose(batchId)).rejects.toMatchObject({
      details: { counts: [{ state: 'outdated', lines: 2 }] },
    });
    expect(await request(batchId)).toMatchObject({ requested: 2 });
    expect(await waiting(batchId)).toBe(2);
    expect(await request(batchId)).toMatchObject({ requested: 0 });
    await inquiry.sweepAndWork();
    expect(await states(batchId)).toEqual(['exact', 'close']);
    expect(await waiting(batchId)).toBe(0);
  });

  it('a bank that could not tell is asked again; what it said before stays known', async () => {
    let answers = 0;
    const { batchId } = await checkedDraft(() => {
      answers += 1;
      return Promise.resolve(
        answers === 2
          ? { kind: 'found', accountName: 'Người Thử' }
          : { kind: 'cannot-tell', why: 'closed' },
      );
    });
    expect(await states(batchId)).toEqual(['cannot-tell']);
    expect(await request(batchId)).toMatchObject({ requested: 1 });
    await inquiry.sweepAndWork();
    expect(await states(batchId)).toEqual(['exact']);
    clock.advanceMs(31 * DAY_MS);
    await request(batchId);
    await inquiry.sweepAndWork();
    expect(await states(batchId)).toEqual(['cannot-tell']);
  });

  it('a confirmed account is asked about when its last word is old; what the person saw does not block it again', async () => {
    const { batchId } = await checkedDraft('NGUOI THUY');
    await confirm(batchId, 1);
    expect(await request(batchId)).toMatchObject({ requested: 0 });
    clock.advanceMs(31 * DAY_MS);
    expect(await states(batchId)).toEqual(['confirmed']);
    expect(await request(batchId)).toMatchObject({ requested: 1 });
    await inquiry.sweepAndWork();
    expect(await states(batchId)).toEqual(['confirmed']);
    await expect(propose(batchId)).resolves.toMatchObject({ lineCount: 1 });
  });

  it('is asked for by preparers, and of drafts only', async () => {
    rule = { mode: 'warn', freshForDays: 30 };
    const { batchId } = await aDraft('NGUOI THU');
    await expect(checks.request({ actor: office.holder, batchId })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await propose(batchId);
    await expect(request(batchId)).rejects.toMatchObject({ code: 'batches.not-a-draft' });
    expect(await countAccounts(reader(), of(batchId))).toEqual([
      { state: 'unchecked', lines: 1, amount: '2789000' },
    ]);
  });
});
