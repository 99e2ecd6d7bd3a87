import fc from 'fast-check';
import { DomainError, ManualClock } from '../kernel/index.js';
import { one, rows } from '../platform/database/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  reconciliationDesk,
  standingOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import {
  closingRow as closing,
  csvStatement as csv,
  entryRow as entry,
  fresh,
  openingRow as opening,
} from '../../test/builders/statement-file.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

describe('a bank’s statement as a file', () => {
  let db: TestDatabase;
  let office: Office;
  let desk: ReconciliationDesk;
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    desk = reconciliationDesk(db.database, new ManualClock(new Date('2026-11-21T03:00:00Z')));
    scratch = await scratchFolder();
  });
  afterAll(async () => {
    await scratch.remove();
    await db.close();
  });

  const send = async (content: string | Buffer, fileName = 'sao-ke.csv') =>
    desk.receiving.receive(office.preparer, {
      bank: 'sandbox',
      path: await scratch.file(content),
      fileName,
    });
  const everything = () =>
    one(
      db.database.reader,
      `select (select count(*) from statement) as statements, (select count(*) from statement_line) as lines,
              (select count(*) from statement_entry) as entries, (select count(*) from statement_file) as files,
              (select count(*) from reconciliation) as runs,
              (select count(*) from reconciliation_exception) as exceptions`,
    );
  it.each([
    { delimiter: ';', lineEnd: '\r\n', bom: true },
    { delimiter: ',', lineEnd: '\n', bom: false },
    { delimiter: '\t', lineEnd: '\r\n', bom: false },
  ])(
    'is read with %j, headings in Vietnamese and in any order, and matched by the job',
    async (form) => {
      const [paid, back] = await db.database.transaction((tx) => sentPayments(tx, office, 2));
      if (!paid || !back) throw new Error('no payments');
      const content = csv(
        [
          closing({ amount: '97.211.000' }),
          entry({ reference: paid.reference, amount: '2.789.000', direction: 'Nợ' }),
          entry({
            reference: back.reference,
            amount: '2789000',
            direction: 'D',
            booked_at: '20/11/2026',
          }),
          entry({
            reference: back.reference,
            amount: '2 789 000 đ',
            direction: 'Có',
            booked_at: '20/11/2026 14:00:05',
            return_code: 'ac04',
            reversal: 'x',
          }),
          opening({ from: '20/11/2026', to: '20/11/2026', amount: '100.000.000' }),
        ],
        {
          ...form,
          columns: [
            'amount',
            'reference',
            'record',
            'booked_at',
            'statement_id',
            'to',
            'from',
            'direction',
            'entry_id',
            'return_code',
            'reversal',
            'Số dư',
          ],
          headings: {
            amount: 'Số tiền',
            reference: 'Tham chiếu',
            record: 'Loại dòng',
            booked_at: 'Ngày hạch toán',
            direction: 'Nợ/Có',
            entry_id: 'Mã giao dịch',
            from: 'Từ ngày',
            to: 'ĐẾN NGÀY',
            statement_id: 'Số sao kê',
            reversal: 'Bút toán đảo',
          },
        },
      );
      const received = await send(content);
      expect(received.repeated).toBe(false);
      expect(await standingOf(db.database, paid)).toMatchObject({ state: 'accepted' });
      await desk.running.run(received.reconciliationId ?? '');
      expect(await standingOf(db.database, paid)).toMatchObject({
        state: 'settled',
        reconciled: true,
      });
      expect(await standingOf(db.database, back)).toMatchObject({
        state: 'returned',
        held: 'AC04',
      });
      expect(await desk.read.find(received.reconciliationId ?? '')).toMatchObject({
        state: 'finished',
        source: 'file',
        newEntries: 3,
      });
      expect(await desk.read.statement(received.statementRow)).toMatchObject({ difference: '0' });
    },
  );

  it('the same file again, also sent by several at once, is a no-op that says so', async () => {
    const content = csv([opening(), entry(), closing({ amount: '99999000' })]);
    const sent = await Promise.all([send(content), send(content), send(content)]);
    expect(sent.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(sent.map(({ statementRow }) => statementRow)).size).toBe(1);
    const before = await everything();
    expect(await send(content)).toMatchObject({ repeated: true });
    // The same statement in other bytes is the same statement, too.
    expect(await send(content.replaceAll('\n', '\r\n'))).toMatchObject({ repeated: true });
    expect(await everything()).toEqual(before);
    const [kept] = await rows<{ sha: string; sha256: string }>(
      db.database.reader,
      `select encode(sha256(c.bytes), 'hex') as sha, f.sha256 from statement_file f
         join statement_file_chunk c on c.file_id = f.id where f.statement_row = $1`,
      [sent[0]?.statementRow],
    );
    expect(kept?.sha).toBe(kept?.sha256);
  });

  it('one that does not add up, or says another thing of a known entry, is taken and told', async () => {
    const known = fresh('E');
    await send(csv([opening(), entry({ entry_id: known }), closing({ amount: '99999000' })]));
    const { reconciliationId } = await send(
      csv([
        opening(),
        entry({ entry_id: known, amount: '1.001' }),
        closing({ amount: '99998000' }),
      ]),
    );
    const found = await desk.exceptions.list({ after: null, limit: 200 });
    const ofRun = found.filter((each) => each.reconciliationId === reconciliationId);
    expect(ofRun.map(({ kind, amount }) => [kind, amount]).sort()).toEqual([
      ['contested', '1000'],
      ['statement-difference', '999'],
    ]);
  });

  it('nobody without the right sends one, and no bank that we do not know', async () => {
    const path = await scratch.file(csv([opening(), closing()]));
    const sent = { bank: 'sandbox', path, fileName: 'a.csv' };
    await expect(desk.receiving.receive(office.holder, sent)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(
      desk.receiving.receive(office.preparer, { ...sent, bank: 'nowhere' }),
    ).rejects.toMatchObject({ code: 'banks.unknown-bank' });
  });

  it('whatever a cell holds, the file is taken whole or refused with a reason', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !/\0|\p{Cs}/u.test(text)),
      fc.constantFrom('1.000', '-5', '=1', '1e5', '20/11/2026', 'Nợ', '"', '\r', ';', '\u202e'),
      fc.bigInt().map(String),
    );
    const column = fc.constantFrom(
      'record',
      'entry_id',
      'booked_at',
      'direction',
      'amount',
      'currency',
      'reference',
      'return_code',
      'reversal',
      'to',
    );
    await fc.assert(
      fc.asyncProperty(column, cell, fc.boolean(), async (field, text, onOpening) => {
        const differs = { [field]: text };
        const content = csv([
          opening(onOpening ? differs : {}),
          entry(onOpening ? {} : differs),
          closing(),
        ]);
        const error: unknown = await send(content).then(
          () => null,
          (e: unknown) => e,
        );
        if (error !== null) expect(error).toBeInstanceOf(DomainError);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
