import { Database, rows } from '../../../src/platform/database/index.js';
import { describeWithSftp } from '../../setup/sftp.js';
import {
  anything,
  assembleAndPropose,
  countsOf,
  importAndApply,
  listOf,
  people,
  runOf,
  signBoth,
  until,
} from '../month.js';
import { BANK, startFileSystem, type FileSystem } from './file-system.js';

/** What the office holds of a run when all that the bank says in reports is applied, and when its statement is. */
const TOLD = { settled: 24, accepted: 2, rejected: 4, returned: 2 };
const PROVEN = { settled: 26, rejected: 4, returned: 2 };

describeWithSftp('a bank that takes files over SFTP', (sftp) => {
  let system: FileSystem;
  let tx: Database['reader'];
  let from = 1;
  beforeAll(async () => {
    system = await startFileSystem(sftp());
    tx = system.booted.app.get(Database, { strict: false }).reader;
  }, 60_000);
  afterAll(() => system.stop());

  const some = (count: number, ending: string) => {
    from += 100;
    return people(count, from, { ending });
  };
  const oneMonth = () => [
    ...some(20, '000001'),
    ...some(2, '990104'), // AC04 at once
    ...some(2, '992004'), // AC04 later
    ...some(2, '993004'), // credited, comes back
    ...some(2, '992014'), // credited, no report tells
    ...some(2, '992012'), // told twice
    ...some(2, '992013'), // out of order
  ];
  const paid = async (period: string) => {
    const persons = oneMonth();
    const preparer = await system.signIn('lap.bang');
    await importAndApply(preparer, listOf(persons, period));
    const batch = await assembleAndPropose(preparer, period);
    expect(batch.lineCount).toBe(persons.length);
    await signBoth(system, batch.id);
    const run = await runOf(preparer, batch.id);
    return { preparer, runId: run.id as string };
  };
  const come = (given: Awaited<ReturnType<typeof paid>>, counts: Record<string, number>) =>
    until(
      () => countsOf(given.preparer, given.runId),
      (now) => JSON.stringify(sorted(now)) === JSON.stringify(sorted(counts)),
    );
  const sorted = (counts: Record<string, number>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort();
  const reconciled = async (runId: string) =>
    rows<{ id: string }>(
      tx,
      `select match.payment_id as id from payment_match match
       join payment on payment.id = match.payment_id where payment.run_id = $1`,
      [runId],
    );

  it.each([
    ['11/2026', 'partial', 'camt053'],
    ['12/2026', 'doubled', 'mt940'],
    ['01/2027', 'broken', 'camt053'],
  ] as const)(
    'list %s, reports %s, statement %s: each payment ends as the bank booked it, and is proven by the statement',
    async (period, reports, form) => {
      system.mood({ reports });
      const run = await paid(period);
      await come(run, TOLD);
      await system.layStatement(form);
      await come(run, PROVEN);
      const credited = PROVEN.settled + PROVEN.returned;
      await until(
        () => reconciled(run.runId),
        (matched) => matched.length === credited,
      );
    },
    120_000,
  );

  it('pays nobody twice, and holds exactly what the bank’s own books have credited', async () => {
    const books = await system.books();
    const [held] = await rows<{ credited: string; amount: string }>(
      tx,
      `select count(*)::text as credited, sum(amount)::text as amount from payment where state in ('settled', 'returned')`,
      [],
    );
    expect(books).toMatchObject({
      creditedTwice: 0,
      returns: 3 * PROVEN.returned,
      creditedAmount: held?.amount,
    });
    expect(String(books.credits)).toBe(held?.credited);
  });

  it('keeps every file: each delivered once, broken ones set aside with their place, none of them used', async () => {
    const preparer = await system.signIn('lap.bang');
    const list = (query: string) =>
      preparer.get(`/api/v1/bank-files?bank=${BANK}&limit=200&${query}`, anything);
    const sent = await list('direction=out');
    expect(sent.items.length).toBe(9);
    for (const file of sent.items) {
      expect(file).toMatchObject({ state: 'delivered', messageReference: expect.any(String) });
    }
    const aside = await list('direction=in&state=quarantined');
    expect(aside.items.length).toBeGreaterThanOrEqual(9);
    for (const { why } of aside.items) {
      expect(why).toMatchObject({ vi: expect.any(String), place: expect.any(String) });
    }
    const seenAgain = (await list('direction=in&state=read')).items.filter(
      ({ timesSeen }: { timesSeen: number }) => timesSeen > 1,
    );
    expect(seenAgain.length).toBeGreaterThan(0);
  });
});
