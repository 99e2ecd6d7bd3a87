import { anOfficer, anOffice } from '../../test/builders/officers.js';
import { repositoryReference } from '../../test/builders/reference.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { DomainError, ManualClock, Money, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { AllotFunds } from './allot-funds.js';
import { FundControl } from './fund-control.js';
import { FundMovements } from './fund-movements.read.js';
import { FundPositions } from './fund-positions.read.js';
import { Ledger } from './ledger.js';
import { VerifyLedger } from './verify-ledger.read.js';

const AT = new Date('2026-11-10T02:00:00Z');
const vnd = (amount: string): Money => Money.of(amount);

describe('the books of the funds', () => {
  let db: TestDatabase;
  let accountant: Actor;
  let allotting: AllotFunds;
  const ledger = new Ledger();
  const control = new FundControl(ledger);
  const positions = new FundPositions();

  beforeAll(async () => {
    db = await testDatabase();
    const office = await anOffice(db.database.reader, { withoutFunds: true });
    accountant = office.accountant;
    const clock = new ManualClock(AT);
    const { funds } = repositoryReference();
    allotting = new AllotFunds(db.database, funds, ledger, new AuditTrail(clock), clock);
  });
  afterAll(() => db.close());

  const allot = (fund: string, period: string, amount: string, note: string | null = null) =>
    allotting.allot({
      actor: accountant,
      fund,
      period,
      amount: vnd(amount),
      decisionNumber: '1/QĐ-STC',
      decisionDate: '2026-01-05',
      note,
    });
  const reserve = (fund: string, month: string, amount: string) =>
    db.database.transaction((tx) =>
      control.reserve(tx, { id: newId(), month, needs: [{ fund, amount: vnd(amount) }], at: AT }),
    );
  const available = async (fund: string, month: string): Promise<string> =>
    String(await positions.available(db.database.reader, { fund, month }));
  const refusal = async (act: Promise<unknown>): Promise<DomainError> => {
    const error = await act.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`);
    return error;
  };

  it('give nothing of a fund that was allotted nothing, and say what is missing', async () => {
    const error = await refusal(reserve('TAI_TRO', '2026-11', '500000'));
    expect(error.code).toBe('ledger.funds-short');
    expect(error.text.vi).toContain('TAI_TRO thiếu 500.000 đ (cần 500.000 đ, còn 0 đ)');
    expect(JSON.parse(JSON.stringify(error.details))).toEqual({
      shortfalls: [
        { fund: 'TAI_TRO', month: '2026-11', needed: '500000', available: '0', short: '500000' },
      ],
    });
  });

  it('let money of earlier months be spent later in the year, never money of later months or other years', async () => {
    await allot('NSDP', '2026-03', '100');
    await allot('NSDP', '2026-06', '50');
    await allot('NSDP', '2027', '1000');
    expect(await available('NSDP', '2026-02')).toBe('0');
    expect(await available('NSDP', '2026-03')).toBe('100');
    expect(await available('NSDP', '2026-11')).toBe('150');
    expect(await available('NSDP', '2027-01')).toBe('1000');
    await reserve('NSDP', '2026-11', '120');
    // June's list cannot spend again what November's has taken.
    expect(await available('NSDP', '2026-03')).toBe('30');
    expect(await available('NSDP', '2026-06')).toBe('30');
    expect((await refusal(reserve('NSDP', '2026-04', '31'))).code).toBe('ledger.funds-short');
    await reserve('NSDP', '2026-04', '30');
    expect(await available('NSDP', '2026-12')).toBe('0');
  });

  it('reserve of all funds of a batch or of none', async () => {
    await allot('QUY_DODN', '2026', '100');
    const both = db.database.transaction((tx) =>
      control.reserve(tx, {
        id: newId(),
        month: '2026-11',
        needs: [
          { fund: 'QUY_DODN', amount: vnd('60') },
          { fund: 'DU_PHONG', amount: vnd('70') },
        ],
        at: AT,
      }),
    );
    expect((await refusal(both)).text.en).toContain('DU_PHONG is short by 70 VND');
    expect(await available('QUY_DODN', '2026-11')).toBe('100');
  });

  it('tell what went into an account and out of it, the newest first, page by page', async () => {
    const statement = new FundMovements(db.database);
    const year = { fund: 'TAI_TRO', from: '2026-01', to: '2026-12' };
    await allot('TAI_TRO', '2026-02', '100');
    await allot('TAI_TRO', '2026-03', '50');
    await allot('TAI_TRO', '2027', '7');
    await reserve('TAI_TRO', '2026-03', '60');
    const seen = async (of: object, before: string | null = null, limit = 9) => {
      const found = await statement.list({ ...year, ...of }, { before, limit });
      return found.map(({ month, stage, amount }) => `${month} ${stage} ${amount}`);
    };
    expect(await seen({ stage: 'available' })).toEqual([
      '2026-02 available -10',
      '2026-03 available -50',
      '2026-03 available 50',
      '2026-02 available 100',
    ]);
    expect(await seen({ stage: 'available', from: '2026-03', to: '2026-03' })).toHaveLength(2);
    expect(await seen({})).toHaveLength(7);
    const page = await statement.list(year, { before: null, limit: 3 });
    expect(await seen({}, page[2]?.id)).toHaveLength(4);
    const posting = await statement.posting(page[0]?.transactionId ?? '');
    expect(posting).toMatchObject({ kind: 'reservation', sourceType: 'approval' });
    expect(Money.sum(posting?.entries.map(({ amount }) => vnd(amount)) ?? []).isZero()).toBe(true);
    expect(await seen({ from: '2028-01', to: '2028-12' })).toEqual([]);
  });

  it('are never overdrawn by reservations at the same time', async () => {
    await allot('NSDP_BTXH', '2026-11', '1000');
    const tries = await Promise.allSettled(
      Array.from({ length: 9 }, () => reserve('NSDP_BTXH', '2026-11', '300')),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const failed of tries) {
      if (failed.status === 'rejected') {
        expect(failed.reason).toMatchObject({ code: 'ledger.funds-short' });
      }
    }
    expect(await available('NSDP_BTXH', '2026-11')).toBe('100');
  });

  it('are not overdrawn past the code either: the database waits, looks again and refuses', async () => {
    await allot('DU_PHONG', '2026-11', '1000');
    const raw = (month: string) =>
      db.database.transaction(async (tx) => {
        await ledger.post(tx, {
          kind: 'correction',
          source: { type: 'test', id: null },
          at: AT,
          movements: [
            { fund: 'DU_PHONG', month, from: 'available', to: 'reserved', amount: vnd('700') },
          ],
        });
        // Still open when the other one comes.
        await execute(tx, 'select pg_sleep(0.2)');
      });
    const both = await Promise.allSettled([raw('2026-11'), raw('2026-12')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((r) => r.status === 'rejected')).toMatchObject({
      reason: { message: expect.stringContaining('would be overdrawn') },
    });
  });

  it('take back only what is neither reserved nor spent, and with a reason', async () => {
    await allot('NSTW_NCC', '2026-11', '1000');
    await reserve('NSTW_NCC', '2026-11', '600');
    const unsaid = await refusal(allot('NSTW_NCC', '2026-11', '-10'));
    expect(unsaid.code).toBe('ledger.taking-back-needs-a-note');
    const much = await refusal(allot('NSTW_NCC', '2026-11', '-401', 'điều chỉnh giảm'));
    expect(much.code).toBe('ledger.funds-short');
    await allot('NSTW_NCC', '2026-11', '-400', 'điều chỉnh giảm');
    const [stand] = await positions.byYear(db.database.reader, { year: '2026', fund: 'NSTW_NCC' });
    expect(stand?.allotted.toString()).toBe('600');
    expect(stand?.available.toString()).toBe('0');
    expect(stand?.reserved.toString()).toBe('600');
  });

  it.each([
    ['a fund that is not there', ['KHONG_CO', '2026', '1'], 'ledger.no-such-fund'],
    ['a round', ['NSDP', '2026-D1', '1'], 'ledger.not-a-year-or-month'],
    ['what is no period', ['NSDP', 'x1y2z3', '1'], 'ledger.not-a-year-or-month'],
    ['nothing', ['NSDP', '2026', '0'], 'ledger.allots-nothing'],
  ])('allot nothing for %s', async (_, [fund = '', period = '', amount = ''], code) => {
    expect((await refusal(allot(fund, period, amount))).code).toBe(code);
  });

  it('are not opened by people who may not allot', async () => {
    const preparer = await anOfficer(db.database.reader, { login: 'khac', roles: ['preparer'] });
    const order = {
      actor: preparer,
      fund: 'NSDP',
      period: '2026',
      amount: vnd('1'),
      decisionNumber: '1',
      decisionDate: '2026-01-01',
      note: null,
    };
    expect((await refusal(allotting.allot(order))).code).toBe('identity.forbidden');
  });

  it('balance to zero, whatever was posted, and say so', async () => {
    const sum = await one<{ sum: string }>(
      db.database.reader,
      'select sum(amount)::text as sum from ledger_entry',
    );
    expect(sum?.sum).toBe('0');
    const verdict = await new VerifyLedger().verify(db.database.reader);
    expect(verdict.faults).toEqual([]);
    expect(verdict.transactions).toBeGreaterThan(8);
  });

  describe('by raw SQL', () => {
    const post = (entries: string, id = newId()) =>
      execute(
        db.database.reader,
        `with head as (insert into ledger_transaction (id, kind, source_type, at)
           values ('${id}', 'correction', 'test', now()) returning id)
         insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
         select head.id, 'NSDP', '2028-01', e.stage, e.amount, 'VND' from head, (values ${entries}) as e (stage, amount)`,
      );

    it.each([
      ['entries that do not sum to zero', `('allotted', -5), ('available', 6)`, 'sum to zero'],
      ['one entry alone', `('available', 5)`, 'sum to zero'],
      ['an entry of nothing', `('allotted', 0), ('available', 0)`, 'ledger_entry_amount_check'],
      ['an account that is not there', `('lost', 5), ('available', -5)`, 'ledger_entry_stage'],
    ])('take no transaction of %s', async (_, entries, refused) => {
      await expect(post(entries)).rejects.toThrow(refused);
    });

    it('take no entries after the transaction was posted', async () => {
      const id = newId();
      await post(`('allotted', -5), ('available', 5)`, id);
      await expect(
        execute(
          db.database.reader,
          `insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
           select $1, 'NSDP', '2028-01', e.stage, e.amount, 'VND'
             from (values ('allotted', -5), ('available', 5)) as e (stage, amount)`,
          [id],
        ),
      ).rejects.toThrow('not posted whole');
    });

    it('take no transaction without entries', async () => {
      const sql = `insert into ledger_transaction (id, kind, source_type, at) values ($1, 'correction', 'x', now())`;
      await expect(execute(db.database.reader, sql, [newId()])).rejects.toThrow('has no entries');
    });

    it.each(['ledger_entry', 'ledger_transaction', 'allotment'])(
      'change and lose nothing of %s',
      async (table) => {
        const tx = db.database.reader;
        const column = table === 'ledger_entry' ? 'fund' : 'id';
        await expect(execute(tx, `update ${table} set ${column} = ${column}`)).rejects.toThrow();
        await expect(execute(tx, `delete from ${table}`)).rejects.toThrow();
        await expect(execute(tx, `truncate ${table} cascade`)).rejects.toThrow();
      },
    );

    it('are told when somebody switched the promises off and wrote what he liked', async () => {
      const faults = await db.database
        .transaction(async (tx) => {
          await execute(tx, 'set local session_replication_role = replica');
          await execute(tx, `update ledger_entry set amount = amount + 1 where stage = 'reserved'`);
          await execute(
            tx,
            `insert into ledger_transaction (id, kind, source_type, at) values ($1, 'correction', 'x', now())`,
            [newId()],
          );
          await execute(tx, `update allotment set amount = 77 where amount = 50`);
          const verdict = await new VerifyLedger().verify(tx);
          throw Object.assign(new Error('undo'), { faults: verdict.faults });
        })
        .catch((error: unknown) => (error as { faults: { what: string }[] }).faults);
      expect(new Set(faults.map(({ what }) => what))).toEqual(
        new Set(['does-not-sum-to-zero', 'no-entries', 'allotment-not-posted']),
      );
      expect(await rows(db.database.reader, `select 1 from allotment where amount = 77`)).toEqual(
        [],
      );
    });
  });
});
