import { createHash } from 'node:crypto';
import { ManualClock, newId } from '../../../src/kernel/index.js';
import { rows } from '../../../src/platform/database/index.js';
import { ReconciliationModule } from '../../../src/reconciliation/index.js';
import { SettlementsModule } from '../../../src/settlements/index.js';
import { afterPayments } from '../../builders/after-payment.modules.js';
import { resultWorkbook, rowsOfList } from '../../builders/bank-lists.js';
import { FILE_BANK } from '../../builders/file-desk.js';
import { handOverDesk, type HandOverDesk } from '../../builders/hand-over-desk.js';
import type { Owed } from '../../builders/owed.js';
import { testDatabase, type TestDatabase } from '../../setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../setup/http.js';

const PEOPLE = 200;
/** Two people of one guardian: one account, one amount. By their place in the list. */
const TWINS = [7, 8] as const;
/** Nobody else has their account and amount; the bank loses their references. */
const NAMELESS = [20, 21, 22] as const;
const REJECTED = 3;
const DROPPED = [30, 31, 32, 33, 34] as const;
const DOUBLED = [40, 41, 42] as const;
const CONTRADICTED = 50;

const HEAD = [
  'Mã giao dịch KH',
  'Số tài khoản thụ hưởng',
  'Số tiền',
  'Trạng thái',
  'Lý do từ chối',
];

