import { batchDesk } from '../../test/builders/batch-desk.js';
import { anOffice } from '../../test/builders/officers.js';
import { peopleOwed } from '../../test/builders/owed.js';
import { repositoryReference } from '../../test/builders/reference.js';
import { signingRoom } from '../../test/builders/signing-room.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { DomainError, ManualClock, Money } from '../kernel/index.js';
import { AllotFunds, Ledger } from '../ledger/index.js';
import { rows } from '../platform/database/index.js';

type Proposal = { batchId: string; digest: string; lineCount: number; total: Money };

describe('the last signature', () => {
  let poor: TestDatabase;
  const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));

  beforeAll(async () => {
    poor = await testDatabase();
  });
  afterAll(() => poor.close());

  it('is refused where batches signed at the same time exceed a fund together, and says by how much', async () => {
    const tx = poor.database.reader;
    const people = await anOffice(tx, { withoutFunds: true });
    const drafts = batchDesk(poor.database, clock);
    const signers = signingRoom(poor.database, clock).signing;
    const { funds } = repositoryReference();
    const audit = new AuditTrail(clock);
    const allotting = new AllotFunds(poor.database, funds, new Ledger(), audit, clock);
    const allot = (amount: string) =>
      allotting.allot({
        actor: people.accountant,
        fund: 'NSTW_NCC',
        period: '2026-11',
        amount: Money.of(amount),
        decisionNumber: '1',
        decisionDate: '2026-11-01',
        note: null,
      });
    await allot('25000000');
    // Five batches of ten million đồng each, for five communes; the fund has money for two.
    const communes = repositoryReference()
      .places.all('2026-11-10')
      .filter(({ provinceCode }) => provinceCode === '20')
      .slice(0, 5)
      .map(({ code }) => code);
    const proposals: Proposal[] = [];
    for (const communeCode of communes) {
      await peopleOwed(tx, 1, { communeCode, amount: '10000000' });
      const { batchId } = await drafts.assembling.assemble({
        actor: people.preparer,
        programme: 'NCC_MONTHLY',
        period: '2026-11',
        communeCodes: [communeCode],
      });
      proposals.push(await drafts.proposing.propose({ actor: people.preparer, batchId }));
    }
    const signs = (actor: Actor, { batchId, ...seen }: Proposal) =>
      signers.sign({ actor, batchId, seen });
    for (const batch of proposals) await signs(people.accountant, batch);
    const last = await Promise.allSettled(proposals.map((batch) => signs(people.holder, batch)));
    expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const outcome of last) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DomainError);
    }
    const refused = last.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      kind: 'conflict',
      code: 'ledger.funds-short',
      text: { vi: expect.stringContaining('NSTW_NCC thiếu 5.000.000 đ') },
    });
    // Nothing of the refused is left: no signature, no reservation, and it can be signed once there is money.
    const left = await rows<{ state: string; count: number }>(
      tx,
      'select state, count(*)::int as count from batch group by 1 order by 1',
    );
    expect(left).toEqual([
      { state: 'approved', count: 2 },
      { state: 'proposed', count: 3 },
    ]);
    await allot('25000000');
    const again = await Promise.allSettled(proposals.map((batch) => signs(people.holder, batch)));
    expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });
});
