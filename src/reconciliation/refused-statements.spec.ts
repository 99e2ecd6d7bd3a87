import { DomainError, ManualClock } from '../kernel/index.js';
import { one } from '../platform/database/index.js';
import { workbookOf } from '../../test/builders/list-file.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  reconciliationDesk,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import {
  closingRow as closing,
  csvStatement as csv,
  entryRow as entry,
  fresh,
  openingRow as opening,
} from '../../test/builders/statement-file.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import type { FileProblem } from './statement-file.problems.js';

const ENTRY = (differs: Record<string, string>) => csv([opening(), entry(differs), closing()]);

describe('a statement’s file that is refused', () => {
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
  const refusal = async (content: string | Buffer, fileName?: string) => {
    const before = await everything();
    const error: unknown = await send(content, fileName).then(
      () => new Error('it was taken'),
      (e: unknown) => e,
    );
    expect(await everything()).toEqual(before);
    if (!(error instanceof DomainError)) throw error;
    expect(error.text.vi).not.toBe('');
    const problems = (error.details['errors'] ?? []) as FileProblem[];
    return [
      error.code.replace('reconciliation.', ''),
      ...problems.map(({ row, column, rule }) => `${column ?? ''}${row ?? ''} ${rule}`.trim()),
    ];
  };
  const refused = 'statement-file-refused';

  // Columns: A record, B statement_id, C from, D to, E entry_id, F booked_at, G direction, H amount, I currency,
  // J reference, K return_code, L return_text, M bank_reference, N reversal.
  it.each<[string, string, string[]]>([
    ['no amount', ENTRY({ amount: '' }), ['H3 cell.missing']],
    ['an amount of nothing', ENTRY({ amount: '0' }), ['H3 amount.zero']],
    ['a negative amount', ENTRY({ amount: '-1000' }), ['H3 amount.negative']],
    ['parts of a đồng', ENTRY({ amount: '1000,5' }), ['H3 amount.decimals']],
    ['parts of a đồng with a point', ENTRY({ amount: '1000.50' }), ['H3 amount.decimals']],
    ['an ambiguous comma', ENTRY({ amount: '1,234' }), ['H3 amount.ambiguous']],
    ['words for an amount', ENTRY({ amount: 'một triệu' }), ['H3 amount.digits']],
    ['groups of two', ENTRY({ amount: '12.34.567' }), ['H3 amount.digits']],
    ['a power of ten', ENTRY({ amount: '1E+06' }), ['H3 cell.scientific']],
    ['an amount beyond 2^63', ENTRY({ amount: '9'.repeat(19) }), ['H3 amount.too-large']],
    ['an amount beyond all', ENTRY({ amount: '9'.repeat(400) }), ['H3 amount.too-large']],
    ['a formula for an amount', ENTRY({ amount: '=1+1' }), ['H3 cell.formula']],
    ['a plus before an amount', ENTRY({ amount: '+1000' }), ['H3 cell.formula']],
    ['dollars', ENTRY({ currency: 'USD' }), ['I3 currency.unknown']],
    ['no direction', ENTRY({ direction: '' }), ['G3 cell.missing']],
    ['a direction of no language', ENTRY({ direction: 'ra' }), ['G3 direction.unknown']],
    ['no entry id', ENTRY({ entry_id: '' }), ['E3 cell.missing']],
    ['a rounded entry id', ENTRY({ entry_id: '1.23457E+15' }), ['E3 cell.scientific']],
    ['an endless entry id', ENTRY({ entry_id: 'x'.repeat(141) }), ['E3 cell.too-long']],
    ['a formula for an entry id', ENTRY({ entry_id: '=HYPERLINK("x")' }), ['E3 cell.formula']],
    ['an at sign before a reference', ENTRY({ reference: '@SUM(A1)' }), ['J3 cell.formula']],
    ['a minus before a text', ENTRY({ return_text: '-2+3' }), ['L3 cell.formula']],
    ['an endless text', ENTRY({ return_text: 'x'.repeat(501) }), ['L3 cell.too-long']],
    ['no time of booking', ENTRY({ booked_at: '' }), ['F3 cell.missing']],
    ['a day before the span', ENTRY({ booked_at: '19/11/2026' }), ['F3 booked.outside']],
    ['a day after the span', ENTRY({ booked_at: '2026-11-21 00:00' }), ['F3 booked.outside']],
    [
      'the last instant of UTC’s day',
      ENTRY({ booked_at: '2026-11-20T23:00:00Z' }),
      ['F3 booked.outside'],
    ],
    ['a day that no month has', ENTRY({ booked_at: '31/11/2026' }), ['F3 date.impossible']],
    ['an hour that no day has', ENTRY({ booked_at: '20/11/2026 25:00' }), ['F3 date.impossible']],
    ['an American date', ENTRY({ booked_at: '11-20-2026' }), ['F3 date.form']],
    ['a date as a number of days', ENTRY({ booked_at: '46346' }), ['F3 date.form']],
    ['a return code of five', ENTRY({ return_code: 'AC004' }), ['K3 return-code.form']],
    ['a doubtful reversal', ENTRY({ reversal: 'maybe' }), ['N3 reversal.unknown']],
    ['another statement’s id', ENTRY({ statement_id: 'SK-other' }), ['B3 frame.differs']],
    ['another span', ENTRY({ from: '2026-11-19' }), ['C3 frame.differs']],
    ['a record of no kind', ENTRY({ record: 'total' }), ['A3 record.unknown']],
    ['a row that says not what it is', ENTRY({ record: '' }), ['A3 cell.missing']],
    ['no opening', csv([entry(), closing()]), ['record.opening-missing']],
    ['no closing', csv([opening(), entry()]), ['record.closing-missing']],
    ['two openings', csv([opening(), opening(), closing()]), ['A3 record.twice']],
    ['two closings', csv([opening(), closing(), closing()]), ['A4 record.twice']],
    [
      'a debit balance',
      csv([opening({ direction: 'Nợ' }), closing()]),
      ['G2 direction.of-balance'],
    ],
    ['an opening of no id', csv([opening({ statement_id: '' }), closing()]), ['B2 cell.missing']],
    [
      'a span that runs backward',
      csv([opening({ from: '2026-11-21' }), closing()]),
      ['D2 span.backward'],
    ],
    ['a span into the future', csv([opening({ to: '2026-11-22' }), closing()]), ['D2 span.future']],
    ['a span of a year', csv([opening({ from: '2025-11-20' }), closing()]), ['D2 span.too-long']],
    [
      'an ambiguous balance',
      csv([opening(), closing({ amount: '1,000' })]),
      ['H3 amount.ambiguous'],
    ],
    ['a heading only', csv([]), ['record.opening-missing', 'record.closing-missing']],
    [
      'a row of too many cells',
      `${csv([opening(), entry()])}closing;;;;;;;1;;;;;;;;;stray\n`,
      ['4 row.too-wide'],
    ],
    [
      'too few columns',
      csv([opening(), closing()], { columns: ['record', 'statement_id', 'from', 'to', 'amount'] }),
      ['1 column.missing', '1 column.missing', '1 column.missing', '1 column.missing'],
    ],
    [
      'a column twice',
      csv([opening()], { headings: { bank_reference: 'Số tiền' } }),
      ['M1 column.twice'],
    ],
    [
      'too many columns',
      csv([opening()], {
        columns: [
          ...'record,statement_id,from,to,entry_id,booked_at,direction,amount,reference'.split(','),
          ...Array.from({ length: 40 }, (_, nth) => `x${nth}`),
        ],
      }),
      ['1 columns.too-many'],
    ],
    [
      'everything that is wrong at once',
      csv([
        opening({ amount: '1.5' }),
        entry({ amount: '1,5', direction: '?' }),
        entry({ booked_at: 'x' }),
        closing(),
      ]),
      ['H2 amount.decimals', 'G3 direction.unknown', 'H3 amount.decimals', 'F4 date.form'],
    ],
  ])('%s is refused and leaves nothing', async (_, content, problems) => {
    expect(await refusal(content)).toEqual([refused, ...problems]);
  });

  it('an entry id that is there twice is told with the other row', async () => {
    const id = fresh('E');
    const [first] = [csv([opening(), entry({ entry_id: id }), closing(), entry({ entry_id: id })])];
    expect(await refusal(first)).toEqual([refused, 'E5 entry-id.twice']);
    const error = (await send(first).catch((e: unknown) => e)) as DomainError;
    expect(JSON.stringify(error.details)).toContain('dòng 3');
  });

  it('files that are no CSV in UTF-8 are refused, whatever their name says', async () => {
    const good = csv([opening(), closing()]);
    expect(await refusal(await workbookOf([{ record: 'opening' }]))).toEqual(['statement-not-csv']);
    expect(await refusal('[{"record":"opening"}]')).toEqual(['statement-not-csv']);
    expect(await refusal(good, 'sao-ke.xlsx')).toEqual(['statement-not-csv']);
    expect(await refusal('')).toEqual(['spreadsheet.empty']);
    expect(await refusal(Buffer.from(`\ufeff${good}`, 'utf16le'))).toEqual([
      'spreadsheet.not-utf8',
    ]);
    expect(
      await refusal(Buffer.from(csv([opening({ statement_id: 'é' }), closing()]), 'latin1')),
    ).toEqual(['spreadsheet.not-utf8']);
    expect(await refusal(`${good}\0`)).toEqual(['spreadsheet.not-a-table']);
    expect(await refusal('%PDF-1.7')).toEqual(['spreadsheet.not-a-table']);
    expect(await refusal(`${good}"never closed`)).toEqual(['spreadsheet.broken-csv']);
    expect(await refusal(Buffer.from([0x80, 0x81, 0x82]))).toEqual(['spreadsheet.not-utf8']);
  });
});
