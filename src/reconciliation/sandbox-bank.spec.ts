import {
  startSandboxHarness,
  type SandboxHarness,
} from '../../test/bank-conformance/sandbox-harness.js';
import { aCall } from '../../test/bank-conformance/raw-bank.js';
import { afterPayments } from '../../test/builders/after-payment.modules.js';
import { anOffice } from '../../test/builders/officers.js';
import { NOTICE_SECRET } from '../../test/builders/banks.js';
import { sentPayments, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../test/setup/http.js';
import { BankRegistry } from '../banks/index.js';
import { Money, officeDate, SystemClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';
import { ApplyNotices, SettlementsModule } from '../settlements/index.js';
import { FetchStatement, MatchEntries, ReconciliationModule } from './index.js';

const MOODS = [
  'credited',
  'returned',
  'rejected-later',
  'told-twice',
  'told-out-of-order',
  'never-told',
] as const;
const EACH = 5;
/** What the bank's notices alone make of a payment, and what its statement adds. */
const ENDS: Readonly<Record<(typeof MOODS)[number], { told: string; proven: string }>> = {
  credited: { told: 'settled', proven: 'settled' },
  returned: { told: 'returned', proven: 'returned' },
  'rejected-later': { told: 'rejected', proven: 'rejected' },
  'told-twice': { told: 'settled', proven: 'settled' },
  'told-out-of-order': { told: 'settled', proven: 'settled' },
  'never-told': { told: 'sending', proven: 'settled' },
};

describe('with the sandbox bank', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let bank: SandboxHarness;
  let paid: SentPayment[];
  beforeAll(async () => {
    db = await testDatabase();
    http = await httpUnderTest(db, {
      imports: [...afterPayments(new SystemClock()), SettlementsModule, ReconciliationModule],
    });
    bank = await startSandboxHarness({
      SANDBOX_NOTICE_URL: await http.app.getUrl(),
      SANDBOX_NOTICE_SECRET: NOTICE_SECRET,
    });
    paid = await db.database.transaction(async (tx) =>
      sentPayments(tx, await anOffice(tx), MOODS.length * EACH, { state: 'sending' }),
    );
  });
  afterAll(async () => {
    await bank.stop();
    await http.close();
    await db.close();
  });

  const moodOf = (at: number) => MOODS[at % MOODS.length] ?? 'credited';
  const states = async () => {
    const found = await rows<{ id: string; state: string; reconciled: boolean }>(
      db.database.reader,
      `select p.payment_id as id, p.state, m.payment_id is not null as reconciled
         from payment_view p left join payment_match_view m on m.payment_id = p.payment_id`,
    );
    return new Map(found.map((each) => [each.id, each]));
  };

  it('its notices move our payments, and its statement proves them to the last đồng', async () => {
    const orders = paid.map(({ reference, amount }, at) => ({
      reference,
      amount: Money.of(amount),
      accountName: 'TRAN THI MAU',
      narrative: 'NCC 11 2026',
      fund: 'NSTW_NCC',
      ...bank.account(moodOf(at)),
    }));
    const total = Money.sum(orders.map(({ amount }) => amount));
    await bank.adapter.payMany?.({ reference: 'S-1', orders, total }, aCall());
    await until(async () => {
      const books = await bank.own('GET', '/sandbox/books');
      return books['changesToCome'] === 0 && books['noticesWaiting'] === 0;
    });
    await http.app.get(ApplyNotices).apply('sandbox');
    const told = await states();
    paid.forEach(({ paymentId }, at) => {
      expect([moodOf(at), told.get(paymentId)?.state]).toEqual([moodOf(at), ENDS[moodOf(at)].told]);
    });

    const ours = http.app.get(BankRegistry).of('sandbox');
    Object.defineProperty(ours.adapter, 'statement', {
      value: bank.adapter.statement?.bind(bank.adapter),
    });
    const day = officeDate(new Date());
    const fetched = await http.app
      .get(FetchStatement)
      .fetch({ bank: 'sandbox', from: day, to: day });
    expect(fetched.difference).toBe('0');
    await http.app.get(MatchEntries).match('sandbox');
    const proven = await states();
    paid.forEach(({ paymentId }, at) => {
      const { proven: state } = ENDS[moodOf(at)];
      expect([moodOf(at), proven.get(paymentId)]).toEqual([
        moodOf(at),
        { id: paymentId, state, reconciled: state !== 'rejected' },
      ]);
    });
    const loud = await rows(
      db.database.reader,
      `select 1 from statement_entry_view where bucket not in ('matched', 'returned')`,
    );
    expect(loud).toEqual([]);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (await holds()) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error('it did not come about in time');
}
