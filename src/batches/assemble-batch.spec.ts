import { anOffice, type Office } from '../../test/builders/officers.js';
import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { areOwed, peopleOwed } from '../../test/builders/owed.js';
import { oneBankOnly } from '../../test/builders/banks.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { DomainError, ManualClock } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';

describe('assembling a batch', () => {
  let db: TestDatabase;
  let desk: BatchDesk;
  let office: Office;
  let month = 0;

  beforeAll(async () => {
    db = await testDatabase();
    desk = batchDesk(db.database, new ManualClock(new Date('2026-11-10T02:00:00Z')));
    office = await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  /** A period of one's own, so that tests do not meet. */
  const aPeriod = () =>
    `20${30 + Math.floor((month += 1) / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  const reader = () => db.database.reader;
  const assemble = (period: string, more: object = {}) =>
    desk.assembling.assemble({ actor: office.preparer, programme: 'NCC_MONTHLY', period, ...more });
  const reasonsOf = (batchId: string) =>
    rows<{ reason: string; detail: unknown }>(
      reader(),
      'select reason, detail from batch_exclusion where batch_id = $1 order by reason',
      [batchId],
    );

  it('refuses with the reasons, and writes nothing, when nobody can be paid', async () => {
    const period = aPeriod();
    await areOwed(reader(), [
      { period, account: null },
      { period, heldFor: 'MD07' },
    ]);
    const refusal = await assemble(period).catch((e: unknown) => e);
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({
      code: 'batches.nothing-to-pay',
      details: {
        leftOut: [
          { reason: 'held', count: 1, amount: '2789000' },
          { reason: 'no_account', count: 1, amount: '2789000' },
        ],
      },
    });
    expect(await one(reader(), 'select 1 from batch where period = $1', [period])).toBeNull();
    expect(
      await one(reader(), `select 1 from batch_numbering where period = $1`, [period]),
    ).toBeNull();
  });

  it('refuses a programme, fund, bank or commune that is not configured, and a period of another rhythm', async () => {
    await expect(assemble('2030-01', { programme: 'NOT_ONE' })).rejects.toMatchObject({
      code: 'batches.unknown-choice',
    });
    await expect(assemble('2030-01', { fund: 'NOT_ONE' })).rejects.toMatchObject({
      code: 'batches.unknown-choice',
    });
    await expect(assemble('2030-01', { bankBins: ['000000'] })).rejects.toMatchObject({
      code: 'batches.unknown-choice',
    });
    await expect(assemble('2030-01', { communeCodes: ['99999'] })).rejects.toMatchObject({
      code: 'batches.unknown-choice',
    });
    await expect(assemble('2030')).rejects.toMatchObject({ code: 'batches.period-does-not-fit' });
    await expect(assemble('2030-01', { payOn: '2026-11-09' })).rejects.toMatchObject({
      code: 'batches.pay-day-past',
    });
  });

  it('is not done by somebody who may only sign', async () => {
    await expect(assemble('2030-01', { actor: office.holder })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('leaves out who cannot be paid, each with the reason, and takes the rest', async () => {
    const period = aPeriod();
    const [, , , , , , failed] = await areOwed(reader(), [
      { period },
      { period, account: null },
      { period, heldFor: 'AC04' },
      { period, deceasedOn: '2026-10-02' },
      { period, ended: true },
      { period, recipientUntil: '2026-11-09' },
      { period, failedFor: 'AC01' },
      { period, recipientUntil: '2026-11-10' },
    ]);
    const batch = await assemble(period);
    expect(batch.lineCount).toBe(2);
    expect(batch.total.toString()).toBe('5578000');
    expect(await reasonsOf(batch.batchId)).toEqual([
      { reason: 'deceased', detail: { on: '2026-10-02' } },
      { reason: 'ended', detail: {} },
      { reason: 'failed_before', detail: { code: 'AC01' } },
      { reason: 'held', detail: { code: 'AC04' } },
      { reason: 'no_account', detail: {} },
      { reason: 'recipient_expired', detail: { until: '2026-11-09' } },
    ]);
    const state = await one<{ state: string }>(
      reader(),
      'select state from entitlement where id = $1',
      [failed?.entitlementId],
    );
    expect(state?.state).toBe('open');
  });

  it('leaves out whom none of our banks can pay, and says which bank that is', async () => {
    const period = aPeriod();
    const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
    const bankless = batchDesk(db.database, clock, oneBankOnly(clock));
    await areOwed(reader(), [{ period }, { period, account: { bin: '970415' } }]);
    const batch = await bankless.assembling.assemble({
      actor: office.preparer,
      programme: 'NCC_MONTHLY',
      period,
    });
    expect(batch.lineCount).toBe(1);
    expect(await reasonsOf(batch.batchId)).toEqual([
      { reason: 'no_route', detail: { bankBin: '970415' } },
    ]);
  });

  it('leaves out what is more, or less, than the rails of its bank carry, and says what they carry', async () => {
    const period = aPeriod();
    const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
    const rails = [
      { code: 'book', onlyTo: ['970405'], minAmount: '2000', maxAmount: '900000000' },
      { code: 'instant', minAmount: '2000', maxAmount: '499999999' },
    ];
    const railed = batchDesk(db.database, clock, oneBankOnly(clock, { receives: '*', rails }));
    const to = (bin: string, amount: string) => ({ period, amount, account: { bin } });
    await areOwed(reader(), [
      to('970405', '900000000'),
      to('970405', '900000001'),
      to('970436', '499999999'),
      to('970436', '500000000'),
      to('970436', '2000'),
      to('970436', '1999'),
    ]);
    const batch = await railed.assembling.assemble({
      actor: office.preparer,
      programme: 'NCC_MONTHLY',
      period,
    });
    expect(batch.lineCount).toBe(3);
    const limits = (bankBin: string, most: string) => ({
      reason: 'no_rail',
      detail: { bankBin, bank: 'sandbox', least: '2000', most },
    });
    expect(await reasonsOf(batch.batchId)).toEqual([
      limits('970405', '900000000'),
      limits('970436', '499999999'),
      limits('970436', '499999999'),
    ]);
  });

  it('leaves out a line over the ceiling, and all of a person whose lines are over it together', async () => {
    const period = '2026-12';
    const [both] = await areOwed(reader(), [
      { programme: 'SOCIAL_PENSION', period, amount: '300000' },
      { programme: 'SOCIAL_PENSION', period, amount: '540000' },
      { programme: 'SOCIAL_PENSION', period, amount: '540001' },
    ]);
    await areOwed(reader(), [
      {
        programme: 'SOCIAL_PENSION',
        period,
        amount: '300000',
        kind: 'one_off',
        beneficiaryId: both!.beneficiaryId,
      },
      {
        programme: 'SOCIAL_PENSION',
        period,
        amount: '9000000',
        kind: 'arrears',
        beneficiaryId: both!.beneficiaryId,
      },
    ]);
    const batch = await assemble(period, { programme: 'Hưu trí xã hội' });
    expect(batch.total.toString()).toBe('9540000');
    expect(batch.leftOut).toEqual([{ reason: 'over_ceiling', count: 3, amount: '1140001' }]);
  });

  it('never gives one entitlement to two batches assembled at once', async () => {
    const period = aPeriod();
    await peopleOwed(reader(), 60, { period });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => assemble(period)));
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
    const taken = await rows<{ n: number }>(
      reader(),
      `select count(*)::int as n from batch_line where period = $1 group by entitlement_id`,
      [period],
    );
    expect(taken).toHaveLength(60);
    expect(taken.every((line) => line.n === 1)).toBe(true);
  });

  it('leaves out what another batch took after it had looked', async () => {
    const period = aPeriod();
    const [wanted] = await peopleOwed(reader(), 2, { period });
    const other = db.database.source.createQueryRunner();
    await other.startTransaction();
    await execute(
      other.manager,
      `update entitlement set state = 'in_batch', batch_id = gen_random_uuid() where id = $1`,
      [wanted!.entitlementId],
    );
    const assembling = assemble(period);
    await waitUntilSomebodyWaits();
    await other.commitTransaction();
    await other.release();
    expect(await assembling).toMatchObject({
      lineCount: 1,
      leftOut: [{ reason: 'in_another_batch', count: 1 }],
    });
  });

  it('keeps to the fund, communes, banks and kind that were asked for', async () => {
    const period = aPeriod();
    await areOwed(reader(), [
      { period, amount: '1' },
      { period, amount: '10', fund: 'NSDP' },
      { period, amount: '100', communeCode: '06001' },
      { period, amount: '1000', account: { bin: '970436' } },
      { period, amount: '10000', kind: 'arrears' },
      { period, amount: '100000', account: null },
    ]);
    const one_ = async (more: object) => (await assemble(period, more)).total.toString();
    expect(await one_({ fund: 'NSDP' })).toBe('10');
    expect(await one_({ bankBins: ['970436'] })).toBe('1000');
    expect(await one_({ kind: 'arrears' })).toBe('10000');
    const communes = await rows<{ code: string }>(
      reader(),
      `select distinct commune_code as code from entitlement where period = $1`,
      [period],
    );
    expect(communes).toHaveLength(2);
    expect(await one_({})).toBe('101');
  });

  it('numbers the batches of a programme and period one after the other, their lines from 1 in a fixed order', async () => {
    const period = aPeriod();
    const people = await peopleOwed(reader(), 3, { period });
    const first = await assemble(period);
    await peopleOwed(reader(), 1, { period });
    const second = await assemble(period);
    expect([first.number, second.number]).toEqual([
      `NCC_MONTHLY-${period}-01`,
      `NCC_MONTHLY-${period}-02`,
    ]);
    const lines = await rows<{ no: number; person: string }>(
      reader(),
      `select line_no as no, personal_number as person from batch_line where batch_id = $1 order by line_no`,
      [first.batchId],
    );
    expect(lines).toEqual(people.map((p, i) => ({ no: i + 1, person: p.personalNumber })));
    expect(await reasonsOf(second.batchId)).toHaveLength(3);
  });

  it('tells the audit trail figures and ids only', async () => {
    const entry = await one<{ detail: object }>(
      reader(),
      `select detail from audit_entry where action = 'batch.assembled' order by id limit 1`,
    );
    expect(Object.keys(entry?.detail ?? {}).sort()).toEqual(['lineCount', 'number', 'total']);
  });

  /** Until a session of this database waits for a lock. */
  async function waitUntilSomebodyWaits(): Promise<void> {
    for (let i = 0; i < 200; i += 1) {
      const waiting = await one<{ n: number }>(
        reader(),
        `select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if ((waiting?.n ?? 0) > 0) return;
      await new Promise((wake) => setTimeout(wake, 10));
    }
    throw new Error('nobody waited');
  }
});
