import { inquiryDesk, type InquiryDesk } from '../../test/builders/inquiry-desk.js';
import { anOfficer } from '../../test/builders/officers.js';
import { aRegisteredPayee } from '../../test/builders/registered-payee.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import type { Actor } from '../identity/index.js';
import { ManualClock } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { listChecks, standingOfPayee } from './account-check.read.js';

describe('confirming an account by hand', () => {
  let db: TestDatabase;
  let desk: InquiryDesk;
  let preparer: Actor;
  let accountant: Actor;
  let running = 0;

  beforeAll(async () => {
    db = await testDatabase();
    desk = inquiryDesk(db.database, new ManualClock(new Date('2026-11-21T02:00:00Z')));
    preparer = await anOfficer(db.database.reader, { login: 'lap.bang', roles: ['preparer'] });
    accountant = await anOfficer(db.database.reader, {
      login: 'ke.toan',
      roles: ['chief_accountant'],
    });
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;
  const results = (id: string) =>
    listChecks(reader(), { beneficiaryId: id, beforeSeq: null, limit: 50 });
  async function checked(id: string) {
    await desk.requesting.ofBeneficiary(id, preparer);
    await desk.sweepAndWork();
    return (await results(id))[0]!;
  }
  const verified = (id: string) =>
    one<{ how: string | null }>(
      reader(),
      `select verified_how as how from payment_account where beneficiary_id = $1 and replaced_at is null`,
      [id],
    );

  const order = { reference: 'Giấy xác nhận số 12', note: null };
  async function aCloseOne() {
    running += 1;
    const accountNumber = `7800${String(running).padStart(8, '0')}`;
    const account = { bankBin: '970405', accountNumber, accountName: 'NGUYEN VAN MAU' };
    const id = await aRegisteredPayee(db.database, { fullName: 'Nguyễn Văn Mẫu', account });
    desk.tells(accountNumber, 'NGUYEN VAN MAI');
    const { id: checkId, accountId } = await checked(id);
    return { id, accountNumber, seen: { ...order, beneficiaryId: id, accountId, checkId } };
  }

  it('is not given by a system, by who may not, or by who entered the account', async () => {
    const { id, seen } = await aCloseOne();
    const confirm = (actor: Actor, more: object = {}) =>
      desk.confirming.confirm({ ...seen, ...more }, actor);
    await expect(confirm({ ...preparer, kind: 'api-key' })).rejects.toMatchObject({
      code: 'beneficiaries.person-needed',
    });
    await expect(confirm({ ...preparer, permissions: new Set() })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const accountId = await desk.replaceAccount(id, preparer);
    await expect(confirm(accountant)).rejects.toMatchObject({
      code: 'beneficiaries.other-account-now',
    });
    const ofNew = { accountId, checkId: null };
    await expect(confirm(preparer, ofNew)).rejects.toMatchObject({
      code: 'beneficiaries.own-entry',
    });
    await expect(confirm(accountant, ofNew)).resolves.toMatchObject({ accountId });
  });

  it('is not given to an answer that the person has not seen', async () => {
    const { id, accountNumber, seen } = await aCloseOne();
    await expect(
      desk.confirming.confirm({ ...seen, checkId: null }, accountant),
    ).rejects.toMatchObject({ code: 'beneficiaries.other-answer-now' });
    desk.tells(accountNumber, 'NGUYEN VAN MAO');
    const newer = await checked(id);
    await expect(desk.confirming.confirm(seen, accountant)).rejects.toMatchObject({
      code: 'beneficiaries.other-answer-now',
      details: { checkId: newer.id },
    });
  });

  it('stands with its paper and its person, in history and audit, until the bank says something new', async () => {
    const { id, accountNumber, seen } = await aCloseOne();
    const { checkId } = await desk.confirming.confirm(seen, accountant);
    const standing = async () => (await standingOfPayee(reader(), id))?.checkId;
    expect(await standing()).toBe(checkId);
    expect((await results(id))[0]).toMatchObject({
      verdict: 'confirmed',
      source: 'person',
      bankName: 'NGUYEN VAN MAI',
      paperReference: 'Giấy xác nhận số 12',
      actorName: 'ke.toan',
    });
    expect(await verified(id)).toEqual({ how: 'officer' });
    const kept = await rows(
      reader(),
      `select h.cause, a.action from beneficiary_history h
           join audit_entry a on a.subject_id = h.beneficiary_id::text and a.action = 'beneficiary.account-confirmed'
          where h.beneficiary_id = $1 and h.happened = 'account_confirmed'`,
      [id],
    );
    expect(kept).toHaveLength(1);
    await checked(id);
    expect(await standing()).toBe(checkId);
    desk.tells(accountNumber, 'TRAN THI BE');
    const contradiction = await checked(id);
    expect(await standing()).toBe(contradiction.id);
    expect(await verified(id)).toEqual({ how: null });
  });

  it('of two results the later one stands, whichever is committed first', async () => {
    const { seen } = await aCloseOne();
    await execute(
      reader(),
      `insert into account_check (id, seq, account_id, verdict, our_name, source, why, stands, actor_kind, actor_id,
                                  actor_name, at)
       overriding system value
       select gen_random_uuid(), -seq, account_id, 'cannot-tell', our_name, 'none', 'late', false, 'system', 'system',
              'system', at
         from account_check where id = $1`,
      [seen.checkId],
    );
    const standing = await rows(
      reader(),
      `select check_id, last_check_id from account_standing where account_id = $1`,
      [seen.accountId],
    );
    expect(standing).toEqual([{ check_id: seen.checkId, last_check_id: seen.checkId }]);
  });

  it('what stands of each account, and what was said last, are what the results say', async () => {
    const found = await rows<{ differs: boolean }>(
      reader(),
      `select (t.check_id, t.last_check_id) is distinct from (c.check_id, c.last_check_id) as differs
         from account_standing t
         full join (
           select account_id, (array_agg(id order by seq desc) filter (where stands))[1] as check_id,
                  (array_agg(id order by seq desc))[1] as last_check_id
             from account_check group by account_id) c on c.account_id = t.account_id`,
    );
    expect(found.length).toBeGreaterThan(1);
    expect(found.filter(({ differs }) => differs)).toEqual([]);
  });
});
