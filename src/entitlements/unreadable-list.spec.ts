import { importsOver } from '../../test/builders/imports.js';
import { line, workbookOf } from '../../test/builders/list-file.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

describe('a list that cannot be read', () => {
  let db: TestDatabase;
  let imports: ReturnType<typeof importsOver>;
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let made = 0;
  beforeAll(async () => {
    [db, scratch] = [await testDatabase(), await scratchFolder()];
    imports = importsOver(db.database);
  });
  afterAll(async () => {
    await scratch.remove();
    await db.close();
  });

  it.each(['[]', '{"rows":[]}', '\ufeff[]'])('a list without rows says so: %j', async (json) => {
    const id = await imports.checked(
      await scratch.file(`${json}${' '.repeat(made++)}`),
      {},
      'a.json',
    );
    expect((await imports.view(id)).refusal).toMatchObject({ code: 'entitlements.no-rows' });
  });

  it('JSON in another encoding is refused, not read as other letters', async () => {
    const latin = Buffer.from(
      '[{"fullName":"Trần Thị"}]'.normalize('NFC').replace('ầ', '\u00e2'),
      'latin1',
    );
    const id = await imports.checked(await scratch.file(latin), {}, 'a.json');
    expect((await imports.view(id)).refusal).toMatchObject({ code: 'spreadsheet.not-utf8' });
  });

  it('a header that stands too far down is missed, and the answer says where it was looked for', async () => {
    const titles = Array.from({ length: 31 }, () => '');
    const id = await imports.checked(await scratch.file(await workbookOf([line(1)], { titles })));
    expect((await imports.view(id)).refusal).toMatchObject({
      code: 'entitlements.header-not-found',
      vi: expect.stringContaining('Trong 30 dòng đầu'),
    });
  });

  it('of a hundred thousand lines that say nothing lets others work meanwhile', async () => {
    const head = Object.keys(line(1)).join(';');
    const path = await scratch.file(`${head}\n${'x;y\n'.repeat(100_000)}`);
    let [beats, isReading] = [0, true];
    const beat = (): void => {
      beats += 1;
      if (isReading) setTimeout(beat, 1);
    };
    beat();
    const id = await imports.checked(path, {}, 'a.csv');
    isReading = false;
    expect((await imports.view(id)).refusal).toMatchObject({ code: 'entitlements.no-rows' });
    expect(beats).toBeGreaterThan(100);
  }, 60_000);
});
