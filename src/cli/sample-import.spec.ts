import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { anOfficer } from '../../test/builders/officers.js';
import { AuditTrail } from '../audit/index.js';
import { RegisterPayees } from '../beneficiaries/index.js';
import { ApplyImport, CheckImport, ReceiveImport, findImport } from '../entitlements/index.js';
import type { Actor } from '../identity/index.js';
import { ManualClock } from '../kernel/index.js';
import { AllowanceRates, BankDirectory, Funds, Places, Programmes } from '../organisation/index.js';
import { one, rows } from '../platform/database/index.js';
import { Outbox, SubscriberRegistry } from '../platform/outbox/index.js';
import { sampleList, type SampleList } from './sample-list.js';
import { sampleWorkbook } from './sample-workbook.js';

const source = { configDir: 'config', variable: () => undefined };
const places = Places.load(source);
const banks = BankDirectory.load(source);
const rates = AllowanceRates.load(source);
const reference = { places, banks, rates };
const funds = Funds.load(source);
const programmes = Programmes.load(source, funds);
const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));

let test: TestDatabase;
let folder: string;
let officer: Actor;
let desk: { receive: ReceiveImport; check: CheckImport; apply: ApplyImport };

beforeAll(async () => {
  test = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'sample-'));
  const { database } = test;
  officer = await database.transaction((tx) =>
    anOfficer(tx, { login: 'lap.bang', roles: ['preparer'] }),
  );
  const audit = new AuditTrail(clock);
  const outbox = new Outbox(new SubscriberRegistry(), clock);
  desk = {
    receive: new ReceiveImport(database, outbox, audit, programmes, clock),
    check: new CheckImport(database, outbox, clock, places, banks, programmes, funds),
    apply: new ApplyImport(database, new RegisterPayees(), outbox, audit, clock),
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await test.close();
});

async function send(list: SampleList): Promise<{ importId: string; repeated: boolean }> {
  const path = join(folder, `${list.period}.xlsx`);
  await writeFile(path, await sampleWorkbook(list));
  return desk.receive.receive({ path, fileName: `${list.period}.xlsx`, declaration: {} }, officer);
}

async function bring(list: SampleList): Promise<{ importId: string; appliedRows: number }> {
  const { importId } = await send(list);
  await desk.check.check(importId);
  const { appliedRows } = await desk.apply.apply({ importId, mode: 'good-rows' }, officer);
  return { importId, appliedRows };
}

describe('the sample list through the import', () => {
  const first = sampleList(reference);
  let importId: string;

  it('gives 4,092 entitlements of 7,795,000,000 đồng, and refuses each bad row for its own reason', async () => {
    const brought = await bring(first);
    importId = brought.importId;
    expect(brought.appliedRows).toBe(4092);
    const owed = await one<{ people: number; total: string }>(
      test.database.reader,
      `select count(distinct beneficiary_id)::int as people, sum(amount)::text as total
         from payable_entitlement_view where account_id is not null`,
    );
    expect(owed).toEqual({ people: 4092, total: '7795000000' });

    const found = await findImport(test.database.reader, importId);
    const firstRow = found!.headerRow! + 1;
    const refused = await rows<{ row: number; rule: string }>(
      test.database.reader,
      `select row_number as row, rule from import_error
        where import_id = $1 and severity = 'error' order by row_number`,
      [importId],
    );
    const expected = first.rows.flatMap(({ fault }, at) =>
      fault ? [{ row: firstRow + at, rule: fault.rule }] : [],
    );
    expect(refused).toEqual(expected);
  });

  it('leaves no doubt about a good row', async () => {
    const doubts = await rows<{ rule: string }>(
      test.database.reader,
      `select w.rule from import_error w where import_id = $1 and severity = 'warning'
          and not exists (select from import_error e where e.import_id = w.import_id
                             and e.row_number = w.row_number and e.severity = 'error')`,
      [importId],
    );
    expect(doubts).toEqual([]);
  });

  it('is the same list when it is made and sent again', async () => {
    expect(await send(sampleList(reference))).toEqual({ importId, repeated: true });
  });

  it('the next list registers its newcomers and changes the accounts that differ, nothing else', async () => {
    const changes = { newcomers: 12, gone: 9, otherAmount: 20, otherAccount: 7 };
    const next = sampleList(reference, { period: '2026-12', changes, withFaults: false });
    expect((await bring(next)).appliedRows).toBe(4092 + 12 - 9);
    const happened = await rows<{ happened: string; n: number }>(
      test.database.reader,
      `select happened, count(*)::int as n from beneficiary_history
        where happened in ('registered', 'account_replaced', 'details_changed') group by 1 order by 1`,
    );
    expect(happened).toEqual([
      { happened: 'account_replaced', n: 7 },
      { happened: 'registered', n: 4092 + 12 },
    ]);
  });
});
