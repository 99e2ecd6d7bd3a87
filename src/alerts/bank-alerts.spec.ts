import { alertDesk } from '../../test/builders/alert-desk.js';
import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { comeBackLater, MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { railSchema } from '../banks/index.js';
import { ManualClock } from '../kernel/index.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const BANK = 'instant-bank';
const atInstant = { account: { bin: INSTANT_BIN } };
const times = <T>(n: number, each: T): T[] => Array.from({ length: n }, () => each);

describe('alerts about a bank', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let payments: PaymentDesk;
  let desk: ReturnType<typeof alertDesk>;
  beforeEach(async () => {
    clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
    db = await testDatabase();
    payments = await paymentDesk(db, clock);
    desk = alertDesk(db.database, clock);
  });
  afterEach(() => db.close());

  const passTime = async (ms: number, stepMs: number) => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await payments.passTime(stepMs);
      await desk.evaluating.evaluate();
    }
  };
  const ever = () => desk.read.list({ before: null, limit: 100 });
  const living = async () => (await ever()).filter(({ state }) => state !== 'resolved');
  const onlyOne = async () => {
    const [alert, ...more] = await living();
    if (!alert || more.length > 0) throw new Error('one alert expected');
    return alert;
  };
  const switchTo = (to: 'on' | 'off', reason: string) =>
    payments.switching.switch({ actor: payments.office.holder, bankCode: BANK, to, reason });

  it('an outage is one, says how many payments and how much money wait, and ends when the bank answers', async () => {
    payments.instant.usually(MOODS.neverGotIt);
    await payments.running(times(20, atInstant));
    await passTime(55 * SECOND, 5 * SECOND);
    expect(await ever()).toEqual([]);
    await passTime(10 * MINUTE, 15 * SECOND);
    const outage = await onlyOne();
    expect(outage).toMatchObject({ rule: 'bank-unreachable', bank: BANK, severity: 'critical' });
    expect(outage).toMatchObject({ count: 20, state: 'open' });
    expect(desk.writer.shown(outage).title.vi).toMatch(
      /Không liên lạc được với instant-bank từ 10:00 21\/11\/2026; 20 khoản chi đang chờ \(\d+\.\d{3}\.\d{3} đ\)/,
    );
    payments.instant.usually(MOODS.settles);
    await passTime(20 * MINUTE, 30 * SECOND);
    expect(await living()).toEqual([]);
    expect(await ever()).toHaveLength(1);
    const history = await desk.read.history(outage.id);
    expect(history.map(({ happened }) => happened)).toEqual(['opened', 'resolved']);
  });

  it('that is called too seldom to be counted out alarms all the same', async () => {
    payments.instant.usually(MOODS.neverGotIt);
    await payments.running([atInstant]);
    await passTime(20 * SECOND, SECOND);
    expect(await ever()).toEqual([]);
    await passTime(2 * MINUTE, 10 * SECOND);
    expect(await onlyOne()).toMatchObject({ rule: 'bank-unreachable', count: 1 });
  });

  it('switched off is told with who and why, not cried out, and is no work that nobody takes', async () => {
    await payments.running(times(3, atInstant));
    await switchTo('off', 'ngân hàng bảo trì hệ thống');
    await passTime(10 * MINUTE, MINUTE);
    const off = await onlyOne();
    expect(off).toMatchObject({ rule: 'bank-off', severity: 'warning', count: 3 });
    expect(off.link).toBe('/api/v1/banks/instant-bank');
    const { title } = desk.writer.shown(off);
    expect(title.vi).toContain('chu.tai.khoan tạm ngắt từ 10:00 21/11/2026: ngân hàng bảo trì');
    expect(title.en).toContain('3 payments wait');
    await switchTo('on', 'đã xong');
    await desk.evaluating.evaluate();
    // Not at once an alarm that nobody takes what is due since long.
    expect(await living()).toEqual([]);
    await passTime(MINUTE, MINUTE);
    expect((await ever()).map(({ rule }) => rule)).toEqual(['bank-off']);
  });

  it('that asks for a long pause is told while something waits for it', async () => {
    payments.instant.usually(comeBackLater(60 * MINUTE));
    await payments.running(times(2, atInstant));
    await passTime(10 * MINUTE, MINUTE);
    const paused = await onlyOne();
    expect(paused).toMatchObject({ rule: 'bank-paused', severity: 'warning', count: 2 });
    expect(desk.writer.shown(paused).title.en).toContain('until 11:01 21/11/2026');
    payments.instant.usually(MOODS.settles);
    await passTime(60 * MINUTE, 5 * MINUTE);
    expect(await living()).toEqual([]);
    expect(await ever()).toHaveLength(1);
  });

  it('a rail that its file names no more is told at once, and is over when it is back', async () => {
    const [instant, high] = [
      railSchema.parse({ code: 'instant', maxAmount: '499999999' }),
      railSchema.parse({ code: 'high', minAmount: '500000000' }),
    ];
    const carry = (...rails: unknown[]) =>
      Object.assign(payments.banks.of(BANK).settings, { rails });
    carry(instant, high);
    await payments.running(times(3, atInstant));
    carry(high);
    await payments.work();
    await desk.evaluating.evaluate();
    const missing = await onlyOne();
    expect(missing).toMatchObject({
      rule: 'rail-missing',
      bank: BANK,
      severity: 'critical',
      count: 3,
    });
    expect(desk.writer.shown(missing).title.en).toContain('rail instant is no longer configured');
    carry(instant, high);
    await payments.passTime(15 * MINUTE);
    await desk.evaluating.evaluate();
    expect(await living()).toEqual([]);
  });
});
