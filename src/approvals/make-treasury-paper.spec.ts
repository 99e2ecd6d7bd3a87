import { readFile, stat } from 'node:fs/promises';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { accountReplaced, areOwed, peopleOwed, type Owed } from '../../test/builders/owed.js';
import { paperDesk } from '../../test/builders/paper-desk.js';
import { textsOfPdf } from '../../test/builders/pdf-text.js';
import { signingRoom, type SigningRoom } from '../../test/builders/signing-room.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, rows } from '../platform/database/index.js';
import type { MakeTreasuryPaper, PaperFormat } from './make-treasury-paper.js';

const FORMATS: PaperFormat[] = ['pdf', 'xlsx'];

describe('the treasury’s paper of a batch', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: BatchDesk;
  let room: SigningRoom;
  let office: Office;
  let papers: MakeTreasuryPaper;
  let year = 2030;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
    desk = batchDesk(db.database, clock);
    room = signingRoom(db.database, clock);
    papers = paperDesk(db.database, clock);
    office = await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;

  async function aProposal(period: string, filter: { kind?: Owed['kind'] } = {}) {
    const order = { actor: office.preparer, programme: 'NCC_MONTHLY', period, ...filter };
    const { batchId } = await desk.assembling.assemble(order);
    return desk.proposing.propose({ actor: office.preparer, batchId });
  }
  async function anApproval(period: string, filter: { kind?: Owed['kind'] } = {}): Promise<string> {
    const { batchId, digest, lineCount, total } = await aProposal(period, filter);
    for (const actor of [office.accountant, office.holder]) {
      clock.advanceMs(60_000);
      await room.signing.sign({ actor, batchId, seen: { digest, lineCount, total } });
    }
    return batchId;
  }
  /** Two months of a year that no other test uses. */
  const months = (): [string, string] => {
    year += 1;
    return [`${year}-03`, `${year}-04`];
  };
  async function made(batchId: string, format: PaperFormat) {
    const paper = await papers.make({ actor: office.preparer, batchId, format });
    const bytes = await readFile(paper.path);
    await paper.remove();
    return { ...paper, bytes };
  }
  const textsOf = async (batchId: string) => textsOfPdf((await made(batchId, 'pdf')).bytes).flat();
  const told = (batchId: string) =>
    rows<{ detail: Record<string, unknown> }>(
      reader(),
      `select detail from audit_entry where action = 'batch.treasury-paper-made' and subject_id = $1
        order by detail ->> 'format'`,
      [batchId],
    );

  it.each(FORMATS)('is not made of a batch that somebody has still to sign: %s', async (format) => {
    const [, period] = months();
    await peopleOwed(reader(), 2, { period });
    const draft = await desk.assembling.assemble({
      ...{ actor: office.preparer, programme: 'NCC_MONTHLY', period },
    });
    const make = () => papers.make({ actor: office.holder, batchId: draft.batchId, format });
    const refusal = { code: 'approvals.not-signed-yet', kind: 'conflict' };
    await expect(make()).rejects.toMatchObject(refusal);
    const proposed = await desk.proposing.propose({
      ...{ actor: office.preparer, batchId: draft.batchId },
    });
    await expect(make()).rejects.toMatchObject(refusal);
    const { batchId, digest, lineCount, total } = proposed;
    const seen = { digest, lineCount, total };
    await room.signing.sign({ actor: office.accountant, batchId, seen });
    await expect(make()).rejects.toMatchObject({ ...refusal, details: { state: 'proposed' } });
    expect(await told(batchId)).toEqual([]);
  });

  it('is not made of a batch that is not there, or for somebody who may not read batches', async () => {
    const order = { batchId: newId(), format: 'pdf' } as const;
    await expect(papers.make({ ...order, actor: office.holder })).rejects.toMatchObject({
      code: 'approvals.no-such-batch',
    });
    const stranger = { ...office.holder, permissions: new Set<never>() };
    await expect(papers.make({ ...order, actor: stranger })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it.each(FORMATS)('is not made of lines that are not what was signed: %s', async (format) => {
    const [, period] = months();
    await peopleOwed(reader(), 3, { period });
    const batchId = await anApproval(period);
    // What only somebody with all rights on the database can do.
    await execute(reader(), 'alter table batch_line disable trigger user', []);
    const change = (to: string) =>
      execute(
        reader(),
        `update batch_line set account_number = $2 where batch_id = $1 and line_no = 2`,
        [batchId, to],
      );
    const [line] = await rows<{ account: string }>(
      reader(),
      `select account_number as account from batch_line where batch_id = $1 and line_no = 2`,
      [batchId],
    );
    await change('9999999999');
    await expect(papers.make({ actor: office.holder, batchId, format })).rejects.toMatchObject({
      code: 'batches.not-as-signed',
      kind: 'conflict',
    });
    expect(await told(batchId)).toEqual([]);
    await change(line?.account ?? '');
    await execute(reader(), 'alter table batch_line enable trigger user', []);
    expect((await made(batchId, format)).byteSize).toBeGreaterThan(10_000);
  });

  it('names the people and those who signed, and is in the audit trail with its hash and without names', async () => {
    const [, period] = months();
    await areOwed(reader(), [
      { period, name: 'Đặng Thị Ngọc Ánh', amount: '1500000' },
      { period, name: 'Lý A Páo', amount: '2789000', recipientUntil: '2060-01-01' },
    ]);
    const batchId = await anApproval(period);
    const texts = await textsOf(batchId);
    expect(texts).toEqual(
      expect.arrayContaining([
        'Đặng Thị Ngọc Ánh',
        'Lý A Páo',
        '4.289.000',
        'Cán bộ lap.bang',
        'Cán bộ ke.toan.truong',
        'Cán bộ chu.tai.khoan',
      ]),
    );
    expect(texts.join(' ')).toContain('Bốn triệu hai trăm tám mươi chín nghìn đồng chẵn.');
    const { sha256, byteSize, fileName } = await made(batchId, 'xlsx');
    expect(fileName).toMatch(/^mau-09-NCC_MONTHLY-20\d\d-04-01\.xlsx$/);
    const [pdf, xlsx] = await told(batchId);
    expect(pdf?.detail).toMatchObject({ format: 'pdf', lineCount: 2 });
    expect(xlsx?.detail).toMatchObject({ format: 'xlsx', sha256, byteSize });
    expect(JSON.stringify([pdf, xlsx])).not.toContain('Páo');
  });

  it('tells who is new, gone, paid otherwise or elsewhere, against the month before', async () => {
    const [before, period] = months();
    const [gone, more, moved] = await areOwed(reader(), [
      { period: before, name: 'Người Thôi' },
      { period: before, name: 'Người Tăng', amount: '2000000' },
      { period: before, name: 'Người Dời', account: { number: '0011' + year } },
    ]);
    if (!gone || !more || !moved) throw new Error('three people are owed');
    await anApproval(before);
    await areOwed(reader(), [
      { period, name: 'Người Mới' },
      { period, beneficiaryId: more.beneficiaryId, amount: '2789000' },
      { period, beneficiaryId: moved.beneficiaryId },
    ]);
    await accountReplaced(reader(), moved.beneficiaryId, { number: '0022' + year });
    const texts = await textsOf(await anApproval(period));
    const after = (name: string) => {
      const at = texts.lastIndexOf(name);
      return texts.slice(at, at + 5);
    };
    expect(after('Người Mới').slice(1, 3)).toEqual(['Tăng mới', '2.789.000']);
    expect(after('Người Thôi').slice(1, 3)).toEqual(['Giảm', '2.789.000']);
    expect(after('Người Tăng').slice(1, 4)).toEqual(['Đổi mức', '2.000.000', '2.789.000']);
    expect(after('Người Dời')).toEqual([
      ...['Người Dời', 'Đổi tài khoản', '2.789.000', `0011${year} Agribank`, '2.789.000'],
    ]);
    expect(texts.join(' ')).toContain('Chênh lệch: +789.000 đồng');
  });

  it('is the same to the last byte later, whatever was signed, paid or renamed in the meantime', async () => {
    const [before, period] = months();
    const owed = await peopleOwed(reader(), 4, { period: before });
    await anApproval(before);
    const [kept] = owed;
    await areOwed(reader(), [
      { period, beneficiaryId: kept?.beneficiaryId },
      { period, name: 'Người Mới' },
    ]);
    const batchId = await anApproval(period);
    const first = await Promise.all(FORMATS.map((format) => made(batchId, format)));
    clock.advanceMs(400 * 24 * 3_600_000);
    // Another batch of the month before, and one of the same month that pays one of those who were gone.
    await areOwed(reader(), [{ period: before, kind: 'arrears' }]);
    await anApproval(before, { kind: 'arrears' });
    await areOwed(reader(), [{ period, kind: 'arrears', beneficiaryId: owed[1]?.beneficiaryId }]);
    await anApproval(period, { kind: 'arrears' });
    await execute(reader(), `update beneficiary set full_name = 'Tên Khác' where id = $1`, [
      kept?.beneficiaryId,
    ]);
    const second = await Promise.all(FORMATS.map((format) => made(batchId, format)));
    expect(second.map(({ sha256 }) => sha256)).toEqual(first.map(({ sha256 }) => sha256));
    expect(second.map(({ bytes }) => bytes)).toEqual(first.map(({ bytes }) => bytes));
  });

  it('leaves no file behind once it was handed over', async () => {
    const [, period] = months();
    await peopleOwed(reader(), 1, { period });
    const paper = await papers.make({
      ...{ actor: office.preparer, batchId: await anApproval(period), format: 'pdf' },
    });
    await paper.remove();
    await expect(stat(paper.path)).rejects.toThrow('ENOENT');
  });
});
