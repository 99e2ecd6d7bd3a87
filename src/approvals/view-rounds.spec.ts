import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { anOffice, anOfficer, type Office } from '../../test/builders/officers.js';
import { peopleOwed } from '../../test/builders/owed.js';
import { signingRoom, type SigningRoom } from '../../test/builders/signing-room.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { SignatoryRegister, SYSTEM, type Actor } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { ViewRounds } from './view-rounds.js';

describe('where the signatures of a batch stand', () => {
  let db: TestDatabase;
  let desk: BatchDesk;
  let room: SigningRoom;
  let office: Office;
  let view: ViewRounds;
  let month = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
    desk = batchDesk(db.database, clock);
    room = signingRoom(db.database, clock);
    office = await anOffice(db.database.reader);
    view = new ViewRounds(db.database, room.chains, new SignatoryRegister());
  });
  afterAll(() => db.close());

  const proposed = async () => {
    month += 1;
    const period = `2032-${String(month).padStart(2, '0')}`;
    await peopleOwed(db.database.reader, 2, { period });
    const order = { actor: office.preparer, programme: 'NCC_MONTHLY', period };
    const { batchId } = await desk.assembling.assemble(order);
    return desk.proposing.propose({ actor: office.preparer, batchId });
  };
  const may = async (actor: Actor, batchId: string) =>
    view.competenceOf(actor, await view.of(batchId));

  it('tells everybody who may not sign why not, in words, before they try', async () => {
    const { batchId } = await proposed();
    const stranger = await anOfficer(db.database.reader, {
      login: 'chua.dang.ky',
      roles: ['account_holder'],
    });
    expect(await may(stranger, batchId)).toMatchObject({
      ruling: { may: false, because: 'not-a-signatory' },
      why: { vi: expect.stringContaining('chưa được đăng ký') as string },
      mayReturn: false,
    });
    expect(await may(SYSTEM, batchId)).toMatchObject({ ruling: { because: 'not-a-signatory' } });
    expect(await may(office.holder, batchId)).toMatchObject({
      ruling: { may: false, because: 'not-your-turn' },
      why: { vi: expect.stringContaining('chữ ký thứ hai') as string },
      mayReturn: false,
    });
  });

  it('lets the next signer sign or return, and who has signed return only', async () => {
    const batch = await proposed();
    const { batchId } = batch;
    expect(await may(office.accountant, batchId)).toEqual({
      ruling: {
        may: true,
        step: expect.objectContaining({ signature: 'second' }) as unknown,
        isLast: false,
      },
      why: null,
      mayReturn: true,
    });
    await room.signing.sign({ actor: office.accountant, batchId, seen: batch });
    expect(await may(office.accountant, batchId)).toMatchObject({
      ruling: { because: 'signed-already' },
      mayReturn: true,
    });
    expect(await may(office.holder, batchId)).toMatchObject({
      ruling: { may: true, isLast: true },
    });
    const { steps } = await view.of(batchId);
    expect(steps[0]?.signed).toMatchObject({
      digest: batch.digest,
      lineCount: 2,
      total: batch.total.toString(),
    });
  });

  it('waits for nobody when all have signed', async () => {
    const batch = await proposed();
    const { batchId } = batch;
    await room.signing.sign({ actor: office.accountant, batchId, seen: batch });
    await room.signing.sign({ actor: office.holder, batchId, seen: batch });
    expect(await may(office.delegate, batchId)).toBeNull();
    const { batch: approved } = await view.of(batchId);
    expect(await view.approvedIn(approved.period)).toEqual([batchId]);
    expect(await view.approvedIn('1999-01')).toEqual([]);
  });

  it('shows many batches at once, and none that there is not', async () => {
    const [one, other] = [await proposed(), await proposed()];
    await room.signing.sign({ actor: office.accountant, batchId: one.batchId, seen: one });
    const views = await view.ofMany([other.batchId, one.batchId, newId()]);
    expect(views.map(({ batch, next }) => [batch.id, next?.signature])).toEqual(
      [
        [one.batchId, 'first'],
        [other.batchId, 'second'],
      ].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    );
  });
});
