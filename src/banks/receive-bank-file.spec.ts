import { fileDesk, FILE_BANK, type FileDesk } from '../../test/builders/file-desk.js';
import { reportOf, statementFileOf } from '../../test/builders/scripted-file-channel.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';

describe('files from a bank', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let office: FileDesk;
  let runId: string;
  let references: string[];
  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    office = await fileDesk(db, clock, { bulk: { maxPerSubmission: 100 } });
    ({ runId } = await office.desk.running([{}, {}, {}]));
    await office.desk.work();
    references = (await office.desk.payments(runId)).map((p) => p.reference);
    clock.advanceMs(3 * 3_600_000);
  });
  afterEach(() => db.close());

  const states = () => office.desk.states(runId);
  const found = async (id: string) => {
    const file = await office.reads.find(id);
    if (!file) throw new Error('no such file');
    return file;
  };
  const [one, two, three] = [0, 1, 2];
  const ref = (at: number) => references[at] ?? '';

  it('what is broken is set aside with its reason and place, and moves nothing', async () => {
    const { fileId } = await office.bring(Buffer.from('<nonsense'));
    await office.deliverEvents();
    expect(await found(fileId)).toMatchObject({
      state: 'quarantined',
      whyVi: 'Không đọc được.',
      whyEn: 'Unreadable.',
      place: 'line 1',
    });
    expect(await states()).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('a file set aside is read again when a person says why, and not twice', async () => {
    const { fileId } = await office.bring(Buffer.from('<nonsense'));
    await office.deliverEvents();
    const again = { fileId, reason: 'the setting was wrong' };
    await office.rereading.reread(office.desk.office.preparer, again);
    await expect(office.rereading.reread(office.desk.office.preparer, again)).rejects.toMatchObject(
      { code: 'banks.file-not-quarantined' },
    );
    await office.deliverEvents();
    expect((await found(fileId)).state).toBe('quarantined');
    expect((await office.reads.moves(fileId)).map(({ to }) => to)).toEqual([
      'received',
      'quarantined',
      'received',
      'quarantined',
    ]);
  });

  it('a report that says nothing of any payment is seen as a notice without items', async () => {
    const { fileId } = await office.bring(reportOf([]));
    await office.deliverEvents(2);
    const notices = await rows(
      db.database.reader,
      'select state, item_count + unread_count as said from bank_notice where file_id = $1',
      [fileId],
    );
    expect(notices).toEqual([{ state: 'applied', said: 0 }]);
    expect(await states()).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('a report moves its payments once, however often it comes and its events are told', async () => {
    const report = reportOf([
      { reference: ref(one), says: 'settled', sequence: 2 },
      { reference: ref(two), says: 'rejected', reason: 'AC01', sequence: 2 },
    ]);
    const { fileId } = await office.bring(report);
    const again = await office.bring(report, { name: 'another-name.txt' });
    expect(again).toEqual({ fileId, repeated: true });
    await office.deliverEvents(3);
    expect(await states()).toEqual(['settled', 'rejected', 'unknown']);
    expect(await found(fileId)).toMatchObject({ state: 'read', kind: 'report', timesSeen: 2 });
    expect(await office.effects.report(fileId)).toEqual(
      expect.arrayContaining([
        { result: 'moved', fact: 'settled', items: 1 },
        { result: 'moved', fact: 'rejected', items: 1 },
      ]),
    );
    const notices = await rows(db.database.reader, 'select id from bank_notice');
    expect(notices).toHaveLength(1);
  });

  it('partial, late and reordered reports come to the same end', async () => {
    await office.bring(reportOf([{ reference: ref(three), says: 'settled', sequence: 5 }]));
    await office.deliverEvents();
    await office.bring(
      reportOf(references.map((reference) => ({ reference, says: 'accepted', sequence: 1 }))),
    );
    await office.deliverEvents();
    expect(await states()).toEqual(['accepted', 'accepted', 'settled']);
    await office.bring(reportOf([{ reference: ref(one), says: 'returned', reason: 'AC04' }]));
    await office.deliverEvents();
    expect(await states()).toEqual(['returned', 'accepted', 'settled']);
  });

  it('strangers, other amounts and rows that say nothing move nothing and are named', async () => {
    const { fileId } = await office.bring(
      reportOf(
        [
          { reference: 'CTSTRANGER', says: 'settled' },
          { reference: ref(one), says: 'settled', amount: '1' },
        ],
        [{ reference: ref(two), why: 'row 17: the word "WAIT" is not known' }],
      ),
    );
    await office.deliverEvents();
    expect(await states()).toEqual(['unknown', 'unknown', 'unknown']);
    const unread = await office.effects.unread(fileId);
    expect(unread.map(({ result }) => result).sort()).toEqual([
      'conflict',
      'unknown-reference',
      'unread',
    ]);
    expect(unread).toContainEqual({
      reference: ref(two),
      why: 'row 17: the word "WAIT" is not known',
      result: 'unread',
    });
  });

  it('a statement is taken once; the same days again change nothing', async () => {
    const [payment] = await office.desk.payments(runId);
    const bytes = statementFileOf({
      id: 'S-20',
      day: '2026-11-20',
      entries: [
        { id: 'E1', reference: ref(one), direction: 'debit', amount: payment?.amount ?? '' },
      ],
    });
    const { fileId } = await office.bring(bytes);
    await office.deliverEvents(2);
    const taken = await office.effects.statements(fileId);
    expect(taken).toEqual([
      expect.objectContaining({ part: 1, failure: null, newEntries: 1, repeated: false }),
    ]);
    // The bank writes the same statement into another file.
    const other = Buffer.concat([bytes, Buffer.from('\n')]);
    const second = await office.bring(other);
    await office.deliverEvents();
    expect(await office.effects.statements(second.fileId)).toEqual([
      expect.objectContaining({ failure: null, newEntries: 0, repeated: true }),
    ]);
    expect(await rows(db.database.reader, 'select 1 from statement_entry')).toHaveLength(1);
  });

  it('statements of single accounts adjoin their own; a gap of one is told once and ends by itself', async () => {
    const given = (account: string, day: string, opening: string) =>
      office.bring(
        statementFileOf({ id: `${account} ${day}`, account, day, entries: [], opening }),
      );
    clock.advanceMs(24 * 3_600_000);
    await given('1001', '2026-11-19', '500');
    await given('2002', '2026-11-19', '900');
    await given('1001', '2026-11-20', '500');
    await given('2002', '2026-11-20', '901');
    await office.deliverEvents();
    const gaps = await rows<{ amount: string; state: string; account: string }>(
      db.database.reader,
      `select amount, state, detail ->> 'account' as account from reconciliation_exception
        where kind = 'statement-gap'`,
    );
    expect(gaps).toEqual([{ amount: '1', state: 'open', account: '2002' }]);
  });

  it('a statement covers its day only as of when the bank made it', async () => {
    const day = '2026-11-20';
    const madeAt = '2026-11-20T03:00:00Z';
    await office.bring(statementFileOf({ id: 'noon', day, madeAt, entries: [] }));
    clock.advanceMs(24 * 3_600_000);
    await office.deliverEvents();
    const said = await rows<{ at: Date }>(
      db.database.reader,
      `select coalesce(last_said_at, started_at) as at from statement where state = 'complete'`,
    );
    expect(said).toEqual([{ at: new Date(madeAt) }]);
  });

  it('a statement that cannot be reconciled is refused with its reason, as a run that failed', async () => {
    const { fileId } = await office.bring(
      statementFileOf({ id: 'S-99', day: '2099-01-01', entries: [] }),
    );
    await office.deliverEvents(2);
    expect(await office.effects.statements(fileId)).toEqual([
      expect.objectContaining({ failure: 'its days are future', statementId: null }),
    ]);
    const failed = await rows(
      db.database.reader,
      `select state from reconciliation where state = 'failed'`,
    );
    expect(failed).toHaveLength(1);
  });

  it('the folder of the bank is looked at by one, in its time; a file is taken away only when it is kept', async () => {
    const { channel, collecting, banks } = office;
    const bank = banks.of(FILE_BANK);
    channel.laidOut.push({
      name: 'a.txt',
      bytes: reportOf([{ reference: ref(one), says: 'settled' }]),
    });
    const brought = await Promise.all([collecting.collect(bank), collecting.collect(bank)]);
    expect(brought.sort()).toEqual([0, 1]);
    expect(channel.takenNames).toEqual(['a.txt']);
    expect(await collecting.collect(bank)).toBe(0);
    clock.advanceMs(1000);
    // The bank did not take it away: the same content is met again and does nothing.
    expect(await collecting.collect(bank)).toBe(0);
    await office.deliverEvents();
    expect(await states()).toEqual(['settled', 'unknown', 'unknown']);
  });

  it('a bank whose folder cannot be reached is looked at again later, and says since when', async () => {
    const { channel, collecting, banks } = office;
    channel.isAway = true;
    await collecting.collect(banks.of(FILE_BANK));
    const failing = await rows<{ error: string; since: Date }>(
      db.database.reader,
      'select last_error as error, failing_since as since from bank_collection',
    );
    expect(failing).toEqual([{ error: 'Error: nobody answers', since: clock.now() }]);
    channel.isAway = false;
    channel.laidOut.push({
      name: 'b.txt',
      bytes: reportOf([{ reference: ref(two), says: 'settled' }]),
    });
    clock.advanceMs(1000);
    expect(await collecting.collect(banks.of(FILE_BANK))).toBe(1);
  });

  it('a file whose ring was lost is read by the sweeper', async () => {
    const { fileId } = await office.bring(reportOf([{ reference: ref(one), says: 'settled' }]));
    clock.advanceMs(31_000);
    await office.sweeping.sweep();
    expect((await found(fileId)).state).toBe('read');
  });

  it('a file is downloaded by those who may, each time told to the trail', async () => {
    const [file] = await office.reads.list({
      bank: FILE_BANK,
      direction: 'out',
      state: null,
      before: null,
      limit: 1,
    });
    const id = file?.id ?? '';
    const { content } = await office.downloading.download(office.desk.office.preparer, id);
    const pieces: Buffer[] = [];
    for await (const piece of content) pieces.push(piece);
    expect(Buffer.concat(pieces).toString('utf8')).toContain(ref(one));
    const told = await rows(
      db.database.reader,
      `select 1 from audit_entry where action = 'bank-file.downloaded' and subject_id = $1`,
      [id],
    );
    expect(told).toHaveLength(1);
  });
});
