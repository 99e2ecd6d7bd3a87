import type { Actor } from '../identity/index.js';
import type { StatementEntry } from '../banks/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  returnOf,
  statementOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import type { ExceptionRow } from './exception.read.js';
import type { ExceptionKind } from './exception.rules.js';

const days = { bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' };
const words = { text: 'ngân hàng đã thu hồi', evidence: 'CV 12/2026' };

describe('the end of what does not fit', () => {
  let db: TestDatabase;
  let office: Office;
  let desk: ReconciliationDesk;
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  beforeEach(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    desk = reconciliationDesk(db.database, clock);
  });
  afterEach(() => db.close());

  const payment = async (): Promise<SentPayment> => {
    const [first] = await db.database.transaction((tx) => sentPayments(tx, office, 1));
    if (!first) throw new Error('no payment');
    return first;
  };
  const aFee = () => debitOf({ reference: 'x', amount: '1000' }, { reference: undefined });
  const run = async (entries: readonly StatementEntry[]) => {
    desk.says.pages = [statementOf(entries)];
    const { reconciliationId } = await desk.requesting.request(office.preparer, days);
    await desk.running.run(reconciliationId);
    return reconciliationId;
  };
  const one_ = async (kind: ExceptionKind): Promise<ExceptionRow> => {
    const [found] = await desk.exceptions.list({ kind, after: null, limit: 1 });
    if (!found) throw new Error(`no ${kind}`);
    return found;
  };
  const explain = (
    ids: string[],
    said: Partial<typeof words> = words,
    by: Actor = office.preparer,
  ) =>
    desk.explaining.explain(by, {
      which: { ids },
      text: said.text ?? 'phí',
      evidence: said.evidence ?? null,
    });

  it('money that moved wants words and evidence; a fee wants a word', async () => {
    const paid = await payment();
    await run([debitOf(paid), debitOf(paid), aFee(), debitOf({ reference: 'CT9', amount: '5' })]);
    const twice = await one_('debited-twice');
    const unknown = await one_('unknown-reference');
    for (const id of [twice.id, unknown.id]) {
      await expect(explain([id], { text: 'phí' })).rejects.toMatchObject({
        code: 'reconciliation.explanation-words-few',
      });
      await expect(explain([id], { text: '- - - ok -' })).rejects.toMatchObject({
        code: 'reconciliation.explanation-words-few',
      });
      await expect(explain([id], { text: words.text })).rejects.toMatchObject({
        code: 'reconciliation.explanation-evidence-missing',
      });
    }
    const fee = await one_('no-reference');
    // All of them or none: the fee stays open, too.
    await expect(explain([fee.id, twice.id], { text: 'phí' })).rejects.toMatchObject({
      kind: 'unprocessable',
    });
    expect(await one_('no-reference')).toMatchObject({ state: 'open' });
    expect(await explain([fee.id], { text: 'phí' })).toBe(1);
    expect(await explain([twice.id, unknown.id])).toBe(2);
    expect(await one_('debited-twice')).toMatchObject({
      state: 'explained',
      endedBy: 'lap.bang',
      explanation: words.text,
      evidence: words.evidence,
    });
  });

  it('is said by people who may, once', async () => {
    await run([aFee()]);
    const { id } = await one_('no-reference');
    await expect(explain([id], words, office.holder)).rejects.toMatchObject({ kind: 'forbidden' });
    const machine: Actor = { ...office.preparer, kind: 'api-key' };
    await expect(explain([id], words, machine)).rejects.toMatchObject({
      code: 'reconciliation.people-only',
    });
    await expect(explain([newId()])).rejects.toMatchObject({ kind: 'not-found' });
    const told = await Promise.allSettled([1, 2, 3].map(() => explain([id])));
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(explain([id])).rejects.toMatchObject({
      code: 'reconciliation.exception-not-open',
    });
    const history = await desk.exceptions.history(id);
    expect(history.map(({ happened }) => happened)).toEqual(['opened', 'explained']);
  });

  it('a fact that goes away ends it by the system, and a person is too late', async () => {
    const paid = await payment();
    await run([debitOf(paid), debitOf(paid)]);
    const { id } = await one_('debited-twice');
    await run([returnOf(paid)]);
    expect(await one_('debited-twice')).toMatchObject({ state: 'ended', endedBy: 'system' });
    await expect(explain([id])).rejects.toMatchObject({ kind: 'conflict' });
    const moves = execute(
      db.database.reader,
      `update reconciliation_exception set state = 'open', ended_at = null where id = $1`,
      [id],
    );
    await expect(moves).rejects.toThrow('has ended and stays so');
    await expect(
      execute(db.database.reader, 'delete from reconciliation_exception where id = $1', [id]),
    ).rejects.toThrow('never deleted');
  });

  it('what was explained and is taken back later stays explained, and the payment stays paid', async () => {
    const paid = await payment();
    await run([debitOf(paid), debitOf(paid)]);
    await explain([(await one_('debited-twice')).id]);
    await run([returnOf(paid)]);
    expect(await one_('debited-twice')).toMatchObject({ state: 'explained' });
    const [state] = await rows<{ state: string }>(
      db.database.reader,
      'select state from payment_view where payment_id = $1',
      [paid.paymentId],
    );
    expect(state?.state).toBe('settled');
  });

  it('has an owner who may work on it; of two who take it at once one is told to read again', async () => {
    await run([aFee()]);
    const { id, version } = await one_('no-reference');
    const give = (owner: string | null, by: Actor = office.preparer, read = version) =>
      desk.owning.give(by, { exceptionId: id, owner, version: read });
    await expect(give(office.holder.id)).rejects.toMatchObject({
      code: 'reconciliation.owner-refused',
    });
    await expect(give(newId())).rejects.toMatchObject({ code: 'reconciliation.owner-refused' });
    await expect(give(office.preparer.id, office.holder)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const taken = await Promise.allSettled([
      give(office.preparer.id),
      give(office.colleague.id, office.colleague),
    ]);
    const lost = taken.filter((each) => each.status === 'rejected');
    expect(lost).toMatchObject([{ reason: { code: 'request.changed-meanwhile' } }]);
    const owned = await one_('no-reference');
    expect(owned.version).toBe(version + 1);
    await give(null, office.colleague, owned.version);
    expect(await one_('no-reference')).toMatchObject({ ownerId: null, owner: null });
    await desk.noting.note(office.preparer, { exceptionId: id, text: 'đã gọi ngân hàng' });
    await explain([id]);
    await expect(
      give(office.preparer.id, office.preparer, owned.version + 2),
    ).rejects.toMatchObject({
      kind: 'conflict',
    });
    await desk.noting.note(office.preparer, { exceptionId: id, text: 'đã nhận công văn' });
    expect((await desk.exceptions.notes(id)).map(({ by, text }) => [by, text])).toEqual([
      ['lap.bang', 'đã gọi ngân hàng'],
      ['lap.bang', 'đã nhận công văn'],
    ]);
    await expect(
      execute(db.database.reader, `update exception_note set text = 'x'`),
    ).rejects.toThrow();
  });

  it('all of a kind in a run are explained at once, a thousand at a time', async () => {
    const id = await run(Array.from({ length: 1_005 }, aFee));
    const said = {
      which: { reconciliationId: id, kind: 'no-reference' },
      text: 'phí',
      evidence: null,
    } as const;
    expect(await desk.explaining.explain(office.preparer, said)).toBe(1_000);
    expect(await desk.exceptions.openOfRun(id)).toEqual([{ kind: 'no-reference', count: 5 }]);
    const many = Array.from({ length: 1_001 }, newId);
    await expect(explain(many)).rejects.toMatchObject({
      code: 'reconciliation.too-many-exceptions',
    });
    expect(await desk.explaining.explain(office.preparer, said)).toBe(5);
    expect(await desk.explaining.explain(office.preparer, said)).toBe(0);
  });

  it('a run is closed by a person when nothing of its bank and days is open, once', async () => {
    const paid = await payment();
    const elsewhere = await run([debitOf(paid)]);
    const id = await run([debitOf(paid), aFee(), aFee()]);
    const close = (which = id, by: Actor = office.preparer) => desk.closing.close(by, which);
    await expect(close(id, office.holder)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(close(newId())).rejects.toMatchObject({ kind: 'not-found' });
    for (const which of [id, elsewhere])
      await expect(close(which)).rejects.toMatchObject({
        kind: 'conflict',
        code: 'reconciliation.exceptions-open',
        details: {
          open: [
            { kind: 'debited-twice', count: 1 },
            { kind: 'no-reference', count: 2 },
          ],
        },
      });
    const open = await desk.exceptions.list({ state: 'open', after: null, limit: 10 });
    await explain(open.map((each) => each.id));
    const closed = await Promise.allSettled([close(), close(), close()]);
    expect(closed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await desk.read.find(id)).toMatchObject({ state: 'closed', closedBy: 'lap.bang' });
    const audited = await one<{ count: number }>(
      db.database.reader,
      `select count(*)::int as count from audit_entry where action = 'reconciliation.closed'`,
    );
    expect(audited?.count).toBe(1);
  });

  it('what an overlapping statement brings after the closing belongs to the new run', async () => {
    const closed = await run([debitOf(await payment())]);
    await desk.closing.close(office.preparer, closed);
    clock.advanceMs(60_000);
    const later = await run([aFee()]);
    expect(await desk.exceptions.openOfRun(closed)).toEqual([]);
    expect(await desk.exceptions.openOfRun(later)).toEqual([{ kind: 'no-reference', count: 1 }]);
    expect(await one_('no-reference')).toMatchObject({ reconciliationId: later });
    expect(await desk.read.find(closed)).toMatchObject({ state: 'closed' });
    await expect(desk.closing.close(office.preparer, later)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  it('a run that is not finished, or whose entries wait, is not closed', async () => {
    const { reconciliationId: asked } = await desk.requesting.request(office.preparer, days);
    await expect(desk.closing.close(office.preparer, asked)).rejects.toMatchObject({
      code: 'reconciliation.not-finished',
    });
    const done = await run([]);
    desk.says.pages = [statementOf([debitOf(await payment())])];
    await desk.fetching.fetch(days);
    await expect(desk.closing.close(office.preparer, done)).rejects.toMatchObject({
      code: 'reconciliation.entries-waiting',
    });
  });
});
