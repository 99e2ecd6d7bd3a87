import { FILE_BANK } from '../../test/builders/file-desk.js';
import { handOverDesk, resultOf, type HandOverDesk } from '../../test/builders/hand-over-desk.js';
import { INSTANT_BIN } from '../../test/builders/payment-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { SEND_SUBMISSION } from './send-submission.js';

const HOUR = 3_600_000;

describe('a list for a bank’s portal', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: HandOverDesk;
  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await handOverDesk(db, clock);
  });
  afterEach(() => db.close());

  const waitingList = async () => {
    const [list] = await desk.waiting();
    if (!list) throw new Error('no list waits');
    return list;
  };
  const running = async (count = 3) => {
    const { runId } = await desk.desk.running(Array.from({ length: count }, () => ({})));
    const { submissionId } = await waitingList();
    return { runId, submissionId };
  };
  const refused = (submissionId: string, code: string) =>
    expect(desk.handOver(submissionId)).rejects.toMatchObject({ code });
  const states = async (runId: string) => [...new Set(await desk.desk.states(runId))];
  const fileCount = async () => {
    const sql = `select count(*)::int as n from bank_file where direction = 'out'`;
    return (await one<{ n: number }>(db.database.reader, sql))?.n;
  };

  it('is not made by any ring: its payments stay ready until a person asks', async () => {
    const { runId, submissionId } = await running();
    expect(desk.desk.doorbell.take()).toEqual([]);
    const payload = { submissionId };
    await desk.desk.answerRing({ queue: '', ring: { name: SEND_SUBMISSION, id: 'x', payload } });
    await desk.desk.passTime(2 * HOUR, HOUR);
    expect(await states(runId)).toEqual(['ready']);
    expect(await fileCount()).toBe(0);
  });

  it('is refused to who may not operate, for no list, and for a bank that is sent to by machine', async () => {
    const { submissionId } = await running();
    const holder = { ...desk.desk.office.holder, permissions: new Set([]) };
    await expect(desk.handOver(submissionId, holder)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    await refused(newId(), 'payments.list-not-found');
    const { runId } = await desk.desk.running([{ account: { bin: INSTANT_BIN } }]);
    const [payment] = await desk.desk.payments(runId);
    await refused(payment?.submissionId ?? '', 'payments.list-not-by-hand');
  });

  it('is not made of a run that is paused or cancelled, and is again when it is resumed', async () => {
    const { runId, submissionId } = await running();
    const actor = desk.desk.office.preparer;
    await desk.desk.operating.pause({ actor, runId, reason: 'chờ chỉ đạo' });
    await refused(submissionId, 'payments.list-run-not-running');
    expect(await desk.waiting()).toEqual([]);
    await desk.desk.operating.resume({ actor, runId });
    expect(await desk.waiting('to-make')).toHaveLength(1);
    await desk.desk.operating.cancel({ actor, runId, reason: 'lập lại đợt' });
    await refused(submissionId, 'payments.list-run-not-running');
    await desk.desk.sweeper.sweep();
    await refused(submissionId, 'payments.list-empty');
    expect(await states(runId)).toEqual(['cancelled']);
    expect(await fileCount()).toBe(0);
  });

  it('of lines that are not as signed is not made, and the run is stopped', async () => {
    const { runId, submissionId } = await running();
    await execute(db.database.reader, `alter table payment disable trigger user`);
    await execute(db.database.reader, `update payment set amount = amount + 1 where run_id = $1`, [
      runId,
    ]);
    await refused(submissionId, 'payments.not-as-signed');
    expect(await states(runId)).toEqual(['ready']);
    expect(await fileCount()).toBe(0);
  });

  it('leaves out who was put on hold since it was signed', async () => {
    const { runId, submissionId } = await running();
    const [held] = await desk.desk.payments(runId);
    await execute(
      db.database.reader,
      `update beneficiary set hold_reason = 'MD07', held_at = $2 where id = $1`,
      [held?.beneficiaryId, clock.now()],
    );
    const { list } = await desk.handOver(submissionId);
    expect(list.file.payments).toBe(2);
    const shown = (await desk.download(list.file.id)).flat();
    expect(shown).not.toContain(held?.accountNumber);
    expect((await desk.desk.states(runId)).sort()).toEqual(['cancelled', 'unknown', 'unknown']);
  });

  it('asked for and downloaded again, by several at once, is the same list', async () => {
    const { runId, submissionId } = await running();
    const asked = await Promise.allSettled([1, 2, 3].map(() => desk.handOver(submissionId)));
    expect(asked.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    const again = await desk.handOver(submissionId);
    expect(again.isNew).toBe(false);
    expect(await fileCount()).toBe(1);
    const first = await desk.download(again.list.file.id);
    expect(await desk.download(again.list.file.id)).toEqual(first);
    expect((await desk.handOver(submissionId)).list.file).toEqual(again.list.file);
    const attempts = await rows<{ outcome: string }>(
      db.database.reader,
      `select outcome from attempt where submission_id = $1`,
      [submissionId],
    );
    expect(attempts).toEqual([{ outcome: 'delivered' }]);
    expect(await states(runId)).toEqual(['unknown']);
    const trail = await rows<{ action: string; n: number }>(
      db.database.reader,
      `select action, count(*)::int as n from audit_entry
        where action in ('list.handed-over', 'bank-file.downloaded') group by 1 order by 1`,
    );
    expect(trail).toEqual([
      { action: 'bank-file.downloaded', n: 2 },
      { action: 'list.handed-over', n: 1 },
    ]);
  });

  it('whose maker died after the file was kept is the same list; nothing is made twice', async () => {
    const { submissionId } = await running();
    await db.database.transaction((tx) =>
      execute(
        tx,
        `create function dies() returns trigger language plpgsql as $$ begin raise exception 'died'; end $$;
         create trigger dies before update on attempt for each row execute function dies();`,
      ),
    );
    await expect(desk.handOver(submissionId)).rejects.toThrow('died');
    await execute(db.database.reader, 'drop trigger dies on attempt');
    const { list, isNew } = await desk.handOver(submissionId);
    expect(isNew).toBe(false);
    await desk.desk.passTime(2 * HOUR, HOUR / 2);
    expect((await desk.handOver(submissionId)).list.file).toEqual(list.file);
    expect(await fileCount()).toBe(1);
    expect(await states(list.runId)).toEqual(['unknown']);
  });

  it('whose maker died before there was a file is ready for another after the window', async () => {
    const { runId, submissionId } = await running();
    const sending = desk.exchange.send.bind(desk.exchange);
    desk.exchange.send = () => Promise.reject(new Error('the disk is full'));
    await expect(desk.handOver(submissionId)).rejects.toMatchObject({
      code: 'payments.list-empty',
    });
    expect(await states(runId)).toEqual(['unknown']);
    desk.exchange.send = sending;
    await desk.desk.passTime(30 * HOUR, 2 * HOUR);
    const waits = await waitingList();
    expect(waits.submissionId).not.toBe(submissionId);
    expect((await desk.handOver(waits.submissionId)).list.file.payments).toBe(3);
    await refused(submissionId, 'payments.list-empty');
  });

  it('that nobody downloaded is given up by a person only; then it can be had by nobody', async () => {
    const { runId, submissionId } = await running();
    const { list } = await desk.handOver(submissionId);
    const [fileId, actor] = [list.file.id, desk.desk.office.preparer];
    await desk.desk.passTime(5 * 24 * HOUR, 12 * HOUR);
    expect((await waitingList()).state).toBe('to-download');
    await desk.withdrawing.withdraw({ actor, submissionId, reason: 'lập nhầm ngày' });
    await expect(desk.download(fileId)).rejects.toMatchObject({ code: 'banks.list-given-up' });
    await desk.desk.passTime(HOUR);
    expect(await states(runId)).toEqual(['ready']);
    await desk.desk.passTime(HOUR);
    const next = await waitingList();
    expect(next).toMatchObject({ state: 'to-make', open: 3 });
    const other = await desk.handOver(next.submissionId);
    expect(other.list.file.id).not.toBe(fileId);
    await desk.download(other.list.file.id);
    const taken = desk.withdrawing.withdraw({
      actor,
      submissionId: next.submissionId,
      reason: 'nhầm',
    });
    await expect(taken).rejects.toMatchObject({ code: 'banks.list-not-in-state' });
    expect(await states(runId)).toEqual(['unknown']);
  });

  it('is not handed out to anybody when it would not be sent any more, and is when it would be again', async () => {
    const { runId, submissionId } = await running();
    const { list } = await desk.handOver(submissionId);
    const fileId = list.file.id;
    const { office, operating, switching } = desk.desk;
    const refuses = (code: string) =>
      expect(desk.download(fileId)).rejects.toMatchObject({ code: `payments.${code}` });
    await operating.pause({ actor: office.preparer, runId, reason: 'chờ chỉ đạo' });
    await refuses('list-of-stopped-run');
    await operating.resume({ actor: office.preparer, runId });
    const switched = { actor: office.accountant, bankCode: FILE_BANK, reason: 'bảo trì' };
    await switching.switch({ ...switched, to: 'off' });
    await refuses('list-bank-held');
    await switching.switch({ ...switched, to: 'on' });
    const [held] = await desk.desk.payments(runId);
    const hold = (reason: string | null) =>
      execute(
        db.database.reader,
        `update beneficiary set hold_reason = $2, held_at = $3 where id = $1`,
        [held?.beneficiaryId, reason, reason && clock.now()],
      );
    await hold('MD07');
    await refuses('list-has-held');
    await hold(null);
    expect((await desk.download(fileId)).length).toBeGreaterThan(3);
    // Somebody has it by now: asked for again it is the same list, whatever came since.
    await hold('MD07');
    await operating.cancel({ actor: office.preparer, runId, reason: 'lập lại đợt' });
    expect((await desk.download(fileId)).length).toBeGreaterThan(3);
  });

  it('whose run was cancelled before anybody had it is not handed out', async () => {
    const { runId, submissionId } = await running();
    const { list } = await desk.handOver(submissionId);
    const actor = desk.desk.office.preparer;
    await desk.desk.operating.cancel({ actor, runId, reason: 'lập lại đợt' });
    await expect(desk.download(list.file.id)).rejects.toMatchObject({
      code: 'payments.list-of-stopped-run',
    });
    await desk.withdrawing.withdraw({ actor, submissionId, reason: 'đã hủy' });
    await desk.desk.passTime(48 * HOUR, 12 * HOUR);
    expect(await states(runId)).toEqual(['cancelled']);
  });

  it('is uploaded after it was downloaded, once, and not in the future', async () => {
    const { submissionId } = await running();
    const { list } = await desk.handOver(submissionId);
    const fileId = list.file.id;
    const actor = desk.desk.office.accountant;
    const upload = (uploadedAt = clock.now()) =>
      desk.carrying.noteUpload({ actor, fileId, uploadedAt, note: 'số 0123' });
    await expect(upload()).rejects.toMatchObject({ code: 'banks.list-not-in-state' });
    clock.advanceMs(3 * HOUR);
    await desk.download(fileId);
    expect((await waitingList()).state).toBe('to-upload');
    for (const hours of [-48, -1, 1]) {
      const wrong = new Date(clock.now().getTime() + hours * HOUR);
      await expect(upload(wrong)).rejects.toMatchObject({ code: 'banks.upload-out-of-time' });
    }
    await upload();
    await expect(upload()).rejects.toMatchObject({ code: 'banks.list-not-in-state' });
    expect((await waitingList()).state).toBe('awaiting-result');
    const moves = await desk.reads.moves(fileId);
    expect(moves.map(({ to, actorName, note }) => [to, actorName, note])).toEqual([
      ['made', 'system', null],
      ['downloaded', desk.desk.office.preparer.name, null],
      ['uploaded', actor.name, 'số 0123'],
    ]);
  });

  it('with a result settles and rejects what it says; the rest waits for the next result', async () => {
    const { runId, submissionId } = await running(4);
    const { list } = await desk.handOver(submissionId);
    const [one_, two, three, four] = await desk.desk.payments(runId);
    if (!one_ || !two || !three || !four) throw new Error('four payments');
    const row = (p: typeof one_, word: string, reason = '') => [
      ...[p.reference, p.accountNumber, p.amount, word, reason],
    ];
    await desk.bringResult([
      row(three, 'Thành công'),
      row(two, 'Thất bại', 'Tài khoản đã đóng'),
      row(three, 'Thành công'),
      row(four, 'Lạ'),
    ]);
    expect(await desk.desk.states(runId)).toEqual(['unknown', 'rejected', 'settled', 'unknown']);
    await desk.bringResult([['', four.accountNumber, four.amount, 'Thành công', '']]);
    expect(await desk.desk.states(runId)).toEqual(['unknown', 'rejected', 'settled', 'unknown']);
    // The same file again, now with the list that it answers: also when some of it was read before.
    const partly = await resultOf([
      row(three, 'Thành công'),
      ['', one_.accountNumber, one_.amount, 'Đang xử lý', ''],
    ]);
    const first = await desk.bringFile(partly);
    expect(await desk.bringFile(partly)).toEqual({ ...first, repeated: true });
    const answering = await desk.bringFile(partly, list.messageReference);
    expect(answering).toEqual({ ...first, repeated: false });
    expect(await desk.desk.states(runId)).toEqual(['accepted', 'rejected', 'settled', 'unknown']);
    expect((await desk.bringFile(partly, list.messageReference)).repeated).toBe(true);
    const another = desk.bringFile(partly, 'CM00000000000000000000000000000000');
    await expect(another).rejects.toMatchObject({ code: 'banks.file-answers-another' });
    const rest = [['', four.accountNumber, four.amount, 'Thành công', '']];
    const named = await desk.bringResult(rest, list.messageReference);
    expect(named.repeated).toBe(false);
    expect(await desk.desk.states(runId)).toEqual(['accepted', 'rejected', 'settled', 'settled']);
    expect(await waitingList()).toMatchObject({ state: 'to-download', open: 1 });
    await desk.bringResult([row(one_, 'Thành công')]);
    expect(await desk.waiting()).toEqual([]);
  });
});
