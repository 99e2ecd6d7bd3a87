import { anOfficer } from '../../test/builders/officers.js';
import { aRegisteredPayee } from '../../test/builders/registered-payee.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';
import { readBeneficiary } from './beneficiary.read.js';
import { CorrectName, type NameOrder } from './correct-name.js';

const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));
let test: TestDatabase;
let officer: Actor;
let correctName: CorrectName;
beforeAll(async () => {
  test = await testDatabase();
  officer = await test.database.transaction((tx) =>
    anOfficer(tx, { login: 'lap.bang', roles: ['preparer'] }),
  );
  correctName = new CorrectName(test.database, new AuditTrail(clock), clock);
});
afterAll(() => test.close());

const fileOf = async (id: string) => (await readBeneficiary(test.database.reader, id))!;
const order = (beneficiaryId: string, differs: Partial<NameOrder> = {}): NameOrder => ({
  beneficiaryId,
  version: 1,
  fullName: 'Lê Thị  Đúng',
  reason: 'Quyết định cải chính hộ tịch số 7',
  ...differs,
});
const correct = (wanted: NameOrder) => correctName.correct(wanted, officer);

describe('correcting a name', () => {
  it.each([
    ['an unknown person', () => order(newId()), 'beneficiaries.not-found'],
    ['an old version', (id: string) => order(id, { version: 7 }), 'request.changed-meanwhile'],
    ['figures', (id: string) => order(id, { fullName: '020123' }), 'beneficiaries.name-unreadable'],
    [
      'what a spreadsheet would run',
      (id: string) => order(id, { fullName: '=HYPERLINK("x")' }),
      'beneficiaries.name-unreadable',
    ],
  ])('is refused for %s and changes nothing', async (_, make, code) => {
    const id = await aRegisteredPayee(test.database);
    const before = await fileOf(id);
    await expect(correct(make(id))).rejects.toMatchObject({ code });
    expect(await fileOf(id)).toEqual(before);
  });

  it('writes the new name, who and why; neither history nor audit repeats a name', async () => {
    const id = await aRegisteredPayee(test.database);
    expect(await correct(order(id))).toEqual({ beneficiaryId: id, version: 2 });
    const file = await fileOf(id);
    expect(file).toMatchObject({
      fullName: 'Lê Thị Đúng',
      foldedName: 'le thi dung',
      version: 2,
      history: [{ happened: 'name_corrected', actorName: 'lap.bang', detail: {} }, {}, {}],
    });
    const audit = await rows(
      test.database.reader,
      `select * from audit_entry where subject_id = $1`,
      [id],
    );
    expect(audit).toHaveLength(1);
    expect(JSON.stringify([audit, file.history])).not.toMatch(/Lê Thị|HOANG|Hoàng/);
  });

  it('the same request again is answered alike and changes nothing', async () => {
    const id = await aRegisteredPayee(test.database);
    const first = await correct(order(id));
    expect(await correct(order(id))).toEqual(first);
    expect((await fileOf(id)).history.filter((h) => h.happened === 'name_corrected')).toHaveLength(
      1,
    );
  });

  it('of two officers who read the same version, one is told to look again', async () => {
    const id = await aRegisteredPayee(test.database);
    const results = await Promise.allSettled(
      ['Lê Thị Một', 'Lê Thị Hai'].map((fullName) => correct(order(id, { fullName }))),
    );
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
