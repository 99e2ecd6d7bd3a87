import { inquiryDesk, MUTE_BIN, type InquiryDesk } from '../../test/builders/inquiry-desk.js';
import { anOfficer } from '../../test/builders/officers.js';
import { aRegisteredPayee } from '../../test/builders/registered-payee.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import type { AccountAnswer } from '../banks/index.js';
import type { Actor } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { listChecks, standingOfPayee } from './account-check.read.js';

describe('checking whose an account is', () => {
  let db: TestDatabase;
  let desk: InquiryDesk;
  let preparer: Actor;
  let clock: ManualClock;
  let running = 0;

  beforeAll(async () => {
    db = await testDatabase();
    preparer = await anOfficer(db.database.reader, { login: 'lap.bang', roles: ['preparer'] });
  });
  beforeEach(() => {
    clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));
    desk = inquiryDesk(db.database, clock);
  });
  afterEach(() => execute(db.database.reader, `delete from account_check_request`));
  afterAll(() => db.close());

  const reader = () => db.database.reader;
  async function aPayee(odd: { name?: string; bankBin?: string } = {}) {
    running += 1;
    const accountNumber = `7700${String(running).padStart(8, '0')}`;
    const accountName = odd.name ?? 'Nguyễn Văn Mẫu';
    const account = { bankBin: odd.bankBin ?? '970405', accountNumber, accountName };
    const id = await aRegisteredPayee(db.database, { fullName: accountName, account });
    return { id, accountNumber };
  }
  const ask = (id: string) => desk.requesting.ofBeneficiary(id, preparer);
  const results = (id: string) =>
    listChecks(reader(), { beneficiaryId: id, beforeSeq: null, limit: 50 });
  async function checked(id: string) {
    await ask(id);
    await desk.sweepAndWork();
    return (await results(id))[0]!;
  }
  const verified = (id: string) =>
    one<{ how: string | null }>(
      reader(),
      `select verified_how as how from payment_account where beneficiary_id = $1 and replaced_at is null`,
      [id],
    );
  const waiting = () => rows(reader(), `select account_id from account_check_request`);

  it('a bank that does not answer in time cannot tell, and keeps nobody else waiting', async () => {
    const [silent, broken, nonsense, fine] = [
      await aPayee(),
      await aPayee(),
      await aPayee(),
      await aPayee(),
    ];
    desk.tells(silent.accountNumber, () => new Promise(() => undefined));
    desk.tells(broken.accountNumber, () => Promise.reject(new Error('socket hang up')));
    desk.tells(nonsense.accountNumber, () =>
      Promise.resolve(JSON.parse('{"kind":"maybe"}') as AccountAnswer),
    );
    desk.tells(fine.accountNumber, 'NGUYEN VAN MAU');
    for (const { id } of [silent, broken, nonsense, fine]) await ask(id);
    await desk.sweepAndWork();
    const verdicts = [];
    for (const { id } of [silent, broken, nonsense, fine]) {
      const [{ verdict, why, source, bankCode } = {} as never] = await results(id);
      verdicts.push([verdict, why, source, bankCode]);
    }
    expect(verdicts).toEqual([
      ['cannot-tell', 'the bank did not answer in time', 'bank', 'telling'],
      ['cannot-tell', 'the call broke', 'bank', 'telling'],
      ['cannot-tell', 'the answer is none of the contract', 'bank', 'telling'],
      ['exact', null, 'bank', 'telling'],
    ]);
  });

  it('where no bank offers it, nobody is asked and nobody is said to have answered', async () => {
    const { id, accountNumber } = await aPayee({ bankBin: MUTE_BIN });
    const nowhere = await aPayee({ bankBin: '970407' });
    await ask(nowhere.id);
    expect(await checked(id)).toMatchObject({
      verdict: 'cannot-tell',
      source: 'none',
      bankCode: null,
      why: 'no bank offers it',
      actorName: 'lap.bang',
    });
    expect(await results(nowhere.id)).toMatchObject([{ source: 'none' }]);
    expect(desk.asked).not.toContain(accountNumber);
    expect(await waiting()).toEqual([]);
  });

  it.each([
    ['Đặng Đức Đạo', 'DANG DUC DAO', 'exact', 'bank'],
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa', 'exact', 'bank'],
    ['Nguyễn Văn Mẫu', 'NGUYEN VAN MAI', 'close', null],
    ['Nguyễn Văn Mẫu', 'NGUYEN MAU', 'close', null],
    ['Nguyễn Văn Mẫu', 'TRAN THI BE', 'different', null],
  ])('ours is %s, the bank’s %s: %s', async (name, bankName, verdict, how) => {
    const { id, accountNumber } = await aPayee({ name });
    desk.tells(accountNumber, bankName);
    expect(await checked(id)).toMatchObject({ verdict, ourName: name, bankName, source: 'bank' });
    expect(await verified(id)).toEqual({ how });
  });

  it('an account that the bank does not have is told as such, and is verified no more', async () => {
    const { id, accountNumber } = await aPayee();
    desk.tells(accountNumber, 'NGUYEN VAN MAU');
    await checked(id);
    expect(await verified(id)).toEqual({ how: 'bank' });
    desk.tells(accountNumber, () => Promise.resolve({ kind: 'no-such-account' }));
    expect(await checked(id)).toMatchObject({ verdict: 'no-such-account', bankName: null });
    expect(await verified(id)).toEqual({ how: null });
    expect(await results(id)).toHaveLength(2);
  });

  it('not knowing takes nothing away from what is known', async () => {
    const { id, accountNumber } = await aPayee();
    desk.tells(accountNumber, 'NGUYEN VAN MAU');
    const exact = await checked(id);
    desk.tells(accountNumber, () => Promise.resolve({ kind: 'cannot-tell', why: 'closed' }));
    await checked(id);
    expect(await standingOfPayee(reader(), id)).toMatchObject({ checkId: exact.id });
    expect(await verified(id)).toEqual({ how: 'bank' });
  });

  it('asked for many times, it is asked once; rung for twice, it is kept once', async () => {
    const { id, accountNumber } = await aPayee();
    desk.tells(accountNumber, 'NGUYEN VAN MAU');
    const { accountId } = await ask(id);
    await ask(id);
    await desk.sweeper.sweep();
    await desk.sweeper.sweep();
    await desk.job.handle({ accountId });
    await desk.job.handle({ accountId });
    await desk.work();
    expect(desk.asked).toEqual([accountNumber]);
    expect(await results(id)).toHaveLength(1);
  });

  it('asked for again after its answer, it is rung for under another id: the queue remembers the first', async () => {
    const { id, accountNumber } = await aPayee();
    desk.tells(accountNumber, 'NGUYEN VAN MAU');
    await checked(id);
    await checked(id);
    const ids = desk.doorbell.heard.map(({ ring }) => ring.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('a worker that dies during the call loses nothing; one that comes back late writes nothing', async () => {
    const { id, accountNumber } = await aPayee();
    let answerLate: (answer: AccountAnswer) => void = () => undefined;
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((tell) => {
      isAsked = tell;
    });
    const { accountId } = await ask(id);
    await desk.sweeper.sweep();
    desk.tells(accountNumber, () => {
      isAsked();
      return new Promise((answer) => {
        answerLate = answer;
      });
    });
    const frozen = desk.job.handle({ accountId });
    await asked;
    desk.tells(accountNumber, 'NGUYEN VAN MAU');
    await desk.job.handle({ accountId });
    expect(await results(id)).toEqual([]);
    clock.advanceMs(120_000);
    desk.doorbell.take();
    // The first comes back while the second is asking: its claim has lapsed, and with it its word.
    desk.tells(accountNumber, async () => {
      answerLate({ kind: 'found', accountName: 'TRAN THI BE' });
      await frozen;
      return { kind: 'found', accountName: 'NGUYEN VAN MAU' };
    });
    await desk.sweepAndWork();
    const kept = await results(id);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.bankName).not.toBe('TRAN THI BE');
    expect(await waiting()).toEqual([]);
  });

  it('a ring that was lost is rung again, not before its time', async () => {
    const { id, accountNumber } = await aPayee();
    desk.tells(accountNumber, 'NGUYEN VAN MAU');
    await ask(id);
    await desk.sweeper.sweep();
    desk.doorbell.take();
    await desk.sweepAndWork();
    expect(await results(id)).toEqual([]);
    clock.advanceMs(60_001);
    await desk.sweepAndWork();
    expect(await results(id)).toHaveLength(1);
  });

  it('no more than half of the bank’s connections are used at once; a person’s question goes first', async () => {
    const many = [];
    for (let n = 0; n < 5; n += 1) many.push(await aPayee());
    for (const { accountNumber } of many) desk.tells(accountNumber, 'NGUYEN VAN MAU');
    const accountIds = (
      await rows<{ id: string }>(
        reader(),
        `select id from payment_account where beneficiary_id = any($1::uuid[])`,
        [many.slice(0, 4).map(({ id }) => id)],
      )
    ).map((row) => row.id);
    const at = clock.now();
    const added = await db.database.transaction((tx) =>
      desk.requesting.ofAccounts(tx, { accountIds, actor: preparer, at }),
    );
    expect(added).toBe(4);
    clock.advanceMs(1000);
    await ask(many[4]!.id);
    await desk.sweeper.sweep();
    await desk.sweeper.sweep();
    expect(desk.doorbell.waitingFor('bank-telling')).toBe(2);
    await desk.work();
    expect(desk.asked).toHaveLength(5);
    expect(desk.asked.slice(0, 2)).toContain(many[4]!.accountNumber);
  });

  it('a replaced account is asked about no more, and its results say nothing of the new one', async () => {
    const { id, accountNumber } = await aPayee();
    desk.tells(accountNumber, 'NGUYEN VAN MAU');
    await checked(id);
    await ask(id);
    await desk.sweeper.sweep();
    await desk.replaceAccount(id, preparer);
    await desk.work();
    expect(desk.asked).toHaveLength(1);
    expect(await standingOfPayee(reader(), id)).toMatchObject({
      checkId: null,
      waitingSince: null,
    });
    expect(await results(id)).toMatchObject([{ verdict: 'exact', accountReplaced: true }]);
    expect(await waiting()).toEqual([]);
  });

  it('the database keeps results, and takes no `exact` that no bank said', async () => {
    const { id, accountNumber } = await aPayee();
    desk.tells(accountNumber, 'TRAN THI BE');
    const { id: checkId } = await checked(id);
    await expect(
      execute(reader(), `update account_check set verdict = 'exact' where id = $1`, [checkId]),
    ).rejects.toThrow();
    await expect(
      execute(reader(), `delete from account_check where id = $1`, [checkId]),
    ).rejects.toThrow();
    const forged = (source: string, verdict: string) =>
      execute(
        reader(),
        `insert into account_check (id, account_id, verdict, our_name, bank_name, source, stands, actor_kind,
                                    actor_id, actor_name, at)
         select $1, account_id, $2, our_name, 'NGUYEN VAN MAU', $3, true, 'user', 'x', 'x', at
           from account_check where id = $4`,
        [newId(), verdict, source, checkId],
      );
    await expect(forged('none', 'exact')).rejects.toThrow('nobody_knows_nothing');
    await expect(forged('person', 'exact')).rejects.toThrow('a_person_confirms');
    await expect(forged('bank', 'exact')).rejects.toThrow('a_bank_has_its_code');
    await expect(forged('person', 'confirmed')).rejects.toThrow('a_person_confirms');
  });
});
