import { importsOver } from '../../../test/builders/imports.js';
import { line, workbookOf } from '../../../test/builders/list-file.js';
import { scratchFolder } from '../../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { BankDirectory, Funds, Places, Programmes } from '../../organisation/index.js';
import { rows } from '../../platform/database/index.js';
import { Outbox, SubscriberRegistry } from '../../platform/outbox/index.js';
import { CheckImport } from '../check-import.js';
import { CHECK_SILENT_MS, claimCheck } from '../check.store.js';
import { CheckReceived } from './check-received.js';
import { ResumeChecks } from './resume-checks.js';

const source = { configDir: 'config', variable: () => undefined };

describe('checks that died', () => {
  let db: TestDatabase;
  let imports: ReturnType<typeof importsOver>;
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    [db, scratch] = [await testDatabase(), await scratchFolder()];
    imports = importsOver(db.database);
  });
  afterAll(async () => {
    await scratch.remove();
    await db.close();
  });

  async function received(nr: number): Promise<string> {
    const path = await scratch.file(await workbookOf([line(nr)]));
    const sent = { path, fileName: 'a.xlsx', declaration: {} };
    return (await imports.receive.receive(sent, imports.officer)).importId;
  }
  const told = async (importId: string) =>
    (
      await rows(
        db.database.reader,
        `select 1 from outbox_event where event = 'import.received' and payload->>'importId' = $1`,
        [importId],
      )
    ).length;

  it('are told of again when they have been silent for long, and end once', async () => {
    const importId = await received(1);
    const outbox = new Outbox(new SubscriberRegistry(), imports.clock);
    const resume = new ResumeChecks(db.database, outbox, imports.clock);
    await db.database.transaction((tx) => claimCheck(tx, { importId, at: imports.clock.now() }));
    await resume.sweep();
    expect(await told(importId)).toBe(1);
    imports.clock.advanceMs(CHECK_SILENT_MS + 1);
    await resume.sweep();
    expect(await told(importId)).toBe(2);
    const job = new CheckReceived(imports.check);
    await job.handle({ importId });
    await job.handle({ importId });
    expect(await imports.view(importId)).toMatchObject({ state: 'checked', goodRows: 1 });
    await resume.sweep();
    expect(await told(importId)).toBe(2);
  });

  it('are given up after five failures, so that a list never circles for ever', async () => {
    const importId = await received(2);
    const places = Places.load(source);
    places.commune = () => {
      throw new TypeError('a fault of ours');
    };
    const funds = Funds.load(source);
    const broken = new CheckImport(
      db.database,
      new Outbox(new SubscriberRegistry(), imports.clock),
      imports.clock,
      places,
      BankDirectory.load(source),
      Programmes.load(source, funds),
      funds,
    );
    for (let run = 1; run < 5; run += 1)
      await expect(broken.check(importId)).rejects.toThrow('a fault of ours');
    await broken.check(importId);
    expect(await imports.view(importId)).toMatchObject({
      state: 'refused',
      refusal: { code: 'entitlements.check-failed' },
    });
  });
});
