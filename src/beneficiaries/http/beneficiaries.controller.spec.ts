import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { SYSTEM } from '../../identity/index.js';
import { newId } from '../../kernel/index.js';
import { one } from '../../platform/database/index.js';
import { BeneficiariesModule } from '../beneficiaries.module.js';
import { HoldBeneficiaries } from '../hold-beneficiaries.js';
import { RegisterPayees } from '../register-payees.js';

const ACCOUNT = '8100200300400';
let test: TestDatabase;
let http: HttpUnderTest;
let officer: Awaited<ReturnType<HttpUnderTest['asUser']>>['agent'];
let reader: typeof officer;
let id: string;

beforeAll(async () => {
  test = await testDatabase();
  http = await httpUnderTest(test, { imports: [BeneficiariesModule] });
  officer = (await http.asUser(['preparer'])).agent;
  reader = (await http.asUser(['monitor'])).agent;
});
afterAll(async () => {
  await http.close();
  await test.close();
});

let made = 0;
beforeEach(async () => {
  made += 1;
  const personalNumber = `0200002${String(made).padStart(5, '0')}`;
  const account = { bankBin: '970405', accountNumber: ACCOUNT, accountName: 'HOANG THI MAU' };
  const payee = { personalNumber, fullName: 'Hoàng Thị Mẫu', communeCode: '05977', account };
  const at = new Date();
  const source = { kind: 'import', id: newId() } as const;
  const registered = await test.database.transaction((tx) =>
    new RegisterPayees().upsert(tx, [payee], { at, actor: SYSTEM, cause: 'import', source }),
  );
  id = registered.get(personalNumber)!.beneficiaryId;
});

const path = (rest = '') => `/api/v1/beneficiaries/${id}${rest}`;
const newAccount = {
  bank: 'LienVietPostBank',
  accountNumber: '0012345678',
  accountName: 'HOANG THI MAU',
  reason: 'Xã báo tài khoản mới',
};

describe('payees over HTTP', () => {
  it('nobody who is not signed in sees a payee, and a monitor changes none', async () => {
    await http.anonymous().get(path()).expect(401);
    await reader.put(path('/account')).set('If-Match', '"v1"').send(newAccount).expect(403);
    await reader
      .post(path('/deaths'))
      .set('Idempotency-Key', newId())
      .send({ diedOn: '2026-01-01', reason: 'GCT 12' })
      .expect(403);
  });

  it('a list masks account numbers, one opened file shows them', async () => {
    const list = await reader.get('/api/v1/beneficiaries?search=hoang%20mau&limit=5').expect(200);
    expect(list.body.items.length).toBeGreaterThan(0);
    expect(list.text).not.toContain(ACCOUNT);
    expect(list.body.items[0]).toMatchObject({
      communeName: 'Phường Đông Kinh',
      account: { bankName: 'Agribank', accountNumberMasked: '••••0400' },
    });
    const file = await reader.get(path()).expect(200);
    expect(file.body.accounts[0]).toMatchObject({ accountNumber: ACCOUNT, nameMatch: 'exact' });
    expect(file.headers.etag).toBe('"v1"');
  });

  it('a cursor carries no name', async () => {
    const list = await reader.get('/api/v1/beneficiaries?limit=1').expect(200);
    const next: unknown = list.body.nextCursor;
    if (made > 1) {
      expect(Buffer.from(String(next), 'base64url').toString()).not.toMatch(/hoang/i);
      await reader.get(`/api/v1/beneficiaries?limit=1&cursor=${String(next)}`).expect(200);
    }
    await reader.get('/api/v1/beneficiaries?cursor=nonsense').expect(400);
  });

  it('an account is not mended without the version that was read, nor on an old one', async () => {
    await officer.put(path('/account')).send(newAccount).expect(428);
    await officer.put(path('/account')).set('If-Match', '"v9"').send(newAccount).expect(412);
    await officer
      .put(path('/account'))
      .set('If-Match', '"v1"')
      .send({ ...newAccount, bank: 'Ngân hàng Mặt Trăng' })
      .expect(422);
    const mended = await officer
      .put(path('/account'))
      .set('If-Match', '"v1"')
      .send(newAccount)
      .expect(200);
    expect(mended.headers.etag).toBe('"v2"');
    expect(mended.body.accounts).toMatchObject([
      { bankBin: '970449', accountNumber: '0012345678', replacedAt: null },
      { bankBin: '970405' },
    ]);
  });

  it('a name is corrected by an officer who has read the payee, on that version, and on no other', async () => {
    const body = { fullName: 'Hoàng Thị Mới', reason: 'Cải chính hộ tịch số 7' };
    await reader.put(path('/name')).set('If-Match', '"v1"').send(body).expect(403);
    await officer.put(path('/name')).send(body).expect(428);
    const put = (version: string, sent: object) =>
      officer.put(path('/name')).set('If-Match', version).send(sent);
    await put('"v9"', body).expect(412);
    await put('"v1"', { ...body, fullName: '12345' }).expect(422);
    await put('"v1"', { fullName: body.fullName }).expect(400);
    await officer
      .put(`/api/v1/beneficiaries/${newId()}/name`)
      .set('If-Match', '"v1"')
      .send(body)
      .expect(404);
    const corrected = await put('"v1"', body).expect(200);
    expect(corrected.headers.etag).toBe('"v2"');
    expect(corrected.body).toMatchObject({
      fullName: body.fullName,
      accounts: [{ nameMatch: 'different' }],
    });
  });

  it('a hold says in words what it means, and is released once however often the request comes', async () => {
    await test.database.transaction((tx) =>
      http.app
        .get(HoldBeneficiaries)
        .hold(tx, { beneficiaryIds: [id], reasonCode: 'MD07', cause: 'payment 1' }),
    );
    const held = await reader.get(path()).expect(200);
    expect(held.body.hold).toMatchObject({
      reason: 'MD07',
      meaning: { vi: 'Chủ tài khoản đã chết' },
    });
    const key = newId();
    const release = () =>
      officer
        .post(path('/hold-releases'))
        .set('Idempotency-Key', key)
        .send({ reason: 'Ngân hàng nhầm người' });
    const first = await release().expect(201);
    const again = await release().expect(201);
    expect(again.body).toEqual(first.body);
    expect(first.body).toEqual({ beneficiaryId: id, version: 3 });
    const releases = await one<{ n: number }>(
      test.database.reader,
      `select count(*)::int as n from beneficiary_history where beneficiary_id = $1 and happened = 'released'`,
      [id],
    );
    expect(releases).toEqual({ n: 1 });
  });

  it('a death is recorded with its paper', async () => {
    const death = { diedOn: '2026-01-05', reason: 'Giấy chứng tử số 12' };
    await officer
      .post(path('/deaths'))
      .set('Idempotency-Key', newId())
      .send({ ...death, diedOn: '05/01/2026' })
      .expect(400);
    await officer.post(path('/deaths')).set('Idempotency-Key', newId()).send(death).expect(201);
    const file = await reader.get(path()).expect(200);
    expect(file.body).toMatchObject({ deceasedOn: '2026-01-05', version: 2 });
    expect(file.body.history[0]).toMatchObject({ happened: 'death_recorded', cause: death.reason });
  });
});
