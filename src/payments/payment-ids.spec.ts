import { INSTANT_BIN, paymentDesk } from '../../test/builders/payment-desk.js';
import { refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';
import type { PaymentChoice } from './payment-choice.read.js';
import { paymentIds } from './payment-ids.read.js';

/** The same without any of the ways to be quick. */
const PLAINLY = `
  select p.id from payment p
   where ($1::text is null or p.state = any(string_to_array($1, ','))) and ($2::uuid is null or p.run_id = $2)
     and ($3::uuid is null or p.batch_id = $3) and ($4::text is null or p.bank_code = $4)
     and ($5::text is null or p.commune_code = $5) and ($6::text is null or p.programme = $6)
     and ($7::text is null or p.period = $7) and ($8::text is null or p.budget_month between $8 and coalesce($13, $8))
     and ($9::text is null or p.fund = $9) and ($10::text is null or p.reason_code = $10)
     and ($11::uuid is null or p.beneficiary_id = $11) and ($12::text is null or p.reference = $12)
     and ($14::text is null or p.bank_bin = $14)
   order by p.id`;
const NAMES = [
  'states',
  'runId',
  'batchId',
  'bankCode',
  'communeCode',
  'programme',
  'period',
  'month',
  'fund',
  'reasonCode',
  'beneficiaryId',
  'reference',
  'monthTo',
  'payeeBank',
] as const;

/** As if there were more runs and people than are looked through one by one. */
const NONE_ONE_BY_ONE = { runs: 0, people: 0 };

describe('payments by filters', () => {
  let db: TestDatabase;
  /** Values of each filter: those that payments have, and one that none has. */
  let asked: Record<string, unknown[]>;
  const reader = () => db.database.reader;

  beforeAll(async () => {
    db = await testDatabase();
    const desk = await paymentDesk(db, new ManualClock(new Date('2026-11-20T02:00:00Z')));
    desk.bulk.usually(refuses('AC01'));
    const mixed = [{}, { communeCode: '05983' }, { account: { bin: INSTANT_BIN } }, {}];
    await desk.running(mixed);
    await desk.work();
    await desk.running([{ account: { bin: INSTANT_BIN } }, { communeCode: '05983' }]);
    await desk.work();
    await desk.running(mixed);
    desk.doorbell.take();
    const seen = await rows<Record<string, string>>(
      reader(),
      `select run_id as "runId", batch_id as "batchId", bank_code as "bankCode", commune_code as "communeCode", programme,
              period, budget_month as month, fund, reason_code as "reasonCode", beneficiary_id as "beneficiaryId",
              reference, budget_month as "monthTo", bank_bin as "payeeBank", state as states from payment order by id`,
    );
    const none: Record<string, string> = { runId: '0', batchId: '0', beneficiaryId: '0' };
    asked = Object.fromEntries(
      NAMES.map((name) => {
        const had = [...new Set(seen.map((row) => row[name]).filter((value) => value !== null))];
        const nobodys = none[name] ? '00000000-0000-7000-8000-000000000000' : 'NONE';
        const states = [
          ...had.map((state) => [state]),
          ['ready', 'sending'],
          ['settled', 'rejected'],
        ];
        return [name, name === 'states' ? states : [...had.slice(0, 2), nobodys]];
      }),
    );
  });
  afterAll(() => db.close());

  const plainly = async (choice: PaymentChoice): Promise<string> => {
    const values = NAMES.map((name) => choice[name]?.toString() ?? null);
    return (await rows<{ id: string }>(reader(), PLAINLY, values)).map(({ id }) => id).join();
  };

  const inPages = async (
    choice: PaymentChoice,
    order: 'asc' | 'desc',
    most?: { runs: number; people: number },
  ) => {
    const found: string[] = [];
    for (;;) {
      const page = { order, from: found.at(-1) ?? null, limit: 3 };
      const ids = await paymentIds(reader(), choice, page, most);
      found.push(...ids);
      if (ids.length < 3) return (order === 'asc' ? found : found.reverse()).join();
    }
  };

  it('any two of them find what looking at every row finds, in both orders, page by page', async () => {
    const pairs: PaymentChoice[] = NAMES.flatMap((name, at) =>
      NAMES.slice(at).flatMap((other) =>
        (asked[name] ?? []).flatMap((value) =>
          (asked[other] ?? []).map((too) => ({ [name]: value, [other]: too })),
        ),
      ),
    );
    const missed: unknown[] = [];
    for (const choice of [{}, ...pairs]) {
      const right = await plainly(choice);
      const found = [
        await inPages(choice, 'asc'),
        await inPages(choice, 'desc'),
        await inPages(choice, 'asc', NONE_ONE_BY_ONE),
        await inPages(choice, 'desc', NONE_ONE_BY_ONE),
      ];
      if (found.some((ids) => ids !== right)) missed.push({ choice, right, found });
    }
    expect(missed).toEqual([]);
    expect(pairs.length).toBeGreaterThan(300);
    expect(await plainly({ states: ['rejected'] })).not.toBe('');
  });
});