/** A list of 200 people through a bank whose portal takes lists, over HTTP and on a real database. */
describe('a list carried to a bank’s portal', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let desk: HandOverDesk;
  let officer: Awaited<ReturnType<HttpUnderTest['asUser']>>['agent'];
  let colleague: typeof officer;
  let runId: string;
  let submissionId: string;
  let list: { id: string; reference: string };
  const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));

  beforeAll(async () => {
    db = await testDatabase();
    desk = await handOverDesk(db, clock, { maxPerSubmission: PEOPLE });
    http = await httpUnderTest(db, {
      clock,
      imports: [...afterPayments(clock, desk.banks), SettlementsModule, ReconciliationModule],
    });
    officer = (await http.asUser(['preparer'])).agent;
    colleague = (await http.asUser(['chief_accountant'])).agent;
    const owed = Array.from({ length: PEOPLE }, (_, at): Owed => {
      const shared = TWINS.some((twin) => twin === at);
      return shared ? { account: { number: '0077001234567' } } : {};
    });
    runId = (await desk.desk.running(owed)).runId;
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const post = (agent: typeof officer, path: string, body: object, key = newId()) =>
    agent.post(`/api/v1${path}`).set('Idempotency-Key', key).send(body);
  const content = async (agent = officer): Promise<Buffer> => {
    const path = `/api/v1/bank-files/${list.id}/content`;
    const { body } = await agent.get(path).responseType('blob').expect(200);
    if (!Buffer.isBuffer(body)) throw new Error('no bytes');
    return body;
  };
  const waiting = async () =>
    (await officer.get(`/api/v1/hand-overs?bank=${FILE_BANK}`).expect(200)).body as {
      items: { submissionId: string; state: string; open: number }[];
    };
  const counts = async () => {
    const states = await desk.desk.states(runId);
    return Object.fromEntries(
      [...new Set(states)].sort().map((s) => [s, states.filter((x) => x === s).length]),
    );
  };
  const bringResult = async (result: readonly (readonly string[])[]) => {
    const bytes = await resultWorkbook([['KẾT QUẢ CHI'], HEAD, ...result]);
    const brought = await officer
      .post('/api/v1/bank-files')
      .set('Idempotency-Key', newId())
      .field('bank', FILE_BANK)
      .field('answers', list.reference)
      .attach('file', bytes, 'ket qua.xlsx')
      .expect(202);
    await desk.deliverEvents();
    const file = await officer.get(`/api/v1/bank-files/${brought.body.id}`).expect(200);
    return file.body as {
      state: string;
      did: { unread: { reference: string | null; why: string }[] };
    };
  };
  const answerRow = (paid: Paid, word: string, reason = '', reference = paid.reference) => [
    ...[reference, paid.accountNumber, paid.amount, word, reason],
  ];

  it('waits for a person, who makes it by one act; others may not', async () => {
    expect(await waiting()).toMatchObject({ items: [{ state: 'to-make', open: PEOPLE }] });
    submissionId = (await waiting()).items[0]?.submissionId ?? '';
    const monitor = (await http.asUser(['monitor'])).agent;
    await post(monitor, '/hand-overs', { submissionId }).expect(403);
    await http.anonymous().get('/api/v1/hand-overs').expect(401);
    await post(officer, '/hand-overs', { submissionId: newId() }).expect(404);
    expect(await counts()).toEqual({ ready: PEOPLE });
    const key = newId();
    const made = await post(officer, '/hand-overs', { submissionId }, key).expect(201);
    const replayed = await post(officer, '/hand-overs', { submissionId }, key).expect(201);
    const again = await post(colleague, '/hand-overs', { submissionId }).expect(200);
    expect(replayed.body).toEqual(made.body);
    expect(again.body.file).toEqual(made.body.file);
    expect(made.body.file).toMatchObject({ payments: PEOPLE, total: made.body.openTotal });
    list = { id: made.body.file.id, reference: made.body.messageReference };
    expect(await counts()).toEqual({ unknown: PEOPLE });
  });

  it('downloaded twice is the same list, and the trail says by whom', async () => {
    await post(officer, `/bank-files/${list.id}/uploads`, { uploadedAt: clock.now() }).expect(409);
    const first = await content();
    const second = await content(colleague);
    expect(second.equals(first)).toBe(true);
    const file = await officer.get(`/api/v1/bank-files/${list.id}`).expect(200);
    expect(createHash('sha256').update(first).digest('hex')).toBe(file.body.sha256);
    expect(file.body.state).toBe('downloaded');
    const shown = await rowsOfList(first);
    expect(shown.slice(2)).toHaveLength(PEOPLE);
    const downloads = await rows(
      db.database.reader,
      `select distinct actor_name from audit_entry where action = 'bank-file.downloaded'`,
    );
    expect(downloads).toHaveLength(2);
    expect(await counts()).toEqual({ unknown: PEOPLE });
  });

  it('is noted as uploaded by a second person, once', async () => {
    const body = { uploadedAt: clock.now().toISOString(), note: 'cổng ngân hàng, số 0042' };
    await post(colleague, `/bank-files/${list.id}/uploads`, { ...body, uploadedAt: 'x' }).expect(
      400,
    );
    const told = await post(colleague, `/bank-files/${list.id}/uploads`, body).expect(201);
    expect(told.body).toMatchObject({ state: 'uploaded', uploadedAt: body.uploadedAt });
    await post(officer, `/bank-files/${list.id}/uploads`, body).expect(409);
    expect(await waiting()).toMatchObject({ items: [{ state: 'awaiting-result', open: PEOPLE }] });
  });

  it('its result, reordered, cut and doubled, settles what is certain and names every doubt', async () => {
    const paid = await desk.desk.payments(runId);
    const at = (nth: number): Paid => paid[nth] ?? fail();
    const result = paid.flatMap((payment, nth): string[][] => {
      if (DROPPED.some((dropped) => dropped === nth) || nth === TWINS[1]) return [];
      if (nth === REJECTED) return [answerRow(payment, 'Thất bại', 'Tài khoản đã đóng')];
      if (nth === TWINS[0]) return [answerRow(payment, 'Thành công', '', '')];
      if (NAMELESS.some((n) => n === nth)) return [answerRow(payment, 'Thành công', '', '')];
      const row = answerRow(payment, 'Thành công');
      if (nth === CONTRADICTED) return [row, answerRow(payment, 'Thất bại', 'Sai số tài khoản')];
      return DOUBLED.some((n) => n === nth) ? [row, row] : [row];
    });
    const nobody = ['', '0099999999', '2789000', 'Thành công', ''];
    const file = await bringResult([...result.reverse(), nobody]);
    expect(file.state).toBe('read');
    const open = [...DROPPED, ...TWINS, CONTRADICTED].map((nth) => at(nth).reference).sort();
    expect(await counts()).toEqual({
      rejected: 1,
      settled: PEOPLE - 1 - open.length,
      unknown: open.length,
    });
    expect((await desk.desk.states(runId))[REJECTED]).toBe('rejected');
    const { unread } = file.did;
    expect(unread.flatMap(({ reference }) => reference ?? []).sort()).toEqual(open);
    const stranger = unread.find(({ reference }) => reference === null);
    expect(stranger?.why).toMatch(/^Ô D\d+: .+ \/ Cell D\d+: /);
    expect(unread.find((u) => u.reference === at(TWINS[0]).reference)?.why).toContain(
      '1 rows but 2',
    );
    expect(unread.find((u) => u.reference === at(CONTRADICTED).reference)?.why).toContain(
      'contradict',
    );
  });

  it('the second result brings the rest; nobody is paid twice and nothing is lost', async () => {
    const paid = await desk.desk.payments(runId);
    const rest = [...TWINS, ...DROPPED, CONTRADICTED].map((nth) => paid[nth] ?? fail());
    await bringResult(rest.map((payment) => answerRow(payment, 'Thành công')));
    expect(await counts()).toEqual({ rejected: 1, settled: PEOPLE - 1 });
    expect(await waiting()).toEqual({ items: [], nextCursor: null });
    const [sent] = await rows(
      db.database.reader,
      `select (select count(*)::int from attempt where kind = 'pay') as attempts,
              (select count(*)::int from bank_file where direction = 'out') as files,
              (select count(distinct payment_id)::int from payment_history where to_state = 'sending') as sent,
              (select count(*)::int from payment_history where to_state = 'sending') as sendings,
              (select count(*)::int from payment_conflict) as conflicts`,
    );
    expect(sent).toEqual({
      ...{ attempts: 1, files: 1, sent: PEOPLE, sendings: PEOPLE, conflicts: 0 },
    });
  });
});

interface Paid {
  readonly reference: string;
  readonly accountNumber: string;
  readonly amount: string;
}

function fail(): never {
  throw new Error('no such payment');
}
